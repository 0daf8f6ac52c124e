"""The edge to what the commit hook asks: which postmortems watch which paths, kept in the Git directory under the state of the folder it was made from.

Two texts of lines. The hook reads the first: the state of the folder, how many patterns follow, patterns, entries. The second says what every file gave,
so that a changed one alone is read again. Both may be deleted at any time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from hotwash import __version__, project, touches
from hotwash.hashing import blake2b
from hotwash.touches import Changed, Entry, Pattern, Touch

_INDEX, _FILES = "hotwash-touches", "hotwash-touches-files"
_CODE = (touches.__file__, __file__)
_TEXTS = len(Entry._fields) - 1


class Watched(NamedTuple):
    """The index, and the entries as lines: of thousands, only those that are touched are read."""

    patterns: Sequence[str]
    lines: Sequence[str]

    def touched(self, changed: Iterable[Changed]) -> list[Touch]:
        """The postmortems that some changed paths touch, in order."""
        asked = list(changed)
        folders = {folder for _, names in asked for name in names for folder in touches.above(name)}
        near = (_pattern(line) for line in self.patterns if line.partition("\t")[0] in folders)
        found = touches.found(near, asked)
        return touches.in_order(Touch(_entry(self.lines[number]), tuple(paths), tuple(guards)) for number, (paths, guards) in found.items())

    def entries(self) -> list[Entry]:
        """Every entry, by id."""
        return [_entry(line) for line in self.lines]


def of_project(root: str) -> Watched:
    """What the postmortems of a project watch; from what was kept, where none has changed since.

    Raises:
        Failure: a postmortem cannot be read, and why.
    """
    stats = {path: (stat.st_size, stat.st_ctime_ns) for path, stat in project.postmortem_paths(root)}
    folder, (code, state) = project.git_directory(root), _marks(stats)
    with suppress(ValueError, IndexError):
        lines = _lines(folder, _INDEX)
        if lines[0] == state:
            count = 2 + int(lines[1])
            return Watched(lines[2:count], lines[count:])
    before = _before(_lines(folder, _FILES), code)
    files = {path: before.get((path, *map(str, stat))) or _given(root, path) for path, stat in sorted(stats.items())}
    watched = of_entries(touches.resolved(_entry(line) for line in files.values() if line != _NOTHING))
    if folder and all(path.isprintable() for path in files):
        _keep(folder, _FILES, [code, *("\t".join([path, *map(str, stats[path]), line]) for path, line in files.items())])
        _keep(folder, _INDEX, [state, str(len(watched.patterns)), *watched.patterns, *watched.lines])
    return watched


def of_entries(entries: Sequence[Entry]) -> Watched:
    """The index of some entries, kept nowhere."""
    patterns = ["\t".join([one.folder, one.pattern, str(one.entry), "guard" if one.guard else ""]) for one in touches.indexed(entries)]
    return Watched(patterns, [_line(entry) for entry in entries])


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


def _marks(stats: Mapping[str, tuple[int, int]]) -> tuple[str, str]:
    """The state of the code, and that of the code and the folder."""
    code = repr([__version__, *((os.stat(path).st_size, os.stat(path).st_mtime_ns) for path in _CODE)])
    return _hash(code), _hash(f"{code}{stats}")


def _hash(text: str) -> str:
    return str(blake2b(text.encode("utf-8", "surrogateescape"), digest_size=20).hexdigest())


def _lines(folder: str | None, name: str) -> list[str]:
    if folder is None:
        return []
    with suppress(OSError, UnicodeDecodeError), open(os.path.join(folder, name), encoding="utf-8", newline="\n") as file:
        return file.read().split("\n")
    return []


def _before(lines: Sequence[str], code: str) -> dict[tuple[str, ...], str]:
    """What every file gave when the index was made, by path, size and time of change; nothing where other code made it."""
    with suppress(ValueError):
        rows = (line.split("\t", 3) for line in lines[1:] if lines[0] == code)
        return {(path, size, changed): given for path, size, changed, given in rows}
    return {}


def _keep(folder: str, name: str, lines: Sequence[str]) -> None:
    """Put a text in its place, whole or not at all; two commits at once do not meet."""
    place, half = os.path.join(folder, name), os.path.join(folder, f"{name}.{os.getpid()}")
    with suppress(OSError, UnicodeEncodeError):
        with open(half, "w", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(lines))
        os.replace(half, place)
