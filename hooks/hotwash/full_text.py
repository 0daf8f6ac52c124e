"""The edge to Pagefind, whose wheel carries its program: the full text of the site, in shards that a browser joins when it asks.

A shard is kept in the Git directory under the hash of its pages, so that a build indexes what changed and copies the rest.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Event, Thread
from typing import Any

from hotwash import common_words, kept_shards, shards
from hotwash.model import Failure
from hotwash.project import git_directory
from hotwash.shards import Leaf

THEME = Path(__file__).parent / "theme" / "search"
"""Templates of the search box, which take the place of the theme's."""
_FOLDER = "pagefind"
_ENGINE = ("pagefind.js", "pagefind-worker.js", "wasm.*")
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
_AT_ONCE = 2
"""Shards that are made at the same time: the program uses little more than one processor, and much memory."""
_LEFT_OUT = ("[data-search-exclude]", ".headerlink", "svg")
_PIECE = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(common_words.PIECE)}
"""What a browser fetches at least for a word in each shard, in places of words. A release of the indexer that knows it no more makes pieces of 20,000."""
_SPARING = {"_RJEM_MALLOC_CONF": "narenas:1,dirty_decay_ms:100,muzzy_decay_ms:0"}
"""What the indexer's allocator is told: with one pool for all threads, and pages given back after a tenth of a second, it needs a sixth less memory and no more time."""


@cache
def program() -> tuple[str, str]:
    """Pagefind's program and its release; both empty where its wheel is not installed, or is none for this machine."""
    try:
        from pagefind_bin import get_executable

        path = str(get_executable())
        return path, subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
    except (ImportError, OSError, subprocess.SubprocessError):
        return "", ""


