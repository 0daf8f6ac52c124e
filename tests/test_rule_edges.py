"""Edges of single rules, where a row says more than a whole file."""

from __future__ import annotations

import pytest
from helpers import LIGHT_ID, STANDARD, findings, light, post

from hotwash.model import Diagnostic, Postmortem


def one(subject: Postmortem, rule: str, *others: Postmortem) -> list[Diagnostic]:
    return [found for found in findings(subject, others=others) if found.rule == rule]


GROUPS = ["@anna;@bob", "@a @b", "@a + @b", "we", "@platformteam", "@checkout-team", "everyone"]
PEOPLE = ["@team-lead", "@payments-team-lead", "@ops-manager", "@engineering-manager", "@sre-owner", "@ops-1", "@team-on-call", "@steam", "@head-of-engineering"]


@pytest.mark.parametrize("owner", GROUPS + PEOPLE)
def test_a_group_is_told_from_one_person(owner: str) -> None:
    read = light(f'fix: {{none: too costly, accepted_by: "{owner}"}}')
    assert bool(one(read, "group-owner")) == (owner in GROUPS)


def test_the_way_out_of_still_unknown_is_the_line_that_its_help_prints() -> None:
    asked = "acknowledged: 2026-11-02T14:04:00Z"
    (found,) = one(post(STANDARD.replace(asked, "acknowledged: unknown")), "still-unknown")
    line = "acknowledged: unknown  # hotwash: allow still-unknown: REASON"
    assert f"`{line}`" in found.help
    assert findings(post(STANDARD.replace(asked, line))) == ()


def test_a_class_with_many_incidents_is_named_in_one_breath() -> None:
    many = [light("", id=f"2026-10-{day:02}-crash") for day in range(1, 29)]
    many = [read._replace(header={**read.header, "timestamps": {"resolved": f"{read.id[:10]}T10:00:00Z"}}) for read in many]
    (found,) = one(light(id=LIGHT_ID), "unlinked-repeat", *many)
    assert "28 times" in found.message
    assert "and 23 earlier ones" in found.message
    assert "... and 23 more" in found.help
    assert (found.message + found.help).count("2026-10-") <= 15


NAMES = {"2026-11-05-sp ace": "2026-11-05-sp-ace.md", "2026-11-05-a#b": "2026-11-05-a-b.md", "2026-11-05-a?b%": "2026-11-05-a-b.md"}


@pytest.mark.parametrize("name", NAMES)
def test_a_suggested_file_name_holds_the_day_once(name: str) -> None:
    (found,) = one(light(id=name), "file-name")
    assert found.help == f"git mv it to {NAMES[name]}"


@pytest.mark.parametrize("name", ["2026-11-05-größe_2.1", "2026-11-05-障害", "2026-11-05-gro\u0308\u00dfe", "2026-11-05-ข้อ"])
def test_a_slug_may_be_of_any_script(name: str) -> None:
    assert one(light(id=name), "file-name") == []


def test_an_earlier_file_named_by_its_path_is_recognised_and_an_empty_entry_is_not_called_none() -> None:
    before = light(id="2026-10-01-crash")
    (found,) = one(light("recurrence_of: [postmortems/2026-10-01-crash.md]"), "unknown-earlier", before)
    assert found.help == "did you mean 2026-10-01-crash?"
    assert one(light("recurrence_of: [null]"), "unknown-earlier") == []


def test_a_skipped_file_that_is_linked_asks_for_no_section() -> None:
    before = light("status: skipped", id="2026-10-01-crash")
    assert one(light("recurrence_of: [2026-10-01-crash]"), "unexplained-repeat", before) == []


def test_causes_that_nobody_knows_are_no_repeat() -> None:
    cause = "cause: {class: Unknown, what: nobody could find out}"
    assert one(light(cause), "unlinked-repeat", light(cause, id="2026-10-01-crash")) == []
