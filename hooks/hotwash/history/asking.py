"""The questions to Git: fixed options, nothing of a user's configuration or of a running hook, and never a call per file.

Values from a file or a policy reach Git on its standard input or behind `--`, never where an option could stand.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hotwash.history.reading import LINKS

if TYPE_CHECKING:
    from git import Repo

_RAW = ("--raw", "-z", "-r", "--root", "-l1000", "--no-abbrev", "--no-relative", "--no-ext-diff", "--no-color")
_LOG = ("-z", "--no-color", "--no-notes", "--no-show-signature", "--encoding=UTF-8")
"""Each option that a user's configuration could change is written out."""
_DIFF = ("-U0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-relative", "--src-prefix=a/", "--dst-prefix=b/")
RENAMES, RENAMES_BY_ID = "-M70%", "-M100%"
"""Two postmortems of one template are alike to a half, so Git's usual half will not do. Unchanged files alone are told by their ids, without their bytes."""
_KEPT = frozenset({
    "GIT_PYTHON_GIT_EXECUTABLE", "GIT_CEILING_DIRECTORIES", "GIT_SSH_COMMAND", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT",
})  # fmt: skip
_SET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


class Unanswered(Exception):
    """Git cannot be asked; the text says why and what to do, in one line."""


@contextmanager
def repository(root: str | os.PathLike[str]) -> Iterator[Repo]:
    """The repository that a folder lies in.

    Raises:
        Unanswered: there is none, no Git, or Git refuses.
    """
    try:
        from git import Repo, exc
    except ImportError:  # GitPython raises it where the program itself is missing
        raise Unanswered("the program git is not here, so nothing is known of the past: install it") from None
    try:
        with _without_git_variables(), Repo(root, search_parent_directories=True) as repo:
            yield repo
    except (exc.InvalidGitRepositoryError, exc.NoSuchPathError):
        raise Unanswered("this folder is in no Git repository, so nothing is known of its past: `git init`, and commit") from None
    except exc.GitCommandNotFound:
        raise Unanswered("the program git is not here, so nothing is known of the past: install it") from None
    except exc.GitCommandError as error:
        raise Unanswered(f"Git does not answer, so nothing is known of the past: {_first_line(str(error.stderr))}") from None
    except (exc.GitError, ValueError, OSError) as error:
        raise Unanswered(f"Git does not answer, so nothing is known of the past: {_first_line(str(error))}") from None


def _first_line(said: str) -> str:
    lines = (line.strip(" '") for line in said.replace("stderr:", "").splitlines())
    return next((line for line in lines if line), "it gives no reason")


def tree(repo: Repo, commit: str) -> list[str]:
    """Every path of a commit, from the repository's root."""
    return [name for name in str(repo.git.ls_tree("-r", "-z", "--name-only", "--full-tree", commit)).split("\0") if name]


def graph(repo: Repo, head: str, since: str, trailers: Iterable[str]) -> str:
    """Every commit of a head, or those since another, with the trailers of these names (see `reading.links`)."""
    keys = ",".join(f"key={name}" for name in trailers) or "key=none"
    told = (f"^{since}",) if since else ()
    return str(repo.git(c=["trailer.separators=:"]).log(*_LOG, "--topo-order", f"--format={LINKS}%(trailers:only,unfold,{keys})", head, *told))


def folders(repo: Repo, commits: Iterable[str], folder: str) -> list[str]:
    """The id of a folder's tree in each commit; empty where there is no such folder.

    Comparing these ids is a hundred times cheaper than the log's own narrowing to a path, which compares every file twice.
    """
    with _spoken(f"{commit}:{folder}" for commit in commits) as stream:
        said = str(repo.git.cat_file("--batch-check=%(objecttype) %(objectname)", "--buffer", istream=stream))
    return [line.removeprefix("tree ") if line.startswith("tree ") else "" for line in said.split("\n")]


def changes(repo: Repo, renames: str, commits: Iterable[tuple[str, str]]) -> str:
    """What commits changed against their first parents, given both (see `reading.changes`)."""
    with _spoken(" ".join(pair).strip() for pair in commits) as stream:
        return str(repo.git.diff_tree(*_RAW, renames, "--stdin", istream=stream))


def removals(repo: Repo, head: str, paths: Iterable[str]) -> str:
    """What the first parents of a head removed at or below some paths, each commit as `id seconds`, newest first."""
    with _spoken([head, "--", *(f":(top,literal){path}" for path in paths)]) as stream:
        options = ("--first-parent", "--diff-merges=first-parent", "--no-follow", "--no-renames", "--diff-filter=D", "--format=%H %ct")
        return str(repo.git.log(*_LOG, *_RAW, *options, "--stdin", istream=stream))


