"""A build that keeps pages writes what a build from nothing writes, byte for byte, whatever changed in between."""

from __future__ import annotations

import errno
import gc
import gzip
import itertools
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import entry_points
from pathlib import Path
from types import SimpleNamespace
from typing import IO

import pytest
from helpers import STANDARD, light_text

pytest.importorskip("material", reason="MkDocs with Material is not installed")
if not os.environ.get("CI") and not any(point.name == "hotwash" for point in entry_points(group="mkdocs.plugins")):
    pytest.skip("hotwash is not installed, so MkDocs does not find its plugin: pip install --editable .", allow_module_level=True)

from jinja2 import Template
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError
from mkdocs.structure.files import File

from hotwash import elsewhere, rereading
from hotwash.elsewhere import Elsewhere
from hotwash.model import Postmortem
from hotwash.pages.parts import html
from hotwash.plugin import finishing, shelving
from hotwash.plugin.finishing import Finisher
from hotwash.plugin.following import Follower
from hotwash.plugin.mould import Mould, Shape
from hotwash.plugin.rendering import Converter, plain_extensions
from hotwash.spool import Place, Spool

CONFIG = """site_name: A shop
site_url: https://example.com/
theme: {name: material, font: false, features: [navigation.footer], palette: {primary: teal}}
plugins: [search, hotwash: {as_of: "2026-11-20", repository: https://example.com/shop/postmortems}]
markdown_extensions: [admonition, footnotes, toc: {permalink: true}, pymdownx.superfences, pymdownx.tasklist]
nav: [index.md, handbook.md, Postmortems: postmortems/index.md]
validation: {nav: {omitted_files: ignore}, links: {unrecognized_links: ignore}}
"""
BODY = "## Account\n\nSee [the other](2026-11-02-checkout-503.md#impact), `code`[^1].\n\n```python\nx = {1: 2}\n```\n\n[^1]: A note.\n\n- [ ] a task\n"
FIRST, SECOND, THIRD = "2026-11-05-update-crashed.md", "2026-11-02-checkout-503.md", "2026-11-09-update-crashed-again.md"


class Project:
    """A project in a repository, and what its site's builds made."""

    def __init__(self, root: Path, converted: list[str]) -> None:
        self.root, self.converted = root, converted
        self.write("postmortems/policy.yml", "schema: 1\nsite: {name: A shop}\nclasses: {cache-key-collision: {title: Colliding keys}}\n")
        self.write(f"postmortems/{FIRST}", light_text("", BODY))
        self.write(f"postmortems/{SECOND}", STANDARD)
        self.write(f"postmortems/{THIRD}", light_text("title: It crashed again", "Once more, see [the first](2026-11-05-update-crashed.md).\n"))
        self.write("docs/handbook.md", "# Handbook\n\n[Home](index.md), [the list](postmortems/index.md)\n")
        self.write("mkdocs.yml", CONFIG)
        subprocess.run(("git", "init", "-q", str(root)), check=True)

    def write(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text)

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new))

    def build(self, *, keep: bool = True, serving: bool = False) -> dict[str, bytes]:
        """Every file of the site; what had to be converted stands in `converted`."""
        self.converted.clear()
        config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.root / "site"))
        config.plugins["hotwash"].config.keep = keep
        if serving:
            config.plugins.on_startup(command="serve", dirty=False)
        build(config)
        if serving:
            config.plugins.on_shutdown()
        return {path.relative_to(self.root / "site").as_posix(): path.read_bytes() for path in (self.root / "site").rglob("*") if path.is_file()}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    converted: list[str] = []
    render = Converter.render

    def noting(self, page, config, files) -> None:
        converted.append(page.file.src_uri)
        render(self, page, config, files)

    monkeypatch.setattr(Converter, "render", noting)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    return Project(tmp_path / "shop", converted)


def test_where_nothing_changed_nothing_is_converted(shop: Project) -> None:
    first = shop.build()
    assert len(shop.converted) > 20
    assert shop.build() == first
    assert shop.converted == []


def test_where_one_body_changed_one_postmortem_is_converted(shop: Project) -> None:
    shop.build()
    shop.replace(f"postmortems/{FIRST}", "A note.", "Another note.")
    kept = shop.build()
    assert [path for path in shop.converted if path.startswith("postmortems/20")] == [f"postmortems/{FIRST}"]
    assert b"Another note." in kept[f"postmortems/{FIRST.removesuffix('.md')}/index.html"]
    assert kept == shop.build(keep=False)


