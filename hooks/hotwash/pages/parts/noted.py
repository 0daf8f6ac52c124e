"""A site that notes what is read of it: which postmortems, which bodies, which classes, whose verdicts, what is owed, which files of the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, cast

from hotwash.model import Postmortem
from hotwash.pages import Site

ALL = "*"
"""Read where a page looks at everything of a kind."""
BODY, OWING = "body", "owing"
Read = set[tuple[str, str]]
"""What was read: a kind, and an entry of it or `ALL`."""
_HOLDING = frozenset({"post", "path", "class", "live"})
"""Kinds whose entries are postmortems, or hold some."""
_OF_BODY = ("keys", "values", "body", "body_line", "sections", "waivers", "comments", "links", "prose")
"""What of a postmortem changes with its text alone. Lists and pictures read headers, so a sentence more in a body makes none of them again."""


class WatchedPost(Postmortem):
    """A postmortem, with a note of whether its body was read."""

    read: ClassVar[Read] = set()
    """Each has its own."""

    def __iter__(self) -> Iterator[Any]:
        self.read.add((BODY, self.path))
        return super().__iter__()

    def __getitem__(self, place: Any) -> Any:
        self.read.add((BODY, self.path))
        return super().__getitem__(place)


def _noticed(name: str) -> property:
    place = Postmortem._fields.index(name)

    def get(post: WatchedPost) -> Any:
        post.read.add((BODY, post.path))
        return tuple.__getitem__(post, place)

    return property(get)


for _name in _OF_BODY:
    setattr(WatchedPost, _name, _noticed(_name))


def _watched(value: Any, read: Read) -> Any:
    """A value of which every postmortem in it is watched."""
    if isinstance(value, Postmortem):
        post = tuple.__new__(WatchedPost, value)
        vars(post)["read"] = read
        return post
    if isinstance(value, tuple) and any(isinstance(item, tuple) for item in value):
        found = [_watched(item, read) for item in value]
        return value._make(found) if hasattr(value, "_make") else tuple(found)
    return value


class Noted(Mapping[str, Any]):
    """A mapping, with a note of what was asked of it."""

    def __init__(self, kind: str, inner: Mapping[str, Any], read: Read) -> None:
        self.kind, self.inner, self.read = kind, inner, read
        self.all = False
        self.seen = dict[str, Any]()

    def __getitem__(self, key: str) -> Any:
        if not self.all:
            self.read.add((self.kind, key))
        if self.kind not in _HOLDING:
            return self.inner[key]
        if key not in self.seen:
            self.seen[key] = _watched(self.inner[key], self.read)
        return self.seen[key]

    def __iter__(self) -> Iterator[str]:
        self._note_all()
        return iter(self.inner)

    def __len__(self) -> int:
        self._note_all()
        return len(self.inner)

    def _note_all(self) -> None:
        self.all = True
        self.read.add((self.kind, ALL))


class NotedTuple(Sequence[Any]):
    """What is owed, with a note that it was asked for."""

    def __init__(self, kind: str, inner: tuple[Any, ...], read: Read) -> None:
        self.kind, self.inner, self.read = kind, inner, read

    @cached_property
    def _asked(self) -> tuple[Any, ...]:
        self.read.add((self.kind, ALL))
        return tuple(_watched(item, self.read) for item in self.inner)

    def __getitem__(self, place: Any) -> Any:
        return self._asked[place]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._asked)

    def __len__(self) -> int:
        return len(self._asked)


def kinds(site: Site) -> Mapping[str, Mapping[str, Any]]:
    """The parts of a site of which pages read some entries and not others."""
    archive = site.archive
    return {
        "post": archive.posts, "path": archive.by_path, "class": archive.by_class, "order": archive.order, "verdict": site.verdicts, "live": site.classes,
        "file": site.history.files, "gone": site.history.gone, "brief": site.briefs,
    }  # fmt: skip


def noting(site: Site, of: Mapping[str, Mapping[str, Any]], read: Read) -> Site:
    """The same site; what is read of it is noted."""
    noted = {kind: Noted(kind, whole, read) for kind, whole in of.items()}
    archive = site.archive._replace(posts=noted["post"], by_path=noted["path"], by_class=noted["class"], order=noted["order"])
    history = site.history._replace(files=noted["file"], gone=noted["gone"])
    owing = cast("tuple[Any, ...]", NotedTuple(OWING, site.owing, read))
    return site._replace(archive=archive, verdicts=noted["verdict"], classes=noted["live"], history=history, owing=owing, briefs=noted["brief"], shelf=None)
