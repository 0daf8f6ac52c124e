"""The quarterly review: quiet quarters first, then one that speaks, each sentence held to what is written here by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from helpers import HERE, archive, findings, light, policy, post
from sites import pages_of, site_of
from test_pages import text_of

from hotwash.cli import main
from hotwash.model import Postmortem
from hotwash.past import History
from hotwash.project import load_archive, load_policy
from hotwash.quarter import Review, review, standing
from hotwash.quarter.incidents import chance
from hotwash.quarter.span import Quarter, quarter_of, read
from hotwash.quarter.written import as_json, markdown

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
    assert texts(of(Quarter(2026, 2), first, again), "fixes") == ["The fix for “Baskets were mixed up” went in on 1 June 2026: a test."]


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
