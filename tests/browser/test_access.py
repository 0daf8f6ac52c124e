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
