"""The edge to the pages that were built before: a row a page, which holds under which key its HTML was made."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

import zstandard

from hotwash.beside_git import Table
from hotwash.spool import Place, Spool

_PAGES = Table("hotwash-site.sqlite", "key BLOB, more TEXT, html BLOB")
_SQUEEZER, _OPENER = zstandard.ZstdCompressor(level=1), zstandard.ZstdDecompressor()


class KeptPage(NamedTuple):
    """What is kept of a page: the key under which it was made, what else the build knew of it (as JSON), and its HTML, compressed."""

    key: bytes
    more: str
    html: bytes


class RecalledPage(NamedTuple):
    """A page that was kept. Its HTML lies aside: all of them at once would take much memory, and another run may change what is kept."""

    key: bytes
    more: str
    aside: Spool
    place: Place

    def text(self) -> str:
        """The HTML as it was."""
        return _OPENER.decompress(self.aside.read(self.place)).decode("utf-8", "surrogatepass")


def packed(key: bytes, more: str, html: str) -> KeptPage:
    """A page as it is kept."""
    return KeptPage(key, more, _SQUEEZER.compress(html.encode("utf-8", "surrogatepass")))


def recalled(root: str, site: str) -> dict[str, RecalledPage]:
    """The pages of a site that were kept, by path.

    Args:
        root: the project's root.
        site: what tells the sites of a project apart, for instance its audience.
    """
    aside = Spool()
    return {path: RecalledPage(key, more, aside, aside.put(html)) for path, key, more, html in _PAGES.rows(root, site)}


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
