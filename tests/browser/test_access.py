"""Every kind of page for everybody: axe-core finds nothing in either scheme, nothing overflows or jumps, and the keyboard reaches all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from kinds import kinds

Look = Callable[..., Any]
WIDTHS = (390, 768, 1280)
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 150);
})"""
"""The sum of all layout shifts since the page was asked for."""
FOCUSED = """() => {
  const found = document.activeElement, style = getComputedStyle(found), label = found.labels?.[0] && getComputedStyle(found.labels[0]);
  return {
    name: (found.getAttribute("aria-label") || found.textContent || found.placeholder || found.title || "").trim().replace(/\\s+/g, " ").slice(0, 60),
    seen: [style, label].some(one => one && ((one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0) || one.boxShadow !== "none")) || found.matches(".md-search__input"),
    inside: found.closest("article") !== null,
    at: found.tagName + "." + found.className,
  };
}"""
"""What has the focus, and whether it shows."""


SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { letter-spacing: .12em !important; line-height: 1.5 !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }");
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture(scope="module")
def every() -> Mapping[str, str]:
    """The address of one page of each kind."""
    return kinds()


def violations(page: Any) -> list[str]:
    """What axe-core finds on a page whose folded parts are opened, each with the element that it means."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}" for one in found for node in one["nodes"]]


def refuse(found: Mapping[str, list[str]]) -> None:
    """Fail with what was found, page by page."""
    if any(found.values()):
        pytest.fail("\n".join(f"{kind}\n  " + "\n  ".join(said) for kind, said in found.items() if said), pytrace=False)


def test_axe_speaks_where_something_is_wrong(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration)
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<a href=x></a><img src=y>')")
    assert {said.split(":")[0] for said in violations(page)} == {"link-name", "image-alt"}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(look: Look, demonstration: str, every: Mapping[str, str], scheme: str, width: int) -> None:
    page, found = look(width, scheme), {}
    for kind, path in every.items():
        page.goto(demonstration + path)
        found[kind] = violations(page)
    refuse(found)


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_a_public_site_is_no_worse(look: Look, public: str, scheme: str, width: int) -> None:
    page, found = look(width, scheme), {}
    for kind, path in kinds("public").items():
        page.goto(public + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[kind] = violations(page) + ([f"{wide} px wide"] if wide > width else []) + page.errors
        page.errors.clear()
    assert {"index", "find", "postmortems/by-service"} <= set(found)
    assert not {"actions", "filed", "metrics"} & set(found)
    refuse(found)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_kind_of_page_overflows_jumps_or_complains(look: Look, demonstration: str, every: Mapping[str, str], width: int) -> None:
    page, found = look(width), {}
    for kind, path in every.items():
        page.errors.clear()
        page.goto(demonstration + path)
        wide, shift = page.evaluate("document.documentElement.scrollWidth"), page.evaluate(SHIFTS)
        said = [f"{wide} px wide"] if wide > width else []
        said += [f"shifts by {shift:.3f}"] if shift > 0.01 else []
        found[kind] = said + [error for error in page.errors if "404" not in error or kind != "nothing found"]
    refuse(found)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_keyboard_reaches_the_main_controls_and_its_place_is_seen(look: Look, demonstration: str, every: Mapping[str, str], width: int) -> None:
    page, found = look(width), {}
    for kind, path in every.items():
        page.goto(demonstration + path)
        steps = []
        for _ in range(8):
            page.keyboard.press("Tab")
            steps.append(page.evaluate(FOCUSED))
        names = " ".join(step["name"] for step in steps)
        said = [f"the focus is not seen on {step['at']} {step['name']}" for step in steps if not step["seen"] and not step["at"].startswith("BODY")]
        said += [f"no way to {wanted}" for wanted in ("Skip to content", "Search", *(["Menu"] if width < 1220 else [])) if wanted not in names and kind != "nothing found"]
        if page.locator("article a:visible:not(.headerlink)").count() and page.locator(".md-skip").count():
            page.locator(".md-skip").press("Enter")
            page.keyboard.press("Tab")
            landed = page.evaluate(FOCUSED)
            said += [] if landed["inside"] and landed["seen"] else [f"skipping to the content leads to {landed['at']} {landed['name']}"]
        found[kind] = said
    refuse(found)


def test_the_menu_and_the_search_open_at_enter_on_a_small_window(look: Look, demonstration: str) -> None:
    page = look(640)  # 1280 pixels at 200 %
    page.goto(demonstration + "actions/")
    page.get_by_role("button", name="Menu").press("Enter")
    assert page.evaluate("document.getElementById('__drawer').checked")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Search", exact=True).press("Enter")
    assert page.evaluate("document.getElementById('__search').checked")


@pytest.mark.parametrize("width", WIDTHS)
def test_targets_outside_sentences_are_large_enough_for_a_finger(look: Look, demonstration: str, every: Mapping[str, str], width: int) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 CSS pixels, or so far from the next one that circles of 24 pixels do not touch; axe-core measures both."""
    from axe_playwright_python.sync_playwright import Axe

    page, found = look(width), {}
    for kind, path in every.items():
        page.goto(demonstration + path)
        said = Axe().run(page, options={"runOnly": {"type": "rule", "values": ["target-size"]}, "rules": {"target-size": {"enabled": True}}}).response["violations"]
        found[kind] = [node["html"][:160] for one in said for node in one["nodes"]]
    refuse(found)


def test_text_can_be_spaced_and_enlarged_without_loss(look: Look, demonstration: str, every: Mapping[str, str]) -> None:
    """WCAG 1.4.12 and 1.4.4: the spacing that it names, and text at 200 %, which is a window of half the width."""
    page, found = look(640), {}
    for kind, path in every.items():
        page.goto(demonstration + path)
        page.evaluate(SPACED)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[kind] = [f"{wide} px wide"] if wide > 640 else []
    refuse(found)


def test_nothing_moves_for_a_reader_who_asked_for_stillness(look: Look, demonstration: str) -> None:
    page = look()
    page.emulate_media(reduced_motion="reduce")
    page.goto(demonstration)
    moving = page.evaluate("[...document.querySelectorAll('*')].map(part => getComputedStyle(part)).filter(is => parseFloat(is.transitionDuration) > .001 || parseFloat(is.animationDuration) > .001).length")
    assert moving == 0


def test_marks_are_still_seen_in_a_palette_of_the_readers_own(look: Look, demonstration: str) -> None:
    page = look()
    page.emulate_media(forced_colors="active")
    for path, mark in (("recurrences/", "article svg [class*=fill]"), ("metrics/", "article svg rect"), ("postmortems/2025-11-28-checkout-ran-out-of-connections/", "svg.hw-bar rect")):
        page.goto(demonstration + path)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        fills = page.locator(mark).evaluate_all("marks => marks.map(mark => getComputedStyle(mark).fill)")
        assert len(set(fills) - {ground, "none"}) >= 2, path
    assert page.locator(".hw-chip").first.evaluate("chip => getComputedStyle(chip).borderStyle") == "solid"