def blobs(repo: Repo, names: Iterable[str]) -> Iterator[bytes | None]:
    """The bytes of blobs by id or as `COMMIT:PATH`, in the order of the names, one process for all; None for what is not there or is no blob."""
    with _spoken(names) as stream:
        process = repo.git.cat_file("--batch", "--buffer", istream=stream, as_process=True)
        out = process.stdout
        while line := out.readline():
            kind, size = line.rstrip(b"\n").rsplit(b" ", 2)[-2:]
            data = out.read(int(size) + 1)[:-1] if size.isdigit() else b""
            yield data if size.isdigit() and kind == b"blob" else None
        process.wait()


def commit(repo: Repo, revision: str) -> str:
    """The id of the commit that a revision names; empty where there is none."""
    return str(repo.git.rev_parse("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", with_exceptions=False))


def prefix(repo: Repo, root: str | os.PathLike[str]) -> str:
    """The project's folder inside the repository, with its slash; empty where they are one."""
    below = os.path.relpath(os.path.realpath(root), os.path.realpath(repo.working_tree_dir or root)).replace(os.sep, "/")
    return "" if below == "." else f"{below}/"


def names_since(repo: Repo, found: str) -> list[str]:
    """The paths, from the repository's root, that differ from the point at which a commit and what is checked out parted."""
    base = str(repo.git.merge_base(found, "HEAD", with_exceptions=False)) or found
    said = str(repo.git.diff("--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-relative", "--no-color", base, "--"))
    return [path for path in said.split("\0") if path]


def renamed_since(repo: Repo, found: str) -> list[tuple[str, str]]:
    """Old and new name, from the repository's root, of each file that Git tracks under another name than in a commit."""
    options = ("--name-status", "-z", "--diff-filter=R", "-l1000", "--no-ext-diff", "--no-relative", "--no-color")
    said = str(repo.git.diff(RENAMES, *options, found, "--")).split("\0")
    return list(zip(said[1::3], said[2::3], strict=False))


def is_ancestor(repo: Repo, older: str, newer: str) -> bool:
    """Whether a commit is here and among the forebears of another."""
    answer = repo.git.merge_base("--is-ancestor", older, newer, with_extended_output=True, with_exceptions=False)
    return bool(answer[0] == 0)


def is_partial(repo: Repo) -> bool:
    """Whether the clone left out the bytes of files (`--filter`): asking for one would fetch it, one by one."""
    return bool(repo.git.config("--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$", with_exceptions=False))


def boundary(repo: Repo) -> frozenset[str]:
    """The commits at which a shallow clone begins; none in a whole one."""
    try:
        with open(os.path.join(repo.common_dir, "shallow"), encoding="ascii") as file:
            return frozenset(file.read().split())
    except (FileNotFoundError, UnicodeDecodeError):
        return frozenset()


def references(repo: Repo, names: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """The id and, for a symbolic one, the target of each reference: branches of these names here and at every remote, and the remotes' HEAD."""
    patterns = ["refs/remotes/*/HEAD", *(pattern for name in names for pattern in (f"refs/heads/{name}", f"refs/remotes/*/{name}"))]
    said = str(repo.git.for_each_ref("--format=%(refname) %(objectname) %(symref)", "--", *patterns))
    lines = (line.split(" ") for line in said.split("\n") if line)
    return {name: (id, target) for name, id, target in lines}


def checked_out(repo: Repo) -> tuple[str, str]:
    """The branch that is checked out, `HEAD` where it is detached, and its commit; an empty id where nothing is committed yet."""
    return ("HEAD" if repo.head.is_detached else repo.head.reference.name), commit(repo, "HEAD")


def difference(repo: Repo, revision: str, paths: Sequence[str]) -> tuple[str, frozenset[str]]:
    """The diff without context from a revision to the work tree, for some absolute paths; and which of these Git tracks, from its root."""
    known = commit(repo, revision)
    if not known:
        raise Unanswered("a shallow clone has no other branches (`fetch-depth: 0` in a workflow)")
    said = str(repo.git(c=["core.quotePath=false"]).diff(*_DIFF, known, "--", *paths))
    return said, frozenset(str(repo.git.ls_files("-z", "--full-name", "--", *paths)).split("\0"))


@contextmanager
def _spoken(lines: Iterable[str]) -> Iterator[int]:
    """Lines as a standard input. A file, because a pipe that nobody empties would stop both sides."""
    with tempfile.TemporaryFile() as file:
        file.writelines(os.fsencode(f"{line}\n") for line in lines)
        file.seek(0)
        yield file.fileno()


@contextmanager
def _without_git_variables() -> Iterator[None]:
    """Git's own variables taken out of the environment, and put back.

    Inside a hook Git sets GIT_DIR and its like for the commit being made; whoever asks then is led to the wrong index or worktree. GitPython can
    overlay variables but not unset them, so they leave our own process for as long as we ask. What says where configuration lies stays:
    it may be what makes a folder safe, and no question depends on it.
    """
    kept = {name for name in os.environ if name in _KEPT or name.startswith(("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_"))}
    taken = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("GIT_") and name not in kept}
    os.environ.update(_SET)
    try:
        yield
    finally:
        for name in _SET:
            os.environ.pop(name, None)
        os.environ.update(taken)
