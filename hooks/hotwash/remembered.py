"""What is remembered of a postmortem that was read, as JSON: with it and the file's bytes the reading is there again, and nothing of the file is parsed.

Places in the header are not remembered: two hundred values a file, for which few ask. For whoever does, the header is read again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple, TypeVar

from hotwash import yaml12
from hotwash.model import KeyPath, Postmortem, Section, Span, Waiver
from hotwash.parse import decoded, split

T = TypeVar("T")
_BLANKS = re.compile(" +")


class Before(NamedTuple):
    """A file that was read before: its path, its bytes, and what is remembered of it."""

    path: str
    data: bytes
    said: str


def told(post: Postmortem, data: bytes) -> str:
    """What is to be remembered of a postmortem; empty where it has problems, since then it is read anew every time."""
    if post.problems:
        return ""
    text = decoded(data)
    start = text.index("\n") + 1
    places = (start, start + len(split(text).header or ""), len(text) - len(post.body), post.body_line)
    rest = (_dumped(list(_sections(post))), post.links, post.comments, post.waivers, list(_blanked(post.body, post.prose)))
    return _dumped((post.header, *places, *rest))


def recalled(files: Sequence[Before]) -> list[Postmortem]:
    """The postmortems of files that were read before. All at once, since then they share the words of their headers.

    Raises:
        ValueError: this is not what was told of them.
    """
    parts = json.loads(f"[{','.join(file.said for file in files)}]")
    return [_recalled(file.path, decoded(file.data), *of) for file, of in zip(files, parts, strict=True)]


def _recalled(path: str, text: str, header: dict[str, Any], start: int, end: int, at: int, line: int, *rest: Any) -> Postmortem:
    sections, links, comments, waivers, blanked = rest
    body, places = text[at:], _Header(text[start:end])
    parts: Sequence[Section] = _AsAsked(partial(_cut, body, sections))
    words: Sequence[tuple[KeyPath, str]] = _AsAsked(partial(_texts, header, ()))
    return Postmortem(
        path, header, _Places(places, "keys"), _Places(places, "values"), words, body, line, parts,
        waivers=tuple(Waiver(*of) for of in waivers), comments=tuple((Span(*span), said) for span, said in comments),
        links=tuple((Span(*span), id) for span, id in links), prose=_with_blanks(body, blanked),
    )  # fmt: skip


def _sections(post: Postmortem) -> Iterator[tuple[object, ...]]:
    """Each section, its texts by where they stand in the body: what it has of its own is the beginning of the whole."""
    for title, level, span, text, own in post.sections:
        yield title, level, span, post.body.index(text, post.offset_of(span.line)), len(text), len(own)


def _cut(body: str, said: str) -> Iterator[Section]:
    """The sections out of their body."""
    for title, level, span, at, whole, own in json.loads(said):
        text = body[at : at + whole]
        yield Section(title, level, Span(*span), text, text[:own])


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _blanked(body: str, masked: str) -> Iterator[int]:
    """Where what is no prose begins and ends, line by line. A mask is as long as its text, and differs from it in nothing but blanks."""
    offset = 0
    for line, left in zip(body.split("\n"), masked.split("\n"), strict=True) if body != masked else ():
        if line != left:
            for blanks in _BLANKS.finditer(left):
                if line[blanks.start() : blanks.end()] != blanks[0]:
                    yield from (offset + blanks.start(), offset + blanks.end())
        offset += len(line) + 1


def _with_blanks(body: str, places: Sequence[int]) -> str:
    if not places:
        return body
    parts, done = list[str](), 0
    for start, end in zip(places[::2], places[1::2], strict=True):
        parts += [body[done:start], " " * (end - start)]
        done = end
    return "".join((*parts, body[done:]))


class _Header:
    """The text of a header, read when somebody asks where something stands in it."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def reading(self) -> yaml12.Reading:
        return yaml12.read(self._text, first_line=2)


class _Places(Mapping[KeyPath, Span]):
    """The places of keys, or of values."""

    def __init__(self, header: _Header, which: str) -> None:
        self._header, self._which = header, which

    def _found(self) -> dict[KeyPath, Span]:
        return self._header.reading.keys if self._which == "keys" else self._header.reading.values

    def __getitem__(self, way: KeyPath) -> Span:
        return self._found()[way]

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())


class _AsAsked(Sequence[T]):
    """What follows from the rest, found when it is asked for: the texts of a header, whose order is that of its file, and the sections, which are as long as their body."""

    def __init__(self, find: Callable[[], Iterator[T]]) -> None:
        self._find = find

    def __iter__(self) -> Iterator[T]:
        return self._find()

    def __getitem__(self, place: Any) -> Any:
        return tuple(self)[place]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (tuple, _AsAsked)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def _texts(value: Any, way: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield way, value
    for step, inner in _steps(value):
        yield from _texts(inner, (*way, step))


def _steps(value: Any) -> Iterable[tuple[str | int, Any]]:
    return value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
