"""Exports of trackers, as their own commands write them: which tickets they hold, and what these change."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from helpers import policy, post
from hypothesis import given
from hypothesis import strategies as st

from hotwash import sync, tracker
from hotwash.model import Failure
from hotwash.ticket import Ticket, marks

PAGE = "https://github.com/larkspur/shop/issues/813"
GH = {"number": 813, "url": PAGE, "state": "CLOSED", "stateReason": "COMPLETED", "closedAt": "2026-11-18T09:00:00Z"}
REST = {"number": 813, "url": "https://api.github.com/repos/larkspur/shop/issues/813", "html_url": PAGE, "state": "closed", "state_reason": "completed", "closed_at": "2026-11-18T09:00:00Z"}
LAB_PAGE = "https://gitlab.example.com/shop/web/-/issues/7"
LAB = {"iid": 7, "id": 9, "web_url": LAB_PAGE, "state": "closed", "closed_at": "2026-11-18T09:00:00.123Z", "labels": ["bug"]}
JIRA = "Summary,Issue key,Status,Labels,Labels,Resolution,Resolved\n"


def read(rows: Any, kind: str = "") -> list[Ticket]:
    return tracker.read(rows.encode() if isinstance(rows, str) else json.dumps(rows).encode(), kind, "issues")


@pytest.mark.parametrize(
    ("row", "ticket"),
    [
        (GH, Ticket(PAGE, "done", "2026-11-18T09:00:00Z")),
        (REST, Ticket(PAGE, "done", "2026-11-18T09:00:00Z")),
        (GH | {"state": "OPEN", "stateReason": "", "closedAt": None}, Ticket(PAGE, "open")),
        (GH | {"state": "OPEN", "stateReason": "REOPENED", "closedAt": None}, Ticket(PAGE, "open")),
        (GH | {"stateReason": "NOT_PLANNED"}, Ticket(PAGE, "dropped", GH["closedAt"], "not planned")),
        (REST | {"state_reason": "duplicate"}, Ticket(PAGE, "dropped", GH["closedAt"], "a duplicate")),
        (REST | {"state_reason": None}, Ticket(PAGE, "done", GH["closedAt"])),
        (GH | {"url": "https://github.com/a/b/pull/9", "state": "MERGED", "stateReason": None}, Ticket("https://github.com/a/b/pull/9", "done", GH["closedAt"])),
        (REST | {"html_url": "https://github.com/a/b/pull/9", "pull_request": {"merged_at": "2026-11-18T09:00:00Z"}}, Ticket("https://github.com/a/b/pull/9", "done", GH["closedAt"])),
        (REST | {"html_url": "https://github.com/a/b/pull/9", "pull_request": {"merged_at": None}}, Ticket("https://github.com/a/b/pull/9", "dropped", GH["closedAt"], "not merged")),
        (LAB, Ticket(LAB_PAGE, "done", LAB["closed_at"])),
        (LAB | {"state": "opened", "closed_at": None}, Ticket(LAB_PAGE, "open")),
        (GH | {"state": None}, Ticket(PAGE, "open")),
        (LAB | {"state": "locked"}, Ticket(LAB_PAGE, "open")),
        (LAB | {"state": "merged", "web_url": LAB_PAGE}, Ticket(LAB_PAGE, "done", LAB["closed_at"])),
        (LAB | {"labels": ["status::wontfix"]}, Ticket(LAB_PAGE, "dropped", LAB["closed_at"], "status::wontfix")),
        (LAB | {"labels": [{"name": "Duplicate"}]}, Ticket(LAB_PAGE, "dropped", LAB["closed_at"], "Duplicate")),
    ],
)
def test_an_issue_of_a_forge_is_seen_for_what_it_is(row: dict[str, Any], ticket: Ticket) -> None:
    assert read([row]) == [ticket]


@pytest.mark.parametrize(
    ("line", "ticket"),
    [
        ("An alert,SHOP-813,Done,a,b,Done,18/Nov/26 9:00 AM", Ticket("SHOP-813", "done", "2026-11-18")),
        ('"Two\nlines",SHOP-813,Closed,,,Fixed,2026-11-18 09:00', Ticket("SHOP-813", "done", "2026-11-18")),
        ("An alert,SHOP-813,Done,,,Done,18/11/26", Ticket("SHOP-813", "done")),
        ("An alert,SHOP-813,Done,,,Done,31/Feb/26", Ticket("SHOP-813", "done")),
        ("An alert,SHOP-813,Done,,,Won't Do,18/Nov/26", Ticket("SHOP-813", "dropped", "2026-11-18", "Won't Do")),
        ("An alert,SHOP-813,In Progress,,,Unresolved,", Ticket("SHOP-813", "in-progress")),
        ("An alert,SHOP-813,To Do,,,,", Ticket("SHOP-813", "open")),
    ],
)
def test_a_line_of_jira_is_seen_for_what_it_is(line: str, ticket: Ticket) -> None:
    assert read(f"\ufeff{JIRA}{line}\n") == [ticket]
    assert read(f"{JIRA}{line}\r\n", "jira") == [ticket]


def test_the_category_of_a_status_counts_where_there_is_one() -> None:
    head = "Issue key;Status;Status Category;Resolved\n"
    assert [each.state for each in read(f"{head}A-1;Shipped;Done;18.Nov.2026\nA-2;Done?;In Progress;\nA-3;Done;To Do;\n")] == ["done", "in-progress", "open"]


def test_pages_of_an_export_are_put_together() -> None:
    assert len(read([[GH], [GH, GH]])) == 3
    assert len(read(json.dumps([GH]) + "\n" + json.dumps([GH]))) == 2
    assert len(read(GH)) == 1
    assert read([]) == read("") == read("\n") == read(JIRA) == []


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (b"[{", "", "issues, line 1: the JSON cannot be read; was the export cut off?"),
        (b"[" * 100_000, "", "issues: the JSON cannot be read"),
        (b'[{"number": ' + b"9" * 5_000 + b"}]", "", "issues: the JSON cannot be read"),
        (b"\xff\xfe", "", "issues: the file is not UTF-8: byte 1 cannot be read"),
        (b"[1, 2]", "", "issues: not a list of issues"),
        (b'[{"name": "x"}]', "", "issues: not an export that is known; `github`, `gitlab` and `jira` are, and --kind names one"),
        (b"a,b\n1,2\n", "", "issues: not an export that is known"),
        (b'Issue key\n"A-1\n', "", "issues: the CSV cannot be read"),
        (b'[{"name": "x"}]', "gitlab", "issues: not an export of gitlab, or without the fields that are needed"),
        (b'[{"number": 1, "state": "closed", "url": "x", "pull_request": 3, "html_url": "/pull/"}]', "", "issues: not an export of github"),
        (b"<html>", "", "issues: not an export that is known"),
        (b"<html>\n<p>", "jira", "issues: not an export of jira"),
    ],
)
def test_what_is_no_export_is_refused_in_one_line(data: bytes, kind: str, says: str) -> None:
    with pytest.raises(Failure) as refused:
        tracker.read(data, kind, "issues")
    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)


ANY = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
    ["number", "url", "html_url", "state", "stateReason", "closedAt", "iid", "web_url", "labels", "pull_request", "issue key"]), inner, max_size=6), max_leaves=12)  # fmt: skip


@given(st.binary(max_size=60) | ANY.map(lambda data: json.dumps(data).encode()) | st.text(max_size=60).map(lambda text: f"{JIRA}{text}".encode()), st.sampled_from(["", *tracker.NAMES]))
def test_whatever_the_file_it_is_read_or_refused(data: bytes, kind: str) -> None:
    try:
        tickets = tracker.read(data, kind, "issues")
    except Failure:
        return
    assert all(isinstance(each, Ticket) for each in tickets)


# --- what a ticket is known by


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, PAGE + "/"),
        (PAGE, PAGE.replace("https", "http") + "#issuecomment-1"),
        (PAGE, PAGE.replace("larkspur", "Larkspur")),
        (LAB_PAGE, "https://gitlab.example.com/shop/web/issues/7"),
        (LAB_PAGE, "https://gitlab.example.com/shop/web/-/work_items/7"),
        ("SHOP-813", "https://jira.example.com/browse/SHOP-813?focusedId=1"),
    ],
)
def test_a_link_and_its_ticket_are_known_for_one(one: str, other: str) -> None:
    assert marks(one) & marks(other)


@pytest.mark.parametrize(("one", "other"), [(PAGE, PAGE + "0"), ("SHOP-81", "SHOP-813"), ("SHOP-813", "XSHOP-813"), ("", ""), (PAGE, PAGE.replace("shop", "web"))])
def test_two_tickets_are_two(one: str, other: str) -> None:
    assert not marks(one) & marks(other)


# --- what it changes

TEXT = """---
title: x
status: published
timestamps: {{started: 2026-11-02T13:55:00Z}}
fix: {{change: a test, state: {fix}, tracking: "https://github.com/larkspur/shop/issues/812"}}
actions:
  - {{id: a1, do: x, state: open, tracking: "https://github.com/larkspur/shop/issues/813"}}
  - {{id: a2, do: y, state: open}}
