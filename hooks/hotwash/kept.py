"""The edge to the pages that were built before: SQLite in the Git directory, a row a page. It may be deleted at any time and is never needed.

A row holds under which key its HTML was made. What cannot be read, or is not what was written, is as good as not there.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from typing import IO, NamedTuple

from hotwash.hashing import blake2b
from hotwash.project import git_directory

_FILE, _MOST_SITES = "hotwash-site.sqlite", 8
_AT_ONCE = 500
_TABLES = """
PRAGMA auto_vacuum = INCREMENTAL;
CREATE TABLE IF NOT EXISTS pages (site TEXT, path TEXT, key BLOB, more TEXT, html BLOB, mark BLOB, PRIMARY KEY (site, path));
CREATE TABLE IF NOT EXISTS sites (site TEXT PRIMARY KEY, used INTEGER);
"""


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
        self.file.seek(self.start)
        return zlib.decompress(self.file.read(self.size)).decode("utf-8", "surrogatepass")


def packed(key: bytes, more: str, html: str) -> KeptPage:
    """A page as it is kept."""
    return KeptPage(key, more, zlib.compress(html.encode("utf-8", "surrogatepass"), 1))


def recalled(root: str, site: str) -> dict[str, RecalledPage]:
    """The pages of a site that were kept, by path.

    Args:
        root: the project's root.
        site: what tells the sites of a project apart, for instance its audience.
    """
    found, start = dict[str, RecalledPage](), 0
    if (file := _file(root)) and os.path.isfile(file):
        with suppress(sqlite3.Error, OSError), closing(sqlite3.connect(file, timeout=5)) as connection:
            aside = tempfile.TemporaryFile(prefix="hotwash-")  # noqa: SIM115 - it is closed with the last page that lies in it
            for path, mark, *row in connection.execute("SELECT path, mark, key, more, html FROM pages WHERE site = ?", (site,)):
                page = KeptPage(*row)
                if isinstance(page.html, bytes) and isinstance(page.more, str) and mark == _mark(page):
                    aside.write(page.html)
                    found[path] = RecalledPage(page.key, page.more, aside, start, len(page.html))
                    start += len(page.html)
    return found


def keep(root: str, site: str, changed: Mapping[str, KeptPage], gone: Iterable[str]) -> None:
    """Keep pages, forget those that are gone, and the sites that were not built for longest. Where that cannot be done, nothing is."""
    file = _file(root)
    if not file:
        return
    with suppress(sqlite3.Error, OSError):
        try:
            _write(file, site, changed, gone)
        except sqlite3.OperationalError:
            return  # locked or read-only: it stays as it was
        except sqlite3.DatabaseError:
            os.unlink(file)
            _write(file, site, changed, ())


class Keeping:
    """Pages of a site that are kept as they come, some at a time: all of them at once would take much memory."""

    def __init__(self, root: str, site: str) -> None:
        self.root, self.site = root, site
        self._held, self._written = dict[str, KeptPage](), set[str]()

    def add(self, path: str, page: KeptPage) -> None:
        """Keep a page, soon."""
        self._held[path] = page
        if len(self._held) >= _AT_ONCE:
            self._write(())

    def close(self, there: Iterable[str]) -> None:
        """Keep what is left.

        Args:
            there: pages that were kept before and are not wanted any more, unless they were added.
        """
        gone = set(there) - self._written - self._held.keys()
        if self._held or gone:
            self._write(gone)

    def _write(self, gone: Iterable[str]) -> None:
        keep(self.root, self.site, self._held, gone)
        self._written |= self._held.keys()
        self._held = {}


def _write(file: str, site: str, changed: Mapping[str, KeptPage], gone: Iterable[str]) -> None:
    with closing(sqlite3.connect(file, timeout=5)) as connection, connection:
        connection.executescript(_TABLES)
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)", ((site, path, *page, _mark(page)) for path, page in changed.items()))
        connection.executemany("DELETE FROM pages WHERE site = ? AND path = ?", ((site, path) for path in gone))
        connection.execute("INSERT OR REPLACE INTO sites SELECT ?, coalesce(max(used), 0) + 1 FROM sites", (site,))
        connection.execute("DELETE FROM sites WHERE site NOT IN (SELECT site FROM sites ORDER BY used DESC LIMIT ?)", (_MOST_SITES,))
        connection.execute("DELETE FROM pages WHERE site NOT IN (SELECT site FROM sites)")
        connection.execute("PRAGMA incremental_vacuum")


def _file(root: str) -> str:
    folder = git_directory(root)
    return os.path.join(folder, _FILE) if folder and os.path.isdir(folder) else ""


def _mark(page: KeptPage) -> bytes:
    whole = blake2b(page.html, digest_size=16)
    whole.update(repr((page.key, page.more)).encode("utf-8", "surrogatepass"))
    return whole.digest()
