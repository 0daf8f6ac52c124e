"""The quarterly review: quiet quarters first, then one that speaks, each sentence held to what is written here by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from helpers import HERE, archive, findings, light, policy, post
from hypothesis import given
from hypothesis import strategies as some
from sites import pages_of, site_of
from test_pages import text_of

from hotwash.archive import for_audience
from hotwash.cli import main
from hotwash.model import Postmortem
from hotwash.past import FileHistory, History
from hotwash.project import load_archive, load_policy
from hotwash.quarter import Review, review, standing
from hotwash.quarter.incidents import chance
from hotwash.quarter.keeping import alike
from hotwash.quarter.span import Quarter, quarter_of, read
from hotwash.quarter.turns import turns, within
from hotwash.quarter.written import as_json, markdown
from hotwash.recurrence import verdict

ROOT = HERE.parent
TODAY = date(2026, 11, 20)
Q4 = Quarter(2026, 4)


def incident(day: str, title: str, cls: str = "cache-key-collision", *, fix: str = "{change: a test, owner: '@a', due: 2026-12-31, state: open}", more: str = "") -> Postmortem:
    """A light postmortem of a day and a class."""
    header = f"title: {title}\ntimestamps: {{started: {day}T10:00:00Z, resolved: {day}T12:00:00Z}}\ncause: {{class: {cls}, what: w}}\nfix: {fix}\n{more}"
    return light(header, id=f"{day}-incident")


def done(day: str, more: str = "") -> str:
    return f"{{change: a test, owner: '@a', due: 2026-12-31, state: done, closed: {day}{more}}}"


def of(quarter: Quarter, *posts: Postmortem, as_of: date = TODAY, history: History | None = None, **more: Any) -> Review:
    return review(standing(archive(*posts), more.pop("policy", policy()), history or History(), as_of), quarter)


def texts(found: Review, part: str) -> list[str]:
    return [fact.text for one in found.parts if one.name == part for fact in one.facts]


# ---- which quarter --------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "name", "first", "last"), [
    (date(2026, 1, 1), "2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
    (date(2026, 6, 30), "2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
    (date(2024, 2, 29), "2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
    (date(2026, 12, 31), "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
])
def test_a_quarter_is_three_months_of_the_calendar(day: date, name: str, first: date, last: date) -> None:
    found = quarter_of(day)
    assert (found.name, found.first, found.last) == (name, first, last)
    assert read(name) == read(name.lower()) == found


def test_it_is_set_beside_the_one_before_and_the_one_a_year_ago() -> None:
    assert (Quarter(2026, 1).before, Quarter(2026, 3).before, Quarter(2026, 1).year_before) == (Quarter(2025, 4), Quarter(2026, 2), Quarter(2025, 1))


@pytest.mark.parametrize("text", ["", "2026", "2026-Q5", "2026-Q0", "Q4", "0000-Q1", "２０２６-Q4", "2026-Q4 or so"])
def test_anything_else_is_no_quarter(text: str) -> None:
    assert read(text) is None


# ---- quiet ----------------------------------------------------------------------------------------------------------------------------------------


def test_a_quarter_without_an_incident_says_so_with_good_grace() -> None:
    said = markdown(of(Q4))
    assert "The quarter before had none, the same quarter a year ago none. It has 41 days to go." in said
    assert said.startswith("# Quarterly review 2026-Q4\n\n1 October 2026 to 31 December 2026, as it stands on 20 November 2026.\n\nNo incident is on record for the fourth quarter of 2026 so far.")
    assert "The archive asks nothing. What does the room ask?" in said
    assert "| Severity" not in said


def test_one_incident_is_no_pattern() -> None:
    found = of(Q4, incident("2026-10-05", "Mails came twice"))
    assert texts(found, "patterns") == ["No class came back."]
    assert found.opening[0] == "One incident so far, a P2."


def test_a_day_after_today_is_not_known_yet() -> None:
    assert of(Q4, incident("2026-12-05", "Mails came twice")).counts == ()


# ---- speaking -------------------------------------------------------------------------------------------------------------------------------------


def test_a_fix_that_gave_way_within_the_quarter_is_told_in_that_quarter_alone() -> None:
    first = incident("2026-05-04", "Baskets were mixed up", fix=done("2026-06-01"))
    again = incident("2026-10-05", "Baskets were mixed up again")
    said = "The fix for “Baskets were mixed up” had been in place for 126 days when its class came back on 5 October 2026. It was: a test."
    assert texts(of(Q4, first, again), "fixes") == [said]
    assert texts(of(Quarter(2026, 3), first, again), "fixes") == ["One earlier fix held all through the quarter."]
    assert texts(of(Quarter(2026, 2), first, again), "fixes") == ["The fix for “Baskets were mixed up” went in on 1 June 2026. It is: a test."]


def test_a_fix_that_was_not_in_when_its_class_came_back_is_told_from_one_that_failed() -> None:
    late = "{change: a test, owner: '@a', due: 2026-09-30, state: open}"
    found = of(Q4, incident("2026-09-20", "Baskets were mixed up", fix=late), incident("2026-10-05", "Baskets were mixed up again"))
    assert texts(found, "fixes") == ["The fix for “Baskets were mixed up” was still waiting and past its due date when its class came back on 5 October 2026. It is: a test."]
    assert [question.text for question in found.questions if "Baskets were mixed up”" in question.text] == [
        "The class behind “Baskets were mixed up” came back before the fix was in. What stood in its way, and what would make room for it?"
    ], "one thing is asked once"


@pytest.mark.parametrize(("fix", "said"), [
    ("{change: a test, owner: '@a', state: wont-do, why: it costs too much, closed: 2026-10-20}", "The fix for “Mails came twice” will not be done: it costs too much."),
    ("{change: a test, owner: '@a', state: wont-do, closed: 2026-10-20}", "The fix for “Mails came twice” will not be done, and no reason is on record."),
    ("{none: it is too rare, accepted_by: '@po'}", "The risk behind “Mails came twice” is accepted: it is too rare."),
])
def test_what_is_dropped_or_accepted_is_told_with_its_reason(fix: str, said: str) -> None:
    assert texts(of(Q4, incident("2026-10-05", "Mails came twice", fix=fix)), "fixes") == [said]


def test_a_guard_counts_as_gone_from_the_day_it_was_removed() -> None:
    first = incident("2026-05-04", "Baskets were mixed up", fix=done("2026-06-01", ", artefact: {kind: test, path: tests/keys.py}"))
    history = History(gone={"tests/keys.py": "2026-10-09T12:00:00Z"})
    assert texts(of(Q4, first, history=history), "fixes") == ["The fix for “Baskets were mixed up” left the default branch on 9 October 2026: tests/keys.py."]
    assert texts(of(Quarter(2026, 3), first, history=history), "fixes") == ["One earlier fix held all through the quarter: test (1)."]


def test_a_class_that_came_back_is_told_with_its_distance_and_its_number() -> None:
    posts = [incident("2026-05-04", "One"), incident("2026-08-02", "Two"), incident("2026-10-31", "Three")]
    assert texts(of(Q4, *posts), "patterns") == ["“Two writers share one cache key” came back on 31 October 2026, 90 days after the one before. It has now happened three times."]


def test_what_three_incidents_share_is_a_pattern_and_what_two_of_six_share_is_chance() -> None:
    def with_trigger(day: str, kind: str) -> Postmortem:
        return incident(day, "x", "unknown", more=f"services: [s{day[-2:]}]\ntrigger: {{kind: {kind}, what: w}}")

    three = [with_trigger(f"2026-10-0{number}", "hardware") for number in (1, 2, 3)]
    others = [with_trigger(f"2026-10-1{number}", word) for number, word in enumerate(("expiry", "attack", "expiry"))]
    assert texts(of(Q4, *three, *others), "patterns") == ["No class came back.", "Three of six began with the same kind of trigger: Hardware."]


def test_answers_with_a_no_stand_first_and_owed_checks_last() -> None:
    yes = "effectiveness: [{on: 2026-10-10, by: '@a', about: fix, completed: true, documented: true, implemented: true, no_recurrence: true, aware: true, note: a1 is quiet}]"
    no = "effectiveness: [{on: 2026-11-10, by: '@a', about: publication, completed: true, documented: false, implemented: true, no_recurrence: true, aware: false}]"
    owed = incident("2026-05-06", "Waiting", "flag-default-on", fix=done("2026-06-01"))
    found = of(Q4, incident("2026-05-04", "Fine", more=yes), incident("2026-05-05", "Not yet", "untested-device", more=no), owed)
    assert texts(found, "effectiveness") == [
        "“Not yet”, after publication: documentation is behind and the team does not know of it yet.",
        "“Fine”, after the fix: yes to all questions. a1 is quiet.",
        "“Waiting”: the check after the fix is open since 1 July 2026.",
    ]
    assert texts(of(Quarter(2026, 2), owed), "effectiveness") == [], "its day came after that quarter"


def test_what_fell_due_by_the_end_of_the_quarter_and_is_open_today_is_past_its_day() -> None:
    task = "actions: [{id: a1, do: write the runbook, owner: '@a', due: 2026-09-15, state: open}]"
    post = incident("2026-05-04", "Mails came twice", more=task)
    said = "An action from “Mails came twice” was due on 15 September 2026: write the runbook."
    assert texts(of(Quarter(2026, 3), post), "overdue") == texts(of(Q4, post), "overdue") == [said]
    assert texts(of(Quarter(2026, 2), post), "overdue") == []


def test_processes_are_looked_at_where_the_archive_gives_a_reason() -> None:
    told = incident("2026-10-05", "Customers called", more="detection: {source: customer, runbooks: [{ref: runbooks/mail.md, used: false, why: it named the old host}]}")
    left = light("title: A flicker\ntimestamps: {started: 2026-10-06T10:00:00Z, resolved: 2026-10-06T12:00:00Z}\nstatus: skipped\nkind: security\nskipped: {why: nobody was hurt, by: '@po'}", id="2026-10-06-flicker")
    late = incident("2026-10-07", "Late", more="severity: P1")
    history = History(files={late.path: FileHistory(published="2026-10-10T12:00:00Z")})
    assert texts(of(Q4, told, left, late, history=history), "processes") == [
        "Customers or partners noticed the one incident before we did.",
        "The runbook mail stayed closed during “Customers called”: it named the old host.",
        "The one response went without a runbook.",
        "“A flicker” is left without a postmortem although the policy asks for one: nobody was hurt.",
        "The one postmortem with a deadline came out after it, by up to 1 d.",
    ]


def test_a_quiet_class_behind_a_fix_that_holds_may_rest() -> None:
    old = incident("2025-05-04", "Baskets were mixed up", fix=done("2025-06-01"))
    assert texts(of(Quarter(2026, 1), old), "keeping") == [], "not yet a year"
    assert texts(of(Quarter(2026, 2), old), "keeping") == [
        "“Baskets were mixed up” of 4 May 2025: its fix has held for over a year, and its class has been quiet since.",
        "One class was seen once, more than a year ago.",
    ]


def test_classes_that_read_alike_are_put_to_the_meeting() -> None:
    words = policy("schema: 1\nclasses:\n  cache-key-clash: {title: Writers share a cache key}\n  cache-key-collision: {title: Two writers share one cache key}\n")
    found = of(Q4, incident("2026-05-04", "One"), incident("2026-10-05", "Two", "cache-key-clash"), policy=words)
    assert "Are “Writers share a cache key” and “Two writers share one cache key” one class?" in [question.text for question in found.questions]


@given(some.lists(some.lists(some.sampled_from(("cache", "queue", "shares", "hides", "token", "index")), max_size=5), max_size=8))
def test_no_two_classes_that_share_half_of_their_words_are_missed(titles: list[list[str]]) -> None:
    """Only their rarest words are followed; here every pair is held to the long way."""
    words = {f"c{number}": " ".join(title) or "x" for number, title in enumerate(titles)}
    asked = policy(f"schema: 1\nclasses: {json.dumps({slug: {'title': title} for slug, title in words.items()})}\n")
    bags = {slug: set(title.split()) - {"x"} for slug, title in words.items()}
    together = [(one, other) for one, other in combinations(sorted(bags), 2) if bags[one] & bags[other]]
    assert list(alike(words, asked)) == [(one, other) for one, other in together if 2 * len(bags[one] & bags[other]) >= len(bags[one] | bags[other])]


def test_a_part_of_the_template_that_half_of_them_leave_empty_is_named() -> None:
    posts = [incident(f"2026-10-0{number}", "x", "unknown" if number < 3 else "untested-device") for number in (1, 2, 3)]
    assert "The key `cause.class` stays empty in two of three." in texts(of(Q4, *posts), "template")
    assert texts(of(Q4, *posts[:2]), "template") == [], "two tell nothing"


def test_a_cut_sentence_has_no_second_full_stop() -> None:
    long = incident("2026-10-05", "Mails came twice", fix=f"{{change: {'guard ' * 60}, owner: '@a', state: done, closed: 2026-10-06}}")
    assert texts(of(Q4, long), "fixes")[0].endswith("guard …")


@given(some.lists(some.tuples(some.dates(date(2024, 1, 1), date(2026, 11, 20)), some.sampled_from(("a", "b")), some.dates(date(2024, 1, 1), date(2026, 12, 31)) | some.none()), min_size=1, max_size=7, unique_by=lambda row: row[0]))
def test_a_fix_stands_at_the_end_of_each_quarter_as_the_verdict_of_that_day_says(rows: list[Any]) -> None:
    """The days on which verdicts turn are worked out by a short cut; here each is held to the long way."""
    posts = [incident(f"{day}", "x", cls, fix=done(str(max(closed, day))) if closed else "{change: a, owner: '@a', due: 2026-01-01, state: open}") for day, cls, closed in rows]
    whole = archive(*posts)
    known = turns(whole, policy(), History(), TODAY)
    for last in (date(2024, 6, 30), date(2025, 3, 31), date(2025, 12, 31), date(2026, 6, 30), TODAY):
        told = {turn.post.id: turn.after.word for turn in within(known, whole, last - timedelta(days=90), last)}
        assert told == {post.id: verdict(post, whole, policy(), History(), last).word for post in posts if post.id[:10] <= last.isoformat()}


def test_counts_stand_beside_those_of_other_quarters() -> None:
    posts = [incident(day, "x", "unknown") for day in ("2026-10-05", "2026-10-06", "2026-07-01", "2025-12-31", "2025-09-30")]
    assert [tuple(row) for row in of(Q4, *posts).counts] == [("P2", 2, 1, 1)]


@pytest.mark.parametrize(("one", "other", "likely"), [(0, 0, 1.0), (5, 5, 1.0), (0, 6, 2 / 64), (1, 9, 22 / 1024)])
def test_how_likely_chance_is_follows_the_binomial(one: int, other: int, likely: float) -> None:
    assert chance(one, other) == chance(other, one) == pytest.approx(likely)


# ---- the example archive, the command, the pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("quarter", ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"])
def test_what_a_review_says_and_asks_is_blameless(quarter: str) -> None:
    rules = load_policy(ROOT)
    wanted = read(quarter)
    assert wanted
    found = review(standing(load_archive(ROOT, rules), rules, History(), TODAY), wanted)
    said = "\n\n".join([*found.opening, *(fact.text for part in found.parts for fact in part.facts), *(question.text for question in found.questions)])
    assert found.questions
    assert not [one for one in findings(post(said, "2026-11-20-review"), rules) if one.group == "blameless" and one.level != "info"]


def test_the_review_of_the_example_archive_is_the_one_that_was_read() -> None:
    rules = load_policy(ROOT)
    archive = for_audience(load_archive(ROOT, rules), "internal")
    assert markdown(review(standing(archive, rules, History(), TODAY), Q4)) == (HERE / "snapshots" / "quarter.md").read_text("utf-8")


def test_json_says_the_same() -> None:
    found = of(Q4, incident("2026-10-05", "Mails came twice"))
    told = json.loads(as_json(found))
    assert told["quarter"] == "2026-Q4"
    assert [part["name"] for part in told["parts"]] == ["incidents", "patterns", "fixes", "effectiveness", "overdue", "processes", "keeping", "template"]
    assert told["parts"][0]["facts"][0]["postmortems"] == ["2026-10-05-incident"]


def test_the_command_prints_the_running_quarter_and_writes_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quarter", "--root", str(ROOT), "--as-of", "2026-11-20"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# Quarterly review 2026-Q4\n")
    assert main(["quarter", "2026-q4", "--root", str(ROOT), "--as-of", "2026-11-20", "--out", str(tmp_path / "review.md")]) == 0
    assert (tmp_path / "review.md").read_text("utf-8") == printed


@pytest.mark.parametrize(("word", "said"), [("2026-Q5", "not a quarter; write it as 2026-Q4"), ("2027-Q1", "2027-Q1 has not begun; 2026-Q4 is running")])
def test_a_wrong_quarter_is_one_line(word: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quarter", word, "--root", str(ROOT), "--as-of", "2026-11-20"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.count("\n") == 1


def test_an_empty_archive_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quarter", "--root", str(tmp_path)]) == 2
    assert "file the first one: hotwash new" in capsys.readouterr().err


def test_every_quarter_with_incidents_and_the_running_one_has_a_page() -> None:
    paths = {path for path in pages_of(site_of(incident("2026-05-04", "x"))) if path.startswith("quarters/")}
    assert paths == {"quarters/index.md", "quarters/2026-Q2.md", "quarters/2026-Q4.md"}


def test_a_public_site_has_no_such_page() -> None:
    assert not [path for path in pages_of(site_of(incident("2026-05-04", "x", more="visibility: public"), audience="public")) if path.startswith("quarters")]


def test_the_page_leads_to_every_postmortem_that_it_names() -> None:
    site = site_of(incident("2026-05-04", "Baskets were mixed up", fix=done("2026-06-01")), incident("2026-10-05", "Baskets were mixed up again"))
    page = pages_of(site)["quarters/2026-Q4.md"].text
    assert 'The fix for “<a href="../../postmortems/2026-05-04-incident/">Baskets were mixed up</a>”' in page
    assert "It was: a test." in text_of(site, "quarters/2026-Q4.md")
