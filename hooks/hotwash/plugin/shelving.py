"""The shelf of pages between two builds: what was made from the archive lies beside the HTML that came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from hotwash import kept
from hotwash.elsewhere import Elsewhere, possible
from hotwash.model import Page
from hotwash.pages import Site
from hotwash.pages.parts.shelf import Aside, Shelf
from hotwash.plugin.surroundings import code, digest

_MANY = 400
"""Postmortems from which on a second process is worth its start."""


class _Made(NamedTuple):
    """What another process made: the pages of each kind, what is to be kept of them, and what came back as it was."""

    made: list[list[Page]]
    kept: dict[str, kept.KeptPage]
    same: set[str]


class Shelving:
    """A shelf that was filled by the build before, and will be by this one."""

    def __init__(self, root: Path, site: Site, place: str) -> None:
        self.root = str(root)
        self.name = "made " + digest((place, site.audience)).hex()[:16]
        self.base = _base(site)
        self.before = kept.recalled(self.root, self.name)
        self.now = kept.Keeping(self.root, self.name)
        self.shelf = Shelf(self._recall, self._put)
        self.site = site._replace(shelf=self.shelf)

    def _recall(self, path: str) -> Aside | None:
        found = self.before.get(path)
        return Aside(found.more, found.text()) if found and found.key == self.base else None

    def _put(self, path: str, aside: Aside) -> None:
        self.now.add(path, kept.packed(self.base, aside.more, aside.text))

    def each(self, make: Callable[[str], Iterable[Page]], kinds: Sequence[str]) -> Iterator[Iterable[Page]]:
        """Make the pages of each kind: the first here, and all others in another process meanwhile, where there are enough to make that worth its start."""
        if len(self.site.archive.posts) < _MANY or not possible():
            yield from map(make, kinds)
            return
        first, *rest = kinds
        with Elsewhere(partial(self._make, make, rest)) as others:
            yield make(first)  # one page after another: all of them at once would take much memory
            there = others.result()
        if there:
            self.shelf.same |= there.same
            for name, page in there.kept.items():
                self.now.add(name, page)
        yield from there.made if there else map(make, rest)

    def _make(self, make: Callable[[str], Iterable[Page]], kinds: Iterable[str]) -> _Made:
        rows = dict[str, kept.KeptPage]()
        self.shelf.put = lambda name, aside: rows.update({name: kept.packed(self.base, aside.more, aside.text)})
        return _Made([list(make(kind)) for kind in kinds], rows, self.shelf.same)

    def close(self) -> None:
        """Remember what was made, and forget what is no longer there. Nothing can be made any more."""
        self.now.close(self.before.keys() - self.shelf.same)
        # Shelf and site know each other: together they would hold the archive until somebody looks for such circles.
        self.shelf.site = None
        del self.shelf, self.site


def _base(site: Site) -> bytes:
    """What every page may depend on: policy, day, addresses and code; not the postmortems, of which each page notes its own."""
    history = site.history._replace(files={}, tree=frozenset(), gone={}, head="")
    said = (site.policy, site.as_of, site.links, site.directories, site.cleaned, sorted(site.pictures), site.audience, site.url, site.archive.merged, history)
    return digest((said, code()))
