"""The dates of an archive as one iCalendar file (RFC 5545): deadlines, review meetings, effectiveness checks, and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from hotwash.agenda import MINUTES, agenda, written
from hotwash.archive import Archive
from hotwash.clock import moment
from hotwash.due import Owed, checks, owed
from hotwash.model import Failure, Postmortem
from hotwash.need import deadline
from hotwash.past import History
from hotwash.policy import Policy

_ABOUT = {"publication": "Effectiveness check after publication", "fix": "Effectiveness check after the fix"}


class Event(NamedTuple):
    """One entry of the calendar.

    `name` tells it from the others of its postmortem and never changes with its date, so that a calendar moves an entry rather than doubling it.
    `start` is a moment in UTC, or a day; `minutes` is how long it lasts, 0 for a day and for a deadline, which is a moment.
    """

    post: Postmortem
    name: str
    title: str
    start: datetime | date
    minutes: int
    text: str


def events(archive: Archive, policy: Policy, history: History, as_of: date, *, actions: bool, owing: Iterable[Owed] | None = None) -> Iterator[Event]:
    """Every date that is ahead or still owed, by postmortem.

    Args:
        actions: whether due dates of open fixes and actions stand in it as well.
        owing: everything owed on the day, where it is known already.
    """
    for post in archive.posts.values():
        until = deadline(post, policy) if post.status == "filed" else None
        if until:
            yield Event(post, "deadline", f"Publish: {post.title}", until, 0, f"Due at {until:%H:%M} UTC. {post.path}")
        at = moment(post.text("review", "at"))
        if at and not post.text("review", "held"):
            yield Event(post, "review", f"Review: {post.title}", at, MINUTES, written(agenda(post, archive, policy, history, as_of)))
        for about, when in checks(post, policy, history):
            yield Event(post, f"effectiveness-{about}", f"{_ABOUT[about]}: {post.title}", when, 0, f"hotwash effectiveness {post.id} --about {about}")
    if actions:
        yield from _due(owed(archive, policy, as_of, history) if owing is None else owing)


def _due(owing: Iterable[Owed]) -> Iterator[Event]:
    for item in owing:
        if item.what in ("fix", "action") and item.due:
            name = item.action or "fix" if item.what == "action" else "fix"
            who = f" ({item.owner})" if item.owner else ""
            yield Event(item.post, f"due-{name}", f"Due: {item.text}{who}", item.due, 0, f"{item.post.title}\n\n{item.next}")


def icalendar(found: Iterable[Event], as_of: date, policy: Policy) -> str:
    """Events as one iCalendar file, by their start. The same events on the same day give the same bytes.

    Raises:
        Failure: the icalendar package is not installed.
    """
    try:
        from icalendar import Calendar, vDatetime
    except ImportError:
        raise Failure('the calendar needs the package icalendar: pip install "hotwash[calendar]"') from None
    calendar, stamp = Calendar(), vDatetime(datetime(as_of.year, as_of.month, as_of.day, tzinfo=timezone.utc))
    calendar.add("prodid", "-//hotwash//hotwash//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{(policy.data.get('site') or {}).get('name') or 'Postmortems'}: what is due")
    ordered = sorted(found, key=lambda event: (event.start.isoformat(), event.post.id, event.name))
    # Each event is written by itself: thousands of components together would be kept, and looked through for garbage again and again.
    start, end, rest = bytes(calendar.to_ical()).partition(b"END:VCALENDAR")
    return b"".join((start, *(_component(event, stamp).to_ical() for event in ordered), end, rest)).decode("utf-8")


def _component(event: Event, stamp: Any) -> Any:
    from icalendar import Event as Component

    component = Component()
    component.add("uid", _plain(f"{event.name}.{event.post.id}@hotwash"))
    component.add("dtstamp", stamp)
    component.add("dtstart", event.start)
    if event.minutes:  # a day lasts its day (RFC 5545, 3.6.1)
        component.add("duration", timedelta(minutes=event.minutes))
    component.add("summary", _plain(event.title))
    component.add("description", _plain(event.text))
    component.add("transp", "OPAQUE" if event.name == "review" else "TRANSPARENT")
    return component


def _plain(text: str) -> str:
    """Text without the control characters that iCalendar has no way to write (RFC 5545, 3.1), and without markup: some programs show a text as HTML."""
    printable = text.replace("\n", "").replace("\t", "").isprintable()
    said = text if printable else "".join(char for char in text if char in "\n\t" or char.isprintable())
    return said.replace("<", "‹").replace(">", "›")
