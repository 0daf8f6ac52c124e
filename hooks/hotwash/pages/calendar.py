"""The dates of the archive as an iCalendar file, for whoever subscribes to it."""

from __future__ import annotations

from collections.abc import Iterator

from hotwash.diary import events, icalendar
from hotwash.model import Failure, Page
from hotwash.pages import CALENDAR, Site


def pages(site: Site) -> Iterator[Page]:
    """The one file; none where the icalendar package is not installed, since the site is useful without it."""
    if site.public:
        return
    found = list(events(site.archive, site.policy, site.history, site.as_of, actions=True, owing=site.owing))
    try:
        yield Page(CALENDAR, icalendar(found, site.as_of, site.policy))
    except Failure:
        return
