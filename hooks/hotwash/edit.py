"""One value of a header changed in the text, and not one byte beside it.

ruamel.yaml renders the new value; it is spliced in where `yaml12` says that the old one stands. Comments, order, quotes and line ends stay, because
nothing but the splice is written. Both readers then read the outcome: where anything else than the value would differ, the change is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from hotwash import yaml12
from hotwash.model import Failure, KeyPath, Span
from hotwash.parse import split
from hotwash.render import entry, pair, quoted, read_by_ruamel, rendered
from hotwash.wording import key_name

_COMMENT = re.compile(r"\s#")


def with_value(text: str, way: KeyPath, value: Any, *, after: str = "") -> str:
    """The text of a postmortem with one value of its header set, or inserted where it is missing.

    Args:
        text: the whole file, with its line ends and its byte order mark, if it has one.
        way: to the value; mappings on the way that are missing are made.
        value: plain data: text, numbers, booleans, None, lists and mappings of these. Days and times are text.
        after: the key behind which a missing one is inserted; without it, or where it is missing too, the new one becomes the last.

    Raises:
        Failure: the header cannot be read, or the value cannot be set without touching anything else.
    """
    header = _read(text)
    return header.checked(_applied, way, value, tuple(_setting(header, way, value, after)))


def appended(text: str, way: KeyPath, value: Any) -> str:
    """The text of a postmortem with one entry more at the end of a list of its header; a missing list is made.

    Arguments and errors are those of `with_value`. The entry takes the form of the one before it: a mapping in braces or a key a line.
    """
    header = _read(text)
    return header.checked(_extended, way, value, tuple(_appending(header, way, value)))


class _Splice(NamedTuple):
    start: int
    end: int
    new: str


class _Header(NamedTuple):
    """A file's text and its header, read: ways lead to places in the text, as offsets in characters."""

    text: str
    reading: yaml12.Reading
    lines: list[int]
    """Where each line begins."""

    def at(self, line: int, column: int) -> int:
        return self.lines[line - 1] + column - 1

    def place(self, way: KeyPath) -> tuple[int, int]:
        span: Span = self.reading.values[way]
        return self.at(span.line, span.column), self.at(span.end_line, span.end_column)

    def get(self, way: KeyPath) -> Any:
        value = self.reading.data
        for step in way:
            value = value[step]
        return value

    def is_block(self, way: KeyPath) -> bool:
        """Whether a list or mapping stands there without brackets or braces."""
        return isinstance(self.get(way), (dict, list)) and self.text[self.place(way)[0]] not in "{["

    def in_flow(self, way: KeyPath) -> bool:
        """Whether the value stands inside brackets or braces."""
        above = (way[:length] for length in range(len(way)))
        return any(isinstance(self.get(up), (dict, list)) and not self.is_block(up) for up in above if up in self.reading.values)

    def end(self, way: KeyPath) -> int:
        """Where what belongs to a way ends. A block's own end mark lies beyond the comments below it, so its last leaf decides."""
        inside = (other for other in self.reading.values if other[: len(way)] == way and not self.is_block(other))
        return max(self.end_of_leaf(leaf) for leaf in inside)

    def end_of_leaf(self, way: KeyPath) -> int:
        start, end = self.place(way)
        written = self.text[start:end]
        if written[:1] not in ("|", ">") or "+" in written.partition("\n")[0]:
            return end
        return start + len(written.rstrip())

    def below(self, end: int, lines: list[str]) -> _Splice:
        """Lines put below the one on which something ends, with that line's own line end."""
        stop = self.text.index("\n", end - 1 if self.text[end - 1] == "\n" else end)
        new_line = "\r\n" if self.text[stop - 1] == "\r" else "\n"
        at = stop - len(new_line) + 1
        return _Splice(at, at, "".join(new_line + line for line in lines))

    def checked(self, change: Any, way: KeyPath, value: Any, splices: tuple[_Splice, ...]) -> str:
        """The text with the splices in place, read again by both readers."""
        text = self.text
        for splice in sorted(splices, reverse=True):
            text = text[: splice.start] + splice.new + text[splice.end :]
        for read in (_ours, read_by_ruamel):
            before, after = read(_yaml_of(self.text)), read(_yaml_of(text))
            if before is None or after is None or _canonical(change(before, way, value)) != _canonical(after):
                raise _refused(self, way)
        return text


