"""The full-text search as it is built: what of a page is read, in which shard it lies, what is kept, and what the theme's own search does without it."""

from __future__ import annotations

import errno
import gzip
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from helpers import light_text, post
from hypothesis import given
from hypothesis import strategies as some
from sites import Markup, pages_of, site_of

from hotwash import common_words, full_text, shards
from hotwash.shards import Leaf, article, facts_of, leaf, mark, text_of

PAGE = '<html><head><title>x</title></head><body><nav>theme</nav><article class="md-content__inner"><h1>Pool ran dry<a class="headerlink">¶</a></h1>{}</article><footer>theme</footer>'


def leaves(count: int) -> list[Leaf]:
    return [Leaf(f"postmortems/{number}/index.html", str(number), "", bytes([number % 256])) for number in range(count)]


def searched(page: str) -> bytes:
    return shards.searched(text_of(page))


def document(one: Leaf, page: str) -> str:
    return shards.document(one, text_of(page), "en").decode()


def test_a_page_is_read_without_the_theme_around_it_and_without_its_title_twice() -> None:
    read = document(leaf("a.html", "Pool <ran> dry", "2 Nov 2026 · P1", b""), PAGE.format("<p>a body</p><article>inner</article>"))
    assert "theme" not in read
    assert read.count("Pool") == 1
    assert 'content="Pool &lt;ran&gt; dry"' in read
    assert "<p>a body</p><article>inner</article>" in read


def test_what_stands_apart_on_a_page_does_so_in_an_excerpt() -> None:
    facts = '<dl><div><dt>Users</dt><dd>41,200</dd></div></dl><p>The structural fix<span class="hw-chip hw-chip--bad">did not hold</span></p>'
    checked = '<table><tr><th>Note</th></tr><tr><td>2026-01-05<span class="hw-quiet hw-block">@checkout-po</span></td></tr></table>'
    read = document(leaf("a.html", "t", "", b""), PAGE.format(facts + checked))
    said = "".join(Markup(read[read.index("<main"):]).texts)
    assert "Users:41,200 ·" in said
    assert "The structural fix did not hold" in said
    assert "Note ·2026-01-05 @checkout-po" in said


def test_a_postmortem_weighs_more_than_what_is_written_about_postmortems() -> None:
    own, about = (leaf("a.html", "t", "", searched(PAGE.format("<p>a</p>")), known=known) for known in (True, False))
    assert 'data-pagefind-weight="1"' in document(own, PAGE)
    assert 'data-pagefind-weight="0.4"' in document(about, PAGE)
    assert own.digest != about.digest


def test_a_page_of_a_theme_without_an_article_has_nothing_to_read() -> None:
    assert article("<html><body><main>x</main></body></html>") == ""
    assert article("</article> <article>") == ""


def test_what_is_not_searched_does_not_reach_the_indexer_unless_its_end_is_not_known() -> None:
    def read(body: str) -> str:
        return document(leaf("a.html", "t", "", b""), PAGE.format(f"<p>before</p>{body}<p>after</p>"))

    for left_out in ('<p data-search-exclude="true">day</p>', '<div class="a" data-search-exclude>day<p>day</p></div>', "<svg><title>day</title><path/></svg>"):
        assert "<p>before</p><p>after</p>" in read(left_out)
        assert "<p>before</p>data-search-exclude<p>after</p>" in read(f"{left_out}data-search-exclude")
    assert "<p>before</p><td>due</td><p>after</p>" in read('<td>due <span class="late" data-search-exclude="true">3 days late</span></td>')
    assert "<p>before</p>a b<p>after</p>" in read("a <span data-search-exclude>day</span>b")


@pytest.mark.parametrize(
    "stays",
    [
        '<div data-search-exclude="true">day<div>day</div>day</div>', "<div data-search-exclude>a<DIV>b</div>c</div>", "<svg><svg></svg><text>drawn</text></svg>", "<svg/>a<svg></svg>",
        '<a title="what data-search-exclude does">link</a>', "<p data-search-exclude-not>a</p>", "<p  data-search-exclude>a</p>", '<p data-search-exclude="a',
    ],
)  # fmt: skip
def test_markup_of_another_kind_is_left_to_the_indexer(stays: str) -> None:
    assert f"<p>before</p>{stays}"[:-12] in document(leaf("a.html", "t", "", b""), PAGE.format(f"<p>before</p>{stays}<p>after</p>"))


