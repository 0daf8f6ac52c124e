"""Recurrences: what became of each fix, how a lane draws it, in which orders classes stand, and the chapter of each class."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from helpers import light, policy, with_words
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import AS_OF, Markup, dangers, pages_of, site_of

from hotwash.model import Postmortem
from hotwash.pages.parts.fate import Fate, Mark, Stretch, fates
from hotwash.pages.parts.lane import MOST, lane
from hotwash.pages.parts.span import EDGE, WIDTH, Span, apart, spanning
from hotwash.pages.parts.toll import toll
from hotwash.past import History

CLASS = "untested-device"
PAGE = f"recurrences/{CLASS}.md"
OVERVIEWS = ("recurrences/index.md", "recurrences/by-cost.md", "recurrences/by-date.md")


def incident(day: str, fix: str = "{}", more: str = "", cls: str = CLASS, body: str = "") -> Postmortem:
    """An incident of a day, over after two hours."""
    header = f"timestamps: {{started: {day}T10:00:00Z, resolved: {day}T12:00:00Z}}\ncause: {{class: {cls}, what: w}}\nfix: {fix}\n{more}"
    return light(header, body, id=f"{day}-incident")


def fate(*posts: Postmortem, **more: Any) -> list[Fate]:
    """What became of the fixes of these incidents."""
    return fates(posts, site_of(*posts, **more))


def day(said: str) -> date:
    return date.fromisoformat(said)


def drawn(*posts: Postmortem, **more: Any) -> str:
    """The lane of these incidents."""
    return str(lane(posts, site_of(*posts, **more), "recurrences/index.md", spanning([AS_OF - timedelta(300)], AS_OF), "A class"))


# ---- what became of a fix: quiet ones, then those that failed ---------------------------------------------------------------------------------------


def test_a_fix_that_holds_waits_until_it_is_done_and_stands_from_then_on() -> None:
    [found] = fate(incident("2026-01-10", "{change: x, due: 2026-02-10, state: done, closed: 2026-02-01}"))
    assert found.stretches == (Stretch("waiting", day("2026-01-10"), day("2026-02-01")), Stretch("held", day("2026-02-01"), AS_OF))
    assert found.marks == ()
    assert found.said == "holding 292 days"


def test_one_that_was_done_late_shows_how_long_it_was_late() -> None:
    [found] = fate(incident("2026-01-10", "{change: x, due: 2026-02-10, state: done, closed: 2026-03-01}"))
    assert found.stretches[1] == Stretch("late", day("2026-02-10"), day("2026-03-01"))


def test_one_that_is_promised_waits_until_the_day_of_the_page() -> None:
    [found] = fate(incident("2026-10-10", "{change: x, due: 2026-12-10, state: open}"))
    assert (found.stretches, found.said) == ((Stretch("waiting", day("2026-10-10"), AS_OF),), "pending")


def test_one_that_is_overdue_is_late_from_its_day_on() -> None:
    [found] = fate(incident("2026-10-10", "{change: x, due: 2026-11-01, state: in-progress}"))
    assert found.stretches == (Stretch("waiting", day("2026-10-10"), day("2026-11-01")), Stretch("late", day("2026-11-01"), AS_OF))
    assert found.said == "overdue"


def test_one_that_did_not_hold_ends_at_the_repeat_that_broke_it() -> None:
    first, _ = fate(incident("2026-01-10", "{change: x, due: 2026-02-10, state: done, closed: 2026-02-01}"), incident("2026-06-01"))
    assert first.stretches[-1] == Stretch("held", day("2026-02-01"), day("2026-06-01"))
    assert first.marks == (Mark("broke", day("2026-06-01"), "did not hold: 120 days"),)
    assert first.last == day("2026-06-01")


def test_one_that_was_not_in_place_is_marked_there_and_goes_on() -> None:
    first, _ = fate(incident("2026-01-10", "{change: x, due: 2026-02-10, state: done, closed: 2026-04-01}"), incident("2026-03-01"))
    assert first.marks == (Mark("absent", day("2026-03-01"), "not in place, and overdue"),)
    assert first.stretches[-1] == Stretch("held", day("2026-04-01"), AS_OF), "too late for that one, and in place since"


def test_never_put_in_place_is_told_from_did_not_hold() -> None:
    never = drawn(incident("2026-03-10", "{change: x, due: 2026-04-10, state: open}"), incident("2026-05-01"))
    assert "hw-swim__mark--absent" in never
    assert "hw-swim__held" not in never
    assert "not in place, and overdue</text>" in never
    broke = drawn(incident("2026-03-10", "{change: x, due: 2026-04-10, state: done, closed: 2026-04-01}"), incident("2026-09-01"))
    assert "hw-swim__mark--broke" in broke
    assert "hw-swim__mark--absent" not in broke
    assert "did not hold: 153 days</text>" in broke


def test_a_guard_that_was_removed_ends_on_the_day_it_went() -> None:
    fix = "{change: x, state: done, closed: 2026-02-01, artefact: {kind: test, path: tests/guard.py}}"
    [found] = fate(incident("2026-01-10", fix), history=History(head="x", complete=True, gone={"tests/guard.py": "2026-07-01T10:00:00Z"}))
    assert found.marks == (Mark("removed", day("2026-07-01"), "guard removed"),)
    assert found.stretches[-1] == Stretch("held", day("2026-02-01"), day("2026-07-01"))
    [unknown] = fate(incident("2026-01-10", fix), history=History(head="x", complete=True, gone={"tests/guard.py": ""}))
    assert unknown.marks[0].when == AS_OF, "nobody knows when: it is told on the day of the page"


def test_one_that_was_dropped_ends_with_the_decision() -> None:
    [found] = fate(incident("2026-01-10", "{change: x, due: 2026-05-01, state: wont-do, closed: 2026-03-01, why: y}"))
    assert found.stretches == (Stretch("waiting", day("2026-01-10"), day("2026-03-01")),)
    assert found.marks == (Mark("dropped", day("2026-03-01"), "dropped"),)


@pytest.mark.parametrize(("fix", "look"), [("{none: too rare, accepted_by: '@po'}", "accepted"), ("{same_as: nowhere}", "unknown"), ("{change: x, state: done}", "unknown")])
def test_where_there_is_no_fix_or_none_is_known_stands_a_mark_and_no_bar(fix: str, look: str) -> None:
    [found] = fate(incident("2026-01-10", fix))
    assert found.stretches == ()
    assert [mark.look for mark in found.marks] == [look]


def test_a_fix_that_two_share_is_drawn_once_with_what_came_after_each() -> None:
    first = incident("2026-08-18", "{change: x, due: 2026-09-11, state: done, closed: 2026-09-04}")
    [found] = fate(first, incident("2026-08-20", "{same_as: 2026-08-18-incident}"))
    assert found.marks == (Mark("absent", day("2026-08-20"), "not in place"),)
    assert found.said == "holding 77 days"


# ---- the lane ---------------------------------------------------------------------------------------------------------------------------------------


def test_each_incident_is_a_link_and_its_severity_a_shape() -> None:
    page = drawn(incident("2026-03-10", more="severity: P0"), incident("2026-06-10", more="severity: P2"))
    assert re.findall(r'<a href="([^"]+)"', page) == ["../postmortems/2026-03-10-incident/", "../postmortems/2026-06-10-incident/"]
    shapes = re.findall(r'd="([^"]+)" class="hw-swim__dot (hw-fill-sev\d)"', page)
    assert [look for _, look in shapes] == ["hw-fill-sev1", "hw-fill-sev3"]
    assert len({shape for shape, _ in shapes}) == 2, "colour is not all that tells them apart"
    assert "<title>10 Mar 2026, P0: The update crashed" in page


def test_a_repeat_within_the_window_has_a_ring_and_says_after_how_long() -> None:
    page = drawn(incident("2026-03-10"), incident("2026-04-10"))
    assert page.count("hw-swim__ring") == 1
    assert ">after 31 days</text>" in page
    assert "came back after 31 days</title>" in page
    assert "hw-swim__ring" not in drawn(incident("2026-01-01"), incident("2026-09-01"))


def test_fixes_that_overlap_stand_on_tracks_of_their_own() -> None:
    late = "{change: x, due: 2026-03-01, state: done, closed: 2026-05-01}"
    one = drawn(incident("2026-02-10", "{change: x, state: done, closed: 2026-02-20}"), incident("2026-06-01", late))
    two = drawn(incident("2026-02-10", late), incident("2026-04-01", late))
    assert "hw-swim__stem" not in one
    assert two.count("hw-swim__stem") == 1


def test_a_lane_draws_the_latest_and_a_long_class_stays_small() -> None:
    posts = [incident((day("2020-01-01") + timedelta(10 * number)).isoformat()) for number in range(MOST + 40)]
    page = drawn(*posts)
    assert page.count("<a href") == MOST
    assert posts[-1].id in page
    assert posts[0].id not in page


_NUMBER = r"-?\d+(?:\.\d+)?"
_DAYS = st.dates(date(2014, 1, 1), date(2027, 6, 1))
_STATES = st.sampled_from(("open", "in-progress", "done", "wont-do", ""))


@st.composite
def histories(draw: st.DrawFn) -> list[Postmortem]:
    """Incidents of one class, with fixes due and done on any day."""
    days = sorted(draw(st.sets(_DAYS, min_size=1, max_size=12)))
    return [incident(found.isoformat(), f"{{change: x, due: {draw(_DAYS)}, state: '{draw(_STATES)}', closed: {draw(_DAYS)}}}") for found in days]


@settings(max_examples=60, deadline=None)
@given(histories())
def test_every_mark_stays_inside_the_picture(posts: list[Postmortem]) -> None:
    page = str(lane(posts, site_of(*posts), "recurrences/index.md", spanning([day(post.id[:10]) for post in posts], AS_OF), "x"))
    height = int(re.search(r'viewBox="0 0 900 (\d+)"', page)[1])
    places = [(float(x), float(y)) for x, y in re.findall(rf'transform="translate\(({_NUMBER}) ({_NUMBER})\)"', page)]
    assert len(places) >= len(posts)
    assert all(0 <= x <= WIDTH and 0 <= y <= height for x, y in places)
    for shape in re.findall(r'<path d="([^"]+)" class="hw-swim__(?:waiting|late|held|stem)"', page):
        first = float(re.match(rf"M({_NUMBER})", shape)[1])
        last = max([float(x) for x in re.findall(rf"H({_NUMBER})", shape)] + [first])
        assert EDGE - .1 <= first <= last <= WIDTH - EDGE + .1, shape
    for x, words in re.findall(rf'<text x="({_NUMBER})" y="\d+"[^>]*>([^<]+)', page):
        assert 0 <= float(x) <= WIDTH - 5 * len(words), words


@given(st.lists(st.floats(EDGE, WIDTH - EDGE), max_size=300), st.floats(1, 60))
def test_places_keep_their_order_their_distance_and_the_picture(xs: list[float], least: float) -> None:
    placed = apart(sorted(xs), least)
    kept = min(least, (WIDTH - 2 * EDGE) / max(len(xs) - 1, 1))
    assert all(after - before >= kept - 1e-6 for before, after in pairwise(placed))
    assert all(EDGE - 1e-6 <= x <= WIDTH - EDGE + 1e-6 for x in placed)


def test_places_that_are_apart_stay_where_they_are() -> None:
    assert apart([20, 60, 100.5], 27) == [20, 60, 100.5]


def test_the_days_have_names_as_long_as_there_is_room() -> None:
    names = [tick.name for tick in Span(day("2025-07-01"), AS_OF).ticks()]
    assert names[:8] == ["Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "2026", "Feb"]
    assert [tick.name for tick in Span(day("2023-07-01"), AS_OF).ticks()][:3] == ["Q3 2023", "Q4 2023", "Q1 2024"]
    assert [tick.name for tick in Span(day("2016-04-01"), AS_OF).ticks()] == [str(year) for year in range(2017, 2027)]


def test_a_mistyped_year_does_not_press_the_rest_into_a_corner() -> None:
    assert spanning([day("0026-01-01"), day("2026-05-01"), day("9999-12-31")], AS_OF) == Span(day("2026-04-01"), AS_OF)
    assert "hw-swim__dot" in drawn(incident("0026-01-01"), incident("9999-12-31"))


# ---- what it cost -----------------------------------------------------------------------------------------------------------------------------------


def timed(day: str, minutes: int, users: object, cls: str = CLASS) -> Postmortem:
    """An incident that hurt users for some minutes."""
    header = f"timestamps: {{started: {day}T10:00:00Z, mitigated: {day}T10:{minutes:02}:00Z, resolved: {day}T12:00:00Z}}\ncause: {{class: {cls}, what: w}}\nimpact: {{users: {users}}}"
    return light(header, id=f"{day}-incident")


def test_cost_is_time_to_mitigation_and_users_and_says_what_is_not_known() -> None:
    both = [timed("2026-01-01", 40, 100), timed("2026-02-01", 20, 50)]
    assert (toll(both).time(), toll(both).people()) == ("1 h", "150")
    assert (toll([*both, incident("2026-03-01")]).time(), toll([*both, incident("2026-03-01")]).people()) == ("1 h (2 of 3 incidents)", "150 (2 of 3 incidents)")
    assert (toll([incident("2026-03-01")]).time(), toll([incident("2026-03-01")]).people()) == ("not measured", "not counted")


@pytest.mark.parametrize("users", ["unknown", "true", "-5", "[3]", "'12'"])
def test_what_is_no_number_of_users_is_not_counted(users: str) -> None:
    assert toll([timed("2026-01-01", 40, users)]).counted == 0


# ---- the overview -----------------------------------------------------------------------------------------------------------------------------------


def names_in(page: str) -> list[str]:
    """The classes in the order of their lanes."""
    return re.findall(r'class="hw-swims__name">([^<]+)', page)


def test_the_same_classes_stand_in_three_orders() -> None:
    posts = [timed("2026-01-01", 10, 5), timed("2026-02-01", 10, 5), timed("2026-03-01", 10, 5), timed("2026-01-02", 50, 5, "migration-lock"), timed("2026-05-02", 50, 5, "migration-lock")]
    pages = pages_of(site_of(*posts))
    device, lock = (policy().title("classes", slug) for slug in (CLASS, "migration-lock"))
    assert [names_in(pages[path].text) for path in OVERVIEWS] == [[device, lock], [lock, device], [lock, device]]
    for path in OVERVIEWS:
        assert pages[path].text.count('aria-current="page"') == 1


def test_what_is_drawn_stands_in_a_table_too() -> None:
    posts = [timed("2026-01-01", 10, 5), timed("2026-02-01", 10, 5), incident("2026-03-03", "{none: rare, accepted_by: '@a'}", cls="migration-lock")]
    said = " ".join("".join(Markup(pages_of(site_of(*posts))["recurrences/index.md"].text).texts).split())
    table = said[said.index("The same in a table"):]
    for words in ("20 min", "10", "1 Feb 2026", "not measured", "3 Mar 2026", "accepted"):
        assert words in table


def test_a_large_archive_is_drawn_in_part_and_says_so() -> None:
    posts = [incident(f"2026-0{month}-{number % 27 + 1:02}", cls=f"class-{number}")._replace(path=f"postmortems/2026-0{month}-{number}.md") for number in range(60) for month in (1, 5)]
    page = pages_of(site_of(*posts))["recurrences/index.md"].text
    assert page.count('class="hw-swims__row"') == 40
    assert "The first 40 of 60 are drawn" in page
    assert page.count("<tr>") == 61
    public = pages_of(site_of(*posts, audience="public"))["recurrences/index.md"].text
    assert {f"class-{number}/" for number in range(60)} <= set(Markup(public).links()), "without a table, the others stand in a list"


def test_a_class_named_like_an_overview_has_a_page_of_its_own() -> None:
    pages = pages_of(site_of(incident("2026-01-01", cls="by-cost"), policy=with_words("")))
    assert len([path for path in pages if path.startswith("recurrences/undeclared-")]) == 1


def test_the_public_sees_incidents_and_nothing_of_fixes_or_counts() -> None:
    posts = [incident("2026-01-10", "{change: x, due: 2026-02-10, state: done, closed: 2026-02-01}"), incident("2026-02-20"), incident("2026-03-03", cls="migration-lock")]
    pages = pages_of(site_of(*posts, audience="public"))
    assert {"recurrences/by-cost.md", "recurrences/by-date.md"}.isdisjoint(pages)
    for path in ("recurrences/index.md", PAGE):
        page = pages[path].text
        assert "2026-01-10-incident" in page
        for word in ("hw-swim__held", "hw-swim__mark", "hw-swim__ring", "after 41 days", "did not hold", "holding", "incidents", "of impact", "Seen once", "repeat"):
            assert word not in page, (path, word)


# ---- the chapter ------------------------------------------------------------------------------------------------------------------------------------


def chapter(*posts: Postmortem, **more: Any) -> str:
    """What a reader sees of the class's page."""
    return " ".join("".join(Markup(pages_of(site_of(*posts, **more))[PAGE].text).texts).split())


