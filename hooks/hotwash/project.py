"""The edge to the disk: the only place that finds, reads and writes files, shipped data included."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from hotwash import __version__
from hotwash.hashing import blake2b
from hotwash.model import POLICY, Failure, Postmortem

if TYPE_CHECKING:
    from typing import TypeAlias

    from hotwash.archive import Archive
    from hotwash.policy import Policy

    Folder: TypeAlias = str | os.PathLike[str]

FOLDER = "postmortems"
NOT_POSTMORTEMS = frozenset({"readme.md", "index.md"})
TEMPLATES = ("light", "standard", "full")

# Imports that read a postmortem are made where one is read: most runs of the hook find everything in the cache.
_HERE = os.path.dirname(os.path.abspath(__file__))
_SHIPPED = next(
    folder for folder in (os.path.join(_HERE, "schemas"), os.path.join(os.path.dirname(os.path.dirname(_HERE)), "schemas")) if os.path.isdir(folder)
)


def find_root(given: str | None = None) -> str:
    """The project's root: what is given, else the nearest parent with a policy, else the current folder.

    Raises:
        Failure: the given folder does not exist.
    """
    if given is not None:
        if not os.path.isdir(given):
            raise Failure(f"--root {given}: there is no such folder")
        return os.path.abspath(given)
    here = os.getcwd()
    return next((folder for folder in parents(here) if os.path.isfile(os.path.join(folder, POLICY))), here)


def parents(folder: str) -> Iterator[str]:
    """A folder and all above it, the nearest first."""
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def git_directory(start: str) -> str | None:
    """The Git directory of the work tree that a folder lies in, a linked worktree's own; None outside Git.

    Found by walking up. GIT_DIR is ignored on purpose: inside a hook it may name another repository than the folder's.
    """
    for folder in parents(os.path.abspath(start)):
        entry = os.path.join(folder, ".git")
        if os.path.isdir(entry):
            return entry
        if os.path.isfile(entry):
            with suppress(OSError, UnicodeDecodeError), open(entry, encoding="utf-8") as file:
                line = file.readline().strip()
                if line.startswith("gitdir:"):
                    return os.path.join(folder, line.removeprefix("gitdir:").strip())
    return None


def work_tree(start: str) -> str:
    """The folder of the repository that a folder lies in; the folder itself outside Git."""
    return next((folder for folder in parents(os.path.abspath(start)) if os.path.lexists(os.path.join(folder, ".git"))), start)


def shipped(name: str) -> str:
    """The text of a file that comes with hotwash: `defaults.yml`, `postmortem.schema.json`, `templates/light.md`."""
    with open(os.path.join(_SHIPPED, *name.split("/")), encoding="utf-8") as file:
        return file.read()


def policy_bytes(root: Folder) -> bytes:
    """The team's policy as it is on disk; empty where there is none."""
    path = os.path.join(root, POLICY)
    return read_bytes(path) if os.path.isfile(path) else b""


