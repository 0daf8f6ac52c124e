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


CONTRAST = """
() => {
  const parse = colour => {
    const parts = colour.match(/[\\d.]+/g).map(Number);
    return colour.startsWith("color(") ? parts.slice(0, 3).map(part => part * 255) : parts.slice(0, 3);
  };
  const channel = value => (value /= 255) <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const poor = [];
  for (const text of document.querySelectorAll(".hw-plot text")) {
    const field = text.parentElement.querySelector("rect[class*=heat]");
    const ground = text.parentElement.matches("a") && field ? getComputedStyle(field).fill : getComputedStyle(text.closest(".hw-chart")).backgroundColor;
    const [one, two] = [light(parse(getComputedStyle(text).fill)), light(parse(ground))].sort((a, b) => b - a);
    const ratio = (one + .05) / (two + .05);
    if (ratio < 4.5) poor.push(`${text.getAttribute("class")} ${ratio.toFixed(2)} ${text.textContent}`);
  }
  return [...new Set(poor)];
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_in_a_chart_can_be_read(look: Look, demonstration: str, scheme: str) -> None:
    page = look(1280, scheme)
    for path in PAGES:
        page.goto(demonstration + path)
        assert page.locator(".hw-plot text").count() > 150
        assert page.locator(".hw-said--heat5").count() > 0
        assert page.evaluate(CONTRAST) == []
