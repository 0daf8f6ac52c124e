"""What is noted while pages are finished, and goes from the process that finishes them to the one that builds the site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

from mkdocs.structure.pages import Page as SitePage

from hotwash.full_text import Index
from hotwash.kept import KeptPage
from hotwash.model import Page
from hotwash.plugin.following import Follower
from hotwash.plugin.frame import Frame
from hotwash.plugin.keeping import Keeper
from hotwash.plugin.passing import Passed
from hotwash.shards import Leaf


class Found(NamedTuple):
    """What one process noted, in plain values."""

    kept: Mapping[str, KeptPage]
    """Pages that were made, by path."""
    taken: Mapping[str, Mapping[str, Any]]
    """Pages that came back as they were, each with what is known of it."""
    made_of: Mapping[str, bytes]
    """The hash of everything of which a page was made, by path."""
    nowhere: Mapping[str, str]
    parts: Mapping[tuple[str, str], str]
    """Links that lead nowhere, and parts of pages to which links lead; each with the first page that has it."""
    leaves: Sequence[Leaf]
    """Pages as the search knows them."""


class Notes(NamedTuple):
    """Where one process notes it."""

    keeper: Keeper
    follower: Follower
    frame: Frame | None
    pages: Mapping[str, Page]
    """The pages that we made, by path."""

    @property
    def search(self) -> Index | None:
        """What the full text is noted in, where ours serves."""
        return self.frame.index if self.frame else None

    def see(self, page: SitePage, seen: Passed) -> None:
        """A page passes by."""
        self.follower.read(page, seen.leads, self.pages.get(page.file.src_uri))
        if self.search:
            section = page.parent.title if page.parent else ""
            self.search.read(page.file.src_uri, page.file.dest_uri, unescape(str(page.title or "")), section, bytes.fromhex(seen.searched), seen.text)

    def made_of(self, page: SitePage) -> object:
        """What decides every byte of a page; nothing where that is not known."""
        key = self.keeper.made_of.get(page.file.src_uri)
        return key and (key, self.frame.feeds if self.frame else "")

    def apart(self) -> None:
        """Begin anew, and write nothing."""
        self.keeper.hold()

    def noted(self) -> Found:
        """Everything since."""
        return Found(self.keeper.now.held, self.keeper.taken, self.keeper.made_of, self.follower.ends.nowhere, self.follower.ends.parts, self.search.leaves if self.search else ())

    def learn(self, noted: Found) -> None:
        """Add what another process noted of later pages."""
        for path, page in noted.kept.items():
            self.keeper.now.add(path, page)
        self.keeper.taken.update(noted.taken)
        self.keeper.made_of.update(noted.made_of)
        self.follower.ends.nowhere = {**noted.nowhere, **self.follower.ends.nowhere}
        self.follower.ends.parts = {**noted.parts, **self.follower.ends.parts}
        if self.search:
            self.search.leaves += noted.leaves
