"""The edge to the disk for a change: one postmortem is opened, changed and put back whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

from hotwash import project
from hotwash.hashing import blake2b
from hotwash.model import Failure, Postmortem
from hotwash.parse import parse

Edit = Callable[[str], str]


class Opened(NamedTuple):
    """A postmortem as it was found on disk."""

    path: str
    """Where it lies."""
    text: str
    """With its line ends and its byte order mark."""
    post: Postmortem


def opened(root: project.Folder, word: str) -> Opened:
    """The postmortem that a word means: its id, a part of it, or a path.

    Raises:
        Failure: none or several are meant, or the file cannot be read.
    """
    return _opened(root, project.locate(root, word))


def all_opened(root: project.Folder) -> tuple[list[Opened], list[str]]:
    """Every postmortem of the project that can be read, and a line for each that cannot."""
    files, notes = list[Opened](), list[str]()
    for name, _ in sorted(project.postmortem_paths(root)):
        try:
            files.append(_opened(root, name))
        except Failure as failure:
            notes.append(f"left as it is: {failure}")
    return files, notes


def _opened(root: project.Folder, name: str) -> Opened:
    path = os.path.join(root, name)
    if os.path.islink(path):
        raise Failure(f"{name} is a link; name the file that it leads to")
    data = project.read_bytes(path)
    post = parse(name, data)
    for problem in post.problems:
        raise Failure(f"{name}:{problem.span.line}: {problem.message}; {problem.help}".removesuffix("; "))
    return Opened(path, data.decode("utf-8"), post)


def changed(file: Opened, *edits: Edit) -> str:
    """The file's text after some edits, one after the other.

    Raises:
        Failure: an edit is refused; the line names the file.
    """
    text = file.text
    for edit in edits:
        try:
            text = edit(text)
        except Failure as refused:
            raise Failure(f"{file.post.path}: {refused}") from None
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Failure(f"{file.post.path}: a value holds a character that no file can hold; write it again") from None
    return text


def diff(file: Opened, text: str) -> str:
    """What would change, as `git diff` shows it. Control characters are shown as escapes, so that a terminal does not obey them."""
    from difflib import unified_diff

    before, after = (said.removeprefix("\ufeff").replace("\r\n", "\n").split("\n") for said in (file.text, text))
    lines = unified_diff(before, after, f"a/{file.post.path}", f"b/{file.post.path}", lineterm="")
    return "".join(f"{_printable(line)}\n" for line in lines)


def replace(file: Opened, text: str) -> None:
    """Put a text in the file's place: at no moment is there half a file. Its mode stays.

    Raises:
        Failure: the file has changed since it was opened, or it cannot be written. Nothing is written then.
    """

    def unchanged() -> None:
        if _mark(project.read_bytes(file.path)) != _mark(file.text.encode("utf-8")):
            raise Failure(f"{file.post.path}: it changed meanwhile, and nothing was written; run the command again")

    _put(file.path, file.post.path, text.encode("utf-8"), unchanged)


def put(path: str, text: str) -> None:
    """Write a file of any kind, whole or not at all, over what is there. What a name in it has that is no UTF-8 is written as an escape.

    Raises:
        Failure: it cannot be written, and why. What was there is there still.
    """
    if os.path.exists(path) and not os.path.isdir(path) and not os.path.isfile(path):
        raise Failure(f"{path}: no file but a device or a pipe, which nothing can be put in the place of; leave the file out, and send what is printed there")
    _put(os.path.realpath(path), path, text.encode("utf-8", "backslashreplace"), lambda: None)


def _put(path: str, name: str, data: bytes, ready: Callable[[], None]) -> None:
    import tempfile

    temporary = ""
    try:
        there = os.path.exists(path)
        if there and not os.access(path, os.W_OK):
            raise Failure(f"{name}: it is read-only; nothing was written")
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=".hotwash-", dir=os.path.dirname(os.path.abspath(path)))
        with os.fdopen(descriptor, "wb") as new:
            new.write(data)
            new.flush()
            os.fsync(new.fileno())
        os.chmod(temporary, os.stat(path).st_mode & 0o7777 if there else 0o644)
        # As late as can be: an editor may have saved the file while a question was being answered.
        ready()
        os.replace(temporary, path)
        temporary = ""
    except OSError as error:
        raise Failure(f"{name}: {error.strerror or error}; nothing was written") from None
    finally:
        if temporary:
            os.unlink(temporary)


def _mark(data: bytes) -> bytes:
    return blake2b(data, digest_size=20).digest()


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() or char == "\t" else char.encode("unicode_escape").decode() for char in line)
