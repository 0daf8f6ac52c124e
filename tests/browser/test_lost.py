"""An address that leads nowhere: the page shown there leads on, wherever the site stands and whatever it has, and a team's own wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from helpers import STANDARD, TEAM
from serving import built, served

Look = Callable[..., Any]
GONE = "postmortems/2019-01-01-gone/and/further"
LISTEN = 'window.violations = []; addEventListener("securitypolicyviolation", event => window.violations.push(event.violatedDirective))'
WITHOUT_FIND = "def on_files(files, config):\n    files.remove(files.get_file_from_path('find.md'))\n    return files\n"


@contextmanager
def site(root: Path, settings: str, more: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a site two folders deep on its host."""
    files = {"postmortems/policy.yml": TEAM, "postmortems/2026-11-02-checkout-503.md": STANDARD, "docs/handbook.md": "# Handbook\n", **(more or {})}
    files["mkdocs.yml"] = f"site_name: A shop\nsite_url: https://example.com/teams/shop/\n{settings}\n"
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    built(root / "mkdocs.yml", root / "host/teams/shop")
    with served(root / "host") as address:
        yield f"{address}teams/shop/"


def lost(page: Any, address: str) -> Mapping[str, str]:
    """Go to an address that leads nowhere; the links of the page that is shown there, by their names."""
    page.add_init_script(LISTEN)
    assert page.goto(address + GONE).status == 404
    links = page.locator("article a").evaluate_all("links => links.map(link => [link.textContent, link.href])")
    return dict(links)


def answered(page: Any, addresses: Mapping[str, str]) -> Mapping[str, int]:
    return {name: page.request.get(address).status for name, address in addresses.items()}


def test_it_leads_on_and_finds(look: Look, demonstration: str) -> None:
    page = look()
    ways = lost(page, demonstration)
    assert answered(page, ways) == {"Start page": 200, "Find": 200, "Postmortems": 200}
    assert page.title().startswith("Nothing at this address")
    assert page.evaluate("violations") == []
    page.get_by_label("Words of the postmortem").fill("certificate")
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_url("**/find/?words=certificate")
    page.wait_for_function("/^\\d+ of /.test(document.querySelector('.hw-find__told').textContent)")
    assert page.locator(".hw-find__title").count() >= 1


@pytest.mark.parametrize("settings", [
    "theme: {name: material, font: false, language: de}\nplugins: [search, hotwash: {as_of: '2026-11-20'}]",
    "theme: {name: material, font: false}\nuse_directory_urls: false\nplugins: [hotwash: {as_of: '2026-11-20', search: material}]",
    "theme: {name: material, font: false, features: [navigation.tabs]}\nplugins: [search, hotwash: {as_of: '2026-11-20', audience: public}]",
], ids=["in another language", "without folders and search", "for the public"])  # fmt: skip
def test_it_leads_on_wherever_a_site_stands(look: Look, tmp_path: Path, settings: str) -> None:
    with site(tmp_path, settings) as address:
        page = look(390)
        ways = lost(page, address)
        assert answered(page, ways) == {"Start page": 200, "Find": 200, "Postmortems": 200}
        assert all(way.startswith(address) for way in ways.values())
        assert page.locator(".hw-card").first.evaluate("card => getComputedStyle(card).borderStyle") == "solid", "the style sheet came along"
        assert page.evaluate("document.querySelector('.hw-lost').lang") == "en"
        assert page.evaluate("violations") == []


def test_what_a_site_does_not_have_it_does_not_offer(look: Look, tmp_path: Path) -> None:
    settings = "theme: {name: material, font: false}\nhooks: [hooks.py]\nplugins: [search, hotwash: {as_of: '2026-11-20'}]"
    with site(tmp_path, settings, {"hooks.py": WITHOUT_FIND}) as address:
        page = look()
        assert answered(page, lost(page, address)) == {"Start page": 200, "Postmortems": 200}
        assert page.locator("article form").count() == 0


def test_a_page_of_the_teams_own_wins(look: Look, tmp_path: Path) -> None:
    settings = "theme: {name: material, font: false, custom_dir: ours}\nplugins: [search, hotwash: {as_of: '2026-11-20'}]"
    with site(tmp_path, settings, {"ours/404.html": "{% extends 'main.html' %}{% block content %}<h1>Ask at the desk</h1>{% endblock %}"}) as address:
        page = look()
        assert lost(page, address) == {}
        assert page.locator("h1").inner_text() == "Ask at the desk"
