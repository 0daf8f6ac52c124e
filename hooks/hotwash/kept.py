"""The edge to the pages that were built before: a row a page, which holds under which key its HTML was made."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import IO, NamedTuple

import zstandard

from hotwash.beside_git import Table

_PAGES = Table("hotwash-site.sqlite", "key BLOB, more TEXT, html BLOB")
_SQUEEZER, _OPENER = zstandard.ZstdCompressor(level=1), zstandard.ZstdDecompressor()


class KeptPage(NamedTuple):
    """What is kept of a page: the key under which it was made, what else the build knew of it (as JSON), and its HTML, compressed."""

    key: bytes
    more: str
    html: bytes


class RecalledPage(NamedTuple):
    """A page that was kept. Its HTML lies in a file of this run alone: all of them at once would take much memory, and another run may change what is kept."""

    key: bytes
    more: str
    file: IO[bytes]
    start: int
    size: int

    def text(self) -> str:
        """The HTML as it was."""
        return _OPENER.decompress(self._read()).decode("utf-8", "surrogatepass")

    def _read(self) -> bytes:
        if hasattr(os, "pread"):  # another process may read the same file, which has one place for both
            return os.pread(self.file.fileno(), self.size, self.start)
        self.file.seek(self.start)
        return self.file.read(self.size)


def packed(key: bytes, more: str, html: str) -> KeptPage:
    """A page as it is kept."""
    return KeptPage(key, more, _SQUEEZER.compress(html.encode("utf-8", "surrogatepass")))


def recalled(root: str, site: str) -> dict[str, RecalledPage]:
    """The pages of a site that were kept, by path.

    Args:
        root: the project's root.
        site: what tells the sites of a project apart, for instance its audience.
    """
    found, start = dict[str, RecalledPage](), 0
    with suppress(OSError):
        aside = tempfile.TemporaryFile(prefix="hotwash-")  # noqa: SIM115 - it is closed with the last page that lies in it
        for path, key, more, html in _PAGES.rows(root, site):
            aside.write(html)
            found[path] = RecalledPage(key, more, aside, start, len(html))
            start += len(html)
        aside.flush()
        if not found:
            aside.close()
    return found


class Keeping:
    """Pages of a site that are kept as they come, some at a time: all of them at once would take much memory."""

    def __init__(self, root: str, site: str, at_once: int = 500) -> None:
        self.root, self.site, self.at_once = root, site, at_once
        self.held, self._written = dict[str, KeptPage](), set[str]()

    def add(self, path: str, page: KeptPage) -> None:
        """Keep a page, soon."""
        self.held[path] = page
        if len(self.held) >= self.at_once:
            self._write(())

    def close(self, there: Iterable[str]) -> None:
        """Keep what is left.

        Args:
            there: pages that were kept before and are not wanted any more, unless they were added.
        """
        gone = set(there) - self._written - self.held.keys()
        if self.held or gone:
            self._write(gone)

    def _write(self, gone: Collection[str]) -> None:
        _PAGES.keep(self.root, self.site, [(path, *page) for path, page in self.held.items()], gone)
        self._written |= self.held.keys()
        self.held = {}
