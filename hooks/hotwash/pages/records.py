"""The filter page, the document for programs and the feeds: all of them are made of the same records, which are made once."""

from __future__ import annotations

from collections.abc import Iterator

from hotwash.model import Page
from hotwash.pages import Site
from hotwash.pages.parts.record import records
from hotwash.pages.recorded import archive, feeds, find


def pages(site: Site) -> Iterator[Page]:
    """Every page and file that is made of them."""
    found = records(site)
    yield from find.pages(site, found)
    yield from archive.pages(site, found)
    yield from feeds.pages(site, found)
