"""Texts that Git keeps: a file as it was in a commit, which commit a name stands for, and what differs from it. One process for all files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress

from hotwash.history import asking
from hotwash.model import Failure

_COMMIT = re.compile(r"[0-9a-f]{7,64}\Z")
_UNKNOWN = "Git knows no such revision here; a shallow clone has no other branches (`fetch-depth: 0` in a workflow)"


def commit_of(root: str, revision: str) -> str:
    """The id of the commit that a revision names.

    Raises:
        Failure: there is no Git, or no such revision.
    """
    with suppress(asking.Unanswered), asking.repository(root) as repo:
        if found := asking.commit(repo, revision):
            return found
    raise Failure(f"--base {revision}: {_UNKNOWN}")


def changed_paths(root: str, revision: str) -> list[str]:
    """The paths, from the repository's root, that differ from the commit at which the branch left a revision: removed ones, and changes not committed yet, included.

    Where both have no commit in common, as in a shallow clone, they differ from the revision itself. A renamed file counts under both of its names.

    Raises:
        Failure: there is no Git, or no such revision.
    """
    with suppress(asking.Unanswered), asking.repository(root) as repo:
        if found := asking.commit(repo, revision):
            return asking.names_since(repo, found)
    raise Failure(f"--diff {revision}: {_UNKNOWN}")


def former_names(root: str, commit: str) -> Mapping[str, str]:
    """The name that each renamed file has in a commit, by the one it has now: what a branch renamed before it is merged. Empty where Git cannot be asked."""
    with suppress(asking.Unanswered), asking.repository(root) as repo:
        prefix = asking.prefix(repo, root)
        renamed = asking.renamed_since(repo, commit)
        return {now[len(prefix) :]: was[len(prefix) :] for was, now in renamed if now.startswith(prefix) and was.startswith(prefix)}
    return {}


def texts(root: str, asked: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], bytes]:
    """Files as they were, by commit and path. What is not there is left out, and so is everything where Git cannot be asked.

    Args:
        root: the project's root, which may be a folder inside the repository.
        asked: ids of commits, of seven digits or more, and paths relative to the root. They may come from anywhere: what is no id is left out.
    """
    wanted = [(commit, path) for commit, path in dict.fromkeys(asked) if _COMMIT.match(commit) and not {"\n", "\r", "\0"} & set(path)]
    if not wanted:
        return {}
    with suppress(asking.Unanswered), asking.repository(root) as repo:
        prefix = asking.prefix(repo, root)
        found = list(asking.blobs(repo, (f"{commit}:{prefix}{path}" for commit, path in wanted)))
        return {name: data for name, data in zip(wanted, found, strict=True) if data is not None}
    return {}
