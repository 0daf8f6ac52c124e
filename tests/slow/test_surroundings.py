"""What stands around all pages of a site: an own function, icons, the search, how links are looked at. Where any of it changes, no page is kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from types import ModuleType

import pytest
from mkdocs.config import load_config
from real import CHECKOUT
from test_kept_pages import Project, shop

from hotwash.plugin import surroundings
from hotwash.plugin.surroundings import described

__all__ = ["shop"]

EXTENSIONS = "markdown_extensions: [admonition, footnotes, toc: {permalink: true}, pymdownx.superfences, pymdownx.tasklist]\n"


def extended(shop: Project, said: str) -> None:
    shop.replace("mkdocs.yml", EXTENSIONS, f"markdown_extensions:\n{said}")


def another_process(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """Forget what a process reads once."""
    from material.extensions import emoji

    emoji._load.cache_clear()
    emoji._load_twemoji_index.cache_clear()
    monkeypatch.setattr(surroundings, "_FIRST_SEEN", {})
    for name in modules:
        sys.modules.pop(name, None)


@pytest.fixture
def importable(shop: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A project whose own modules can be named in its configuration."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(str(shop.root))
    monkeypatch.setattr(surroundings, "_FIRST_SEEN", {})
    yield shop
    for name in [name for name in sys.modules if name.startswith("own_")]:
        del sys.modules[name]


def kept_as_made(shop: Project) -> dict[str, bytes]:
    kept = shop.build()
    assert kept == shop.build(keep=False)
    return kept


# The search.


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_a_search_that_reads_every_page_finds_in_it_what_stands_there(shop: Project, theme: str) -> None:
    shop.replace("mkdocs.yml", "theme: {name: material, font: false, features: [navigation.footer], palette: {primary: teal}}", f"theme: {theme}")
    first = shop.build()
    assert b"Colliding keys" in first["search/search_index.json"]
    assert shop.build() == first


@pytest.mark.parametrize("plugins", ["/search", "search, /search"])
def test_nor_is_a_page_kept_from_it_under_a_theme_with_a_search_of_its_own(shop: Project, plugins: str) -> None:
    shop.replace("mkdocs.yml", "plugins: [search,", f"plugins: [{plugins},")
    first = shop.build()
    assert shop.build() == first
    assert "find.md" in shop.converted


# How links are looked at.

LINKS = "links: {unrecognized_links: ignore}"


def test_links_that_are_led_another_way_lead_there_from_every_page(shop: Project) -> None:
    shop.write("docs/handbook.md", "# Handbook\n\n[Home](/index.md)\n")
    shop.replace("mkdocs.yml", LINKS, "links: {unrecognized_links: ignore, absolute_links: ignore}")
    assert b'href="/index.md"' in shop.build()["handbook/index.html"]
    shop.replace("mkdocs.yml", "absolute_links: ignore", "absolute_links: relative_to_docs")
    assert b'href="/index.md"' not in kept_as_made(shop)["handbook/index.html"]


def test_links_that_are_to_be_warned_of_are_warned_of_on_every_page(shop: Project, caplog: pytest.LogCaptureFixture) -> None:
    shop.write("docs/handbook.md", "# Handbook\n\n[Home](/somewhere)\n")
    shop.replace("mkdocs.yml", LINKS, "links: {unrecognized_links: ignore, absolute_links: ignore}")
    shop.build()
    shop.replace("mkdocs.yml", "absolute_links: ignore", "absolute_links: warn")
    for _ in range(2):
        caplog.clear()
        shop.build()
        assert [record for record in caplog.records if record.levelname == "WARNING" and "'/somewhere'" in record.getMessage()]


def test_what_is_said_of_the_navigation_leaves_pages_as_they_are(shop: Project) -> None:
    shop.build()
    shop.replace("mkdocs.yml", "omitted_files: ignore", "omitted_files: info")
    shop.build()
    assert shop.converted == []


# Functions that the configuration names.


def test_a_function_that_is_given_something_else_makes_other_pages(shop: Project) -> None:
    extended(shop, "  - admonition\n  - footnotes\n  - toc:\n      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}\n")
    shop.write("docs/handbook.md", "# Handbook\n\n## Who Does What\n")
    assert b'id="who-does-what"' in shop.build()["handbook/index.html"]
    shop.build()
    assert shop.converted == []
    shop.replace("mkdocs.yml", "case: lower", "case: none")
    assert b'id="Who-Does-What"' in kept_as_made(shop)["handbook/index.html"]


def told(word: str) -> object:
    def tells(text: str) -> str:
        return f"{word} {text}"

    return tells


class Teller:
    def __init__(self, word: str) -> None:
        self.word = word

    def __call__(self, text: str) -> str:
        return f"{self.word} {text}"

    def tell(self, text: str) -> str:
        return self(text)


def named(word: str = "a") -> list[object]:
    return [partial(str.replace, word), partial(max, default=word), partial(partial(print, word), "b"), told(word), Teller(word), Teller(word).tell, Teller]


def test_functions_are_told_apart_by_what_they_hold() -> None:
    once = [described(value) for value in named()]
    assert once == [described(value) for value in named()]
    assert len(set(once)) == len(once)
    assert [one == other for one, other in zip(once, map(described, named("another")), strict=True)] == [False] * 6 + [True]


FENCE = """  - footnotes
  - pymdownx.superfences:
      custom_fences:
        - {name: pool, class: pool, format: !!python/name:FENCE.pool "" }
