"""The edge to what the commit hook asks: which postmortems watch which paths, kept in the Git directory under the state of the folder it was made from.

Two texts of lines. The hook reads the first: two marks of the folder's state, patterns, entries. It searches that text and never takes it apart, because an
archive of thousands is larger than what a commit touches. The second says what every file gave, so that a changed one alone is read again. Both may be
deleted at any time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from hotwash import __version__, project, touches
from hotwash.hashing import blake2b
from hotwash.touches import Changed, Entry, Pattern, Touch

_INDEX, _FILES = "hotwash-touches", "hotwash-touches-files"
_CODE = (touches.__file__, __file__)
_TEXTS = len(Entry._fields) - 1
_HEAD, _MARKS = 200, 4
"""Bytes that hold the lines before the patterns, and into how many parts these lines cut them."""


class Watched(NamedTuple):
    """The index as the bytes of its file, of which nothing is copied before it is needed."""

    data: bytes
    patterns: int
    """Where patterns begin, each on a line that a line's end begins."""
    rows: int
    """Where they end, and entries begin, each on a line that one ends."""

    def touched(self, changed: Iterable[Changed]) -> list[Touch]:
        """The postmortems that some changed paths touch, in order."""
        asked = list(changed)
        near = [one for folder in {folder for _, names in asked for name in names for folder in touches.above(name)} for one in self._under(folder)]
        found = touches.found(near, asked)
        return touches.in_order(Touch(self._entry(place), tuple(paths), tuple(guards)) for place, (paths, guards) in found.items())

    def entries(self) -> list[Entry]:
        """Every entry, by id."""
        return [_entry(row) for row in _decoded(self.data[self.rows :]).split("\n")[:-1]]

    def _under(self, folder: str) -> Iterator[Pattern]:
        key = _encoded(f"\n{folder}\t")
        at = self.data.find(key, self.patterns, self.rows)
        while at >= 0:
            end = self.data.find(b"\n", at + 1, self.rows)
            yield _pattern(_decoded(self.data[at + 1 : end if end >= 0 else self.rows]))
            at = self.data.find(key, at + 1, self.rows)

    def _entry(self, place: int) -> Entry:
        at = self.rows + place
        return _entry(_decoded(self.data[at : self.data.index(b"\n", at)]))


def of_project(root: str, *, glance: bool = False) -> Watched:
    """What the postmortems of a project watch; from what was kept, where none has changed since.

    Args:
        root: the project's root.
        glance: look at the folder and not at every file in it. Git puts new files in the place of old ones, which shows at the folder; what somebody edits
            in place shows as soon as it is committed, when the hook is given its path.

    Raises:
        Failure: a postmortem cannot be read, and why.
    """
    git, code = project.git_directory(root), _code()
    folder, kept = _hash(code + _folder(root)), _read(git, _INDEX)
    if glance and (known := _known(kept, 0, folder)):
        return known
    stats = {path: (stat.st_size, stat.st_ctime_ns) for path, stat in project.postmortem_paths(root)}
    state = _hash(f"{code}{stats}")
    watched = _known(kept, 1, state) or _anew(root, git, stats, code)
    if git and not (_known(kept, 0, folder) and _known(kept, 1, state)):
        head = f"{folder}\n{state}\n{watched.rows - watched.patterns}\n"
        _keep(git, _INDEX, head.encode() + watched.data[watched.patterns :])
    return watched


def _known(kept: bytes, mark: int, state: str) -> Watched | None:
    """What was kept, where its first or second mark is of a state."""
    head = kept[:_HEAD].split(b"\n", 3)
    if len(head) < _MARKS or head[mark] != state.encode() or not head[2].isdigit():
        return None
    start = sum(map(len, head[:3])) + 3
    return Watched(kept, start, start + int(head[2]))


def _anew(root: str, git: str | None, stats: Mapping[str, tuple[int, int]], code: str) -> Watched:
    """The index of the folder as it is now, with what every file gave kept for the next time."""
    before = _before(_read(git, _FILES), code)
    files = {path: before.get((path, *map(str, stat))) or _given(root, path) for path, stat in sorted(stats.items())}
    if git and all(path.isprintable() for path in files):
        _keep(git, _FILES, _encoded("\n".join([_hash(code), *("\t".join([path, *map(str, stats[path]), line]) for path, line in files.items())])))
    return of_entries(touches.resolved(_entry(line) for line in files.values() if line != _NOTHING))


def of_entries(entries: Sequence[Entry]) -> Watched:
    """The index of some entries, kept nowhere."""
    rows, places, length = [_encoded(f"{_line(entry)}\n") for entry in entries], list[int](), 0
    for row in rows:
        places.append(length)
        length += len(row)
    lines = (f"\n{one.folder}\t{one.pattern}\t{places[one.entry]}\t{'guard' if one.guard else ''}" for one in touches.indexed(entries))
    patterns = _encoded("".join(lines))
    return Watched(patterns + b"".join(rows), 0, len(patterns))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


_NOTHING = "-"


def _given(root: str, path: str) -> str:
    given = touches.entry(project.read_postmortem(root, path))
    return _line(given) if given else _NOTHING


def _line(entry: Entry) -> str:
    *texts, paths = entry
    return "\t".join([*map(str, texts), *paths])


def _entry(line: str) -> Entry:
    fields = line.split("\t")
    return Entry._make([*fields[:_TEXTS], tuple(fields[_TEXTS:])])


def _pattern(line: str) -> Pattern:
    folder, pattern, entry, guard = line.split("\t")
    return Pattern(folder, pattern, int(entry), bool(guard))


def _code() -> str:
    """The state of the code that made the index."""
    return repr([__version__, *((os.stat(path).st_size, os.stat(path).st_mtime_ns) for path in _CODE)])


def _folder(root: str) -> str:
    """The state of the folder: when an entry of it came, went or was replaced."""
    with suppress(OSError):
        return str(os.stat(os.path.join(root, project.FOLDER)).st_mtime_ns)
    return ""


def _hash(text: str) -> str:
    return str(blake2b(text.encode("utf-8", "surrogateescape"), digest_size=20).hexdigest())


def _read(folder: str | None, name: str) -> bytes:
    if folder is None:
        return b""
    with suppress(OSError), open(os.path.join(folder, name), "rb") as file:
        return file.read()
    return b""


def _before(kept: bytes, code: str) -> dict[tuple[str, ...], str]:
    """What every file gave when the index was made, by path, size and time of change; nothing where other code made it."""
    with suppress(ValueError):
        made, _, lines = _decoded(kept).partition("\n")
        rows = (line.split("\t", 3) for line in lines.split("\n") if made == _hash(code))
        return {(path, size, changed): given for path, size, changed, given in rows}
    return {}


def _keep(folder: str, name: str, data: bytes) -> None:
    """Put bytes in their place, whole or not at all; two commits at once do not meet."""
    place, half = os.path.join(folder, name), os.path.join(folder, f"{name}.{os.getpid()}")
    with suppress(OSError):
        with open(half, "wb") as file:
            file.write(data)
        os.replace(half, place)