def test_a_chapter_opens_with_what_became_of_the_fixes() -> None:
    assert "It happened once, on 10 Jan 2026. The latest fix has held for 292 days." in chapter(incident("2026-01-10", "{change: x, state: done, closed: 2026-02-01}"))
    said = chapter(
        incident("2026-01-10", "{change: x, state: done, closed: 2026-02-01}"), incident("2026-04-01", "{change: x, due: 2026-04-10, state: open}"),
        incident("2026-06-01", "{change: x, due: 2026-07-10, state: open}"),
    )  # fmt: skip
    opening = "It happened three times between 10 Jan 2026 and 1 Jun 2026. Of the earlier fixes, one did not hold and one was not in place when it came back. "
    assert opening + "The latest fix is not in place yet, and its day has passed." in said


def test_a_repeat_says_in_its_own_words_why_the_fix_did_not_hold() -> None:
    body = "It fell again.\n\n## Why the earlier fix did not hold\n\nThe test matched *no* file.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe pattern looked for `.yml`.\n"
    said = chapter(incident("2026-01-10"), incident("2026-06-01", body=body))
    assert "Why the earlier fix did not hold The test matched no file. The pattern looked for .yml. The whole account" in said
    assert "| 1" not in said, "a table stays where it is"
    assert "Why the earlier fix" not in chapter(incident("2026-01-10"), incident("2026-06-01"))


