"""What Git prints, as values: pure functions from its output to commits, links and statuses.

Every field ends with a NUL, which neither a path nor a message can hold, so nothing that stands in a repository can pass for something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from typing import NamedTuple

from hotwash import yaml12

LINKS = "%H %T %ct %P%n%an <%ae>%n"
"""The format that `links` reads, the trailers after it. The author has a line of its own, because a name may hold anything but a line's end."""
_REGULAR = ("100644", "100755", "100664")


class Change(NamedTuple):
    """One file changed: A, M, T, D or R by `kind`; `was` is the earlier name of a rename, `blob` empty where there is no file to read."""

    kind: str
    path: str
    was: str
    blob: str


class Commit(NamedTuple):
    """A commit with what it changed against its first parent. `when` is RFC 3339 in UTC."""

    id: str
    when: str
    author: str
    changes: tuple[Change, ...]


class Trailer(NamedTuple):
    """A line such as `Reviewed-by: Name <address>` at the end of a message."""

    key: str
    value: str


class Link(NamedTuple):
    """A commit's place in the graph, what it says of itself, and the trailers that were asked for. `when` is RFC 3339 in UTC."""

    tree: str
    parents: tuple[str, ...]
    when: str
    author: str
    trailers: tuple[Trailer, ...]


def links(said: str, trailers: Iterable[str]) -> dict[str, Link]:
    """The graph, children before parents: `id tree seconds parents...`, the author, then a line for each trailer."""
    names = {name.casefold(): name for name in trailers}
    found: dict[str, Link] = {}
    for record in said.split("\0"):
        first, _, rest = record.lstrip("\n").partition("\n")
        if first:
            author, *lines = rest.split("\n")
            id, tree, seconds, *parents = first.split(" ")
            found[id] = Link(tree, tuple(filter(None, parents)), moment(seconds), author, tuple(_trailers(lines, names)) if any(lines) else ())
    return found


def _trailers(lines: Iterable[str], names: Mapping[str, str]) -> Iterator[Trailer]:
    for line in dict.fromkeys(lines):
        key, colon, value = line.partition(":")
        if colon and value.strip() and key.strip().casefold() in names:
            yield Trailer(names[key.strip().casefold()], value.strip())


def moment(seconds: str) -> str:
    """Seconds since 1970 as RFC 3339; empty beyond the calendar."""
    try:
        return datetime.fromtimestamp(int(seconds), timezone.utc).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return ""


def changes(said: str, prefix: str, folder: str = "") -> dict[str, tuple[Change, ...]]:
    """Raw differences: a commit, then for each file `:modes ids KIND` and its path, or two paths for a rename.

    Args:
        said: the output of `--raw -z`, ids unabbreviated.
        prefix: the project's folder in the repository with its slash; paths are cut to what stands below, others are left out.
        folder: further, the folder in the project to which the changes are narrowed.

    Returns:
        By what stands before the differences. A move into the folder is an addition, one out of it a removal.
    """
    found, under = dict[str, list[Change]](), f"{prefix}{folder}"
    current, cut = list[Change](), len(prefix)
    fields = iter(said.split("\0"))
    for field in fields:
        line = field.lstrip("\n")
        if not line.startswith(":"):
            current = found.setdefault(line, []) if line else current
            continue
        _, mode, _, blob, kind = line.split(" ")
        was = next(fields, "") if kind[0] in "RC" else ""
        path = next(fields, "")
        if path.startswith(under):
            kept = was if kind[0] == "R" and was.startswith(under) else ""
            letter = kind[0] if kept or not was else "A"
            current.append(Change(letter, path[cut:], kept[cut:], blob if mode in _REGULAR else ""))
        elif kind[0] == "R" and was.startswith(under):
            current.append(Change("D", was[cut:], "", ""))
    return {commit: tuple(made) for commit, made in found.items() if made}


_OPEN = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n")
_CLOSE = re.compile(rb"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_STATUS = re.compile(rb"^status:[ \t]+([a-z-]+)[ \t]*(?:[ \t]#.*)?\r?$", re.MULTILINE)


def status(data: bytes) -> str:
    """The status that a postmortem's bytes state; empty where they state none.

    The one line is read where it is written plainly, as it nearly always is; all else is left to the YAML reader. A header that is broken
    elsewhere has a status all the same.
    """
    opened = _OPEN.match(data)
    closed = _CLOSE.search(data, opened.end()) if opened else None
    if not opened or not closed:
        return ""
    header = data[opened.end() : closed.start()]
    plain = _STATUS.findall(header)
    if len(plain) == 1 and header.count(b"status") == 1:
        return str(plain[0].decode())
    try:
        said = yaml12.read(header.decode().replace("\r\n", "\n"), places=False).data if b"status" in header else None
    except UnicodeDecodeError:
        return ""
    found = said.get("status") if isinstance(said, dict) else None
    return found.strip() if isinstance(found, str) else ""