def _read(text: str) -> _Header:
    halves = split(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    reading = yaml12.read(halves.header or "", first_line=2)
    for problem in (*halves.problems, *reading.problems):
        raise Failure(f"line {problem.span.line}: {problem.message}; {problem.help}".removesuffix("; "))
    if not isinstance(reading.data, dict):
        raise Failure("line 1: the header has no keys; write `title: ...` and so on, one key a line")
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return _Header(text, reading, starts)


def _refused(header: _Header, way: KeyPath) -> Failure:
    known = next((header.reading.values[way[:length]] for length in range(len(way), 0, -1) if way[:length] in header.reading.values), Span(1))
    return Failure(f"line {known.line}: `{key_name(way)}` cannot be changed without touching what stands beside it; change it by hand")


def _setting(header: _Header, way: KeyPath, value: Any, after: str) -> Iterator[_Splice]:
    if way in header.reading.values:
        yield _replacing(header, way, value)
        return
    *above, key = way
    parent = tuple(above)
    there = parent in header.reading.values
    if not isinstance(key, str) or (there and header.get(parent) is not None and not isinstance(header.get(parent), dict)):
        raise _refused(header, way)
    if not there or header.get(parent) is None:
        yield from _setting(header, parent, {key: value}, "")
    else:
        yield _inserting(header, parent, key, value, after)


def _replacing(header: _Header, way: KeyPath, value: Any) -> _Splice:
    start, end = header.place(way)
    end = end if header.is_block(way) else header.end_of_leaf(way)
    old, flow = header.text[start:end], header.in_flow(way)
    if header.is_block(way) or ("\n" in old and _COMMENT.search(old)):
        raise _refused(header, way)
    new = rendered(value, flow=flow)
    if old[:1] in ("'", '"') and isinstance(value, str) and new[0] != old[0]:
        new = quoted(value, flow=flow, single=old[0] == "'")
    lead = "" if old else " " if header.text[start - 1] in ":-" else ": "
    return _Splice(start, end, lead + new)


def _inserting(header: _Header, parent: KeyPath, key: str, value: Any, after: str) -> _Splice:
    siblings = header.get(parent)
    last = after if after in siblings else next(reversed(siblings), None)
    if not header.is_block(parent):
        new = f"{rendered(key, flow=True)}: {rendered(value, flow=True)}"
        at = header.place(parent)[0] + 1 if last is None else header.end((*parent, last))
        return _Splice(at, at, new if last is None else f", {new}")
    if header.in_flow(parent):
        raise _refused(header, (*parent, key))
    indent = " " * (header.reading.keys[(*parent, next(iter(siblings)))].column - 1)
    return header.below(header.end((*parent, last or "")), [indent + line for line in pair(key, value)])


def _appending(header: _Header, way: KeyPath, value: Any) -> Iterator[_Splice]:
    entries = header.get(way) if way in header.reading.values else None
    if way not in header.reading.values or (entries in (None, []) and (header.in_flow(way) or not isinstance(value, dict))):
        yield from _setting(header, way, [value], "")
    elif entries in (None, []):
        yield from _first(header, way, value)
    elif not isinstance(entries, list):
        raise _refused(header, way)
    elif header.is_block(way):
        last = (*way, len(entries) - 1)
        as_block = isinstance(entries[-1], dict) and header.is_block(last)
        indent = " " * (header.reading.values[way].column - 1)
        yield header.below(header.end(way), [indent + line for line in entry(value, as_block=as_block)])
    else:
        at = header.end((*way, len(entries) - 1))
        yield _Splice(at, at, f", {rendered(value, flow=True)}")


def _first(header: _Header, way: KeyPath, value: Any) -> Iterator[_Splice]:
    """The first entry of a list that is there but empty: its brackets go, a comment behind them stays, the entry comes below."""
    start, end = header.place(way)
    rest = header.text[end : header.text.index("\n", end)].strip()
    if "\n" in header.text[start:end] or (rest and not rest.startswith("#")):
        raise _refused(header, way)
    before = header.text[:start]
    yield _Splice(start if rest else len(before.rstrip(" ")), end, "")
    indent = " " * (header.reading.keys[way].column + 1)
    yield header.below(end, [indent + line for line in entry(value, as_block=False)])


def _applied(data: Any, way: KeyPath, value: Any) -> Any:
    data = at = deepcopy(data)
    for step in way[:-1]:
        if isinstance(at, dict) and at.get(step) is None:
            at[step] = {}
        at = at[step]
    at[way[-1]] = value
    return data


def _extended(data: Any, way: KeyPath, value: Any) -> Any:
    entries: Any = data
    for step in way:
        entries = entries.get(step) if isinstance(entries, dict) else entries[step] if entries else None
    return _applied(data, way, [*(entries or ()), value])


def _canonical(data: Any) -> str:
    """Data as text that tells 1 from 1.0 and from true, whatever the order of keys."""
    if isinstance(data, dict):
        return repr(sorted((repr(key), _canonical(value)) for key, value in data.items()))
    return repr([_canonical(value) for value in data]) if isinstance(data, list) else repr(data)


def _ours(text: str) -> Any:
    return yaml12.read(text).data


def _yaml_of(text: str) -> str:
    return split(text.removeprefix("\ufeff").replace("\r\n", "\n")).header or ""
