"""The edge to the cache: SQLite in the Git directory, keyed by content. It may be deleted at any time and is never needed.

Facts and findings of a file are kept by the hash of its bytes; size and time of change are a hint that spares the reading. A cache that cannot be
opened, read or written is as good as none, and the check goes on without it.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import NamedTuple

from hotwash.project import git_directory

_TABLES = """
CREATE TABLE IF NOT EXISTS context (key BLOB);
CREATE TABLE IF NOT EXISTS files (path BLOB PRIMARY KEY, size INTEGER, changed INTEGER, hash BLOB, facts TEXT, findings TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (mark BLOB PRIMARY KEY, report TEXT) WITHOUT ROWID;
"""
_MOST_RUNS = 200


class Row(NamedTuple):
    """What is kept of one file. `changed` is in nanoseconds; `facts` and `findings` are JSON. A path need not be UTF-8, so it is kept as bytes."""

    path: str
    size: int
    changed: int
    hash: bytes
    facts: str
    findings: str


def rows(connection: sqlite3.Connection) -> dict[str, Row]:
    """Every file that is kept, by path."""
    found = connection.execute("SELECT path, size, changed, hash, facts, findings FROM files")
    return {path: Row(path, *rest) for path, *rest in ((os.fsdecode(row[0]), *row[1:]) for row in found)}


def remembered(connection: sqlite3.Connection, mark: bytes) -> str | None:
    """What a run of this mark said, as JSON."""
    row = connection.execute("SELECT report FROM runs WHERE mark = ?", (mark,)).fetchone()
    return row[0] if row else None


def keep(connection: sqlite3.Connection, changed: Iterable[Row], gone: Iterable[str], mark: bytes, report: str) -> None:
    """Remember files, forget those that are gone, and remember what this run said. A cache that cannot be written stays as it was."""
    with suppress(sqlite3.Error), connection:
        connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", ((os.fsencode(row.path), *row[1:]) for row in changed))
        connection.executemany("DELETE FROM files WHERE path = ?", ((os.fsencode(path),) for path in gone))
        if connection.execute("SELECT count(*) FROM runs").fetchone()[0] >= _MOST_RUNS:
            connection.execute("DELETE FROM runs")
        connection.execute("INSERT OR REPLACE INTO runs VALUES (?, ?)", (mark, report))


def beside(root: str, name: str) -> bytes:
    """What is kept under a name in the Git directory; nothing where there is none."""
    if folder := git_directory(root):
        with suppress(OSError), open(os.path.join(folder, name), "rb") as file:
            return file.read()
    return b""


def keep_beside(root: str, name: str, data: bytes) -> None:
    """Keep bytes under a name in the Git directory, all of them or none; where there is no place for them, the next run does without."""
    folder = git_directory(root)
    if folder and os.path.isdir(folder):
        file = os.path.join(folder, name)
        with suppress(OSError):
            with open(f"{file}.{os.getpid()}", "wb") as new:
                new.write(data)
            os.replace(new.name, file)


@contextmanager
def opened(root: str, context: bytes) -> Iterator[sqlite3.Connection]:
    """The project's cache, emptied where it was made under another context; in memory where there is no place to keep one.

    Args:
        root: the project's root.
        context: a hash of everything that findings depend on, the postmortems themselves excepted.
    """
    folder = git_directory(root)
    with closing(_connect(folder, context) or _memory(context)) as connection:
        yield connection


def _connect(folder: str | None, context: bytes) -> sqlite3.Connection | None:
    if folder is None or not os.path.isdir(folder):
        return None
    file = os.path.join(folder, "hotwash.sqlite")
    with suppress(sqlite3.Error):
        return _prepared(file, context)
    # Damaged, or of another make: the next run may find a new one. A locked or read-only one stays, and this run does without.
    with suppress(sqlite3.Error, OSError):
        if not _readable(file):
            os.unlink(file)
            return _prepared(file, context)
    return None


def _readable(file: str) -> bool:
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False
    return True


def _memory(context: bytes) -> sqlite3.Connection:
    return _prepared(":memory:", context)


def _made_under(connection: sqlite3.Connection, context: bytes) -> bool:
    """Whether the tables are ours and of this context."""
    try:
        connection.execute("SELECT path, size, changed, hash, facts, findings FROM files LIMIT 0")
        connection.execute("SELECT mark, report FROM runs LIMIT 0")
        return bool(connection.execute("SELECT key FROM context").fetchone() == (context,))
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise
        return False


def _prepared(file: str, context: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=5)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        if not _made_under(connection, context):
            with connection:
                connection.executescript("DROP TABLE IF EXISTS context; DROP TABLE IF EXISTS files; DROP TABLE IF EXISTS runs;" + _TABLES)
                connection.execute("INSERT INTO context VALUES (?)", (context,))
    except sqlite3.Error:
        connection.close()
        raise
    return connection
