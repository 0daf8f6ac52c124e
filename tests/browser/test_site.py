"""The site as a reader meets it: nothing leaves the host, nothing overflows, the search finds, and no writer's text runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sites import NASTY

RICH = "postmortems/2025-11-28-checkout-ran-out-of-connections/"
PAGES = ("", "postmortems/", "postmortems/by-severity/", "postmortems/by-service/", "filed/", RICH, "recurrences/", "recurrences/cache-key-collision/", "actions/",
         "handbook/", "rules/", "reference/header/", "reference/policy/", "reference/commands/")
Look = Callable[..., Any]


def search(page: Any, address: str, words: str) -> list[str]:
    """The addresses of the pages that the search offers, best first."""
    page.goto(address)
    page.locator("label.md-header__button[for=__search]:visible, input.md-search__input:visible").first.click()
    page.locator("input.md-search__input").press_sequentially(words)  # Material listens to keys
    page.locator("a.md-search-result__link").first.wait_for(timeout=10_000)
    found: list[str] = page.locator("a.md-search-result__link").evaluate_all("links => links.map(link => link.pathname)")
    return found


def test_no_request_leaves_the_host(look: Look, demonstration: str) -> None:
    page = look()
    for path in PAGES:
        assert page.goto(demonstration + path).ok, path
        page.wait_for_load_state("networkidle")
    search(page, demonstration, "checkout")
    assert {url for url in page.asked if not url.startswith((demonstration, "data:", "blob:"))} == set()
    assert page.errors == []


@pytest.mark.parametrize(("path", "tab"), [("", ["Home"]), ("find/", ["Find"]), (RICH, ["Postmortems"]), ("recurrences/cache-key-collision/", ["Recurrences"]), ("metrics/all/", ["Metrics"]), ("404.html", [])])
def test_the_tabs_tell_where_a_page_belongs(look: Look, demonstration: str, path: str, tab: list[str]) -> None:
    page = look()
    page.goto(demonstration + path)
    assert [text.strip() for text in page.locator(".md-tabs__item--active").all_inner_texts()] == tab


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_screen(look: Look, demonstration: str, width: int, scheme: str) -> None:
    page = look(width, scheme)
    for path in PAGES:
        page.goto(demonstration + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("path", ["postmortems/by-severity/", "filed/", "actions/closed/", "recurrences/by-cost/", "reference/header/", "reference/policy/", RICH])
@pytest.mark.parametrize("width", [390, 700])
def test_on_a_small_screen_nobody_pushes_a_row_sideways_to_read_it(look: Look, demonstration: str, path: str, width: int) -> None:
    page = look(width)
    page.goto(demonstration + path)
    assert page.locator(".hw-table").count()
    assert page.locator(".hw-table").evaluate_all("tables => tables.filter(table => table.scrollWidth > table.clientWidth + 1).map(table => table.getAttribute('aria-label'))") == []
    assert page.get_by_role("columnheader").count(), "who hears the page is told the columns still"


@pytest.mark.parametrize(("words", "found"), [
    ("seedling", f"/{RICH}"),  # a word of its body
    ("Accounts and sign-in", "/postmortems/2026-05-07-"),  # a service by its name
    ("Database connections ran out", f"/{RICH}"),  # a class by its title
    ("connection-pool-exhaustion", "/recurrences/connection-pool-exhaustion/"),  # and by its slug
    ("@database-lead", f"/{RICH}"),  # a role, folded away on the page
])
def test_the_search_finds_by_body_service_and_class(look: Look, demonstration: str, words: str, found: str) -> None:
    results = search(look(), demonstration, words)
    assert any(path.startswith(found) for path in results), results


def test_the_search_offers_postmortems_and_no_lists_of_them(look: Look, demonstration: str) -> None:
    results = search(look(), demonstration, "Warehouse")
    assert results
    assert not {"/", "/postmortems/", "/postmortems/by-service/", "/actions/", "/recurrences/"} & set(results)


CONTRAST = """
() => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const channel = value => (value /= 255) <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = parse(getComputedStyle(element).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return parse(getComputedStyle(document.body).backgroundColor);
  };
  const poor = [];
  for (const element of document.querySelectorAll(".hw-chip, .hw-quiet, .hw-label, .hw-owner, .hw-service, .hw-lead, .hw-asof, .hw-card a, .hw-grid a, .hw-banner p, dt, dd")) {
    if (!element.offsetParent) continue;
    const [one, two] = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
    const ratio = (one + .05) / (two + .05);
    if (ratio < 4.5) poor.push(`${element.className || element.tagName} ${ratio.toFixed(2)} ${element.textContent.slice(0, 30)}`);
  }
  return [...new Set(poor)];
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_small_text_can_be_read_in_both_schemes(look: Look, demonstration: str, scheme: str) -> None:
    page = look(1280, scheme)
    for path in ("", "postmortems/", RICH, "recurrences/", "recurrences/connection-pool-exhaustion/", "filed/", "rules/"):
        page.goto(demonstration + path)
        assert page.evaluate(CONTRAST) == [], path


