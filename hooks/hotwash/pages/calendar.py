"""The dates of the archive as an iCalendar file, for whoever subscribes to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

from hotwash.diary import events, icalendar
from hotwash.model import Failure, Page
from hotwash.pages import CALENDAR, Site


def pages(site: Site) -> Iterator[Page]:
    """The one file; none where the icalendar package is not installed, since the site is useful without it."""
    stamp = datetime(site.as_of.year, site.as_of.month, site.as_of.day, tzinfo=timezone.utc)
    found = events(site.archive, site.policy, site.history, site.as_of, actions=True)
    try:
        yield Page(CALENDAR, icalendar(found, stamp, f"{site.name or 'Postmortems'}: what is due"))
    except Failure:
        return
