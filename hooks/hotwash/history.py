"""The edge to Git: the only place that asks it. One pass over the log, never a call per file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hotwash.model import Failure
from hotwash.past import History

if TYPE_CHECKING:
    from git import Repo

_LOG = ("--raw", "-z", "--first-parent", "-m", "--no-renames", "--no-show-signature", "--no-abbrev", "--format=%x01%cI")
"""First parents only: what counts is when something came onto the branch, not when it was written on a branch of its own.

Renames are not followed here: a renamed file is gone under its old name and new under the other. Every option that a user's configuration could
change is written out.
"""
_MARK = "\x01"
_KEPT = frozenset({"GIT_PYTHON_GIT_EXECUTABLE", "GIT_CEILING_DIRECTORIES", "GIT_SSH_COMMAND"})


class _Change(NamedTuple):
    day: str
    kind: str
    path: str


def load_history(root: Path, paths: Iterable[str] = ("postmortems",)) -> History:
    """What Git knows of some paths on the branch that is checked out.

    Args:
        root: the project's root, which may be a folder inside the repository.
        paths: folders and files relative to the root; the log is read for these only.

    Returns:
        An empty history where there is no Git, no repository or no commit. In a shallow clone the tree alone, without dates:
        Git would give the day of the clone's first commit for everything, which is wrong rather than unknown.
    """
    try:
        from git import Repo
        from git.exc import GitError
    except ImportError:  # GitPython raises it where the program itself is missing
        return History()
    try:
        with _without_git_variables(), Repo(root, search_parent_directories=True) as repo:
            return _read(repo, root, sorted(set(paths)))
    except (GitError, ValueError, OSError):
        return History()


def _read(repo: Repo, root: Path, paths: list[str]) -> History:
    below = os.path.relpath(root.resolve(), Path(str(repo.working_tree_dir or root)).resolve()).replace(os.sep, "/")
    prefix = "" if below == "." else f"{below}/"
    head = str(repo.git.rev_parse("HEAD"))
    tree = frozenset(_inside(str(repo.git.ls_tree("-r", "-z", "--name-only", "--full-tree", head)).split("\0"), prefix))
    if str(repo.git.rev_parse("--is-shallow-repository")) == "true":
        return History(head=head, tree=tree)
    said = str(repo.git.log(*_LOG, head, "--", *(f":(top,literal){prefix}{path}" for path in paths)))
    return _told(head, tree, (change._replace(path=change.path[len(prefix):]) for change in _changes(said) if change.path.startswith(prefix)))


def _inside(names: Iterable[str], prefix: str) -> Iterator[str]:
    return (name[len(prefix):] for name in names if name and name.startswith(prefix))


def _changes(said: str) -> Iterator[_Change]:
    """The log's records, newest first: a mark and the date, then for each file `:modes ids KIND` and, after a NUL, its path."""
    day = ""
    fields = iter(said.split("\0"))
    for field in fields:
        before, mark, dated = field.rpartition(_MARK)
        if mark:
            day = _utc_day(dated.split("\n", 1)[0])
        change = (dated.partition("\n")[2] if mark else dated).lstrip("\n")
        if change.startswith(":") and not before.strip("\n"):
            yield _Change(day, change[-1], next(fields, ""))


def _utc_day(stamp: str) -> str:
    from hotwash.clock import moment

    when = moment(stamp.strip())
    return when.date().isoformat() if when else ""


def _told(head: str, tree: frozenset[str], changes: Iterable[_Change]) -> History:
    filed, changed, seen = dict[str, str](), dict[str, str](), set[str]()
    for change in changes:
        seen.add(change.path)
        changed.setdefault(change.path, change.day)
        if change.kind == "A":
            filed[change.path] = change.day
    gone = {path: "" for path in seen if path not in tree}
    return History(head, complete=True, filed=_only(filed, tree), changed=_only(changed, tree), tree=tree, gone=gone)


def _only(days: Mapping[str, str], tree: frozenset[str]) -> dict[str, str]:
    return {path: day for path, day in days.items() if path in tree}


def added_lines(root: Path, revision: str, paths: Iterable[str]) -> Mapping[str, frozenset[int]]:
    """The lines of the work tree that a revision does not have, by path relative to the root. A file new since then has all its lines.

    Raises:
        Failure: there is no Git, or no such revision.
    """
    try:
        from git import Repo
        from git.exc import GitError
    except ImportError:
        raise Failure("--diff needs the program git, and it is not here") from None
    asked = list(paths)
    try:
        with _without_git_variables(), Repo(root, search_parent_directories=True) as repo:
            known = str(repo.git.rev_parse("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"))
            said = str(repo.git(c=["core.quotePath=false"]).diff(*_DIFF, known, "--", *(os.path.abspath(os.path.join(root, path)) for path in asked)))
            top = str(repo.working_tree_dir)
            tracked = str(repo.git.ls_files("-z", "--full-name", "--", *(os.path.abspath(os.path.join(root, path)) for path in asked))).split("\0")
    except (GitError, ValueError, OSError):
        raise Failure(f"--diff {revision}: Git knows no such revision here") from None
    added = _hunks(said)
    names = {path: os.path.relpath(os.path.abspath(os.path.join(root, path)), top).replace(os.sep, "/") for path in asked}
    return {path: added.get(name, frozenset()) if name in tracked else EVERY_LINE for path, name in names.items()}


_DIFF = ("-U0", "--no-color", "--no-ext-diff", "--no-renames", "--src-prefix=a/", "--dst-prefix=b/")
_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")


class _Every(frozenset[int]):
    """Every line there is."""

    def __contains__(self, line: object) -> bool:
        return True


EVERY_LINE: frozenset[int] = _Every()


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


@contextmanager
def _without_git_variables() -> Iterator[None]:
    """Git's own variables taken out of the environment, and put back.

    Inside a hook Git sets GIT_DIR and its like for the commit being made; whoever asks then is led to the wrong index or worktree. GitPython can
    overlay variables but not unset them, so they leave our own process for as long as we ask.
    """
    taken = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("GIT_") and name not in _KEPT}
    try:
        yield
    finally:
        os.environ.update(taken)