def test_the_scheme_can_be_switched(look: Look, demonstration: str) -> None:
    page = look(1280, "light")
    page.goto(demonstration)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("label[title='Switch to dark colours']:visible").click()
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_pictures_have_words_and_tables_of_numbers_scroll_inside_themselves(look: Look, demonstration: str) -> None:
    page = look(390)
    page.goto(demonstration + RICH)
    assert page.locator("svg.hw-bar title").first.text_content().startswith("Phases of the incident, 2 h 26 min in all")
    page.goto(demonstration + "metrics/")
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    table = page.locator(".hw-table", has_text="90th percentile").first
    assert table.evaluate("element => element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX === 'auto'")
    table.focus()
    assert table.evaluate("element => document.activeElement === element")
    page.goto(demonstration + "recurrences/")
    assert page.locator("svg.hw-swim a title").count() >= 3


def test_a_reader_gets_from_what_needs_attention_to_the_account(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration)
    assert page.get_by_role("heading", name="Needs attention").is_visible()
    link = page.locator(".hw-owed a").first
    title = link.inner_text()
    link.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text().strip().startswith(title)


def test_nothing_that_a_writer_sends_runs(look: Look, hostile: str) -> None:
    page = look()
    for number in range(len(NASTY)):
        page.goto(f"{hostile}postmortems/2026-11-{number + 1:02d}-x/")
        page.locator("article details summary").first.click()
        for word in page.get_by_text("press").all():
            word.click()
    for number in range(len(NASTY)):
        search(page, hostile, f"word{number}")
        page.locator("a.md-search-result__link").first.hover()
        assert page.evaluate("window.hit") is None, number
    assert [error for error in page.errors if "404" not in error] == []
    assert {url for url in page.asked if not url.startswith((hostile, "data:", "blob:"))} == set()


def test_titles_are_shown_as_they_were_written(look: Look, hostile: str) -> None:
    page = look()
    page.goto(f"{hostile}postmortems/2026-11-01-x/")
    assert page.title() == f"word0 {NASTY[0]} - x"
    assert page.locator("h1").inner_text() == f"word0 {NASTY[0]}"
    search(page, hostile, "word0")
    assert "<script>" in page.locator("a.md-search-result__link h1, a.md-search-result__link h2").first.inner_text()


def test_no_page_of_an_attacked_site_runs_what_was_written(look: Look, attacked: tuple[str, list[str]]) -> None:
    address, paths = attacked
    page, hit = look(), []
    for path in paths:
        page.goto(address + path)
        page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
        if page.evaluate("window.hit") is not None:
            hit.append(path)
    assert hit == []
    assert {url for url in page.asked if not url.startswith((address, "data:", "blob:"))} == set()
