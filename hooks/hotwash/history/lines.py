"""The lines that a revision does not have: what `check --diff` speaks about."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from hotwash.history import asking
from hotwash.model import Failure

_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")


class _Every(frozenset[int]):
    """Every line there is."""

    def __contains__(self, line: object) -> bool:
        return True


EVERY_LINE: frozenset[int] = _Every()


def added_lines(root: Path, revision: str, paths: Iterable[str]) -> Mapping[str, frozenset[int]]:
    """The lines of the work tree that a revision does not have, by path relative to the root. A file new since then has all its lines.

    Raises:
        Failure: there is no Git, or no such revision.
    """
    full = {path: os.path.abspath(os.path.join(root, path)) for path in paths}
    try:
        with asking.repository(root) as repo:
            said, tracked = asking.difference(repo, revision, list(full.values()))
            top = str(repo.working_tree_dir)
    except asking.Unanswered as unanswered:
        raise Failure(f"--diff {revision}: Git knows no such revision here: {unanswered}") from None
    added = _hunks(said)
    names = {path: os.path.relpath(place, top).replace(os.sep, "/") for path, place in full.items()}
    return {path: added.get(name, frozenset()) if name in tracked else EVERY_LINE for path, name in names.items()}


def _hunks(said: str) -> dict[str, frozenset[int]]:
    """The added lines of a diff without context, by path."""
    found, path = dict[str, set[int]](), ""
    for line in said.split("\n"):
        if line.startswith("+++ b/"):
            path = line.removeprefix("+++ b/").rstrip("\t")
        elif hunk := _HUNK.match(line):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            found.setdefault(path, set()).update(range(first, first + count))
    return {path: frozenset(lines) for path, lines in found.items()}