def test_what_changes_with_the_day_makes_no_other_page() -> None:
    def digest(body: str, facts: str = "P1") -> bytes:
        return leaf("a.html", "t", facts, searched(PAGE.format(body))).digest

    day = '<p>a</p><p class="hw-asof" data-search-exclude="true">as of <time>2026-11-{}</time></p>'
    assert digest(day.format(20)) == digest(day.format(21))
    assert digest("<p>a</p>") != digest("<p>b</p>")
    assert digest("<p>a</p>") != digest("<p>a</p>", "P2")


@given(some.integers(0, 9000), some.integers(0, 8999))
def test_one_changed_page_touches_one_shard(count: int, changed: int) -> None:
    before = leaves(count)
    after = [one._replace(digest=b"other") if number == changed else one for number, one in enumerate(before)]
    kept = {mark(part, "1.5") for part in shards.shards(before)}
    assert len(kept) == (1 if 0 < count <= 1000 else 2 * -(-count // 2000))
    assert sum(len(part) for part in shards.shards(reversed(before))) == count
    assert len({mark(part, "1.5") for part in shards.shards(reversed(after))} - kept) == (changed < count)


def test_another_release_or_language_makes_other_shards() -> None:
    part = leaves(3)
    assert mark(part, "1.5 en") != mark(part, "1.6 en")


def test_a_result_says_day_and_severity_of_a_postmortem_and_that_a_class_is_one() -> None:
    site = site_of(post("---\ntitle: a\nstatus: published\nseverity: P1\ncause: {class: x}\n---\n", "2026-11-02-a"), post("---\ntitle: b\n---\n", "b"))
    assert facts_of(site) == {"postmortems/2026-11-02-a.md": "2 Nov 2026 · P1", "postmortems/b.md": "", "recurrences/x.md": "Class of incidents"}


def test_a_name_that_is_special_in_an_address_is_escaped_and_has_its_folders_where_it_is_too_long() -> None:
    assert shards.file_of(f"handbook/{'ü' * 100}/index.html") == f"handbook/{'ü' * 100}/index.html"
    assert shards.file_of("postmortems/a#b?c%20 ü/index.html") == "postmortems%2Fa%23b%3Fc%2520 ü%2Findex.html"


# ---- with the real MkDocs and the real program


CONFIG = """site_name: A shop
strict: true
theme: {{name: material, font: false}}
plugins: [search, hotwash: {{as_of: "{day}"{more}}}]
nav: [index.md, handbook.md]
validation: {{nav: {{omitted_files: ignore}}}}
"""
PAGES = [f"postmortems/2026-11-{number:02d}-update-crashed/index.html" for number in range(1, 4)]
NAMES = [f"2026-11-{number:02d}-update-crashed.md" for number in range(1, 13)]


@pytest.fixture
def built(project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """Build a site of twelve postmortems in a repository, in shards of at most seven pages."""
    pytest.importorskip("material", reason="MkDocs with Material is not installed")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    monkeypatch.setattr(shards, "_MOST", 7)
    root = project({name: light_text(f"title: {name}") for name in NAMES})
    (root / ".git").mkdir(exist_ok=True)
    (root / "docs").mkdir()
    (root / "docs/handbook.md").write_text("# Handbook\n\nA sentence about lanterns.\n")

    def make(more: str = "", command: str = "build", day: str = "2026-11-20", hooks: str = "") -> Path:
        (root / "mkdocs.yml").write_text(CONFIG.format(more=more, day=day) + hooks)
        config = load_config(str(root / "mkdocs.yml"))
        config.plugins.on_startup(command=command, dirty=False)
        build(config)
        # What a server has begun goes on until the test is over: MkDocs keeps one plugin for a whole process.
        opened.append(config) if command == "serve" else config.plugins.on_shutdown()
        return root / "site"

    opened: list[Any] = []
    yield make
    for config in opened:
        config.plugins.on_shutdown()


def made_of(site: Path) -> Mapping[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def forget(site: Path) -> None:
    """Have the next build be a first one."""
    shutil.rmtree(site.parent / ".git/hotwash-search")
    for kept in (site.parent / ".git").glob("hotwash*"):
        kept.unlink()


def marks(site: Path) -> list[str]:
    found: list[str] = json.loads((site / "pagefind/shards.json").read_text())
    return found


def found_in(site: Path) -> str:
    """All that the index says of pages."""
    return "\n".join(gzip.decompress(path.read_bytes()).decode() for path in (site / "pagefind").rglob("*.pf_fragment"))


needs_pagefind = pytest.mark.skipif(not (full_text.program()[0] or os.environ.get("CI")), reason="Pagefind's wheel is not installed")
"""On CI nothing is skipped: there, what is missing has to fail."""


@pytest.mark.parametrize(
    ("article", "read"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("<p>a data-search-exclude b</p>", "<p>a data-search-exclude b</p>"),
        ("data-search-exclude", "data-search-exclude"),
        ("<p data-search-excluded>a</p>", "<p data-search-excluded>a</p>"),
        ("<p>a</p><nav data-search-exclude>b</nav><p>c</p>", "<p>a</p><p>c</p>"),
        ("<div class='x' data-search-exclude='true'><p>a\nb</p></div>c", "c"),
        ("<p data-search-exclude>a</p><i data-search-exclude>b</i>", ""),
        ("<b data-search-exclude>never ended", "<b data-search-exclude>never ended"),
    ],
)
def test_what_says_that_it_is_not_searched_is_not(article: str, read: str) -> None:
    assert searched(PAGE.format(article)) == searched(PAGE.format(read))
    assert searched(PAGE.format(f"{article}more")) != searched(PAGE.format(read))


def test_the_title_of_another_postmortem_is_not_searched_here() -> None:
    def read(title: str) -> bytes:
        first = post(light_text(f"title: {title}"), "2026-10-01-first")
        again = post(light_text("title: It came again\nrecurrence_of: [2026-10-01-first]\nrelated: {postmortems: [2026-10-01-first]}"), "2026-11-01-again")
        page = pages_of(site_of(first, again))["postmortems/2026-11-01-again.md"]
        assert page.text.count(title) >= 2
        return searched(PAGE.format(page.text))

    assert read("The cache was full") == read("The disk was full")


@needs_pagefind
def test_two_builds_write_the_same_bytes_and_a_third_without_what_was_kept(built: Callable[..., Path]) -> None:
    site = built()
    first = made_of(site)
    assert len(marks(site)) > 2
    assert made_of(built()) == first
    shutil.rmtree(site.parent / ".git/hotwash-search")
    assert made_of(built()) == first


@needs_pagefind
def test_a_first_build_writes_down_what_is_read_of_each_page_as_it_passes_and_never_reads_it_again(built: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(full_text.Index, "_page", lambda self, leaf, real=full_text.Index._page: (read.append(leaf.path), real(self, leaf))[1])
    first = made_of(site := built())
    assert sorted(read) == sorted(set(read)), "once each, for the common words"
    forget(site)
    monkeypatch.setattr(full_text.Index, "open", lambda _: None)
    once = len(read)
    assert made_of(built()) == first
    assert len(read) == 3 * once


@needs_pagefind
@pytest.mark.parametrize("keep", [True, False])
def test_what_another_plugin_takes_out_of_a_page_later_is_not_found(built: Callable[..., Path], keep: bool) -> None:
    root = built().parent
    for name in NAMES:
        (root / "postmortems" / name).write_text(f"{(root / 'postmortems' / name).read_text()}\nA sentence about lanterns.\n")
    (root / "hook.py").write_text("def on_post_page(output, page, config): return output.replace('lanterns', 'REDACTED')\n")
    forget(built())
    said = found_in(built(hooks="hooks: [hook.py]", more="" if keep else ", keep: false"))
    assert said.count("about REDACTED") == len(NAMES) + 1, "the handbook speaks of them, too"
    assert "lanterns" not in said


@needs_pagefind
def test_the_indexer_is_told_to_be_sparing_unless_somebody_knows_better(built: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    class Watched(subprocess.Popen[str]):
        def __init__(self, *command: Any, **settings: Any) -> None:
            told.append((settings.get("env") or {}).get("_RJEM_MALLOC_CONF", ""))
            super().__init__(*command, **settings)

    monkeypatch.setattr(full_text.subprocess, "Popen", Watched)
    forget(built())
    assert [said for said in told if said] == ["narenas:1,dirty_decay_ms:100,muzzy_decay_ms:0"] * len(marks(built().parent / "site"))
    monkeypatch.setenv("_RJEM_MALLOC_CONF", "narenas:2")
    told.clear()
    forget(built())
    built()
    assert set(filter(None, told)) == {"narenas:2"}


@needs_pagefind
def test_a_page_that_could_not_be_written_down_whole_is_read_again(built: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    first = made_of(site := built())
    forget(site)
    full: list[Path] = []

    def write(file: Path, data: bytes, real: Callable[..., int] = Path.write_bytes) -> int:
        if file.parent.name.startswith("making-") and len(full) < 5:
            full.append(file)
            real(file, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "no space left")
        return real(file, data)

    monkeypatch.setattr(Path, "write_bytes", write)
    assert made_of(built()) == first
    assert len(full) == 5


@needs_pagefind
def test_a_build_that_fails_leaves_nothing_of_what_was_written_down(built: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from mkdocs.exceptions import Abort, PluginError

    monkeypatch.setattr("hotwash.plugin.following.Follower.tell", lambda _: (_ for _ in ()).throw(PluginError("a link leads nowhere")))
    opened: list[full_text.Index] = []
    monkeypatch.setattr(full_text.Index, "open", lambda self, real=full_text.Index.open: (real(self), opened.append(self), self)[0])
    with pytest.raises(Abort):
        built()
    assert opened[0].kept is not None
    assert list(opened[0].kept.iterdir()) == []


@needs_pagefind
def test_a_site_that_is_written_over_leaves_what_is_kept_as_it_was(built: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """`mkdocs build --dirty` sweeps nothing away, and a file of the site may be another name of what is kept."""
    site = built()
    kept = site.parent / ".git/hotwash-search"
    before = {path: path.read_bytes() for path in kept.rglob("*") if path.is_file()}
    indexed: list[int] = []
    monkeypatch.setattr(full_text.Index, "_index", lambda self, source, made, real=full_text.Index._index: (indexed.append(1), real(self, source, made)))
    monkeypatch.setattr("mkdocs.utils.clean_directory", lambda _: None)
    built()
    assert indexed == []
    changed = site.parent / "postmortems" / NAMES[3]
    changed.write_text(changed.read_text() + "\nA word that was not there: kaleidoscope.\n")
    built()
    assert len(indexed) == 1
    assert all(path.read_bytes() == text for path, text in before.items() if path.exists())


@needs_pagefind
def test_a_changed_postmortem_makes_one_shard_anew_or_two_with_its_class(built: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    before = marks(built())
    indexed: list[int] = []
    monkeypatch.setattr(full_text.Index, "_index", lambda self, source, made, real=full_text.Index._index: (indexed.append(1), real(self, source, made)))
    changed = built().parent / "postmortems" / NAMES[3]
    assert indexed == []
    changed.write_text(changed.read_text() + "\nA word that was not there: kaleidoscope.\n")
    site = built()
    assert len(indexed) == 1
    assert len(set(marks(site)) - set(before)) == 1
    assert "kaleidoscope" in found_in(site)


@needs_pagefind
def test_postmortems_classes_and_the_handbook_are_found_and_lists_are_not(built: Callable[..., Path]) -> None:
    said = found_in(built())
    assert all(name in said for name in NAMES)
    assert "lanterns" in said
    urls = {json.loads(line.removeprefix("pagefind_dcd"))["url"] for line in said.split("\n")}
    assert {"/handbook%2Findex.html", "/postmortems%2F2026-11-01-update-crashed%2Findex.html"} <= urls
    assert not urls & {"/", "/postmortems/", "/actions/", "/filed/", "/find/", "/recurrences/"}


@needs_pagefind
def test_the_theme_has_nothing_to_fetch_and_its_box_is_ours(built: Callable[..., Path]) -> None:
    site = built()
    assert json.loads((site / "search/search_index.json").read_text())["docs"] == []
    page = (site / "index.html").read_text()
    assert "data-hw-search" in page
    assert 'name="search"' not in page
    assert not list((site / "pagefind").rglob("*-ui.*"))


@pytest.mark.parametrize("how", ["asked for", "no wheel", "a wheel for another machine"])
def test_without_pagefind_the_search_of_the_theme_serves(built: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    if how == "no wheel":
        monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    elif how != "asked for":
        monkeypatch.setitem(sys.modules, "pagefind_bin", SimpleNamespace(get_executable=lambda: Path(__file__)))
    full_text.program.cache_clear()
    try:
        site = built(", search: material" if how == "asked for" else "")
    finally:
        full_text.program.cache_clear()
    assert not (site / "pagefind").exists()
    page = (site / "index.html").read_text()
    assert 'name="search"' in page
    assert "hw-search" not in page
    assert any(NAMES[0] in doc["title"] for doc in json.loads((site / "search/search_index.json").read_text())["docs"])


@needs_pagefind
def test_a_team_s_own_search_box_wins(built: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    root = built().parent
    (root / "own/partials").mkdir(parents=True)
    (root / "own/partials/search.html").write_text("<p>our own box</p>")
    monkeypatch.setattr(f"{__name__}.CONFIG", CONFIG.replace("font: false", "font: false, custom_dir: own"))
    assert "<p>our own box</p>" in (built() / "index.html").read_text()


@needs_pagefind
def test_a_program_that_fails_ends_the_build_in_one_line(built: Callable[..., Path], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    from mkdocs.exceptions import Abort

    monkeypatch.setattr(full_text, "program", lambda: ("false", "9"))
    with pytest.raises(Abort):
        built()
    assert "hotwash: the full-text search could not be made: Pagefind ended with 1" in caplog.text


@needs_pagefind
def test_a_git_directory_that_nobody_may_write_is_done_without(built: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    site = built()
    first = made_of(site / "pagefind")
    shutil.rmtree(site.parent / ".git/hotwash-search")
    (site.parent / ".git/hotwash-search").write_text("a file stands where the folder would be")
    assert made_of(built() / "pagefind") == first


@needs_pagefind
@pytest.mark.parametrize("how", ["empty files", "no files", "half of them", "no list", "half a list", "a list without words", "another list"])
def test_a_kept_shard_that_is_not_whole_is_made_anew(built: Callable[..., Path], how: str) -> None:
    """As after a power failure: the files are there, and nobody would find anything for good."""
    first = made_of((site := built()) / "pagefind")
    assert not [path for path in first if path.endswith("files.json")]
    for shard in (site.parent / ".git/hotwash-search").iterdir():
        for place, file in enumerate(sorted(path for path in shard.rglob("*") if path.is_file())):
            if how == "empty files":
                file.write_bytes(b"")
            elif how == "no files" or (how == "half of them" and place % 2) or (how == "no list" and file.name == "files.json"):
                file.unlink()
            elif file.name == "files.json":
                sizes = json.loads(file.read_text())["files"]
                file.write_text({"half a list": file.read_text()[:-9], "a list without words": json.dumps({"files": sizes}), "another list": "[]"}.get(how, file.read_text()))
    assert made_of(built() / "pagefind") == first
    assert made_of(built() / "pagefind") == first


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every place of a word costs as much as a thousand do."""
    monkeypatch.setattr(common_words, "_COMMON", 1)


def common(site: Path) -> Mapping[str, int]:
    found: Mapping[str, int] = json.loads((site / "pagefind/common.json").read_text("utf-8"))
    return found


@needs_pagefind
@pytest.mark.usefixtures("crowded")
def test_the_site_says_which_words_cost_much_and_no_shard_does(built: Callable[..., Path]) -> None:
    site = built()
    said = common(site)
    assert said["crash"] > 24 > said[""]
    assert not {"lantern", "lanterns", "theme"} & set(said)
    assert {path.name for path in (site / "pagefind").glob("*/*.json")} == {"pagefind-entry.json"}


@needs_pagefind
@pytest.mark.usefixtures("crowded")
def test_the_words_of_a_changed_postmortem_count_as_in_a_build_without_what_was_kept(built: Callable[..., Path]) -> None:
    changed = built().parent / "postmortems"
    for name in NAMES[3:9]:
        (changed / name).write_text((changed / name).read_text() + "\nA word that was not there: kaleidoscope.\n")
    after = made_of(site := built())
    assert "kaleidoscop" in common(site)
    shutil.rmtree(site.parent / ".git/hotwash-search")
    assert made_of(built()) == after


@needs_pagefind
def test_the_index_is_in_small_pieces(built: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def pieces() -> int:
        return len(list((built() / "pagefind").rglob("*.pf_index")))

    small = pieces()
    monkeypatch.setattr(full_text, "_PIECE", {})
    monkeypatch.setattr(common_words, "PIECE", 20_000)
    assert small > 2 * pieces()


@needs_pagefind
def test_a_class_and_why_a_fix_will_not_be_done_are_found(built: Callable[..., Path]) -> None:
    postmortems = (site := built()).parent / "postmortems"
    dropped = "fix: {change: Limits are checked, owner: '@cache-lead', due: 2026-11-03, state: wont-do, closed: 2026-11-03, why: the carriers agreed, accepted_by: '@cache-po'}"
    (postmortems / NAMES[0]).write_text(light_text(f"title: {NAMES[0]}\nvisibility: public\ncause: {{what: A limit, class: limit}}\n{dropped}"))
    built()
    assert "It will not be done. the carriers agreed" in found_in(site)
    for more in ("", ", audience: public"):
        built(more)
        assert '"/recurrences%2Flimit%2Findex.html"' in found_in(site)


@needs_pagefind
def test_another_day_puts_nothing_into_the_search_anew(built: Callable[..., Path]) -> None:
    postmortems = (site := built()).parent / "postmortems"
    holding = "fix: {change: Limits are checked, owner: '@cache-lead', due: 2026-11-03, state: done, closed: 2026-11-03}"
    overdue = "fix: {change: Limits are tested, owner: '@cache-lead', due: 2026-11-10, state: open}\nactions: [{id: a1, do: Tell them, owner: '@cache-lead', due: 2026-12-10, state: open}]"
    for number, fix in enumerate((holding, overdue)):
        (postmortems / NAMES[number]).write_text(light_text(f"title: {NAMES[number]}\ncause: {{what: A limit, class: limit-{number}}}\n{fix}"))
    (postmortems / NAMES[2]).write_text(light_text(f"title: {NAMES[2]}\nstatus: filed"))
    before, shown = marks(built()), [(site / page).read_text() for page in PAGES]
    assert [word for word, page in zip(("holding 17 days", "10 days late", "being written"), shown, strict=True) if word not in page] == []
    after = [(site / page).read_text() for page in PAGES] if marks(built(day="2027-02-25")) == before else []
    assert [page for page, other in zip(shown, after, strict=True) if page == other] == []
    assert "Limits are checked" in found_in(site)
    assert [word for word in ("holding 17", "In place for", "10 days late", "due date has passed", "has held for") if word in found_in(site)] == []


@needs_pagefind
def test_what_a_killed_build_had_begun_goes_and_what_another_one_is_at_stays(built: Callable[..., Path]) -> None:
    site = built()
    kept = site.parent / ".git/hotwash-search"
    for name, when in (("making-old", 1.0), ("making-now", time.time() - 60)):
        (kept / name / "0").mkdir(parents=True)
        os.utime(kept / name, (when, when))
    now = marks(built())
    assert {path.name for path in kept.iterdir()} == {*now, "making-now"}


@needs_pagefind
def test_what_was_not_used_for_long_is_forgotten(built: Callable[..., Path]) -> None:
    site = built()
    kept = site.parent / ".git/hotwash-search"
    for number in range(40):
        (kept / f"old-{number}").mkdir()
        os.utime(kept / f"old-{number}", (number, number))
    now = marks(built())
    left = sorted(path.name for path in kept.iterdir())
    assert set(now) <= set(left)
    assert len(left) == 2 * len(now) + 2
    assert "old-39" in left
    assert "old-0" not in left


@needs_pagefind
def test_while_pages_are_shown_as_they_are_written_the_index_is_made_behind_them(built: Callable[..., Path]) -> None:
    site = built(command="serve")
    page = (site / "index.html").read_text()
    assert "data-hw-search" in page
    assert "Content-Security-Policy" not in page
    for thread in threading.enumerate():
        if thread.name == "hotwash-search":
            thread.join()
    assert len(marks(site)) > 2
