"""An entry on the time line: in the form that stands there, in its place by time, and nothing else moved."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from helpers import policy, post
from hypothesis import given
from hypothesis import strategies as st

from hotwash.clock import moment
from hotwash.model import Failure
from hotwash.timeline import frozen, logged, stamp

HEAD = "---\ntitle: Checkout returned 503\nstatus: filed\ntimestamps: {started: 2026-11-02T13:55:00Z}\n---\n"
BERLIN = policy("timezone: Europe/Berlin\n")


def at(text: str) -> datetime:
    found = moment(text)
    assert found
    return found


def after(body: str, time: str = "2026-11-02T14:20:00Z", said: str = "rolled back", under=None, head: str = HEAD) -> str:
    text = head + body
    outcome = logged(text, post(text), under or policy(), at(time), said)
    assert outcome.startswith(head)
    return outcome.removeprefix(head)


LIST = "\n## Timeline\n\n- 14:02 UTC alert\n- 14:31 UTC all good\n\n## Lessons\n\nNone.\n"


@pytest.mark.parametrize(
    ("time", "body"),
    [
        ("2026-11-02T14:00:00Z", LIST.replace("- 14:02", "- 14:00 UTC rolled back\n- 14:02")),
        ("2026-11-02T14:02:00Z", LIST.replace("alert\n", "alert\n- 14:02 UTC rolled back\n")),
        ("2026-11-02T14:20:00Z", LIST.replace("alert\n", "alert\n- 14:20 UTC rolled back\n")),
        ("2026-11-02T15:20:00+01:00", LIST.replace("alert\n", "alert\n- 14:20 UTC rolled back\n")),
        ("2026-11-02T14:40:00Z", LIST.replace("good\n", "good\n- 14:40 UTC rolled back\n")),
        ("2026-11-03T00:10:00Z", LIST.replace("good\n", "good\n- 2026-11-03 00:10 UTC rolled back\n")),
        ("2026-11-01T23:50:00Z", LIST.replace("- 14:02", "- 2026-11-01 23:50 UTC rolled back\n- 14:02")),
    ],
)
def test_an_entry_stands_where_its_time_puts_it(time: str, body: str) -> None:
    assert after(LIST, time) == body


@pytest.mark.parametrize(
    ("body", "came"),
    [
        ("\n### 3. Log\n\n* **14:02 UTC** – alert\n", "\n### 3. Log\n\n* **14:02 UTC** – alert\n* **14:20 UTC** – rolled back\n"),
        ("\n## Timeline\n\n- **14:02 UTC:** alert\n", "\n## Timeline\n\n- **14:02 UTC:** alert\n- **14:20 UTC:** rolled back\n"),
        ("\n## Timeline\n\n- 14:02: alert\n  and a second line\n", "\n## Timeline\n\n- 14:02: alert\n  and a second line\n- 14:20 UTC: rolled back\n"),
        ("\n## Timeline\n\n| Time | What | Who |\n|---|---|---|\n| 14:02 | alert | |\n\nText.\n", "\n## Timeline\n\n| Time | What | Who |\n|---|---|---|\n| 14:02 | alert | |\n| 14:20 UTC | rolled back |  |\n\nText.\n"),
        ("\n## Timeline\n\n| Time | What |\n|---|---|\n", "\n## Timeline\n\n| Time | What |\n|---|---|\n| 14:20 UTC | rolled back |\n"),
        ("\n## Timeline\n\n- 14:02 alert\n\n- 14:31 good\n", "\n## Timeline\n\n- 14:02 alert\n\n- 14:20 UTC rolled back\n\n- 14:31 good\n"),
        ("\n## Timeline\n\n<!-- prompt: One entry a line. -->\n\n## Why\n", "\n## Timeline\n\n<!-- prompt: One entry a line. -->\n\n- 14:20 UTC rolled back\n\n## Why\n"),
        ("\n## Timeline\n## Why\n", "\n## Timeline\n\n- 14:20 UTC rolled back\n\n## Why\n"),
        ("\nTimeline\n--------\n", "\nTimeline\n--------\n\n- 14:20 UTC rolled back\n"),
        ("\n## Timeline\n\nFrom logs.\n\n- first things first\n", "\n## Timeline\n\nFrom logs.\n\n- first things first\n- 14:20 UTC rolled back\n"),
        ("\n## Timeline\n\n- 14:02 UTC alert", "\n## Timeline\n\n- 14:02 UTC alert\n- 14:20 UTC rolled back\n"),
        ("\n## Timeline\n\n```\n- 14:50 UTC no entry\n```\n\n- 14:02 UTC alert\n", "\n## Timeline\n\n```\n- 14:50 UTC no entry\n```\n\n- 14:02 UTC alert\n- 14:20 UTC rolled back\n"),
        ("\n## Timeline\n\n- 1 November 09:00 UTC change\n- 2 Nov 14:02 UTC alert\n- 3 November 08:00 UTC clean\n", "\n## Timeline\n\n- 1 November 09:00 UTC change\n- 2 Nov 14:02 UTC alert\n- 14:20 UTC rolled back\n- 3 November 08:00 UTC clean\n"),
        ("\n## Timeline\n\n- 13:55 change\n- 23:50 alert\n- 00:10 quiet\n", "\n## Timeline\n\n- 13:55 change\n- 14:20 UTC rolled back\n- 23:50 alert\n- 00:10 quiet\n"),
        ("", "\n## Timeline\n\n- 14:20 UTC rolled back\n"),
        ("\nNotes.\n", "\nNotes.\n\n## Timeline\n\n- 14:20 UTC rolled back\n"),
        ("\nNotes.", "\nNotes.\n\n## Timeline\n\n- 14:20 UTC rolled back\n"),
        ("\n## Summary\n\nS.\n\n## Root cause\n\nR.\n", "\n## Summary\n\nS.\n\n## Timeline\n\n- 14:20 UTC rolled back\n\n## Root cause\n\nR.\n"),
    ],
)
def test_every_form_that_a_section_may_have(body: str, came: str) -> None:
    assert after(body) == came


def test_days_are_written_as_the_entries_write_them_and_the_year_turns() -> None:
    body = "\n## Timeline\n\n- 30 December 09:00 UTC change\n- 2 January 08:00 UTC clean\n"
    head = HEAD.replace("2026-11-02", "2026-12-30")
    assert after(body, "2027-01-01T10:00:00Z", head=head) == body.replace("- 2 J", "- 1 January 10:00 UTC rolled back\n- 2 J")
    assert after(body, "2027-01-03T10:00:00Z", head=head) == f"{body}- 3 January 10:00 UTC rolled back\n"


def test_without_timestamps_the_day_is_the_ids() -> None:
    head = "---\ntitle: x\nstatus: filed\n---\n"
    body = "\n## Timeline\n\n- 14:02 UTC alert\n- 2026-11-03 08:00 UTC clean\n"
    assert after(body, head=head) == body.replace("alert\n", "alert\n- 14:20 UTC rolled back\n")
    assert after(body, "2026-11-03T07:00:00Z", head=head) == body.replace("alert\n", "alert\n- 2026-11-03 07:00 UTC rolled back\n")
    undated = logged(f"{head}{body}", post(f"{head}{body}", "notes"), policy(), at("2026-11-03T09:00:00Z"), "done")
    assert undated.endswith("clean\n- 09:00 UTC done\n")


def test_a_row_cannot_be_broken_and_a_comment_cannot_be_opened() -> None:
    assert after("\n## Timeline\n\n| 14:02 | alert |\n", said="a | b").endswith("| 14:20 UTC | a \\| b |\n")
    assert after(LIST, said="<!-- all gone").count("<!--") == 0


def test_line_ends_stay() -> None:
    text = (HEAD + LIST).replace("\n", "\r\n")
    outcome = logged(text, post(text), policy(), at("2026-11-02T14:20:00Z"), "rolled back")
    assert outcome.count("\n") == outcome.count("\r\n") == text.count("\n") + 1
    assert outcome.replace("- 14:20 UTC rolled back\r\n", "") == text


def test_the_time_zone_is_the_policys_and_its_offset_is_shown() -> None:
    assert after("\n## Timeline\n\n- 15:02 alert\n- 15:31 good\n", under=BERLIN) == "\n## Timeline\n\n- 15:02 alert\n- 15:20 +01:00 rolled back\n- 15:31 good\n"
    assert stamp(at("2026-07-01T22:10:00Z"), "Europe/Berlin", None) == "2026-07-02 00:10 +02:00"
    assert stamp(at("2026-07-01T22:10:00Z"), "America/St_Johns", None) == "2026-07-01 19:40 -02:30"
    assert stamp(at("2026-01-01T22:10:00Z"), "Europe/London", None) == "2026-01-01 22:10 UTC"


def test_the_title_of_the_section_is_the_policys() -> None:
    german = policy("sections: {timeline: {title: Zeitstrahl}}\n")
    assert "## Zeitstrahl\n\n- 14:20 UTC" in after("", under=german)
    assert after("\n## Zeitstrahl\n", under=german).count("##") == 1


@pytest.mark.parametrize("status", ["published", "retired"])
def test_a_published_time_line_is_frozen(status: str) -> None:
    frozen(post(HEAD), at("2026-11-20T00:00:00Z").date())
    with pytest.raises(Failure, match="write under `## Amendments` instead: \"- 2026-11-20: "):
        frozen(post(HEAD.replace("filed", status)), at("2026-11-20T00:00:00Z").date())


def test_a_skipped_one_has_none() -> None:
    with pytest.raises(Failure, match="set `status: filed`"):
        frozen(post(HEAD.replace("filed", "skipped")), at("2026-11-20T00:00:00Z").date())


PIECES = st.sampled_from([
    "## Timeline\n", "## Log\n", "Timeline\n---\n", "**Timeline:** ", "- 14:02 UTC a\n", "- 9999-12-31 23:59 b\n", "- 31 Feb 10:00 c\n", "- 25:61 d\n", "* **23:59 -12:00** e\n", "| 14:02 | f |\n",
    "|---|\n", "<!-- g\n", "-->\n", "```\n", "\n", "  more\n", "## Why\n", "- 00:01 +14:00 h\n", "text", "\t", "- 0001-01-01 00:00 i\n",
])  # fmt: skip


@given(st.lists(PIECES, max_size=12), st.integers(0, 365 * 24 * 60), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_whatever_stands_there_an_entry_only_adds_lines(pieces: list[str], minutes: int, ends: str, berlin: bool) -> None:
    text = (HEAD + "".join(pieces)).replace("\n", ends)
    outcome = logged(text, post(text), BERLIN if berlin else policy(), at("2026-01-01T00:00:00Z") + timedelta(minutes=minutes), "rolled back")
    kept = iter(outcome.split("\n"))
    assert all(any(line.rstrip("\r") == old.rstrip("\r") for line in kept) for old in text.split("\n"))
    assert outcome.count("rolled back") == 1
    assert sum(line not in ("", "\r") for line in outcome.split("\n")) - sum(line not in ("", "\r") for line in text.split("\n")) in (1, 2)
