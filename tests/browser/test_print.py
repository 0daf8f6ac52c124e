"""On paper a page is the record alone: no navigation, everything unfolded, light colours, nothing wider than the sheet."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from kinds import kinds

Look = Callable[..., Any]
RICH = "postmortems/2025-11-28-checkout-ran-out-of-connections/"
SHEET = 690
"""The width of a sheet of A4 between its margins, in CSS pixels."""
LEFT_OVER = ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-search, .md-top, .md-content__button, .headerlink, .hw-ways, .hw-neighbours, article button, article input"
FOLDED = """() => [...document.querySelectorAll("article details > :not(summary)")].filter(part => part.textContent.trim() && !part.closest(".hw-find__facets") && !part.checkVisibility()).map(part => part.textContent.trim().slice(0, 60))"""
WIDE = """wide => [...document.querySelectorAll("article *")].filter(part => part.checkVisibility() && part.getBoundingClientRect().right > wide + 10 && !part.closest("svg svg"))
  .map(part => `${part.tagName}.${part.className.baseVal ?? part.className} ${Math.round(part.getBoundingClientRect().right)}`).slice(0, 5)"""


@pytest.fixture(scope="module")
def every() -> Mapping[str, str]:
    """The address of one page of each kind."""
    return kinds()


def text_of(pdf: bytes) -> str:
    """The words of a PDF."""
    pypdf = pytest.importorskip("pypdf")
    return " ".join(" ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_every_kind_of_page_prints_as_the_record_alone(look: Look, demonstration: str, every: Mapping[str, str]) -> None:
    page, found = look(SHEET, "dark"), {}
    page.emulate_media(media="print")
    for kind, path in every.items():
        page.goto(demonstration + path)
        said = page.locator(LEFT_OVER).locator("visible=true").evaluate_all("parts => parts.map(part => part.outerHTML.slice(0, 80))")
        found[kind] = said + page.evaluate(FOLDED) + page.evaluate(WIDE, SHEET)
    assert {kind: said for kind, said in found.items() if said} == {}


def test_the_dark_scheme_prints_as_the_light_one(look: Look, demonstration: str) -> None:
    seen = []
    for scheme in ("dark", "light"):
        page = look(SHEET, scheme)
        page.goto(demonstration + RICH)
        on_screen = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.emulate_media(media="print", color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_timeout(300)  # colours fade from one to the next
        seen.append(page.evaluate("[...document.querySelectorAll('body, h1, article p, article a, .hw-chip, .hw-card, .hw-banner, rect')].map(part => { const is = getComputedStyle(part); return [is.color, is.backgroundColor, is.fill].join(); })"))
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)" != on_screen
    assert seen[0] == seen[1]


def test_a_printed_postmortem_holds_what_is_folded_away_and_where_links_lead(look: Look, demonstration: str) -> None:
    page = look(1280, "dark")
    page.goto(demonstration + RICH)
    words = text_of(page.pdf(prefer_css_page_size=True))
    for said in ("Checkout ran out of database connections", "@database-lead", "The structural fix", "Executive summary", "(https://example.com/shop/"):
        assert said.lower() in words.lower(), said
    for said in ("Handbook", "Skip to content", "Copy to clipboard", "Back to top", "¶", "Edit this page"):
        assert said not in words, said
    assert page.evaluate("[...document.querySelectorAll('article details')].every(part => !part.open)"), "the screen is as it was"


def test_the_lines_of_a_picture_end_with_it(look: Look, demonstration: str) -> None:
    """On a screen its box scrolls, which cuts them; on paper they would cross the sentences above."""
    page = look(SHEET)
    page.emulate_media(media="print")
    page.goto(demonstration + "recurrences/connection-pool-exhaustion/")
    assert page.locator(".hw-scroll").first.evaluate("box => [getComputedStyle(box).overflowX, getComputedStyle(box).overflowY]") == ["clip", "clip"]


@pytest.mark.parametrize("module", ["agendas/", "quarters/"])
def test_what_is_read_aloud_in_a_meeting_prints_too(look: Look, demonstration: str, every: Mapping[str, str], module: str) -> None:
    page = look()
    for path in (path for path in every.values() if path.startswith(module)):
        page.goto(demonstration + path)
        title = " ".join(page.locator("h1").inner_text().replace("¶", "").split())
        assert title in text_of(page.pdf(prefer_css_page_size=True))