def context(root: Folder) -> bytes:
    """A hash of everything that findings depend on beside the postmortems: the policy, and this release's code and shipped data.

    Code and data count by size and time of change, so that a checkout under work never trusts what an earlier state of it found.
    """
    mark = blake2b(__version__.encode(), digest_size=20)
    mark.update(policy_bytes(root))
    for folder in (_HERE, os.path.join(_HERE, "rules"), *(entry.path for entry in os.scandir(os.path.join(_HERE, "rules")) if entry.is_dir()), _SHIPPED):
        with os.scandir(folder) as entries:
            stats = sorted((entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in entries if entry.is_file())
        mark.update(repr(stats).encode())
    return mark.digest()


def load_policy(root: Folder) -> Policy:
    """The team's policy over the shipped defaults.

    Raises:
        Failure: the policy cannot be read or has the wrong shape, with its line.
    """
    from hotwash.policy import read_policy

    bodies = {name: shipped(f"templates/{name}.md") for name in TEMPLATES}
    try:
        team = policy_bytes(root).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failure(f"{POLICY}: the file is not UTF-8: byte {error.start + 1} cannot be read") from None
    return read_policy(shipped("defaults.yml"), team, shipped("postmortem.schema.json"), bodies, shipped("policy.schema.json"))


def postmortem_paths(root: Folder) -> Iterator[tuple[str, os.stat_result]]:
    """Every postmortem of the project, relative to its root, with its size and times. Links are not followed.

    Raises:
        Failure: the folder cannot be read, and why.
    """
    folder = os.path.join(root, FOLDER)
    if not os.path.isdir(folder):
        return
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if is_postmortem_name(entry.name) and entry.is_file(follow_symlinks=False):
                    yield f"{FOLDER}/{entry.name}", entry.stat(follow_symlinks=False)
    except OSError as error:
        raise Failure(f"{folder}: {error.strerror or error}") from None


def names(folder: Folder) -> list[str]:
    """The names of the postmortems in a folder, in order.

    Raises:
        Failure: the folder cannot be read, and why.
    """
    try:
        return sorted(name for name in os.listdir(folder) if is_postmortem_name(name) and os.path.isfile(os.path.join(folder, name)))
    except OSError as error:
        raise Failure(f"{os.fspath(folder)}: {error.strerror or error}") from None


def is_postmortem_name(name: str) -> bool:
    """Whether a file of this name in the folder is a postmortem: any Markdown but a README or an index."""
    return name.endswith(".md") and name.lower() not in NOT_POSTMORTEMS and not name.startswith(".")


def locate(root: Folder, word: str) -> str:
    """The path, relative to the root, of the postmortem that a word means: a path, an id, or a part that only one id has.

    Raises:
        Failure: none or several are meant.
    """
    from hotwash.wording import meant

    if word.endswith(".md") and os.path.isfile(word):
        return relative(root, word)
    folder = os.path.join(root, FOLDER)
    stem = os.path.basename(word).removesuffix(".md")
    return f"{FOLDER}/{meant(stem, (name.removesuffix('.md') for name in (names(folder) if os.path.isdir(folder) else ())))}.md"


def relative(root: Folder, path: str) -> str:
    """A path as findings name it: relative to the root with forward slashes, or as it was given where it lies outside."""
    inside = os.path.relpath(os.path.abspath(path), root)
    return path if inside.startswith("..") else inside.replace(os.sep, "/")


def read_bytes(path: Folder) -> bytes:
    """The bytes of a file.

    Raises:
        Failure: it cannot be read, and why.
    """
    try:
        if not os.path.isfile(path) and os.path.exists(path):
            raise Failure(f"{os.fspath(path)}: not a file")
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Failure(f"{os.fspath(path)}: {error.strerror or error}") from None


def read_postmortem(root: Folder, path: str) -> Postmortem:
    """One postmortem, by its path relative to the root."""
    from hotwash.parse import parse

    return parse(path, read_bytes(os.path.join(root, path)))


def load_archive(root: Folder, policy: Policy) -> Archive:
    """Every postmortem of the project, read once, its classes as the policy merges them."""
    from hotwash.archive import gather

    return gather((read_postmortem(root, path) for path, _ in sorted(postmortem_paths(root))), policy.merged)


def write_new(path: Folder, text: str) -> bool:
    """Write a file that is not there yet; False, and nothing touched, where it is.

    Raises:
        Failure: it cannot be written, and why. Nothing half written stays behind.
    """
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except OSError as error:
        if os.path.lexists(path):
            return False
        why = "a file stands where a folder has to be" if isinstance(error, FileExistsError) else error.strerror
        raise Failure(f"{error.filename or os.fspath(path)}: {why or error}") from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8"))
    except OSError as error:
        os.unlink(path)
        raise Failure(f"{os.fspath(path)}: {error.strerror or error}") from None
    return True


def write_all(folder: Folder, files: Iterable[tuple[str, str]]) -> int:
    """Write files below a folder, replacing what is there; how many. What a file's name has that is no UTF-8 is written as an escape.

    Raises:
        Failure: a path leads out of the folder, or a file cannot be written.
    """
    count = 0
    for name, text in files:
        if os.path.isabs(name) or ".." in name.split("/"):
            raise Failure(f"{name}: leads out of {os.fspath(folder)}")
        path = os.path.join(folder, name)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise Failure(f"{path}: {error.strerror or error}") from None
        count += 1
    return count
