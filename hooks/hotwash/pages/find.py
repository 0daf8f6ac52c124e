"""The filter page over the whole archive."""

from __future__ import annotations

from collections.abc import Iterator

from hotwash.model import Page
from hotwash.pages import Site
from hotwash.pages.parts.finding import FIND
from hotwash.pages.parts.frame import lead, nothing, page
from hotwash.pages.parts.lists import listing, ways

_NEWEST = 50


def pages(site: Site) -> Iterator[Page]:
    """The one filter page."""
    newest = site.newest()[:_NEWEST]
    shown = listing(newest, site, FIND, "The newest postmortems") if newest else nothing("Nothing is filed yet.")
    yield page(site, FIND, "Find", (lead("Every postmortem of the archive."), ways(site, FIND), shown), searched=False, hide=("navigation", "toc"))
