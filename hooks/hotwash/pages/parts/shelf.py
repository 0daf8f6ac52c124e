"""Pages that need not be made again: each is put aside with a note of what it read of the archive, and comes back while all of that is as it was.

A page is made from a site that notes what is read of it: which postmortems, which classes, whose verdicts, which files of the history. What all pages
may read (policy, day, links, code) is the business of whoever keeps the shelf: what it recalls was made under the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from hotwash.hashing import blake2b
from hotwash.model import Page, Postmortem
from hotwash.pages import Site

ALL = "*"
"""Read where a page looks at everything of a kind."""


class Aside(NamedTuple):
    """A page put aside: its text, and as JSON what it read and what else it is."""

    more: str
    text: str


class Noted(Mapping[str, Any]):
    """A mapping, with a note of what was asked of it."""

    def __init__(self, kind: str, inner: Mapping[str, Any], read: set[tuple[str, str]]) -> None:
        self.kind, self.inner, self.read = kind, inner, read

    def __getitem__(self, key: str) -> Any:
        self.read.add((self.kind, key))
        return self.inner[key]

    def __iter__(self) -> Iterator[str]:
        self.read.add((self.kind, ALL))
        return iter(self.inner)

    def __len__(self) -> int:
        self.read.add((self.kind, ALL))
        return len(self.inner)


class Shelf:
    """What was put aside before, and what is put aside now.

    Args:
        recall: what is known of a page, by its path; nothing for one that was never made.
        put: puts a page aside; without it they are all in `now`.
    """

    def __init__(self, recall: Callable[[str], Aside | None], put: Callable[[str, Aside], None] | None = None) -> None:
        self.recall = recall
        self.now, self.same = dict[str, Aside](), set[str]()
        self.put = put or self.now.__setitem__
        self.marks = dict[tuple[str, str], str]()
        self.kinds: Mapping[str, Mapping[str, Any]] = {}

    def page(self, site: Site, path: str, given: object, make: Callable[[Site], Page]) -> Page:
        """The page as it was put aside, or made now.

        Args:
            site: what it is made from.
            path: where it stands.
            given: what `make` knows beside the site.
            make: makes the page, reading the site that it is handed alone.
        """
        self.kinds = self.kinds or _kinds(site)
        mark = _mark(given)
        before = self.recall(path)
        more = json.loads(before.more) if before else {}
        if before and more["given"] == mark and all(self._mark_of(kind, key) == said for kind, key, said in more["read"]):
            self.same.add(path)
            return Page(path, before.text, more["title"], more["source"], tuple((start, end) for start, end in more["markup"]))
        read = set[tuple[str, str]]()
        page = make(_noting(site, self.kinds, read))
        what = [(kind, key, self._mark_of(kind, key)) for kind, key in sorted(read)]
        self.put(path, Aside(json.dumps({"given": mark, "read": what, "title": page.title, "source": page.source, "markup": page.markup}), page.text))
        return page

    def _mark_of(self, kind: str, key: str) -> str:
        """A short mark of what a key leads to, computed once."""
        found = self.marks.get((kind, key))
        if found is None:
            whole = self.kinds[kind]
            said = "".join(f"{name} {self._mark_of(kind, name)} " for name in whole) if key == ALL else whole.get(key)
            found = self.marks[kind, key] = _mark(said)
        return found


def _kinds(site: Site) -> Mapping[str, Mapping[str, Any]]:
    """The parts of a site of which pages read some entries and not others."""
    archive = site.archive
    return {
        "post": archive.posts, "path": archive.by_path, "class": archive.by_class, "order": archive.order, "verdict": site.verdicts, "live": site.classes,
        "file": site.history.files, "gone": site.history.gone,
    }  # fmt: skip


def _noting(site: Site, kinds: Mapping[str, Mapping[str, Any]], read: set[tuple[str, str]]) -> Site:
    """The same site; what is read of it is noted."""
    noted = {kind: Noted(kind, whole, read) for kind, whole in kinds.items()}
    archive = site.archive._replace(posts=noted["post"], by_path=noted["path"], by_class=noted["class"], order=noted["order"])
    history = site.history._replace(files=noted["file"], gone=noted["gone"])
    return site._replace(archive=archive, verdicts=noted["verdict"], classes=noted["live"], history=history, shelf=None)


def _mark(value: object) -> str:
    return blake2b(_said(value).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _said(value: object) -> str:
    """A value as text. Of a postmortem everything else follows from its path, its header and its body, or from why it could not be read."""
    if isinstance(value, Postmortem):
        return repr((value.path, value.header, value.body_line, value.body, value.problems, value.unread))
    if isinstance(value, tuple):
        return f"({','.join(map(_said, value))})"
    return repr(value)
