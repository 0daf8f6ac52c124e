"""The shelf of pages between two builds: what was made from the archive lies beside the HTML that came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from mmap import mmap
from pathlib import Path
from typing import NamedTuple

from hotwash import kept
from hotwash.elsewhere import Elsewhere, possible
from hotwash.freed import give_back, settled
from hotwash.model import Page
from hotwash.pages import Site, Work
from hotwash.pages.parts.shelf import Aside, Shelf
from hotwash.plugin.rendering import in_bytes, in_words
from hotwash.plugin.surroundings import code, digest
from hotwash.spool import Place, Spool

_MANY = 400
"""Postmortems from which on a second process is worth its start."""


class _Made(NamedTuple):
    """What another process made: pages by their places in the work, what is to be kept of them, and what came back as it was. Texts lie aside."""

    made: dict[int, list[tuple[Page, Place]]]
    kept: dict[str, tuple[kept.KeptPage, Place]]
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
        give_back()

    def _recall(self, path: str) -> Aside | None:
        found = self.before.get(path)
        return Aside(found.more, found.text()) if found and found.key == self.base else None

    def _put(self, path: str, aside: Aside) -> None:
        self.now.add(path, kept.packed(self.base, aside.more, aside.text))

    def each(self, work: Sequence[Work]) -> Iterator[Iterable[Page]]:
        """Make the pages piece by piece; where there are many, another process begins at the end of them, until the two meet."""
        if len(self.site.archive.posts) < _MANY or not possible():
            yield from (piece() for piece in work)
            return
        taken, done, texts = mmap(-1, len(work)), 0, Spool()  # a byte a piece, which both processes see; a piece that both take at once is made twice, and the one from here stays
        with Elsewhere(partial(self._from_behind, work, taken, texts)) as other, settled():
            while done < len(work) and not taken[done]:
                taken[done] = 1
                yield work[done]()  # one page after another: all of them at once would take much memory
                done += 1
            there = other.result()
        if there:
            self.shelf.same |= there.same
            for name, (page, aside) in there.kept.items():
                self.now.add(name, page._replace(html=texts.read(aside)))
        yield from ([page._replace(text=in_words(texts.read(aside))) for page, aside in there.made.pop(place)] if there else work[place]() for place in range(done, len(work)))

    def _from_behind(self, work: Sequence[Work], taken: mmap, texts: Spool) -> _Made:
        made, rows = dict[int, list[tuple[Page, Place]]](), dict[str, tuple[kept.KeptPage, Place]]()

        def put(name: str, aside: Aside) -> None:
            page = kept.packed(self.base, aside.more, aside.text)
            rows[name] = page._replace(html=b""), texts.put(page.html)

        self.shelf.put = put
        for place in takewhile(lambda place: not taken[place], reversed(range(len(work)))):
            taken[place] = 1
            made[place] = [(page._replace(text=""), texts.put(in_bytes(page.text))) for page in work[place]()]
        return _Made(made, rows, self.shelf.same)

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
