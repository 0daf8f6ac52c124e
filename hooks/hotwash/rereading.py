"""The edge for whoever reads an archive again and again, as a build of the site does and `mkdocs serve` at every edit: a file that is as it was is not parsed again."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import islice

from hotwash import project, readings
from hotwash.archive import Archive, gather
from hotwash.elsewhere import Elsewhere, possible
from hotwash.model import Postmortem
from hotwash.parse import parse
from hotwash.policy import Policy
from hotwash.remembered import Before, recalled, told

_READ: dict[str, tuple[bytes, Postmortem]] = {}
"""By file, the hash of what was read, and what it says."""
_AT_ONCE = 200
"""Files whose bytes are held at the same time."""


def load_archive(root: project.Folder, policy: Policy) -> Archive:
    """Every postmortem of the project, its classes as the policy merges them.

    Raises:
        Failure: the folder or a file cannot be read.
    """
    with _uncollected():
        return _archive(root, policy)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing that is read holds a circle: to look through all of it for garbage again and again, as it grows, finds none and takes a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _archive(root: project.Folder, policy: Policy) -> Archive:
    found = {os.path.abspath(os.path.join(root, path)): path for path, _ in sorted(project.postmortem_paths(root))}
    for file in [file for file in _READ if file not in found]:
        del _READ[file]
    parts = list(_parts(found))
    new, rest = _read(root, parts[0], {}) if parts else dict[bytes, str](), parts[1:]
    # Where most of it is new, so is the rest: a second process parses half of that.
    if rest and 2 * len(new) > _AT_ONCE and possible():
        with Elsewhere(partial(_told_of, root, rest[len(rest) // 2 :])) as others:
            for part in rest[: len(rest) // 2]:
                new |= _read(root, part, new)
            new |= others.result() or {}
        rest = rest[len(rest) // 2 :]
    for part in rest:
        new |= _read(root, part, new)
    if new:
        readings.keep(root, new, {_READ[file][0] for file in found})
    return gather([_READ[file][1] for file in found], policy.merged)


def forget() -> None:
    """Hold nothing for the next time."""
    _READ.clear()


def _parts(found: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    files = iter(found.items())
    while part := dict(islice(files, _AT_ONCE)):
        yield part


def _told_of(root: project.Folder, parts: Iterable[Mapping[str, str]]) -> dict[bytes, str]:
    """What is new in some files and to be remembered, by hash."""
    new = dict[bytes, str]()
    for files in parts:
        data = {file: project.read_bytes(file) for file in files}
        marks = {file: readings.hash_of(read) for file, read in data.items()}
        before = readings.recalled(root, marks.values())
        new |= {mark: said for file, mark in marks.items() if mark not in before and (said := told(_parsed(files[file], data[file]), data[file]))}
    return new


def _parsed(path: str, data: bytes) -> Postmortem:
    """Without places, for which nobody may ever ask. A problem has one."""
    post = parse(path, data, places=False)
    return parse(path, data) if post.problems else post


def _read(root: project.Folder, files: Mapping[str, str], known: Mapping[bytes, str]) -> dict[bytes, str]:
    """Read some files, by their paths; what is new in them, to be remembered by hash.

    Args:
        root: the project's root.
        files: their paths, by where they stand.
        known: what is known already of new files, by hash.
    """
    data = {file: project.read_bytes(file) for file in files}
    marks = {file: readings.hash_of(read) for file, read in data.items()}
    changed = [file for file, path in files.items() if file not in _READ or (_READ[file][0], _READ[file][1].path) != (marks[file], path)]
    before = {**known, **readings.recalled(root, (marks[file] for file in changed))}
    new, again = dict[bytes, str](), list[str]()
    for file in changed:
        if marks[file] not in before and marks[file] not in new:
            post = _parsed(files[file], data[file])
            if not (said := told(post, data[file])):
                _READ[file] = (marks[file], post)
                continue
            new[marks[file]] = said
        again.append(file)
    # What was parsed a moment ago is recalled, too: then all of them are of one make, and none holds places for which nobody asks.
    posts = recalled([Before(files[file], data[file], before.get(marks[file]) or new[marks[file]]) for file in again])
    _READ.update({file: (marks[file], post) for file, post in zip(again, posts, strict=True)})
    return new
