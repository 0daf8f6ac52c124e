"""Repeats and verdicts: every word that can be said of a fix, and the edges of the window."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import findings, policy, with_words

from hotwash.archive import classes, gather
from hotwash.model import Postmortem
from hotwash.past import History
from hotwash.recurrence import Verdict, earlier, is_repeat, later, unfinished, verdict

TODAY = date(2026, 6, 1)
DONE = {"change": "a test", "state": "done", "closed": "2026-01-20", "due": "2026-01-31"}
OPEN = {"change": "a test", "state": "open", "due": "2026-01-31"}


def incident(day: str, fix: dict | None = None, *, slug: str = "a-b", status: str = "published", hour: str = "10", **more: object) -> Postmortem:
    """An incident of one class that ran for an hour on a day."""
    header = {
        "status": status,
        "cause": {"class": slug},
        "timestamps": {"started": f"{day}T{hour}:00:00Z", "resolved": f"{day}T{int(hour) + 1}:00:00Z"},
        **more,
    }
    return Postmortem(f"postmortems/{day}-{more.get('slug', 'x')}.md", header={**header, **({"fix": fix} if fix else {})})


def judged(fix: dict, *later: Postmortem, as_of: date = TODAY, history: History | None = None, window: int = 90) -> Verdict:
    first = incident("2026-01-10", fix)
    return verdict(first, gather([first, *later]), with_words(f"repeat_window: {window}\n"), history, as_of)


FIXES = [
    ("no repeat, open, due ahead", {**OPEN, "due": "2026-07-01"}, (), Verdict("pending")),
    ("no repeat, open, due today", {**OPEN, "due": "2026-06-01"}, (), Verdict("pending")),
    ("no repeat, open, due yesterday", {**OPEN, "due": "2026-05-31"}, (), Verdict("pending", overdue=True)),
    ("no repeat, in progress", {**OPEN, "state": "in-progress", "due": "unknown"}, (), Verdict("pending")),
    ("no repeat, no state", {"change": "a test"}, (), Verdict("pending")),
    ("no repeat, done", DONE, (), Verdict("holding", days=132)),
    ("no repeat, done today", {**DONE, "closed": "2026-06-01"}, (), Verdict("holding", days=0)),
    ("done, and nobody says when", {**DONE, "closed": "unknown"}, (), Verdict("unknown")),
    ("dropped", {**OPEN, "state": "wont-do"}, (), Verdict("dropped")),
    ("the risk is accepted", {"none": "too rare"}, (), Verdict("accepted")),
    ("came back after it was done", DONE, ("2026-02-01",), Verdict("did not hold", days=12, repeat="2026-02-01-x")),
    ("came back on the day it was done", {**DONE, "closed": "2026-02-01"}, ("2026-02-01",), Verdict("did not hold", days=0, repeat="2026-02-01-x")),
    ("came back months after it was done", DONE, ("2026-05-31",), Verdict("did not hold", days=131, repeat="2026-05-31-x")),
    ("came back before it was done", {**DONE, "closed": "2026-02-02"}, ("2026-02-01",), Verdict("not in place", repeat="2026-02-01-x", overdue=True)),
    ("came back while it was open and not yet due", {**OPEN, "due": "2026-03-01"}, ("2026-02-01",), Verdict("not in place", repeat="2026-02-01-x")),
    ("came back while it was overdue", OPEN, ("2026-02-01",), Verdict("not in place", repeat="2026-02-01-x", overdue=True)),
    ("came back outside the window, due ahead", {**OPEN, "due": "2026-12-01"}, ("2026-05-20",), Verdict("pending")),
    ("came back outside the window, overdue", OPEN, ("2026-05-20",), Verdict("not in place", repeat="2026-05-20-x", overdue=True)),
    ("came back after it was dropped", {**OPEN, "state": "wont-do"}, ("2026-02-01",), Verdict("dropped")),
    ("came back on the day of the page", DONE, ("2026-06-01",), Verdict("did not hold", days=132, repeat="2026-06-01-x")),
    ("comes back tomorrow, which nobody knows", DONE, ("2026-06-02",), Verdict("holding", days=132)),
    ("will be done tomorrow, overdue", {**DONE, "closed": "2026-06-02"}, (), Verdict("pending", overdue=True)),
    ("will be done tomorrow, due ahead", {**DONE, "closed": "2026-06-02", "due": "2026-06-03"}, (), Verdict("pending")),
    ("will be done tomorrow, came back before", {**DONE, "closed": "2026-06-02"}, ("2026-02-01",), Verdict("not in place", repeat="2026-02-01-x", overdue=True)),
    ("came back before it was done and again after", {**DONE, "closed": "2026-02-15"}, ("2026-02-01", "2026-03-01"),
     Verdict("did not hold", days=14, repeat="2026-03-01-x")),
    ("came back before it was done, and again too late for this day", {**DONE, "closed": "2026-02-15"}, ("2026-02-01", "2026-07-01"),
     Verdict("not in place", repeat="2026-02-01-x", overdue=True)),
    ("came back twice while open, the second overdue", {**OPEN, "due": "2026-05-15"}, ("2026-05-01", "2026-05-20"),
     Verdict("not in place", repeat="2026-05-20-x", overdue=True)),
    ("came back long after, outside the window, before it was done in time", {**DONE, "closed": "2026-05-25", "due": "2026-05-30"}, ("2026-05-20",),
     Verdict("holding", days=7)),
    ("came back, and nobody says when it was done", {**DONE, "closed": "unknown"}, ("2026-02-01",), Verdict("unknown")),
    ("came back twice: the first decides", DONE, ("2026-02-01", "2026-03-01"), Verdict("did not hold", days=12, repeat="2026-02-01-x")),
    ("no fix at all", {"owner": "@a"}, (), Verdict("pending")),
]  # fmt: skip


@pytest.mark.parametrize(("fix", "days", "expected"), [row[1:] for row in FIXES], ids=[row[0] for row in FIXES])
def test_the_verdict_of_a_fix(fix: dict, days: tuple[str, ...], expected: Verdict) -> None:
    assert judged(fix, *(incident(day) for day in days)) == expected


@pytest.mark.parametrize(("window", "word"), [(21, "pending"), (22, "not in place")])
def test_the_window_runs_from_resolved_and_its_edge_belongs_to_it(window: int, word: str) -> None:
    # Resolved on 10 January at 11:00; the repeat begins on 1 February at 11:00, 22 days later to the minute.
    assert judged({**OPEN, "due": "2026-12-01"}, incident("2026-02-01", hour="11"), window=window).word == word


def test_a_minute_beyond_the_window_is_no_repeat() -> None:
    before = incident("2026-01-10")
    after = Postmortem("postmortems/2026-04-10-y.md", header={"timestamps": {"started": "2026-04-10T11:01:00Z"}})
    on_the_edge = Postmortem("postmortems/2026-04-10-y.md", header={"timestamps": {"started": "2026-04-10T11:00:00Z"}})
    assert not is_repeat(after, before, policy())
    assert is_repeat(on_the_edge, before, policy())
    assert not is_repeat(on_the_edge, Postmortem("x"), policy())


def test_a_fix_in_another_file_is_judged_there() -> None:
    first, second = incident("2026-01-10", DONE), incident("2026-01-12", {"same_as": "2026-01-10-x"}, slug="c-d")
    archive = gather([first, second])
    with_ending = incident("2026-01-12", {"same_as": "2026-01-10-x.md"}, slug="c-d")
    assert verdict(with_ending, archive, policy(), None, TODAY) == Verdict("holding", days=132)
    assert verdict(second, archive, policy(), None, TODAY) == Verdict("holding", days=132)


def test_a_fix_that_leads_nowhere_or_round_in_circles_is_unknown() -> None:
    one, two = incident("2026-01-10", {"same_as": "2026-01-12-x"}), incident("2026-01-12", {"same_as": "2026-01-10-x"})
    assert verdict(one, gather([one, two]), policy(), None, TODAY) == Verdict("unknown")
    assert verdict(one, gather([one]), policy(), None, TODAY) == Verdict("unknown")


def test_a_guard_that_is_gone_from_the_branch_is_told_and_of_other_places_nothing_is_known() -> None:
    fix = {**DONE, "artefact": {"kind": "test", "path": "tests/a.py"}}
    assert judged(fix, history=History(gone={"tests/a.py": ""})) == Verdict("guard removed")
    assert judged(fix, history=History(tree=frozenset({"tests/a.py"}))).word == "holding"
    assert judged(fix, history=History(gone={"tests/b.py": ""})).word == "holding"
    assert judged(fix, history=None).word == "holding"
    assert judged(fix, incident("2026-02-01"), history=History(gone={"tests/a.py": ""})).word == "did not hold"


@pytest.mark.parametrize(
    ("status", "word"),
    [("filed", "did not hold"), ("published", "did not hold"), ("retired", "did not hold"), ("skipped", "holding"), ("", "holding")],
)
def test_only_an_incident_with_an_account_of_its_cause_counts_as_a_repeat(status: str, word: str) -> None:
    assert judged(DONE, incident("2026-02-01", status=status)).word == word


def test_a_verdict_is_spoken_in_words() -> None:
    assert (str(Verdict("holding", days=132)), str(Verdict("did not hold", days=3))) == ("holding 132 days", "did not hold")


def test_earlier_incidents_of_every_class_are_found_oldest_first() -> None:
    posts = [
        incident("2026-01-10", slug="c-d"),
        incident("2026-01-05"),
        incident("2026-01-07", status="skipped"),
        incident("2026-03-01"),
        incident("2026-01-08", slug="e-f"),
    ]
    subject = Postmortem(
        "postmortems/2026-02-01-x.md",
        header={"status": "published", "cause": {"class": "a-b", "also": ["c-d", 3]}, "timestamps": {"resolved": "2026-02-01T10:00:00Z"}},
    )
    archive = gather([*posts, subject])
    assert [one.id for one in earlier(subject, archive)] == ["2026-01-05-x", "2026-01-10-x"]
    assert [one.id for one in later(subject, archive, TODAY)] == ["2026-03-01-x"]
    assert list(later(subject, archive, date(2026, 2, 28))) == []
    assert list(later(posts[3], archive, TODAY)) == []


def both(day: str, slug: str, also: str, fix: dict | None = None) -> Postmortem:
    """An incident of two classes."""
    found = incident(day, fix)
    return found._replace(header={**found.header, "cause": {"class": slug, "also": [also]}})


@pytest.mark.parametrize(("first", "second", "word"), [
    (both("2026-01-10", "a-b", "c-d", DONE), incident("2026-02-01", slug="c-d"), "did not hold"),
    (both("2026-01-10", "a-b", "c-d", OPEN), incident("2026-02-01", slug="c-d"), "not in place"),
    (incident("2026-01-10", DONE), both("2026-02-01", "c-d", "a-b"), "did not hold"),
    (both("2026-01-10", "a-b", "c-d", DONE), both("2026-02-01", "e-f", "c-d"), "did not hold"),
    (both("2026-01-10", "a-b", "c-d", DONE), both("2026-02-01", "e-f", "g-h"), "holding"),
])  # fmt: skip
def test_a_repeat_counts_in_every_class_that_it_has(first: Postmortem, second: Postmortem, word: str) -> None:
    assert verdict(first, gather([first, second]), policy(), None, TODAY).word == word


def test_of_several_classes_the_first_repeat_decides() -> None:
    first, posts = both("2026-01-10", "a-b", "c-d", DONE), [incident("2026-03-01"), incident("2026-02-01", slug="c-d"), both("2026-04-01", "c-d", "a-b")]
    archive = gather([first, *posts])
    assert dict.fromkeys(one.id for one in later(first, archive, TODAY)) == dict.fromkeys(["2026-02-01-x", "2026-03-01-x", "2026-04-01-x"])
    assert verdict(first, archive, policy(), None, TODAY).repeat == "2026-02-01-x"


def test_a_repeat_of_which_nobody_knows_when_it_began_decides_nothing() -> None:
    first, second = incident("2026-01-10", DONE), Postmortem("postmortems/2026-02-01-x.md", header={"status": "filed", "cause": {"class": "a-b"}})
    assert verdict(first, gather([first, second]), policy(), None, TODAY).word == "holding"


def test_two_on_one_day_follow_each_other_by_the_hour() -> None:
    morning, evening = incident("2026-01-10", hour="08", slug="a-b"), incident("2026-01-10", hour="20", slug="a-b")
    evening = evening._replace(path="postmortems/2026-01-10-a.md")
    archive = gather([evening, morning])
    assert [one.id for one in archive.of_class("a-b")] == ["2026-01-10-x", "2026-01-10-a"]
    assert [one.id for one in earlier(evening, archive)] == ["2026-01-10-x"]
    assert earlier(morning, archive) == ()


def test_classes_are_named_once_and_only_as_text() -> None:
    assert classes(Postmortem("x", header={"cause": {"class": "a", "also": ["b", "a", 3, ""]}})) == ["a", "b"]
    assert classes(Postmortem("x", header={"cause": "text"})) == []


def test_what_is_unfinished_is_named_by_its_id_the_fix_first() -> None:
    actions = [{"id": "a1", "state": "done"}, {"id": "a2", "state": "open"}, {"state": "in-progress"}, {"id": "a4"}, {"id": "a5", "state": "wont-do"}]
    assert unfinished(Postmortem("x", header={"fix": OPEN, "actions": actions})) == ["fix", "a2", "3", "a4"]
    assert unfinished(Postmortem("x", header={"fix": DONE})) == []


def test_of_two_files_with_one_id_the_first_path_wins() -> None:
    one, two = Postmortem("a/2026-01-10-x.md"), Postmortem("b/2026-01-10-x.md")
    assert gather([two, one]).get("2026-01-10-x").path == "a/2026-01-10-x.md"


@pytest.mark.parametrize(("fix", "said", "asked"), [
    (OPEN, "the fix of `2026-01-10-x` was not in place", "what kept it from being built"),
    (DONE, "the fix of `2026-01-10-x` did not hold", "what does it guard"),
    ({**OPEN, "state": "wont-do"}, "no section says", "was it never in place"),
])  # fmt: skip
def test_a_fix_that_failed_and_one_that_never_was_are_told_apart(fix: dict, said: str, asked: str) -> None:
    before, again = incident("2026-01-10", fix), incident("2026-02-01", recurrence_of=["2026-01-10-x"])
    found = next(one for one in findings(again, others=[before], groups=["recurrence"]) if one.rule == "unexplained-repeat")
    assert said in found.message
    assert asked in found.help
