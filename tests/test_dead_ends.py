"""A link of finished markup that leads nowhere ends a strict build; one that leads somewhere costs a look."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import STANDARD

from hotwash.dead_ends import DeadEnds, leads

PLACES = ["./", "index.html", "a/", "a/b/", "a/b/index.html", "x%20y/", "feed.xml", "assets/z.svg"]
PAGE = '<nav><a href="theme/">theirs</a></nav><article>{}</article>'


def told(here: str, *links: str, written: bool = False, **texts: str) -> list[str]:
    ends = DeadEnds(PLACES)
    ends.read(here, leads(PAGE.format("".join(f'<a class="x" title="a > b" href="{link}">y</a>' for link in links))), written=written)
    return list(ends.found(lambda place: texts.get(place.strip("/").replace("/", "_") or "home", "")))


@pytest.mark.parametrize(("here", "link"), [
    ("a/b/", "../../"), ("a/b/", "../"), ("a/b/", "./"), ("a/b/", "."), ("a/b/", "index.html"), ("a/b/", "../../x%20y/"), ("a/b/", "../../x%20y/?q=1&amp;r=2#z"), ("a/b/", "../../feed.xml"),
    ("./", "a/"), ("", "a/b/"), ("a/", "b/"), ("a/", "../a/./b/"), ("a/", "b/../b/"), ("", "https://example.com/x"), ("", "mailto:a@b"), ("", "//example.com"), ("", "/elsewhere"), ("", "#"),
])  # fmt: skip
def test_a_link_that_leads_somewhere_is_nothing_to_speak_of(here: str, link: str) -> None:
    assert told(here, link) == []


@pytest.mark.parametrize(("here", "link"), [("a/b/", "../c/"), ("", "a"), ("a/", "../../../x/"), ("", "b/"), ("a/b/", "../../feed.json"), ("", "x%2520y/")])
def test_a_link_that_leads_nowhere_is_told_with_its_page(here: str, link: str) -> None:
    (said,) = told(here, link)
    assert said.startswith(f'{here or "the home page"}: the link "{link}" leads to no page')


def test_a_part_of_a_page_has_to_be_there() -> None:
    ids = {"a": '<h2 id="one">', "a_b": '<a name="two&amp;">'}
    assert told("", "a/#one", "a/b/#two&amp;", "feed.xml#any", **ids) == []
    assert told("", "a/#two", **ids) == ['the home page: the link to "#two" of a/ leads to no part of that page']
    assert told("a/", "#two", **ids) == ['a/: the link to "#two" of a/ leads to no part of that page']


def test_what_was_taken_out_of_a_body_leads_to_no_part_and_is_no_fault_of_the_site() -> None:
    assert told("a/", "#link-removed", written=True, a="<p>") == []
    assert told("a/", "b/#gone", written=True, a_b="<p>") != []


def test_what_only_looks_like_a_link_is_none() -> None:
    ends = DeadEnds(PLACES)
    ends.read("", leads('<article><code>href="nowhere/"</code> &lt;a href="nowhere/"&gt; <abbr href="nowhere/">x</abbr></article>'))
    assert list(ends.found(str)) == []


def _strict(root: Path, page: str) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    (root / "docs").mkdir()
    (root / "docs" / "ours.md").write_text(page)
    (root / "mkdocs.yml").write_text("site_name: x\nstrict: true\ntheme: {name: material, font: false}\nplugins: [search, hotwash: {as_of: '2026-11-20'}]\nnav: [index.md, ours.md]\n")
    build(load_config(str(root / "mkdocs.yml")))


@pytest.mark.parametrize("link", ['<a href="../postmortems/">', '<a href="../metrics/">', '<a href="../find/?severity=P1">'])
def test_a_strict_build_follows_raw_links(project: Callable[..., Path], link: str) -> None:
    pytest.importorskip("material")
    _strict(project({"2026-11-02-checkout-503.md": STANDARD}), f"# Ours\n\n{link}x</a>\n")


@pytest.mark.parametrize("link", ['<a href="../no-such-page/">', '<a href="../metrics/#no-such-chart">'])
def test_a_strict_build_ends_at_a_raw_link_that_leads_nowhere(project: Callable[..., Path], link: str, caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("material")
    from mkdocs.exceptions import Abort

    with pytest.raises(Abort):
        _strict(project({"2026-11-02-checkout-503.md": STANDARD}), f"# Ours\n\n{link}x</a>\n")
    (said,) = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert said.startswith("hotwash: ours/: the link")