CHANGES: dict[str, Callable[[Project], object]] = {
    "a title": lambda shop: shop.replace(f"postmortems/{SECOND}", "title: ", "title: Again, "),
    "a class": lambda shop: shop.replace(f"postmortems/{SECOND}", "cache-key-collision", "some-other-class"),
    "a name": lambda shop: (shop.root / "postmortems" / FIRST).rename(shop.root / "postmortems" / "2026-11-05-update-was-bad.md"),
    "one file fewer": lambda shop: (shop.root / "postmortems" / SECOND).unlink(),
    "one file more": lambda shop: shop.write("postmortems/2026-11-12-fourth.md", light_text("title: A fourth", BODY)),
    "the policy": lambda shop: shop.replace("postmortems/policy.yml", "Colliding keys", "Keys that collide"),
    "the day": lambda shop: shop.replace("mkdocs.yml", "2026-11-20", "2026-12-20"),
    "the repository": lambda shop: shop.replace("mkdocs.yml", "/shop/postmortems", "/shop/other"),
    "the audience": lambda shop: shop.replace("mkdocs.yml", "{as_of:", "{audience: public, as_of:"),
    "the navigation": lambda shop: shop.replace("mkdocs.yml", "handbook.md, Postmortems", "Our handbook: handbook.md, All of them"),
    "the theme": lambda shop: shop.replace("mkdocs.yml", "teal", "indigo"),
    "a file of the theme": lambda shop: (
        shop.replace("mkdocs.yml", "name: material", "name: material, custom_dir: theme"), shop.write("theme/partials/copyright.html", "<p>Ours.</p>"),
    ),
    "an extension": lambda shop: shop.replace("mkdocs.yml", "toc: {permalink: true}", "toc: {permalink: '#'}"),
    "addresses": lambda shop: shop.replace("mkdocs.yml", "site_name", "use_directory_urls: false\nsite_name"),
    "a page of the handbook": lambda shop: shop.replace("docs/handbook.md", "# Handbook", "# How we work"),
    "a hook": lambda shop: (shop.write("hook.py", "def on_page_markdown(markdown, **_):\n    return markdown + '\\n\\nby a hook\\n'\n"), shop.replace("mkdocs.yml", "site_name", "hooks: [hook.py]\nsite_name")),
    "a page that is the team's own": lambda shop: shop.write("docs/find.md", "# Our own\n"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_kept_is_what_would_be_made(shop: Project, change: str) -> None:
    before = shop.build()
    CHANGES[change](shop)
    kept = shop.build()
    assert kept == shop.build(keep=False)
    assert kept != before


def test_a_file_of_the_theme_that_changes_changes_every_page(shop: Project) -> None:
    CHANGES["a file of the theme"](shop)
    shop.build()
    shop.write("theme/partials/copyright.html", "<p>Somebody else's.</p>")
    assert b"Somebody else" in shop.build()["handbook/index.html"]


def test_a_theme_that_tells_the_time_tells_the_time_of_this_build(shop: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    CHANGES["a file of the theme"](shop)
    shop.write("theme/partials/copyright.html", "<p>Built {{ build_date_utc }}</p>")
    shop.build()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert b"Built 2027-01-15" in shop.build()["handbook/index.html"]


def test_an_extension_of_which_nothing_is_known_leaves_nothing_to_keep(shop: Project) -> None:
    """Any package may bring one under a name without a dot, and it may read whatever it likes."""
    config = load_config(str(shop.root / "mkdocs.yml"))
    config.markdown_extensions = ["toc", "admonition", "pymdownx.details", "markdown.extensions.tables"]
    assert plain_extensions(config)
    for name in ("mdx_include", "pymdownx.snippets", "markdown.somewhere", "odd-name", ""):
        config.markdown_extensions = ["toc", name]
        assert not plain_extensions(config), name


def test_a_link_that_leads_nowhere_is_told_at_every_build(shop: Project, caplog: pytest.LogCaptureFixture) -> None:
    shop.write("docs/handbook.md", "# Handbook\n\n[gone](gone.md)\n")
    for _ in range(2):
        caplog.clear()
        shop.build()
        assert [record for record in caplog.records if "gone.md" in record.message]


@pytest.mark.parametrize("spoil", ["damaged", "another make", "older columns", "cut", "gone", "read-only", "no git"])
def test_what_cannot_be_kept_is_made_anew(shop: Project, spoil: str) -> None:
    first = shop.build()
    file = shop.root / ".git" / "hotwash-site.sqlite"
    if spoil == "damaged":
        data = bytearray(file.read_bytes())
        data[len(data) // 4 :: 97] = bytes(len(data[len(data) // 4 :: 97]))
        file.write_bytes(data)
    elif spoil == "another make":
        file.write_bytes(b"something else" * 1000)
    elif spoil == "older columns":
        file.unlink()
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE pages (site TEXT, path TEXT, html BLOB, PRIMARY KEY (site, path))")
    elif spoil == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif spoil == "gone":
        file.unlink()
    elif spoil == "read-only":
        file.unlink()
        file.mkdir()
    else:
        shutil.rmtree(shop.root / ".git")
    # Without Git, pages that speak of when something was published say otherwise.
    assert (again := shop.build()) == (shop.build(keep=False) if spoil == "no git" else first)
    assert shop.build() == again
    shop.build()  # of a damaged file, what could be read was taken once more, and is kept again only now
    assert bool(shop.converted) == (spoil in ("read-only", "no git"))


def test_a_plugin_that_has_a_hand_in_pages_leaves_nothing_to_keep(shop: Project) -> None:
    shop.write("hook.py", "def on_page_content(html, **_):\n    return html + '<p>by a hook</p>'\n")
    shop.replace("mkdocs.yml", "site_name", "hooks: [hook.py]\nsite_name")
    for _ in range(2):
        assert b"by a hook" in shop.build()["handbook/index.html"]
        assert "handbook.md" in shop.converted


def many(shop: Project) -> None:
    """More postmortems of one shape than the mould proves itself with, and some of another."""
    for day in range(10, 28):
        links = "See [the first](2026-11-05-update-crashed.md#account) and [nothing](2026-11-05-update-crashed.md#nothing-there)."
        body = f"# Day {day}\n\n{BODY}" if day % 5 == 0 else f"## Deep\n\n### Deeper *{day}* & more\n\n{links}\n\n{BODY}" if day % 2 else "No heading at all.\n"
        body = {12: "## Deep\n\nA word.\n", 14: "## DEEP\n\nA word.\n"}.get(day, body)  # parts of one name and of two titles
        shop.write(f"postmortems/2026-10-{day}-pool-ran-dry.md", light_text(f"title: 'Pool <b>{day}</b> & \"more\" ran dry'\n", body))


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every second process that was started, by what it was for."""
    started: list[str] = []
    for room in (finishing, shelving, rereading):
        monkeypatch.setattr(room, "possible", lambda: True)
        monkeypatch.setattr(room, "Elsewhere", lambda work, room=room: started.append(room.__name__.rsplit(".", 1)[-1]) or Elsewhere(work))
    monkeypatch.setattr(finishing, "_MANY", 4)
    monkeypatch.setattr(shelving, "_MANY", 4)
    monkeypatch.setattr(rereading, "_AT_ONCE", 3)
    return started


def test_pages_put_into_a_mould_are_what_the_theme_would_have_made(shop: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    many(shop)
    filled: list[str] = []
    fill = Shape.filled
    monkeypatch.setattr(Shape, "filled", lambda shape, said: filled.append(said["title"]) or fill(shape, said))
    asked: list[str] = []
    drawn: list[str | None] = []
    contents, render = Mould._contents, Template.render
    monkeypatch.setattr(Mould, "_contents", lambda mould, context: asked.append(str(context["page"].toc).partition("\n")[2]) or contents(mould, context))
    monkeypatch.setattr(Template, "render", lambda template, *said, **more: drawn.append(template.name) or render(template, *said, **more))
    first = shop.build()
    assert len(set(filled)) > 12
    assert drawn.count("partials/toc.html") == len(set(asked)) < len(asked) - 4, "each table of contents is drawn once"
    assert first == shop.build(keep=False)


def test_a_team_with_templates_of_its_own_has_every_page_framed_by_the_theme(shop: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    many(shop)
    shop.write("own/main.html", '{% extends "base.html" %}{% block extrahead %}<meta name="own" content="{% if page %}{{ page.title | length }} {{ page.file.src_uri }}{% endif %}">{% endblock %}')
    shop.replace("mkdocs.yml", "theme: {name: material,", "theme: {name: material, custom_dir: own,")
    monkeypatch.setattr(Shape, "filled", lambda *_: pytest.fail("put into a mould"))
    first = shop.build()
    assert first == shop.build(keep=False)
    assert b' postmortems/2026-10-10-pool-ran-dry.md">' in first["postmortems/2026-10-10-pool-ran-dry/index.html"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is done elsewhere")
def test_once_pages_are_finished_neither_their_texts_nor_the_archive_are_held(shop: Project, second: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    many(shop)
    shop.write("postmortems/2026-10-09-held-nowhere.md", light_text())
    held: list[int] = []
    tell = Finisher.tell
    titles: dict[str, str | None] = {}
    monkeypatch.setattr(Finisher, "tell", lambda finisher: held.extend(len(file.page.text()) for file in finisher.found) or tell(finisher) or titles.update({file.src_uri: file.page.title for file in finisher.found}))
    shop.build()
    assert "finishing" in second
    assert len(held) > 18
    assert gc.get_freeze_count() == 0  # or what is held would not be seen below
    assert set(held) == {0}
    assert titles["recurrences/by-cost.md"] == "Recurrences"
    assert None not in titles.values()
    assert not [each.path for each in gc.get_objects() if isinstance(each, Postmortem) and "held-nowhere" in each.path]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is done elsewhere")
def test_texts_lie_aside_until_the_site_is_built_and_what_pages_were_made_from_is_forgotten(shop: Project, second: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    many(shop)
    places: list[Place] = []
    spools: list[Spool] = []
    headings, closed = list[int](), list[bool]()
    monkeypatch.setattr(Spool, "put", lambda spool, data, put=Spool.put: places.append(put(spool, data)) or places[-1])
    monkeypatch.setattr(Spool, "stop", lambda spool, stop=Spool.stop: spools.append(spool) or stop(spool))
    monkeypatch.setattr(Finisher, "tell", lambda finisher, tell=Finisher.tell: tell(finisher) or headings.extend(len(list(file.page.toc)) + len(file.page.present_anchor_ids or ()) for file in finisher.found))
    monkeypatch.setattr(Follower, "tell", lambda _: closed.append(bool(spools)))
    shop.build()
    assert {"finishing", "shelving"} <= set(second)
    assert len(places) > 40
    assert not [place for place in places if place.data]
    assert {spool.file for spool in spools} == {None}
    assert closed == [True]
    assert len(headings) > 18
    assert set(headings) == {0}
    assert html._child.cache_info().misses == html._child.cache_info().currsize == 0, "forgotten, and not asked since"


def test_whoever_looks_at_the_built_site_finds_the_headings_and_parts_of_every_page(shop: Project) -> None:
    shop.write("look.py", "import builtins\ndef on_post_build(config): builtins.looked = True\n")
    shop.replace("mkdocs.yml", "plugins:", "hooks: [look.py]\nplugins:")
    with pytest.MonkeyPatch.context() as patch:
        found: dict[str, tuple[int, set[str]]] = {}
        patch.setattr(Finisher, "tell", lambda finisher, tell=Finisher.tell: tell(finisher) or found.update({file.src_uri: (len(list(file.page.toc)), set(file.page.present_anchor_ids or ())) for file in finisher.found}))
        shop.build()
    assert found[f"postmortems/{THIRD}"][0] > 0
    assert "account" in found["postmortems/2026-11-05-update-crashed.md"][1]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is done elsewhere")
def test_a_build_that_fails_while_a_second_process_writes_leaves_nothing_half_made(shop: Project, second: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    many(shop)
    here, kept = os.getpid(), shop.root / ".git" / "hotwash-search"

    def fail_or_write(finisher: Finisher, file: File) -> None:
        for number in itertools.count() if os.getpid() != here else ():  # the other process writes one page after another, until somebody ends it
            finisher.notes.search._taken.add(file.src_uri)
            finisher.notes.search.read(file.src_uri, f"{number}.html", "", "", b"", "text")
        until = time.monotonic() + 30
        while not any(kept.glob("making-*/*")) and time.monotonic() < until:
            time.sleep(0.01)
        raise PluginError("a page that fails")

    monkeypatch.setattr(Finisher, "_finish", fail_or_write)
    with pytest.raises(Abort):
        shop.build()
    assert "finishing" in second
    assert list(kept.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is done elsewhere")
def test_where_there_is_no_room_for_texts_aside_they_are_held_in_memory(shop: Project, second: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    many(shop)
    whole = shop.build(keep=False)
    refused: list[str] = []

    def refuse(**_: object) -> IO[bytes]:
        refused.append("")
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("hotwash.spool.tempfile", SimpleNamespace(TemporaryFile=refuse))
    assert shop.build() == whole
    assert shop.build() == whole
    assert {"finishing", "shelving"} <= set(second)
    assert refused


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is done elsewhere")
def test_two_processes_write_what_one_writes_and_say_what_one_says(shop: Project, second: list[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    many(shop)
    converted = Converter.render
    monkeypatch.setattr(Converter, "render", lambda converter, page, *rest: logging.getLogger("mkdocs.team").warning("%s is converted", page.file.src_uri) or converted(converter, page, *rest))
    alone = shop.build(keep=False)
    said = sorted(caplog.messages)
    assert "postmortems/2026-10-26-pool-ran-dry.md is converted" in said
    assert any("#nothing-there" in message for message in said)
    caplog.clear()
    shutil.rmtree(shop.root / ".git" / "hotwash-search", ignore_errors=True)
    assert shop.build() == alone
    assert {"finishing", "shelving"} <= set(second)
    assert sorted(caplog.messages) == said
    second.clear()
    assert shop.build() == alone
    assert shop.converted == []


@pytest.mark.parametrize("search", ["material", "full-text"])
def test_whichever_search_serves_finds_every_page(shop: Project, second: list[str], search: str) -> None:
    many(shop)
    shop.replace("mkdocs.yml", "{as_of:", f"{{search: {search}, as_of:")
    alone = shop.build(keep=False)
    assert shop.build() == alone == shop.build()
    assert ("finishing" in second) == (search == "full-text")
    assert (b"Deeper" in alone["search/search_index.json"]) == (search == "material")


FRAMES: dict[str, Callable[[Project], object]] = {
    "a way to the source": lambda shop: shop.replace("mkdocs.yml", "[navigation.footer]", "[content.action.edit, content.action.view]"),
    "a menu below a page": lambda shop: shop.replace("mkdocs.yml", "postmortems/index.md]", "postmortems/index.md, recurrences/by-date.md]"),
    "a template that reads all pages": lambda shop: (
        shop.replace("mkdocs.yml", "site_name", "extra_templates: [all.txt]\nsite_name"),
        shop.write("docs/all.txt", "{% for file in pages %}{{ file.page.title }} {{ file.page.toc | length }} {{ file.page.meta }}\n{% endfor %}"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES)
def test_whatever_the_frame_shows_a_rebuild_shows_it_too(shop: Project, second: list[str], frame: str) -> None:
    many(shop)
    FRAMES[frame](shop)
    alone = shop.build(keep=False)
    assert shop.build() == alone
    shop.replace(f"postmortems/{FIRST}", "A note.", "Another note.")
    assert shop.build() == shop.build(keep=False)
    assert ("finishing" in second) == (frame != "a template that reads all pages")


def test_templates_that_another_brings_frame_every_page_themselves(shop: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    many(shop)
    shop.write("own/main.html", '{% extends "base.html" %}{% block extrahead %}{% if page and "Deeper" in page.content %}<meta name="deep">{% endif %}{% endblock %}')
    shop.write("hook.py", f"def on_config(config):\n    config.theme.dirs.insert(0, {str(shop.root / 'own')!r})\n")
    shop.replace("mkdocs.yml", "site_name", "hooks: [hook.py]\nsite_name")
    monkeypatch.setattr(Shape, "filled", lambda *_: pytest.fail("put into a mould"))
    assert b'name="deep"' in shop.build()["postmortems/2026-10-23-pool-ran-dry/index.html"]
    assert shop.build() == shop.build(keep=False)


def test_a_filter_of_a_teams_own_is_known_to_its_frame_and_asked_at_every_build(shop: Project) -> None:
    shop.write("own/main.html", '{% extends "base.html" %}{% block extrahead %}<meta name="says" content="{{ "said.txt" | reading }}">{% endblock %}')
    shop.write("hook.py", f"from pathlib import Path\n\n\ndef on_env(env, **_):\n    env.filters['reading'] = lambda name: Path({str(shop.root)!r}, name).read_text()\n")
    shop.replace("mkdocs.yml", "theme: {name: material,", "theme: {name: material, custom_dir: own,")
    shop.replace("mkdocs.yml", "site_name", "hooks: [hook.py]\nsite_name")
    for word in ("one", "two"):
        shop.write("said.txt", word)
        for serving in (False, True):
            assert f'content="{word}"'.encode() in shop.build(serving=serving)["index.html"]


HOOK = """found = []

def on_page_markdown(markdown, page, **_):
    found.append(page.file.src_uri)

def on_post_build(config, **_):
    with open(f"{config.site_dir}/found.txt", "w") as file:
        file.write(chr(10).join(sorted(found)))
"""


def test_a_hook_that_listens_hears_of_every_page(shop: Project, second: list[str]) -> None:
    many(shop)
    shop.write("hook.py", HOOK)
    shop.replace("mkdocs.yml", "site_name", "hooks: [hook.py]\nsite_name")
    assert len([path for path in shop.build()["found.txt"].decode().split() if path.startswith("postmortems/20")]) == 21
    assert "finishing" not in second


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is done elsewhere")
def test_where_the_second_process_fails_the_first_does_its_work(shop: Project, second: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    many(shop)
    alone = shop.build(keep=False)
    monkeypatch.setattr(elsewhere.pickle, "dump", lambda *_: 1 / 0)
    assert shop.build() == alone
    assert second


def test_the_search_reads_accounts_and_nothing_that_stands_around_them(shop: Project) -> None:
    pytest.importorskip("pagefind_bin", reason="Pagefind's wheel is not installed")
    built = shop.build()
    read = [gzip.decompress(data) for path, data in built.items() if path.endswith(".pf_fragment")]
    assert any(b"Account" in text for text in read)
    assert b"All postmortems" in built["postmortems/2026-11-05-update-crashed/index.html"]
    assert not any(b"All postmortems" in text or b"restricted postmortems left out" in text for text in read)


def test_while_it_is_served_a_page_that_is_as_it_was_goes_back_to_its_place(shop: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    place = shop.root / "site" / "postmortems"

    def rebuilt(file: str | IO[bytes] = str(shop.root / "mkdocs.yml")) -> dict[str, tuple[bytes, int]]:
        shop.converted.clear()
        config = load_config(file, site_dir=str(shop.root / "site"))
        build(config, serve_url="http://127.0.0.1/")
        config.plugins["hotwash"].on_config(config)  # waits for the search, which goes on behind
        return {path.relative_to(shop.root / "site").as_posix(): (path.read_bytes(), path.stat().st_ino) for path in (shop.root / "site").rglob("*.html")}

    load_config(str(shop.root / "mkdocs.yml")).plugins.on_startup(command="serve", dirty=False)
    try:
        monkeypatch.chdir(shop.root)
        first = rebuilt(Path("mkdocs.yml").open("rb"))  # noqa: SIM115 - as the command line hands it over; the server reads it by its whole name from then on
        shop.replace(f"postmortems/{FIRST}", "A note.", "Another note.")
        (place / SECOND.removesuffix(".md") / "index.html").unlink()
        second = rebuilt()
        changed, gone, same = (f"postmortems/{name.removesuffix('.md')}/index.html" for name in (FIRST, SECOND, THIRD))
        assert b"Another note." in second[changed][0]
        assert second[same] == first[same]
        assert [path for path in shop.converted if path.startswith("postmortems/20")] == [f"postmortems/{FIRST}"]
        assert second[gone][0] == first[gone][0]
        (shop.root / ".git" / "hotwash-site.sqlite").unlink()
        assert {path: text for path, (text, _) in rebuilt().items()} == {path: text for path, (text, _) in second.items()}
    finally:
        load_config(str(shop.root / "mkdocs.yml")).plugins.on_shutdown()
        assert not (shop.root / "site-before").exists()
