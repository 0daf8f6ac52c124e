"""Material's `navigation.instant`: pages change without being loaded, and what runs in them goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from helpers import STANDARD, TEAM, light_text
from serving import built, served

pytest.importorskip("pagefind_bin", reason="Pagefind's wheel is not installed")

Look = Callable[..., Any]
LISTEN = 'window.violations = []; addEventListener("securitypolicyviolation", event => window.violations.push(event.violatedDirective))'
READY = "/^\\d+ (of \\d+ )?postmortems?$/.test(document.querySelector('.hw-find__told')?.textContent)"
SETTINGS = """site_name: A shop
site_url: {address}
theme: {{name: material, font: false, features: [navigation.tabs, navigation.instant]}}
plugins: [search, hotwash: {{as_of: '2026-11-20'}}]
nav: [Home: index.md, Postmortems: postmortems/index.md, Find: find.md]
"""


@pytest.fixture(scope="module")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose map names that very address: elsewhere, the theme loads pages as always."""
    root = tmp_path_factory.mktemp("instant")
    for folder in ("docs", "site", "postmortems"):
        (root / folder).mkdir()
    (root / "postmortems/policy.yml").write_text(TEAM)
    (root / "postmortems/2026-11-02-checkout-503.md").write_text(STANDARD)
    (root / "postmortems/2026-11-05-update-crashed.md").write_text(light_text("", "A lantern flickered on every phone.\n\n```\nx\n```\n"))
    with served(root / "site") as address:
        (root / "mkdocs.yml").write_text(SETTINGS.format(address=address))
        built(root / "mkdocs.yml", root / "site")
        yield address


@pytest.fixture
def page(look: Look, instant: str) -> Any:
    """A tab at the start page that was loaded, and counts what is loaded after it."""
    opened = look()
    opened.add_init_script(LISTEN)
    opened.goto(instant, wait_until="networkidle")
    opened.loaded = []
    opened.on("domcontentloaded", lambda _: opened.loaded.append(opened.url))
    yield opened
    assert opened.loaded == [], "no page was loaded: the theme changed them"
    assert opened.evaluate("violations") == []
    assert opened.errors == []


def go(page: Any, name: str) -> None:
    """To a tab's page, and until it is there."""
    page.locator(".md-tabs__link", has_text=name).click()
    page.wait_for_function("name => document.querySelector('h1').textContent.startsWith(name)", arg=name)


def test_the_filter_page_works_each_time_that_somebody_comes_to_it(page: Any) -> None:
    for word in ("phones", "cache"):
        go(page, "Find")
        page.wait_for_function(READY)
        page.locator(".hw-find__words").fill(word)
        page.wait_for_function("word => location.search === `?words=${word}`", arg=word)
        assert page.locator(".hw-find__told").inner_text() == "1 of 2 postmortems"
        go(page, "Postmortems")
        page.wait_for_timeout(250)
        assert page.evaluate("location.search") == "", "the page that was left leaves the address alone"
    page.go_back()
    page.wait_for_function(READY)
    assert page.locator(".hw-find__words").input_value() == "cache"


def test_a_page_in_no_menu_shows_the_tab_it_belongs_to(page: Any) -> None:
    go(page, "Postmortems")
    page.locator("article a[href*=update-crashed]").click()
    page.wait_for_function("location.pathname.includes('update-crashed') && document.querySelector('.md-tabs__item--active')")
    assert page.locator(".md-tabs__item--active").inner_text() == "Postmortems"
    page.wait_for_function("document.querySelector('nav.md-code__nav')?.getAttribute('role') === 'presentation' || !document.querySelector('nav.md-code__nav')")


def test_what_was_searched_for_is_marked_and_going_back_shows_what_was_found(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.type("lantern")
    page.wait_for_function("document.querySelector('a.md-search-result__link')")
    page.keyboard.press("Enter")
    page.wait_for_function("location.search === '?h=lantern' && document.querySelector('mark.hw-found')")
    assert page.locator("mark.hw-found").all_inner_texts() == ["lantern"]
    page.wait_for_function("!document.getElementById('__search').checked")
    page.go_back()
    page.wait_for_function("document.getElementById('__search').checked && location.search === '?q=lantern'")
    assert page.locator("a.md-search-result__link").count() >= 1