class Index:
    """The full text of one build: what is to be found in it, and how it is written."""

    ahead: tempfile.TemporaryDirectory[str] | None = None
    """Where a first build writes down what the indexer is to read of a page, as the page passes by: later it would have to be read once more."""

    def __init__(self, root: Path, out: Path, language: str) -> None:
        """Where a repository is, is looked for from its root; `out` is the built site, and its language decides which words are one."""
        git = git_directory(str(root))
        self.out, self.language = out, language
        self.facts: Mapping[str, str] = {}
        self._taken, self.leaves = set[str](), list[Leaf]()
        self.kept = Path(git, kept_shards.FOLDER) if git and os.path.isdir(git) else None
        self._stopped = Event()
        self._working: Thread | None = None
        self._running = set[subprocess.Popen[str]]()

    def open(self) -> None:
        """Be ready for pages that pass by. Where no shard is kept, the indexer is going to read all of them."""
        if self.kept and not kept_shards.any_in(self.kept):
            with suppress(OSError):
                self.kept.mkdir(parents=True, exist_ok=True)
                self.ahead = tempfile.TemporaryDirectory(dir=self.kept, prefix=kept_shards.MAKING, ignore_cleanup_errors=True)

    def take(self, source: str, settings: MutableMapping[str, Any]) -> None:
        """Take a page over from the theme's own search, which then has nothing to fetch, unless its front matter keeps it out of every search."""
        own = settings.get("search")
        if not (isinstance(own, Mapping) and own.get("exclude")):
            self._taken.add(source)
        settings["search"] = {"exclude": True}

    def read(self, source: str, path: str, title: str, section: str, searched: bytes, text: str = "") -> None:
        """Take note of a built page. What it is said to be is known of a postmortem; of others it is where they stand in the navigation."""
        if source in self._taken:
            leaf = shards.leaf(path, title, self.facts.get(source, section), searched, known=source in self.facts)
            self.leaves.append(leaf)
            if text and self.ahead and "/" not in (name := shards.file_of(path)):
                with suppress(OSError):
                    self._write_down(leaf, text, Path(self.ahead.name, name))

    def write(self) -> None:
        """Index what changed since it was kept, and put every shard into the site.

        Raises:
            Failure: the program fails, or a file cannot be written.
        """
        try:
            with suppress(OSError):  # no place to keep them, or another build took one away
                return self._write(self.kept) if self.kept else self._write_all()
            return self._write_all()
        finally:
            self._clear()

    def begin(self, tell: Callable[[str, object], None]) -> None:
        """Write in the background, and tell what went wrong."""

        def work() -> None:
            try:
                self.write()
            except Failure as failure:
                if not self._stopped.is_set():
                    tell("hotwash: %s", failure)

        self._working = Thread(target=work, name="hotwash-search", daemon=True)
        self._working.start()

    def stop(self) -> None:
        """Write nothing more, at once: the site is about to be built anew."""
        self._stopped.set()
        for running in list(self._running):
            running.kill()
        if self._working:
            self._working.join()
        self._clear()

    def _clear(self) -> None:
        if self.ahead:
            self.ahead.cleanup()
            self.ahead = None

    def _write_all(self) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="hotwash-") as folder:
                self._write(Path(folder))
        except OSError as error:
            raise Failure(f"the full-text search could not be written: {error}") from None

    def _write(self, kept: Path) -> None:
        marks = {shards.mark(part, f"{program()[1]} {self.language} {common_words.PIECE}"): part for part in shards.shards(self.leaves)}
        kept.mkdir(parents=True, exist_ok=True)
        # What was indexed goes at the end, and all at once: a disk that has just lost many files is slow to make others.
        with tempfile.TemporaryDirectory(dir=kept, prefix=kept_shards.MAKING) as aside, ThreadPoolExecutor(_AT_ONCE) as working:
            brought = []
            for number, (mark, part) in enumerate(marks.items()):
                own = Path(aside, str(number))
                if not self._stopped.is_set() and not kept_shards.is_whole(kept / mark):
                    self._prepare(part, own / "pages")
                brought.append(working.submit(self._bring, number, part, kept / mark, own))
            for one in brought:
                one.result()
            if not self._stopped.is_set():
                self._tell([kept / mark for mark in marks])
            list(working.map(shutil.rmtree, Path(aside).iterdir()))
        kept_shards.tidy(kept, 2 * len(marks) + 2)

    def _prepare(self, part: Sequence[Leaf], source: Path) -> None:
        """Bring together what the indexer is to read of these pages."""
        source.mkdir(parents=True)
        ahead = self.ahead.name if self.ahead else ""
        for leaf in part:
            name = shards.file_of(leaf.path)
            try:
                os.rename(os.path.join(ahead, name), os.path.join(source, name))
            except OSError:  # it was not written down
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                self._write_down(leaf, shards.text_of(self._page(leaf)), source / name)

    def _write_down(self, leaf: Leaf, text: str, file: Path) -> None:
        """What the indexer is to read of a page; whole or not at all."""
        try:
            file.write_bytes(shards.document(leaf, text, self.language))
        except OSError:
            file.unlink(missing_ok=True)
            raise

    def _bring(self, number: int, part: Sequence[Leaf], shard: Path, aside: Path) -> None:
        """A shard into the site, made where pages are prepared for it."""
        if self._stopped.is_set():
            return
        if aside.is_dir():
            self._make(part, shard, aside)
        os.utime(shard)
        # One engine serves all shards.
        left_out = shutil.ignore_patterns(kept_shards.LIST, *(_ENGINE if number else ()))
        shutil.copytree(shard, self.out / _FOLDER / str(number), ignore=left_out, copy_function=kept_shards.put, dirs_exist_ok=True)

    def _tell(self, made: Sequence[Path]) -> None:
        """Say, once all shards are there, which they are, and what words cost in them."""
        (self.out / _FOLDER).mkdir(parents=True, exist_ok=True)
        common = common_words.joined([kept_shards.noted(shard)["words"] for shard in made], len(self.leaves))
        (self.out / _FOLDER / "common.json").write_text(json.dumps(common, ensure_ascii=False, separators=(",", ":")), "utf-8")
        (self.out / _FOLDER / "shards.json").write_text(json.dumps([shard.name for shard in made]), "utf-8")

    def _make(self, part: Sequence[Leaf], place: Path, aside: Path) -> None:
        """One shard, put in its place whole."""
        made = aside / "made"
        sample = [(leaf, shards.text_of(self._page(leaf))) for leaf in common_words.sample(part)]
        read = [common_words.words(f"{leaf.title} {text}") for leaf, text in sample]
        common = common_words.counted(read)
        most, beside = common_words.beside(common, len(part), read)
        leaf, text = sample[most]
        (aside / "pages" / shards.file_of(leaf.path)).write_bytes(shards.document(leaf, text, self.language, beside))
        self._index(aside / "pages", made)
        for pattern in _UNUSED:
            for file in made.glob(pattern):
                file.unlink()
        kept_shards.note(made, common)
        if not kept_shards.is_whole(place):
            shutil.rmtree(place, ignore_errors=True)
        with suppress(OSError):  # another build was faster
            made.rename(place)

    def _page(self, leaf: Leaf) -> str:
        return (self.out / leaf.path).read_text("utf-8", "surrogateescape")

    def _index(self, source: Path, made: Path) -> None:
        left_out = (word for pattern in _LEFT_OUT for word in ("--exclude-selectors", pattern))
        command = [program()[0], "--site", str(source), "--output-path", str(made), "--silent", *left_out]
        with subprocess.Popen(command, env={**_SPARING, **os.environ, **_PIECE}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:  # noqa: S603
            self._running.add(running)
            _, said = running.communicate()
            self._running.discard(running)
        if running.returncode or not made.is_dir():
            raise Failure(f"the full-text search could not be made: {said.strip() or f'Pagefind ended with {running.returncode}'}")