"""
POOL = "def pool(source, *_, **__):\n    return f'<p>The pool: {source}</p>'\n"


def fenced(shop: Project, module: str) -> None:
    extended(shop, FENCE.replace("FENCE", module))
    shop.write("docs/handbook.md", "# Handbook\n\n```pool\ndry\n```\n")


def test_a_function_of_the_team_is_what_stands_in_its_file(importable: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    importable.write("own_fence.py", POOL)
    fenced(importable, "own_fence")
    assert b"The pool: dry" in importable.build()["handbook/index.html"]
    another_process(monkeypatch, "own_fence")
    importable.build()
    assert importable.converted == []
    importable.replace("own_fence.py", "The pool", "Our pool")
    another_process(monkeypatch, "own_fence")
    assert b"Our pool: dry" in kept_as_made(importable)["handbook/index.html"]


def test_a_function_of_a_package_of_the_team_is_all_that_stands_in_the_package(importable: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    importable.write("own_fences/words.py", "NAME = 'The pool'\n")
    importable.write("own_fences/pools.py", f"from own_fences.words import NAME\n\n{POOL}".replace("The pool", "{NAME}"))
    fenced(importable, "own_fences.pools")
    assert b"The pool: dry" in importable.build()["handbook/index.html"]
    importable.replace("own_fences/words.py", "The pool", "Our pool")
    another_process(monkeypatch, "own_fences", "own_fences.pools", "own_fences.words")
    assert b"Our pool: dry" in kept_as_made(importable)["handbook/index.html"]


def test_a_file_that_was_edited_after_it_was_read_changes_pages_in_the_next_process(importable: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server goes on with the function that it has, and another one begins with the new one."""
    importable.write("own_fence.py", POOL)
    fenced(importable, "own_fence")
    importable.build()
    importable.replace("own_fence.py", "The pool", "Our pool")
    assert b"The pool: dry" in kept_as_made(importable)["handbook/index.html"]
    another_process(monkeypatch, "own_fence")
    assert b"Our pool: dry" in kept_as_made(importable)["handbook/index.html"]


def test_a_function_without_a_file_leaves_nothing_to_keep(shop: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("own_fence")
    exec(POOL, vars(module))
    monkeypatch.setitem(sys.modules, "own_fence", module)
    fenced(shop, "own_fence")
    shop.build()
    assert b"The pool: dry" in shop.build()["handbook/index.html"]
    assert "handbook.md" in shop.converted


# Icons.

EMOJI = """  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
      options: {custom_icons: [icons, none-here]}
"""


def test_an_icon_of_the_team_is_what_stands_in_its_file(shop: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop.root)
    shop.write("icons/shop/pool.svg", "<svg><title>The pool</title></svg>")
    shop.write("docs/handbook.md", "# Handbook\n\n:shop-pool:\n")
    extended(shop, EMOJI)
    another_process(monkeypatch)
    assert b"<title>The pool" in shop.build()["handbook/index.html"]
    shop.build()
    assert shop.converted == []
    shop.replace("icons/shop/pool.svg", "The pool", "Our pool")
    assert b"<title>The pool" in kept_as_made(shop)["handbook/index.html"]
    another_process(monkeypatch)
    assert b"<title>Our pool" in kept_as_made(shop)["handbook/index.html"]


# Quiet.


def test_nothing_in_an_ordinary_configuration_is_beyond_telling(shop: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or every build would begin from nothing."""
    shop.replace("mkdocs.yml", "site_name", "exclude_docs: '*.tmp'\nsite_name")
    monkeypatch.setattr(surroundings, "_never_again", lambda: pytest.fail("not told"))
    shop.build()
    shop.build()
    assert shop.converted == []
    for file in (CHECKOUT / "mkdocs.yml", CHECKOUT / "schemas" / "starter" / "mkdocs.yml"):
        config = load_config(str(file), docs_dir=str(shop.root / "docs"))
        assert described({name: value for name, value in config.items() if name not in surroundings._NOT_SHOWN}) != described({})
        assert "babel" in described(config.theme)
