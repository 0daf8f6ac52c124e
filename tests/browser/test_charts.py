"""The metrics as a reader meets them: marks lead on, the keyboard sees where it is, nothing overflows or jumps, and the colours follow the scheme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urldefrag

import pytest

PAGES = ("metrics/", "metrics/all/")
Look = Callable[..., Any]


@pytest.mark.parametrize("path", PAGES)
def test_every_mark_leads_to_a_page_that_is_there(look: Look, demonstration: str, path: str) -> None:
    page = look()
    page.goto(demonstration + path)
    links = page.locator(".hw-plot a, .hw-chart__data a, a.hw-figure").evaluate_all("found => found.map(link => new URL(link.getAttribute('href'), location).href)")
    own = {urldefrag(link)[0].split("?")[0] for link in links if link.startswith(demonstration)}
    assert len(links) > 300
    assert len(own) > 20
    assert [link for link in sorted(own) if not page.request.get(link).ok] == []
    assert {link for link in links if not link.startswith(demonstration)} == set()
    anchors = {urldefrag(link)[1] for link in links} - {""}
    assert all(page.locator(f"[id='{anchor}']").count() == 1 for anchor in anchors)


def test_a_column_leads_to_the_incidents_that_it_counts(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration + "metrics/all/")
    mark = page.locator(".hw-mark", has=page.locator("title", has_text="2025-11, P0 Critical: 2 incidents"))
    mark.click()
    page.wait_for_url("**/find/?*severity=P0*")
    page.get_by_text("Checkout ran out of database connections on Black Friday").first.wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_chart_is_wider_than_a_phone(look: Look, demonstration: str, path: str, scheme: str) -> None:
    page = look(390, scheme)
    page.goto(demonstration + path)
    for summary in page.locator(".hw-chart__data summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sizes = page.locator(".hw-plot text").evaluate_all("found => found.map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)")
    assert min(sizes) >= 10
    cut = page.locator(".hw-plot--half").evaluate_all(
        "found => found.flatMap(plot => [...plot.querySelectorAll('text')].filter(text => text.getBoundingClientRect().right > innerWidth || text.getBoundingClientRect().left < 0).map(text => text.textContent))"
    )
    assert cut == []


def test_the_keyboard_sees_where_it_is(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration + "metrics/")
    mark = page.locator(".hw-mark").first
    stroke = "element => getComputedStyle(element.querySelector('.hw-ink')).strokeWidth"
    assert mark.evaluate(stroke) == "1px"
    page.locator(".hw-figure").last.focus()
    for _ in range(3):  # the link of the heading stands between
        if not mark.evaluate("element => document.activeElement === element"):
            page.keyboard.press("Tab")
    assert mark.evaluate("element => document.activeElement === element")
    assert mark.evaluate(stroke) == "3px"


def test_charts_hold_their_place_and_follow_the_scheme(look: Look, demonstration: str) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        page = look(1280, scheme)
        page.add_init_script("window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => window.shift += entry.value)).observe({type: 'layout-shift', buffered: true})")
        page.goto(demonstration + "metrics/")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shift") < 0.01
        colours.add(page.locator(".hw-ink--good").first.evaluate("element => getComputedStyle(element).fill"))
        assert page.errors == []
    assert len(colours) == 2
