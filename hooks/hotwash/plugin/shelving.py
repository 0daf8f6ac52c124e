"""The shelf of pages between two builds: what was made from the archive lies beside the HTML that came of it."""

from __future__ import annotations

from pathlib import Path

from hotwash import kept
from hotwash.pages import Site
from hotwash.pages.parts.shelf import Aside, Shelf
from hotwash.plugin.surroundings import code, digest


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

    def close(self) -> None:
        """Remember what was made, and forget what is no longer there."""
        self.now.close(self.before.keys() - self.shelf.same)


def _base(site: Site) -> bytes:
    """What every page may depend on: policy, day, addresses and code; not the postmortems, of which each page notes its own."""
    history = site.history._replace(files={}, tree=frozenset(), gone={}, head="")
    said = (site.policy, site.as_of, site.links, site.directories, site.cleaned, sorted(site.pictures), site.audience, site.url, site.archive.merged, history)
    return digest((said, code()))
