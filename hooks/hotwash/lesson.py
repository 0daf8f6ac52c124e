"""What a home page brings back: the lesson of an incident of this week in earlier years; and which postmortems are new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from hotwash.archive import Archive, began
from hotwash.clock import day
from hotwash.lateness import published
from hotwash.model import Postmortem
from hotwash.past import History
from hotwash.policy import Policy

NEW = timedelta(days=7)
"""For how long a postmortem is new: whoever looks in once a week misses none."""
_WRITTEN = timedelta(days=90)
"""How long after its incident a publication is news. Later ones are of old files that were taken over."""
_OLD = 300
"""Days from which on an incident is of an earlier year, whatever the calendar says: that of last December is no old lesson in January."""
_NEAR = 3
_WEEKS = 52


class Lesson(NamedTuple):
    """An old incident worth another look. `apart` is how many weeks of the calendar lie between its week and this one."""

    post: Postmortem
    day: date
    apart: int

    @property
    def heading(self) -> str:
        """When it was, for a reader of today."""
        when = "this week in" if not self.apart else "about this time in" if self.apart <= _NEAR else "the archive,"
        return f"From {when} {self.day.year}"


def old_lesson(archive: Archive, policy: Policy, as_of: date) -> Lesson | None:
    """The incident of an earlier year whose week of the calendar is nearest to that of a day: of several the gravest, then the oldest. None in a young archive."""
    order = [*policy.words("severities"), ""]
    found = sorted(_lessons(archive, as_of), key=lambda lesson: (lesson.apart, order.index(policy.severity(lesson.post)), lesson.post.id))
    return found[0] if found else None


def _lessons(archive: Archive, as_of: date) -> Iterator[Lesson]:
    week = as_of.isocalendar().week
    for post in archive.posts.values():
        when = day_of(post)
        if when and (as_of - when).days >= _OLD and post.status in ("published", "retired") and post.text("cause", "what"):
            gap = abs(week - when.isocalendar().week)
            yield Lesson(post, when, min(gap, abs(_WEEKS - gap)))


def arrived(post: Postmortem, history: History, as_of: date) -> date | None:
    """The day since which there is something to read: the incident's, or that of its publication where Git knows it. None where neither is known."""
    when, out = day_of(post), published(post, history, as_of)
    return max(when, out.date()) if when and out and out.date() - when <= _WRITTEN else when


def is_new(post: Postmortem, history: History, as_of: date) -> bool:
    """Whether it came within the last days."""
    when = arrived(post, history, as_of)
    return bool(when and timedelta(0) <= as_of - when < NEW)


def day_of(post: Postmortem) -> date | None:
    """The day of an incident, as its id says, else as its times do."""
    return day(post.id[:10]) or day(began(post)[0][:10])
