"""Following the links of built pages: what leads nowhere is a warning, which ends a strict build."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as SitePage

from hotwash.dead_ends import DeadEnds
from hotwash.model import Page

_log = logging.getLogger("mkdocs.plugins.hotwash.links")
_OTHERS = ("sitemap.xml", "404.html")
"""What the theme writes beside MkDocs' files."""


class Follower:
    """The links of one build."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self.site = Path(config.site_dir)
        places = {place for file in files for place in (file.url, file.dest_uri)}
        self.files = {unquote(file.url).removeprefix("./"): file.dest_uri for file in files}
        self.ends = DeadEnds({*places, *_OTHERS, ""})

    def read(self, page: SitePage, leads: Iterable[str], made: Page | None) -> None:
        """Note where a page leads, in passing."""
        self.ends.read(page.url, leads, written=bool(made and made.source))

    def tell(self) -> None:
        """Say what leads nowhere."""
        for said in self.ends.found(self._text):
            _log.warning("hotwash: %s", said)

    def _text(self, place: str) -> str:
        path = self.site / self.files.get(place, place)
        return path.read_text(encoding="utf-8", errors="replace") if path.suffix == ".html" and path.is_file() else ""
