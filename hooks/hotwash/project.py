"""The edge to the disk: the only place that finds, reads and writes files, shipped data included."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from hotwash.archive import Archive, gather
from hotwash.model import Failure, Postmortem
from hotwash.parse import parse
from hotwash.policy import PATH, Policy, read_policy

FOLDER = "postmortems"
NOT_POSTMORTEMS = frozenset({"readme.md", "index.md"})
TEMPLATES = ("light", "standard", "full")

_HERE = os.path.dirname(os.path.abspath(__file__))
_SHIPPED = next(
    folder for folder in (os.path.join(_HERE, "schemas"), os.path.join(os.path.dirname(os.path.dirname(_HERE)), "schemas")) if os.path.isdir(folder)
)


def find_root(given: str | None = None) -> Path:
    """The project's root: what is given, else the nearest parent with a policy, else the current folder.

    Raises:
        Failure: the given folder does not exist.
    """
    if given is not None:
        if not os.path.isdir(given):
            raise Failure(f"--root {given}: there is no such folder")
        return Path(os.path.abspath(given))
    here = Path(os.getcwd())
    return next((folder for folder in (here, *here.parents) if os.path.isfile(folder / PATH)), here)


def shipped(name: str) -> str:
    """The text of a file that comes with hotwash: `defaults.yml`, `postmortem.schema.json`, `templates/light.md`."""
    with open(os.path.join(_SHIPPED, *name.split("/")), encoding="utf-8") as file:
        return file.read()


def policy_bytes(root: Path) -> bytes:
    """The team's policy as it is on disk; empty where there is none."""
    path = root / PATH
    return read_bytes(path) if os.path.isfile(path) else b""


def load_policy(root: Path) -> Policy:
    """The team's policy over the shipped defaults.

    Raises:
        Failure: the policy cannot be read or has the wrong shape, with its line.
    """
    bodies = {name: shipped(f"templates/{name}.md") for name in TEMPLATES}
    try:
        team = policy_bytes(root).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failure(f"{PATH}: the file is not UTF-8: byte {error.start + 1} cannot be read") from None
    return read_policy(shipped("defaults.yml"), team, shipped("postmortem.schema.json"), bodies, shipped("policy.schema.json"))


def postmortem_paths(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every postmortem of the project, relative to its root, with its size and time. Links are not followed."""
    folder = os.path.join(root, FOLDER)
    if not os.path.isdir(folder):
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_postmortem_name(entry.name) and entry.is_file(follow_symlinks=False):
                yield f"{FOLDER}/{entry.name}", entry.stat(follow_symlinks=False)


def is_postmortem_name(name: str) -> bool:
    """Whether a file of this name in the folder is a postmortem: any Markdown but a README or an index."""
    return name.endswith(".md") and name.lower() not in NOT_POSTMORTEMS and not name.startswith(".")


def relative(root: Path, path: str) -> str:
    """A path as findings name it: relative to the root with forward slashes, or as it was given where it lies outside."""
    inside = os.path.relpath(os.path.abspath(path), root)
    return path if inside.startswith("..") else inside.replace(os.sep, "/")


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a file.

    Raises:
        Failure: it cannot be read, and why.
    """
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Failure(f"{os.fspath(path)}: {error.strerror or error}") from None


def read_postmortem(root: Path, path: str) -> Postmortem:
    """One postmortem, by its path relative to the root."""
    return parse(path, read_bytes(root / path))


def load_archive(root: Path) -> Archive:
    """Every postmortem of the project, read once."""
    return gather(read_postmortem(root, path) for path, _ in sorted(postmortem_paths(root)))


def write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet; False, and nothing touched, where it is.

    Raises:
        Failure: it cannot be written, and why. Nothing half written stays behind.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        return False
    except OSError as error:
        raise Failure(f"{path}: {error.strerror or error}") from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8"))
    except OSError as error:
        os.unlink(path)
        raise Failure(f"{path}: {error.strerror or error}") from None
    return True


def write_all(folder: Path, files: Iterable[tuple[str, str]]) -> int:
    """Write files below a folder, replacing what is there; how many. Paths that lead out of the folder are refused."""
    count = 0
    for name, text in files:
        path = folder / name
        if ".." in Path(name).parts or Path(name).is_absolute():
            raise Failure(f"{name}: leads out of {folder}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        except OSError as error:
            raise Failure(f"{path}: {error.strerror or error}") from None
        count += 1
    return count
