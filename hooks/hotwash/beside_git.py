"""The edge to what one run leaves for the next: a table in a file of its own in the Git directory. It may be deleted at any time and is never needed.

What is damaged, or was written by another release with other columns, is made anew; what is locked or read-only stays as it is, and the run does without.
A row that is not what was written is as good as not there.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, suppress
from typing import Any, NamedTuple

from hotwash.hashing import blake2b
from hotwash.project import git_directory

_MOST_SCOPES, _PATIENCE = 24, 5.0
"""How many scopes a table holds, and how long another run may have it, in seconds."""
_WHOLE, _NAMED = "SELECT * FROM kept WHERE scope = ?", "SELECT * FROM kept WHERE scope = ? AND name = ?"


class Table(NamedTuple):
    """A table whose rows hold texts and bytes, each under a name in a scope: a project of the repository, for instance, or one of its sites."""

    file: str
    """The file's name."""
    columns: str
    """What a row holds beside its name, as SQL: `said TEXT`."""

    def rows(self, root: str, scope: str, names: Iterable[str | bytes] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of a scope, of all names or of some: name and values. What cannot be read is not there."""
        for row in self._found(root, [(_WHOLE, (scope,))] if names is None else ((_NAMED, (scope, name)) for name in names)):
            *said, mark = row
            if mark == _mark(said):
                yield tuple(said[1:])

    def names(self, root: str, scope: str) -> set[str | bytes]:
        """The names of a scope's rows."""
        return {name for (name,) in self._found(root, [("SELECT name FROM kept WHERE scope = ?", (scope,))])}

    def keep(self, root: str, scope: str, rows: Collection[tuple[str | bytes, ...]], gone: Collection[str | bytes] = ()) -> None:
        """Keep rows, forget those that are gone, and the scopes that were not written for longest. Where that cannot be done, nothing is."""
        if not (file := self._file(root)):
            return
        with suppress(sqlite3.Error, OSError):
            try:
                self._write(file, scope, rows, gone)
            except sqlite3.OperationalError:
                return  # locked or read-only: it stays as it was
            except sqlite3.DatabaseError:
                os.unlink(file)
                self._write(file, scope, rows, gone)

    def _found(self, root: str, queries: Iterable[tuple[str, tuple[str | bytes, ...]]]) -> Iterator[tuple[Any, ...]]:
        file = self._file(root)
        if not file or not os.path.isfile(file):
            return
        with suppress(sqlite3.Error), closing(sqlite3.connect(file, timeout=_PATIENCE)) as connection:
            if _make(connection) == self._made():
                for query, values in queries:
                    yield from connection.execute(query, values)

    def _write(self, file: str, scope: str, rows: Collection[tuple[str | bytes, ...]], gone: Collection[str | bytes]) -> None:
        with closing(sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("BEGIN IMMEDIATE")  # only then nobody else is writing, and the file may be judged
            self._prepare(connection)
            marked = ((scope, *row, _mark((scope, *row))) for row in rows)
            connection.executemany(f"INSERT OR REPLACE INTO kept VALUES (?, ?, {'?, ' * len(self.columns.split(','))}?)", marked)  # noqa: S608 - places alone
            connection.executemany("DELETE FROM kept WHERE scope = ? AND name = ?", ((scope, name) for name in gone))
            connection.execute("INSERT OR REPLACE INTO scopes SELECT ?, coalesce(max(used), 0) + 1 FROM scopes", (scope,))
            connection.execute("DELETE FROM scopes WHERE scope NOT IN (SELECT scope FROM scopes ORDER BY used DESC LIMIT ?)", (_MOST_SCOPES,))
            connection.execute("DELETE FROM kept WHERE scope NOT IN (SELECT scope FROM scopes)")
            connection.commit()
            connection.executescript("PRAGMA incremental_vacuum")  # executed as a statement it frees a single page

    def _prepare(self, connection: sqlite3.Connection) -> None:
        if _make(connection) != self._made():
            connection.execute(f"PRAGMA user_version = {self._made()}")  # first of all, since a read-only file refuses it
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise sqlite3.DatabaseError("of another make")
            for statement in self._tables():
                connection.execute(statement)

    def _tables(self) -> tuple[str, ...]:
        return (
            f"CREATE TABLE kept (scope TEXT, name BLOB, {self.columns}, mark BLOB, PRIMARY KEY (scope, name))",
            "CREATE TABLE scopes (scope TEXT PRIMARY KEY, used INTEGER)",
        )

    def _made(self) -> int:
        """What tells these tables from those of another release: SQLite keeps a number of 31 bits for it, and 0 is a file that has none."""
        return int.from_bytes(blake2b("\n".join(self._tables()).encode(), digest_size=4).digest(), "big") >> 1 or 1

    def _file(self, root: str) -> str:
        folder = git_directory(root)
        return os.path.join(folder, self.file) if folder and os.path.isdir(folder) else ""


def _make(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _mark(row: Iterable[object]) -> bytes | None:
    """A hash of a row, each value with its kind and length; None where one is neither text nor bytes."""
    whole = blake2b(digest_size=16)
    for value in row:
        if not isinstance(value, str | bytes):
            return None
        data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        whole.update(b"%d %d " % (isinstance(value, str), len(data)))
        whole.update(data)
    return whole.digest()
