"""Lanes, chapters and actions in the browser: links that lead on, a picture that scrolls inside itself, names that stay in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Look = Callable[..., Any]
PAGES = ("recurrences/", "recurrences/by-cost/", "recurrences/by-date/", "recurrences/connection-pool-exhaustion/", "recurrences/private-page-cached/", "recurrences/migration-lock/",
         "actions/", "actions/by-team/", "actions/by-service/", "actions/by-class/", "actions/closed/", "postmortems/2026-09-01-confirmations-stuck-behind-an-emoji/")


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_no_page_is_wider_than_the_screen(look: Look, demonstration: str, width: int) -> None:
    page = look(width)
    for path in PAGES:
        assert page.goto(demonstration + path).ok, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert page.errors == []


def test_an_incident_leads_to_its_account_and_a_class_to_its_chapter(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration + "recurrences/")
    first = page.locator("svg.hw-swim a").first
    said = first.locator("title").text_content()
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/postmortems/**")
    assert page.locator("h1").inner_text().strip().rstrip("¶").strip() in said
    page.goto(demonstration + "recurrences/")
    name = page.locator(".hw-swims__name").first
    title = name.inner_text()
    name.click()
    page.wait_for_url("**/recurrences/*/")
    assert page.locator("h1").inner_text().startswith(title)


def test_on_a_phone_the_picture_scrolls_and_names_stay_in_sight(look: Look, demonstration: str) -> None:
    page = look(390)
    page.goto(demonstration + "recurrences/")
    box = page.locator(".hw-scroll").first
    assert box.evaluate("element => element.scrollWidth > element.clientWidth + 100")
    today = page.locator(".hw-swim__today").first.evaluate("line => line.getBoundingClientRect().right")
    assert 0 < today <= 390, "it opens where the latest stands"
    for at in ("0", "-element.scrollWidth"):
        box.evaluate(f"element => element.scrollLeft = {at}")
        seen = page.locator(".hw-swims__name").evaluate_all("names => names.filter(name => name.offsetParent).map(name => name.getBoundingClientRect()).every(box => box.left >= 0 && box.right <= innerWidth)")
        assert seen, at


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_in_the_picture_can_be_read(look: Look, demonstration: str, scheme: str) -> None:
    page = look(1280, scheme)
    page.goto(demonstration + "recurrences/")
    poor = page.evaluate("""
() => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const channel = value => (value /= 255) <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const ground = light(parse(getComputedStyle(document.body).backgroundColor));
  return [...document.querySelectorAll(".hw-swim text")].map(word => {
    const [one, two] = [light(parse(getComputedStyle(word).fill)), ground].sort((a, b) => b - a);
    return [(one + .05) / (two + .05), word.textContent];
  }).filter(([ratio]) => ratio < 4.5);
}""")
    assert poor == []


def test_orders_and_views_lead_to_each_other(look: Look, demonstration: str) -> None:
    page = look()
    for start, tabs in (("recurrences/", 3), ("actions/", 5)):
        page.goto(demonstration + start)
        addresses = page.locator(".hw-tabs a").evaluate_all("links => links.map(link => link.href)")
        assert len(set(addresses)) == tabs
        for address in addresses:
            assert page.goto(address).ok
            assert page.locator(".hw-tabs a[aria-current=page]").evaluate("link => link.href") == address


def test_what_is_related_leads_on(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration + PAGES[-1])
    links = page.locator(".hw-kin a").evaluate_all("links => links.map(link => link.href)")
    assert len(links) >= 4
    for link in links:
        assert page.goto(link).ok, link
