"""The pages that people come back to, in the browser: home leads on, and each count of a review leads to as many postmortems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Look = Callable[..., Any]


def test_home_leads_to_the_running_quarter_and_to_the_old_lesson(demonstration: str, look: Look) -> None:
    page = look()
    page.goto(demonstration)
    page.get_by_role("link", name="Review of 2026-Q4").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Quarterly review 2026-Q4")
    page.go_back()
    title = page.locator(".hw-memory__title a").inner_text()
    page.locator(".hw-memory__title a").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith(title)
    assert page.errors == []


@pytest.mark.parametrize("severity", ["P1", "P2", "All"])
def test_a_count_of_a_review_leads_to_as_many_postmortems(demonstration: str, look: Look, severity: str) -> None:
    page = look()
    page.goto(f"{demonstration}quarters/2026-Q3/")
    row = page.locator("table", has_text="This quarter").locator("tbody tr", has=page.locator(f"td:first-child:text-is('{severity}')"))
    count = row.locator("td").nth(1).locator("a")
    told = int(count.inner_text())
    count.click()
    page.locator(".hw-find--ready").wait_for()
    assert page.locator(".hw-find tbody tr").count() == told
    assert page.errors == []


def test_what_is_folded_away_opens_by_the_keyboard(demonstration: str, look: Look) -> None:
    page = look()
    page.goto(f"{demonstration}quarters/2026-Q3/")
    summary = page.locator("details.hw-folded summary").first
    summary.focus()
    page.keyboard.press("Enter")
    link = page.locator("details.hw-folded[open] a").first
    assert link.is_visible()
    link.click()
    assert "/postmortems/" in page.url


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["", "quarters/", "quarters/2026-Q3/", "quarters/2026-Q4/"])
def test_nothing_is_wider_than_the_screen(demonstration: str, look: Look, path: str, width: int) -> None:
    page = look(width)
    page.goto(demonstration + path)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert page.errors == []