def test_what_was_open_when_it_came_back_is_brought_back() -> None:
    actions = "actions: [{id: a, do: sweep, state: done, closed: 2026-09-01}, {id: b, do: paint, state: done, closed: 2026-02-01}, {id: c, do: mow, owner: '@c', due: 2026-03-01, state: open}]"
    said = chapter(incident("2026-01-10", more=actions), incident("2026-06-01"))
    part = said[said.index("Open from before when it came back (2)"):said.index("Still open")]
    assert "Sweep, now done on 1 Sep 2026, from 2026-01-10" in part
    assert "Mow, @c, due 1 Mar 2026" in part
    assert "Paint" not in part


def test_a_chapter_tells_cost_services_label_and_level() -> None:
    said = chapter(timed("2026-01-01", 40, 100), timed("2026-02-01", 20, 50))
    for words in ("Time of impact 1 h", "Users 150", "What was missing", "impact for 40 min · 100 users"):
        assert words in said, words


def test_answers_of_the_effectiveness_check_stand_with_their_incident() -> None:
    said = chapter(incident("2026-01-10", more="effectiveness: [{on: 2026-03-01, by: '@a', about: fix, completed: true, documented: false, note: half of it}]"))
    assert "after the fix, 1 Mar 2026" in said
    assert "Half of it" in said


def test_a_long_class_tells_the_latest_and_lists_the_rest() -> None:
    posts = [incident((day("2020-01-01") + timedelta(20 * number)).isoformat()) for number in range(60)]
    page = pages_of(site_of(*posts))[PAGE].text
    assert page.count("<article") == 25
    assert "35 earlier ones" in page


@pytest.mark.parametrize("value", ["<script>x</script>", "**b** [x](javascript:y)", "<img src=x onerror=y>"])
def test_no_word_of_a_body_becomes_markup(value: str) -> None:
    body = f"{value}\n\n## Why the earlier fix did not hold\n\n{value}\n\n## {value}\n"
    for path, page in pages_of(site_of(incident("2026-01-10"), incident("2026-02-01", body=body))).items():
        if path.startswith("recurrences/"):
            assert not dangers(page.text), path
