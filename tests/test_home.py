"""The home page: what is new, one old lesson, and what a public one may say."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import archive, light, policy
from hypothesis import given
from hypothesis import strategies as some
from sites import NASTY, Markup, dangers, pages_of, site_of
from test_pages import incident, text_of

from hotwash.lesson import arrived, old_lesson
from hotwash.model import Postmortem
from hotwash.pages import home as front
from hotwash.past import FileHistory, History

FRIDAY = date(2026, 11, 20)
"""In week 47."""


def chosen(*posts: Postmortem, as_of: date = FRIDAY) -> tuple[str, str] | None:
    lesson = old_lesson(archive(*posts), policy(), as_of)
    return (lesson.post.id, lesson.heading) if lesson else None


def test_thousands_are_written_as_everywhere_else() -> None:
    one = light()
    many = site_of(*(one._replace(path=f"postmortems/2026-11-05-number-{number}.md") for number in range(1_200)))
    home = next(page.text for page in front.pages(many) if page.path == "index.md")
    said = " ".join(Markup(home).texts)
    assert "<b>1,200</b>" in home
    assert "1200" not in said


# ---- one old lesson -------------------------------------------------------------------------------------------------------------------------------


def test_a_young_archive_has_none_and_the_page_says_nothing_of_it() -> None:
    assert chosen(incident("2026-11-18"), incident("2026-03-01")) is None
    assert "hw-memory" not in pages_of(site_of(incident("2026-11-18")))["index.md"].text


def test_last_december_is_no_old_lesson_in_january() -> None:
    assert chosen(incident("2025-12-29"), as_of=date(2026, 1, 3)) is None


def test_it_is_one_of_this_week_of_an_earlier_year() -> None:
    assert chosen(incident("2025-11-10"), incident("2025-11-17"), incident("2025-11-24")) == ("2025-11-17-incident", "From this week in 2025")


def test_of_several_the_gravest_comes_back_then_the_oldest() -> None:
    grave = light("timestamps: {resolved: 2023-11-20T12:00:00Z}\nseverity: P0\ncause: {class: a, what: w}", id="2023-11-20-grave")
    assert chosen(incident("2025-11-17"), incident("2024-11-18"), grave) == ("2023-11-20-grave", "From this week in 2023")
    assert chosen(incident("2025-11-17"), incident("2024-11-18")) == ("2024-11-18-incident", "From this week in 2024")


def test_without_one_of_this_week_the_nearest_of_the_calendar_comes() -> None:
    assert chosen(incident("2025-11-10"), incident("2025-06-10")) == ("2025-11-10-incident", "From about this time in 2025")
    assert chosen(incident("2025-06-10")) == ("2025-06-10-incident", "From the archive, 2025")


def test_the_year_ends_where_it_begins() -> None:
    assert chosen(incident("2024-12-30"), incident("2024-06-10"), as_of=date(2026, 1, 3)) == ("2024-12-30-incident", "From this week in 2024")


@pytest.mark.parametrize("header", ["status: filed", "status: skipped", "cause: {class: a}"])
def test_what_has_no_lesson_is_not_shown(header: str) -> None:
    assert chosen(light(f"timestamps: {{resolved: 2025-11-17T12:00:00Z}}\n{header}", id="2025-11-17-incident")) is None


@given(some.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_every_day_of_an_old_archive_has_its_lesson_and_the_same_day_the_same(day: date) -> None:
    posts = [incident(f"2022-{month:02d}-15") for month in range(1, 13)]
    lesson = old_lesson(archive(*posts), policy(), day)
    assert lesson
    assert lesson.apart <= 3, "an incident a month is never further away"
    assert lesson == old_lesson(archive(*reversed(posts)), policy(), day)


def test_the_page_tells_cause_fix_and_verdict() -> None:
    said = text_of(site_of(incident("2025-11-17", fix="{change: the guard, owner: '@a', state: done, closed: 2025-12-01}")), "index.md")
    lesson = said[said.index("From this week in 2025"):]
    for words in ("17 Nov 2025", "What allowed it", "What was changed", "The guard", "holding 354 days"):
        assert words in lesson


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_in_a_lesson_runs(nasty: str) -> None:
    text = nasty.replace("\n", " ").replace("'", "''")
    post = light(f"title: '{text}'\ntimestamps: {{resolved: 2025-11-17T12:00:00Z}}\ncause: {{class: a, what: '{text}'}}\nfix: {{change: '{text}', state: open}}".replace("\u0002", "").replace("\u0003", ""), id="2025-11-17-x")
    page = pages_of(site_of(post))["index.md"].text
    assert "hw-memory" in page
    assert not dangers(page.split("\n---\n", 1)[-1])


# ---- what is new ----------------------------------------------------------------------------------------------------------------------------------


def test_what_came_within_a_week_is_new() -> None:
    said = text_of(site_of(incident("2026-11-14"), incident("2026-11-13"), incident("2026-10-01")), "index.md")
    assert "1 postmortem since 13 Nov 2026." in said


def test_where_nothing_is_new_the_latest_are_shown_as_such() -> None:
    said = text_of(site_of(incident("2026-10-01")), "index.md")
    assert "Nothing since 13 Nov 2026. These are the latest." in said


@pytest.mark.parametrize(("published", "day"), [
    ("2026-11-18T09:00:00Z", date(2026, 11, 18)),
    ("2026-11-21T09:00:00Z", date(2026, 11, 2)),
    ("", date(2026, 11, 2)),
])
def test_a_publication_is_news_once_git_knows_it(published: str, day: date) -> None:
    post = incident("2026-11-02")
    assert arrived(post, History(files={post.path: FileHistory(published=published)}), FRIDAY) == day


def test_an_old_file_that_was_taken_over_is_no_news() -> None:
    post = incident("2026-02-02")
    assert arrived(post, History(files={post.path: FileHistory(published="2026-11-18T09:00:00Z")}), FRIDAY) == date(2026, 2, 2)


def test_what_came_back_says_so_on_its_card() -> None:
    page = pages_of(site_of(incident("2026-01-01"), incident("2026-11-18")))["index.md"].text
    assert page.count(">came back</span>") == 1


# ---- a public one ---------------------------------------------------------------------------------------------------------------------------------


def test_a_public_home_shows_new_ones_and_a_lesson_without_a_verdict_or_a_count() -> None:
    fix = "{change: the guard, owner: '@a', state: done, closed: 2025-12-01}"
    posts = [incident(day, fix=fix, more="visibility: public") for day in ("2025-11-17", "2026-11-18")]
    site = site_of(*posts, audience="public")
    said, page = text_of(site, "index.md"), pages_of(site)["index.md"].text
    assert "From this week in 2025" in said
    assert "The guard" in said
    for words in ("holding", "came back", "2 postmortems", "since", "Needs attention", "Review of"):
        assert words not in said, words
    assert "hw-figure" not in [attributes.get("class") for _, attributes in Markup(page).elements]
