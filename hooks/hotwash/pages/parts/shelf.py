"""Pages that need not be made again: they are put aside with a note of what they read of the archive, and come back while all of that is as it was.

Pages are made from a site that notes what is read of it (see `noted`). What all pages may read (policy, day, links, code) is the business of whoever
keeps the shelf: what it recalls was made under the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from hotwash.hashing import blake2b
from hotwash.model import Page, Postmortem
from hotwash.pages import Site
from hotwash.pages.parts.noted import ALL, BODY, OWING, Read, kinds, noting


class Aside(NamedTuple):
    """Pages put aside together: their texts, and as JSON what was read for them and what else they are."""

    more: str
    text: str


class Shelf:
    """What was put aside before, and what is put aside now.

    Args:
        recall: what is known under a name; nothing for one that was never made.
        put: puts pages aside; without it they are all in `now`.
    """

    def __init__(self, recall: Callable[[str], Aside | None], put: Callable[[str, Aside], None] | None = None) -> None:
        self.recall = recall
        self.now, self.same = dict[str, Aside](), set[str]()
        self.put = put or self.now.__setitem__
        self.marks = dict[tuple[str, str], str]()
        self.headers = dict[str, str]()
        self.site: Site | None = None
        self.kinds: Mapping[str, Mapping[str, Any]] = {}

    def pages(self, site: Site, name: str, given: object, make: Callable[[Site], Iterable[Page]]) -> list[Page]:
        """Pages as they were put aside, or made now.

        Args:
            site: what they are made from.
            name: what they are found by; no other pages may bear it.
            given: what `make` knows beside the site.
            make: makes the pages, reading the site that it is handed alone.
        """
        self.site, self.kinds = site, self.kinds or kinds(site)
        mark, before = _mark(self._said(given)), self.recall(name)
        more = json.loads(before.more) if before else {}
        if before and more["given"] == mark and all(self._mark_of(kind, key) == said for kind, key, said in more["read"]):
            self.same.add(name)
            return _unpacked(before.text, more["pages"])
        read: Read = set()
        made = list(make(noting(site, self.kinds, read)))
        whole = {kind for kind, key in read if key == ALL}
        what = [(kind, key, self._mark_of(kind, key)) for kind, key in sorted(read) if key == ALL or kind not in whole]
        about = [(page.path, len(page.text), page.title, page.source, page.markup) for page in made]
        self.put(name, Aside(json.dumps({"given": mark, "read": what, "pages": about}), "".join(page.text for page in made)))
        return made

    def _mark_of(self, kind: str, key: str) -> str:
        """A short mark of what a key leads to, computed once."""
        found = self.marks.get((kind, key))
        if found is None:
            found = self.marks[kind, key] = _mark(self._told(kind, key))
        return found

    def _told(self, kind: str, key: str) -> str:
        if kind == OWING:
            return self._said(self.site.owing) if self.site else ""
        whole = self.kinds["path" if kind == BODY else kind]
        if key == ALL:
            return "".join(f"{name} {self._mark_of(kind, name)} " for name in whole)
        found = whole.get(key)
        return f"{found.body_line} {found.body}" if kind == BODY and found is not None else self._said(found)

    def _said(self, value: object) -> str:
        """A value as text; of a postmortem what it is without its body. From header and body everything else follows."""
        if isinstance(value, Postmortem):
            return self.headers.get(value.path) or self.headers.setdefault(value.path, _mark(repr((value.path, value.header, value.problems, value.unread))))
        if isinstance(value, tuple):
            return f"({','.join(map(self._said, value))})"
        if isinstance(value, frozenset):
            return repr(sorted(value))  # whose order is another in every process
        return repr(value)


def _unpacked(text: str, about: Iterable[tuple[str, int, str, str, list[tuple[int, int]]]]) -> list[Page]:
    pages, start = [], 0
    for path, size, title, source, markup in about:
        pages.append(Page(path, text[start : start + size], title, source, tuple((begin, end) for begin, end in markup)))
        start += size
    return pages


def _mark(said: str) -> str:
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
