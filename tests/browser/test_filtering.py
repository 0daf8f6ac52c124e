"""The filter page as a reader uses it: words, facets, columns, an address to send on, keys alone, a phone, and no script at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

Look = Callable[..., Any]
WORDS, ROWS, CHIPS = ".hw-find__words", ".hw-find tbody tr", ".hw-find__chip"


@pytest.fixture
def find(look: Look, demonstration: str) -> Callable[..., Any]:
    """Open the filter page with a question."""

    def opened(query: str = "", **how: Any) -> Any:
        page = look(**how)
        page.goto(f"{demonstration}find/{query}")
        page.locator(".hw-find--ready").wait_for()
        return page

    return opened


def told(page: Any) -> str:
    said: str = page.locator(".hw-find__told").inner_text()
    return said


def titles(page: Any) -> list[str]:
    found: list[str] = page.locator(f"{ROWS} .hw-find__title a").all_inner_texts()
    return found


def asked(page: Any) -> dict[str, list[str]]:
    """What the address says, once it has been written."""
    page.wait_for_timeout(350)
    return parse_qs(urlsplit(page.url).query)


def option(page: Any, facet: str, name: str) -> Any:
    box = page.locator(".hw-facet").filter(has=page.locator("summary", has_text=re.compile(rf"^{facet}\d*$")))
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    return box.locator("label", has_text=re.compile(rf"^{re.escape(name)}\d*$"))


def test_everything_is_there_before_anything_is_asked(find: Callable[..., Any]) -> None:
    page = find()
    assert re.fullmatch(r"\d+ postmortems", told(page))
    assert page.locator(ROWS).count() == int(told(page).split()[0])
    assert asked(page) == {}
    assert page.errors == []


def test_all_words_have_to_match_whatever_their_case_and_accents(find: Callable[..., Any]) -> None:
    page = find()
    page.locator(WORDS).press_sequentially("CHÉCKOUT connections")
    page.wait_for_function("document.querySelectorAll('.hw-find tbody tr').length < 5")
    assert any(title.startswith("Checkout ran out of database connections") for title in titles(page))
    assert asked(page) == {"words": ["CHÉCKOUT connections"]}
    page.locator(WORDS).fill("checkout zzz")
    page.get_by_text("No postmortem matches all of this.").wait_for()
    assert told(page).startswith("0 of ")
    page.get_by_role("button", name="Clear everything").click()
    page.wait_for_function("document.querySelectorAll('.hw-find tbody tr').length > 30")
    assert page.evaluate("document.activeElement.matches('.hw-find__words')")


def test_a_facet_counts_what_each_option_would_give(find: Callable[..., Any]) -> None:
    page = find()
    grave, grown = option(page, "Severity", "P0 Critical"), option(page, "Severity", "P1 High")
    count = int(grave.locator(".hw-facet__count").inner_text())
    grave.click()
    page.wait_for_function(f"document.querySelectorAll('.hw-find tbody tr').length === {count}")
    assert set(page.locator(f"{ROWS} .hw-find__severity").all_inner_texts()) == {"P0"}
    more = int(grown.locator(".hw-facet__count").inner_text())  # beside the first, not within it
    grown.click()
    page.wait_for_function(f"document.querySelectorAll('.hw-find tbody tr').length === {count + more}")
    assert asked(page) == {"severity": ["P0", "P1"]}
    service = option(page, "Service", "Checkout")
    narrowed = int(service.locator(".hw-facet__count").inner_text())
    assert narrowed < count + more
    service.click()
    page.wait_for_function(f"document.querySelectorAll('.hw-find tbody tr').length === {narrowed}")


def test_what_is_asked_for_can_be_taken_away_piece_by_piece(find: Callable[..., Any]) -> None:
    page = find("?severity=P1&severity=P0&service=checkout")
    assert page.locator(CHIPS).count() == 3
    page.get_by_role("button", name="Remove Severity: P1 High").click()
    page.wait_for_function("document.querySelectorAll('.hw-find__chip').length === 2")
    assert asked(page) == {"severity": ["P0"], "service": ["checkout"]}
    page.get_by_role("button", name="Clear all").click()
    page.wait_for_function("document.querySelectorAll('.hw-find__chip').length === 0")
    assert asked(page) == {}


@pytest.mark.parametrize("name", ["Date", "Severity", "Postmortem", "Services", "Class", "Mitigated", "Fix"])
def test_every_column_sorts_both_ways_and_says_so(find: Callable[..., Any], name: str) -> None:
    page = find()
    head = page.get_by_role("columnheader", name=name)
    orders = []
    for _ in range(2):
        before, said = titles(page), head.get_attribute("aria-sort")
        head.get_by_role("button").click()
        page.wait_for_function("([head, said]) => head.getAttribute('aria-sort') !== said", arg=[head.element_handle(), said])
        assert sorted(titles(page)) == sorted(before)
        orders.append((head.get_attribute("aria-sort"), titles(page)))
    assert {order for order, _ in orders} == {"ascending", "descending"}
    assert orders[0][1] != orders[1][1]
    assert page.locator("th[aria-sort=ascending], th[aria-sort=descending]").count() == 1


def test_titles_are_sorted_without_case(find: Callable[..., Any]) -> None:
    found = [title.casefold() for title in titles(find("?sort=title"))]
    assert found == sorted(found)


def test_an_address_brings_somebody_else_to_the_same_rows(find: Callable[..., Any]) -> None:
    page = find()
    page.locator(WORDS).fill("checkout")
    option(page, "Severity", "P1 High").click()
    page.get_by_role("columnheader", name="Postmortem").get_by_role("button").click()
    assert asked(page) == {"words": ["checkout"], "severity": ["P1"], "sort": ["title"]}
    other = find(f"?{urlsplit(page.url).query}")
    assert titles(other) == titles(page)
    assert other.locator(WORDS).input_value() == "checkout"
    other.reload()
    other.locator(".hw-find--ready").wait_for()
    assert titles(other) == titles(page)


def test_the_way_back_from_a_postmortem_leads_to_the_same_rows(find: Callable[..., Any]) -> None:
    page = find()
    page.locator(WORDS).fill("checkout")
    page.wait_for_function("document.querySelectorAll('.hw-find tbody tr').length < 30")
    before = titles(page)
    page.locator(f"{ROWS} a").first.click()
    page.wait_for_url("**/postmortems/**")
    page.go_back()
    page.locator(".hw-find--ready").wait_for()
    assert titles(page) == before
    assert page.locator(WORDS).input_value() == "checkout"


def test_a_value_that_no_postmortem_has_gives_nothing_rather_than_all(find: Callable[..., Any]) -> None:
    page = find("?service=no-such-service")
    assert told(page).startswith("0 of ")
    assert page.locator(CHIPS).inner_text().startswith("Service: no-such-service")


@pytest.mark.parametrize("query", ["severity=P1", "month=2026-09", "quarter=2026-Q3", "year=2025", "fix=did+not+hold", "fix=not+in+place", "repeat=yes", "status=filed", "kind=outage", "level=operation",
                                   "label=scenario-gap", "category=software", "source=customer", "trigger=configuration-push", "team=%40team-checkout", "filed=late", "source=none"])  # fmt: skip
def test_every_key_of_an_address_narrows(find: Callable[..., Any], query: str) -> None:
    page = find(f"?{query}")
    found, whole = re.match(r"(\d+) of (\d+)", told(page)).groups()
    assert 0 < int(found) < int(whole)
    assert page.locator(CHIPS).count() == 1


def test_keys_alone_are_enough(find: Callable[..., Any]) -> None:
    page = find()
    page.locator(WORDS).focus()
    page.keyboard.type("checkout")
    page.wait_for_function("document.querySelectorAll('.hw-find tbody tr').length < 30")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == titles(page)[1]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.hw-find__words')")
    page.keyboard.press("Tab")  # the chip of the words
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.hw-find__chip').length === 0")
    assert page.evaluate("document.activeElement.matches('.hw-find__words')")
    for _ in range(2):  # past the facet's name to its first option
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelectorAll('.hw-find__chip').length === 1")
    assert asked(page)["severity"] == ["P0"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_cards_with_facets_folded_away(find: Callable[..., Any], scheme: str) -> None:
    page = find(width=390, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator(".hw-find__fold")
    assert box.get_attribute("open") is None
    box.locator("> summary").click()
    option(page, "Severity", "P0 Critical").click()
    page.wait_for_function("document.querySelectorAll('.hw-find__chip').length === 1")
    box.locator("> summary").click()
    row = page.locator(ROWS).first.bounding_box()
    assert row["x"] >= 0
    assert row["x"] + row["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_newest_stand_there_and_the_lists_are_linked(chromium: Any, demonstration: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demonstration}find/")
    assert page.locator(ROWS).count() >= 40
    assert page.get_by_role("link", name="By severity").first.is_visible()
    assert page.get_by_text("Filtering needs JavaScript.").is_visible()
    assert not page.locator(WORDS).is_visible()
    context.close()


def test_the_rows_of_the_script_are_those_that_stood_there(chromium: Any, find: Callable[..., Any], demonstration: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demonstration}find/")
    before = page.locator(ROWS).all_inner_texts()
    links = page.locator(f"{ROWS} a").evaluate_all("links => links.map(link => link.href)")
    context.close()
    page = find()
    assert page.locator(ROWS).all_inner_texts() == before
    assert page.locator(f"{ROWS} a").evaluate_all("links => links.map(link => link.href)") == links


def test_nothing_that_a_writer_sends_runs_here(look: Look, hostile: str) -> None:
    page = look()
    page.goto(f"{hostile}find/?words=word0&service=%3Cimg+src%3Dx+onerror%3D%22window.hit%3D1%22%3E&class=none")
    page.locator(".hw-find--ready").wait_for()
    assert page.evaluate("window.hit") is None
    page.get_by_role("button", name="Clear all").click()
    page.wait_for_function("document.querySelectorAll('.hw-find tbody tr').length > 5")
    assert page.evaluate("window.hit") is None
    assert page.locator(".hw-find tbody img, .hw-find tbody script").count() == 0
    assert page.errors == []


def test_ten_thousand_rows_come_page_by_page(look: Look, demonstration: str) -> None:
    page = look()

    def many(route: Any) -> None:
        rows = route.fetch().json()
        times = 10_000 // len(rows["id"]) + 1
        for key in ("id", "title", "day", "text", "mitigate", "held"):
            rows[key] = (rows[key] * times)[:10_000]
        for facet in rows["facets"]:
            facet["of"] = (facet["of"] * times)[:10_000]
        route.fulfill(json=rows)

    page.route("**/find.json", many)
    page.goto(f"{demonstration}find/")
    page.locator(".hw-find--ready").wait_for()
    assert told(page) == "10,000 postmortems, 1 to 50 shown"
    assert page.locator(ROWS).count() == 50
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Page 2 of 200").wait_for()
    assert asked(page) == {"page": ["2"]}
    page.get_by_role("button", name="Previous").click()
    page.get_by_text("Page 1 of 200").wait_for()
    assert page.get_by_role("button", name="Previous").is_disabled()
    page.locator(WORDS).fill("checkout")
    page.wait_for_function("!document.querySelector('.hw-find__told').textContent.startsWith('10,000')")
    assert page.locator(ROWS).count() == 50
