"""What was published stays, or a dated amendment says what was put right."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import ID, STANDARD, archive, policy, post
from test_rule_examples import placed

from hotwash.check import check_in_archive
from hotwash.freeze import unmarked
from hotwash.model import Diagnostic, Postmortem
from hotwash.past import FileHistory, History
from hotwash.rules import documented, load

POST = post(STANDARD)
(RULE,) = (rule for rule in load(["signoff"]) if rule.id == "unmarked-amendment")
(DOC,) = (doc for doc in documented() if doc.id == "unmarked-amendment")
NOTE = "\n## Amendments\n\n- 2026-11-20: the first 503 was at 13:50, by the load balancer's log\n"


def changed(before: str, now: str, more: str = "") -> str:
    assert before in STANDARD
    return STANDARD.replace(before, now) + more


def said(text: str, before: Postmortem = POST) -> list[tuple[int, str]]:
    return [(hit.span.line, hit.message) for hit in unmarked(before, post(text), policy())]


def line(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if part in line)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("state: open", "state: done"),
        ("started: 2026-11-02T13:55:00Z", "started: 2026-11-02T14:55:00+01:00"),
        ("started: 2026-11-02T13:55:00Z", '"started": "2026-11-02T13:55:00Z"   # as in the log'),
        ("- 14:02 UTC alert", "\n- 14:02 UTC alert"),
        ("## Timeline", "### Chronology (UTC)"),
        ("The cart kept its contents.", "The cart kept what was in it."),
    ],
)
def test_quiet_where_times_and_time_line_say_the_same(before: str, now: str) -> None:
    assert said(changed(before, now)) == []


def test_quiet_until_it_is_published() -> None:
    filed = post(STANDARD.replace("status: published", "status: filed"))
    assert said(changed("T13:55:00Z", "T13:50:00Z"), filed) == []


def test_a_time_that_changed_is_found_at_its_line() -> None:
    text = changed("started: 2026-11-02T13:55:00Z", "started: 2026-11-02T13:50:00Z")
    assert said(text) == [(line(text, "started:"), "`timestamps.started` was published as `2026-11-02T13:55:00Z` and is `2026-11-02T13:50:00Z`")]


def test_a_time_that_came_and_one_that_went_are_changes() -> None:
    text = changed("  mitigated: 2026-11-02T14:31:00Z", "  escalated: 2026-11-02T14:11:00Z")
    assert [message for _, message in said(text)] == ["`timestamps.mitigated` was published as `2026-11-02T14:31:00Z` and is gone", "`timestamps.escalated` was published as nothing and is `2026-11-02T14:11:00Z`"]


def test_a_time_line_that_changed_is_found_at_the_new_line() -> None:
    text = changed("- 14:15 UTC the release", "- 14:20 UTC the release")
    assert said(text) == [(line(text, "14:20 UTC"), "the time line is not the one that was published")]


def test_a_line_that_is_gone_is_found_at_the_heading() -> None:
    text = changed("- 14:31 UTC error rate back to normal\n", "")
    assert said(text) == [(line(text, "## Timeline"), "the time line is not the one that was published")]


def test_a_time_line_that_is_gone_altogether_is_found() -> None:
    before, _, rest = STANDARD.partition("## Timeline")
    assert len(said(before + "## What happened" + rest.partition("## What happened")[2])) == 1


@pytest.mark.parametrize("more", ["", "\n## Amendments\n\nWe corrected the start.\n", "\n## Amendments\n\n- 2026-13-45: no day\n", "\n2026-11-20: not under the heading\n"])
def test_only_a_dated_note_under_its_heading_counts(more: str) -> None:
    assert len(said(changed("T13:55:00Z", "T13:50:00Z", more))) == 1


@pytest.mark.parametrize("note", [NOTE, NOTE.replace("## Amendments", "### Corrections"), NOTE.replace("- 2026-11-20:", "**2026-11-20.**")])
def test_with_a_dated_note_it_may_change(note: str) -> None:
    assert said(changed("T13:55:00Z", "T13:50:00Z", note)) == []


def test_the_note_of_an_earlier_change_does_not_cover_the_next_one() -> None:
    amended = changed("T13:55:00Z", "T13:50:00Z", NOTE)
    again = amended.replace("T14:31:00Z", "T14:30:00Z")
    assert len(said(again, post(amended))) == 1
    assert said(again + "- 2026-11-21: mitigated was 14:31\n", post(amended)) == []


def test_what_cannot_be_read_is_left_to_the_other_rules() -> None:
    assert said("---\ntitle: [\n---\n") == []


def judged(subject: Postmortem, frozen: bytes | None) -> list[Diagnostic]:
    history = History(files={subject.path: FileHistory(published="2026-11-04T10:00:00Z", frozen=frozen)})
    return check_in_archive(subject, policy(), [RULE], archive(subject), history, date(2026, 11, 20))


def test_the_rule_needs_the_history_and_its_page_is_true() -> None:
    frozen = STANDARD.encode()
    bad, good = (placed(text) for text in (DOC.bad, DOC.good))
    assert bad.id == ID
    assert [found.rule for found in judged(bad, frozen)] == ["unmarked-amendment"]
    assert judged(good, frozen) == judged(POST, frozen) == judged(bad, None) == []
    assert check_in_archive(bad, policy(), [RULE], archive(bad)) == [], "without history it is not run"