---
"""


def plan(*tickets: Ticket, fix: str = "done", status: str = "published", zone: str = "UTC") -> sync.Plan:
    subject = post(TEXT.format(fix=fix).replace("status: published", f"status: {status}"))
    return sync.plan([subject], tickets, policy(f"timezone: {zone}\n"), date(2026, 11, 20))


def changed(made: sync.Plan, fix: str = "done") -> str:
    text = TEXT.format(fix=fix)
    for edits in made.edits.values():
        for edit in edits:
            text = edit(text)
    return text


def test_an_export_that_agrees_changes_nothing() -> None:
    made = plan(Ticket(PAGE, "open"), Ticket(PAGE.replace("813", "812"), "done", "2026-11-18"))
    assert (made.edits, made.notes, made.unknown, made.untracked) == ({}, [], [], 1)
    assert made.summary(dry_run=False) == "1 open task has no `tracking` link, so that no export can close it\nnothing to change"


def test_what_is_closed_there_is_closed_here() -> None:
    made = plan(Ticket(PAGE, "done", "2026-11-18T23:30:00Z"))
    assert changed(made) == TEXT.format(fix="done").replace('id: a1, do: x, state: open, tracking: "' + PAGE + '"', f'id: a1, do: x, state: done, closed: 2026-11-18, evidence: "{PAGE}", tracking: "{PAGE}"').replace(f'evidence: "{PAGE}"', f"evidence: {PAGE}")
    assert "closed: 2026-11-19" in changed(plan(Ticket(PAGE, "done", "2026-11-18T23:30:00Z"), zone="Europe/Berlin"))
    assert made.summary(dry_run=True).endswith("would change 1 task in 1 file")


def test_what_was_not_done_asks_for_a_reason() -> None:
    made = plan(Ticket(PAGE, "dropped", "2026-11-18", "not planned"))
    assert made.edits == {}
    assert made.notes == [f"2026-11-02-checkout-503 a1 was closed as not planned: {PAGE}; say why it is not done: hotwash action wont-do 2026-11-02-checkout-503 a1 --why ... --accepted-by ..."]


def test_nothing_is_opened_again() -> None:
    made = plan(Ticket(PAGE.replace("813", "812"), "open"))
    assert made.edits == {}
    assert made.notes == ["2026-11-02-checkout-503 fix is `done` here, and its ticket is open: https://github.com/larkspur/shop/issues/812; nothing was changed"]


@pytest.mark.parametrize(("closed", "says"), [("", "the export does not say when"), ("2026-11-01", "2026-11-01 lies before the incident, which began on 2026-11-02"), ("2026-11-21", "2026-11-21 has not come yet; today is 2026-11-20")])
def test_a_day_that_cannot_be_is_asked_for(closed: str, says: str) -> None:
    made = plan(Ticket(PAGE, "done", closed))
    assert made.edits == {}
    assert made.notes == [f"2026-11-02-checkout-503 a1 is done by its ticket, but {says}: hotwash action done 2026-11-02-checkout-503 a1 --on DAY --evidence {PAGE}"]


def test_work_that_has_begun_is_in_progress() -> None:
    assert "id: a1, do: x, state: in-progress," in changed(plan(Ticket(PAGE, "in-progress")))


def test_what_the_export_does_not_have_is_named_and_a_skipped_file_is_left_alone() -> None:
    assert plan(fix="open").unknown == ["2026-11-02-checkout-503 fix (https://github.com/larkspur/shop/issues/812)", f"2026-11-02-checkout-503 a1 ({PAGE})"]
    assert plan(Ticket(PAGE, "done", "2026-11-18"), status="skipped") == sync.Plan({}, {}, [], [], 0)
