"""The edge to what is remembered of postmortems between two runs: SQLite in the Git directory, a row a file. It may be deleted at any time and is never needed.

A row is found by the hash of a file's bytes and of the code that reads them. What cannot be read, or is not what was written, is as good as not there.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from hotwash import model, parse, prose, remembered, yaml12
from hotwash.hashing import blake2b
from hotwash.project import git_directory

if TYPE_CHECKING:
    from hotwash.project import Folder

_FILE, _MOST_PROJECTS = "hotwash-readings.sqlite", 8
_TABLES = """
PRAGMA auto_vacuum = INCREMENTAL;
CREATE TABLE IF NOT EXISTS readings (project TEXT, hash BLOB, said TEXT, mark BLOB, PRIMARY KEY (project, hash));
CREATE TABLE IF NOT EXISTS projects (project TEXT PRIMARY KEY, used INTEGER);
"""


def hash_of(data: bytes) -> bytes:
    """What a reading is found by."""
    return blake2b(data, digest_size=20, key=_code()).digest()


@cache
def _code() -> bytes:
    """What tells readings of this code from those of any other."""
    whole = blake2b(digest_size=32)
    for module in (model, parse, prose, remembered, yaml12):
        with open(str(module.__file__), "rb") as file:
            whole.update(file.read())
    with suppress(PackageNotFoundError):
        whole.update(version("PyYAML").encode())
    return whole.digest()


def recalled(root: Folder, hashes: Iterable[bytes]) -> dict[bytes, str]:
    """What is remembered of files, by their hashes.

    Args:
        root: the project's root.
        hashes: those of the files.
    """
    found = dict[bytes, str]()
    file, project = _place(root)
    if file and os.path.isfile(file):
        with suppress(sqlite3.Error), closing(sqlite3.connect(file, timeout=5)) as connection:
            for hash in hashes:
                for said, mark in connection.execute("SELECT said, mark FROM readings WHERE project = ? AND hash = ?", (project, hash)):
                    if isinstance(said, str) and mark == _mark(hash, said):
                        found[hash] = said
    return found


def keep(root: Folder, said: Mapping[bytes, str], wanted: Collection[bytes]) -> None:
    """Remember files; forget those that are gone, and the projects that were not read for longest. Where that cannot be done, nothing is.

    Args:
        root: the project's root.
        said: what is to be remembered, by hash.
        wanted: the hashes of all files that are there.
    """
    file, project = _place(root)
    if file:
        with suppress(sqlite3.Error, OSError):
            try:
                _write(file, project, said, wanted)
            except sqlite3.OperationalError:
                return  # locked or read-only: it stays as it was
            except sqlite3.DatabaseError:
                os.unlink(file)
                _write(file, project, said, wanted)


def _write(file: str, project: str, said: Mapping[bytes, str], wanted: Collection[bytes]) -> None:
    with closing(sqlite3.connect(file, timeout=5)) as connection, connection:
        connection.executescript(_TABLES)
        connection.execute("PRAGMA synchronous = OFF")
        there = {hash for (hash,) in connection.execute("SELECT hash FROM readings WHERE project = ?", (project,))}
        connection.executemany("DELETE FROM readings WHERE project = ? AND hash = ?", ((project, hash) for hash in there.difference(wanted)))
        connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)", ((project, hash, text, _mark(hash, text)) for hash, text in said.items()))
        connection.execute("INSERT OR REPLACE INTO projects SELECT ?, coalesce(max(used), 0) + 1 FROM projects", (project,))
        connection.execute("DELETE FROM projects WHERE project NOT IN (SELECT project FROM projects ORDER BY used DESC LIMIT ?)", (_MOST_PROJECTS,))
        connection.execute("DELETE FROM readings WHERE project NOT IN (SELECT project FROM projects)")
        connection.execute("PRAGMA incremental_vacuum")


def _place(root: Folder) -> tuple[str, str]:
    """The file, and what the project is called in it: the way from the Git directory, which stays the same where both are moved. Empty outside Git."""
    folder = git_directory(os.fspath(root))
    if not folder or not os.path.isdir(folder):
        return "", ""
    return os.path.join(folder, _FILE), os.fsencode(os.path.relpath(os.path.abspath(root), folder)).hex()


def _mark(hash: bytes, said: str) -> bytes:
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16, key=hash).digest()
