"""The edge to what is remembered of postmortems between two runs: a row a file, found by the hash of its bytes and of the code that reads them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from hotwash import model, parse, prose, remembered, yaml12
from hotwash.beside_git import Table
from hotwash.hashing import blake2b
from hotwash.project import git_directory

if TYPE_CHECKING:
    from hotwash.project import Folder

_READINGS = Table("hotwash-readings.sqlite", "said TEXT")


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
    return dict(_READINGS.rows(os.fspath(root), _project(root), hashes))


def keep(root: Folder, said: Mapping[bytes, str], wanted: Collection[bytes]) -> None:
    """Remember files; forget those that are gone.

    Args:
        root: the project's root.
        said: what is to be remembered, by hash.
        wanted: the hashes of all files that are there.
    """
    place, project = os.fspath(root), _project(root)
    _READINGS.keep(place, project, list(said.items()), _READINGS.names(place, project).difference(wanted))


def _project(root: Folder) -> str:
    """What the project is called: the way from the Git directory, which stays the same where both are moved."""
    return os.fsencode(os.path.relpath(os.path.abspath(root), git_directory(os.fspath(root)) or root)).hex()
