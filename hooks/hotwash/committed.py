"""The edge to texts that Git keeps: a file as it was in a commit, which commit a name stands for, and what differs from it. One process for all files."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hotwash.model import Failure
from hotwash.parse import parse
from hotwash.past import Approval, FileHistory

if TYPE_CHECKING:
    from git import Repo

_COMMIT = re.compile(r"[0-9a-f]{7,64}\Z")
_LOG = (
    "--first-parent", "--no-color", "--no-notes", "--no-show-signature", "--no-follow", "--encoding=UTF-8",
    "--format=%x01%H%n%cI%n%an <%ae>%n%(trailers:only,unfold,key=Reviewed-by,key=Approved-by)",
)  # fmt: skip
"""`Signed-off-by` is the author's own word on licences, and no approval."""
_USUAL = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/heads/main", "refs/remotes/origin/master", "refs/heads/master", "HEAD")


def commit_of(root: str, revision: str) -> str:
    """The id of the commit that a revision names.

    Raises:
        Failure: there is no Git, or no such revision.
    """
    with _repository(root) as repo:
        found = _commit(repo, revision) if repo else ""
    if not found:
        raise Failure(f"--base {revision}: Git knows no such revision here; a shallow clone has no other branches (`fetch-depth: 0` in a workflow)")
    return found


def default_branch(root: str) -> str:
    """The newest commit of the default branch: the remote's, else `main`, else `master`, else what is checked out; empty where there is no Git."""
    with _repository(root) as repo:
        return next(filter(None, (_commit(repo, name) for name in _USUAL)), "") if repo else ""


def changed_paths(root: str, revision: str) -> list[str]:
    """The paths, from the repository's root, that differ from the commit at which the branch left a revision: removed ones, and changes not committed yet, included.

    Where both have no commit in common, as in a shallow clone, they differ from the revision itself. A renamed file counts under both of its names.

    Raises:
        Failure: there is no Git, or no such revision.
    """
    with _repository(root) as repo:
        found = _commit(repo, revision) if repo else ""
        if not repo or not found:
            raise Failure(f"--diff {revision}: Git knows no such revision here; a shallow clone has no other branches (`fetch-depth: 0` in a workflow)")
        base = str(repo.git.merge_base(found, "HEAD", with_exceptions=False)) or found
        said = str(repo.git.diff("--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-relative", "--no-color", base, "--"))
    return [path for path in said.split("\0") if path]


def texts(root: str, asked: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], bytes]:
    """Files as they were, by commit and path. What is not there is left out, and so is everything where Git cannot be asked.

    Args:
        root: the project's root, which may be a folder inside the repository.
        asked: ids of commits, of seven digits or more, and paths relative to the root. They may come from anywhere: what is no id is left out.
    """
    wanted = [(commit, path) for commit, path in dict.fromkeys(asked) if _COMMIT.match(commit) and not {"\n", "\r", "\0"} & set(path)]
    with _repository(root) as repo:
        if repo is None or not wanted:
            return {}
        below = os.path.relpath(os.path.realpath(root), os.path.realpath(repo.working_tree_dir or root)).replace(os.sep, "/")
        found = list(_named(repo, (f"{commit}:{path if below == '.' else f'{below}/{path}'}" for commit, path in wanted)))
        return {name: data for name, data in zip(wanted, found, strict=True) if data is not None}


def told(root: str, head: str, path: str) -> FileHistory:
    """What a branch's first parents say of one file: its first published text with the trailers that came with it, and who wrote its first commit."""
    with _repository(root) as repo:
        said = str(repo.git.log(*_LOG, head, "--", f":(literal){os.path.abspath(os.path.join(root, path))}")) if repo and head else ""
    commits = [record.split("\n") for record in reversed(said.split("\x01")[1:])]
    then = texts(root, [(lines[0], path) for lines in commits])
    approvals = tuple(
        Approval(key, by.strip(), lines[1], lines[0], lines[0]) for lines in commits for line in lines[3:] for key, colon, by in [line.partition(":")] if colon
    )
    author = commits[0][2] if commits else ""
    for id, when, *_ in commits:
        data = then.get((id, path))
        if data is not None and parse(path, data).status == "published":
            return FileHistory(author=author, approvals=approvals, published=when, published_commit=id, frozen=data)
    return FileHistory(author=author, approvals=approvals)


def _commit(repo: Repo, revision: str) -> str:
    return str(repo.git.rev_parse("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", with_exceptions=False))


def _named(repo: Repo, names: Iterable[str]) -> Iterator[bytes | None]:
    """The bytes of blobs by name (`COMMIT:PATH`), in the order of the names; None for what is not there or is no blob."""
    with tempfile.TemporaryFile() as questions:  # a file, because a pipe that nobody empties would stop both sides
        questions.writelines(os.fsencode(f"{name}\n") for name in names)
        questions.seek(0)
        process = repo.git.cat_file("--batch", "--buffer", istream=questions.fileno(), as_process=True)
        out = process.stdout
        while line := out.readline():
            kind, size = line.rstrip(b"\n").rsplit(b" ", 2)[-2:]
            data = out.read(int(size) + 1)[:-1] if size.isdigit() else b""
            yield data if size.isdigit() and kind == b"blob" else None
        process.wait()


@contextmanager
def _repository(root: str) -> Iterator[Repo | None]:
    """The repository that a folder lies in; None where there is none, or no Git. Inside a hook Git's own variables would lead elsewhere."""
    taken = {name: os.environ.pop(name) for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX") if name in os.environ}
    try:
        from git import Repo
        from git.exc import GitError

        repo: Repo | None = Repo(root, search_parent_directories=True)
    except (ImportError, GitError, OSError):  # GitPython raises an ImportError where the program itself is missing
        repo = None
    try:
        yield repo
    finally:
        if repo:
            repo.close()
        os.environ.update(taken)
