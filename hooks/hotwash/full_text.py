"""The edge to Pagefind, whose wheel carries its program: the full text of the site, in shards that a browser joins when it asks.

A shard is kept in the Git directory under the hash of its pages, so that a build indexes what changed and copies the rest.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from hotwash import shards
from hotwash.model import Failure
from hotwash.project import git_directory
from hotwash.shards import Leaf

THEME = Path(__file__).parent / "theme"
FOLDER = "pagefind"
_KEPT, _SPARE = "hotwash-search", 8
_ENGINE = ("pagefind.js", "pagefind-worker.js", "wasm.*")
_LEFT_OUT = ("[data-search-exclude]", ".headerlink", "svg")
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")


def program() -> str:
    """Where Pagefind's program is; empty where its wheel is not installed."""
    try:
        from pagefind_bin import get_executable

        return str(get_executable())
    except (ImportError, OSError):
        return ""


class Index:
    """The full text of one build: what is to be found in it, and how it is written."""

    def __init__(self, root: Path, out: Path, language: str) -> None:
        git = git_directory(str(root))
        self.out, self.language, self.leaves = out, language, list[Leaf]()
        self.kept = Path(git, _KEPT) if git and os.path.isdir(git) else None
        self.stopped = Event()
        self.working: Thread | None = None

    def begin(self, tell: Callable[[str, object], None]) -> None:
        """Write in the background, and tell what went wrong."""

        def work() -> None:
            try:
                self.write()
            except Failure as failure:
                tell("hotwash: %s", failure)

        self.working = Thread(target=work, daemon=True)
        self.working.start()

    def stop(self) -> None:
        """Write nothing more: the site is about to be built anew."""
        self.stopped.set()
        if self.working:
            self.working.join()

    def write(self) -> None:
        """Index what changed since it was kept, and put every shard into the site.

        Raises:
            Failure: the program fails, or a file cannot be written.
        """
        try:
            with tempfile.TemporaryDirectory() as folder:
                self._write(self.kept or Path(folder))
        except (OSError, subprocess.SubprocessError) as error:
            raise Failure(f"the full-text search could not be made: {error}") from None

    def _write(self, kept: Path) -> None:
        made_by = f"{program_version()} {self.language}"
        marks = {shards.mark(part, made_by): part for part in shards.shards(self.leaves)}
        for mark, part in marks.items():
            if not self.stopped.is_set() and not (kept / mark).is_dir():
                self._make(part, kept / mark)
        for number, mark in enumerate(marks):
            if not self.stopped.is_set():
                os.utime(kept / mark)
                shutil.copytree(kept / mark, self.out / FOLDER / str(number), ignore=shutil.ignore_patterns(*_ENGINE) if number else None, dirs_exist_ok=True)
        if not self.stopped.is_set():
            (self.out / FOLDER).mkdir(exist_ok=True)
            (self.out / FOLDER / "shards.json").write_text(json.dumps(list(marks)), "utf-8")
            _tidy(kept, 3 * len(marks) + _SPARE)

    def _make(self, part: Sequence[Leaf], place: Path) -> None:
        """One shard, put in its place whole."""
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix="making-") as folder:
            source, made = Path(folder, "pages"), Path(folder, "made")
            for leaf in part:
                file = source / shards.file_of(leaf.path)
                file.parent.mkdir(parents=True, exist_ok=True)
                page = (self.out / leaf.path).read_text("utf-8", "surrogateescape")
                file.write_text(shards.document(leaf, page, self.language), "utf-8", "replace")
            _run(source, made)
            for pattern in _UNUSED:
                for file in made.glob(pattern):
                    file.unlink()
            with suppress(OSError):  # another build was faster
                made.rename(place)


def program_version() -> str:
    """The release of Pagefind that is installed."""
    from importlib.metadata import version

    return version("pagefind_bin")


def _run(source: Path, made: Path) -> None:
    command = [program(), "--site", str(source), "--output-path", str(made), "--silent", *(word for left_out in _LEFT_OUT for word in ("--exclude-selectors", left_out))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode or not made.is_dir():
        raise Failure(f"Pagefind: {done.stderr.strip() or done.stdout.strip() or 'it wrote nothing'}")


def _tidy(kept: Path, most: int) -> None:
    """Forget the shards that were not used for longest."""
    found = sorted((entry for entry in kept.iterdir() if entry.is_dir()), key=lambda entry: entry.stat().st_mtime, reverse=True)
    for old in found[most:]:
        shutil.rmtree(old, ignore_errors=True)
