"""What a review looks at: an archive sorted by quarters once, one of these quarters, and the day up to which anything is known."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from hotwash.archive import Archive
from hotwash.clock import day
from hotwash.lesson import day_of
from hotwash.model import Postmortem
from hotwash.past import History
from hotwash.policy import Policy
from hotwash.quarter.span import Quarter, quarter_of
from hotwash.recurrence import LIVE

Posts = tuple[Postmortem, ...]
Answer = tuple[Postmortem, Mapping[str, Any]]
"""An effectiveness check that was answered, and of which postmortem."""


class Calendar(NamedTuple):
    """An archive by quarters: what began in each, oldest first, and which checks were answered in it. Nothing after the day it was made for."""

    incidents: Mapping[Quarter, Posts]
    """Those that have an account, or are to have one."""
    skipped: Mapping[Quarter, Posts]
    retired: Mapping[Quarter, Posts]
    """Of the incidents, those whose postmortem is kept for memory alone."""
    answers: Mapping[Quarter, tuple[Answer, ...]]
    classes: Mapping[str, tuple[tuple[date, Postmortem], ...]]
    """The incidents of each class with their days, oldest first."""


def calendar(archive: Archive, as_of: date) -> Calendar:
    """Sort an archive by quarters, as it is known on a day."""
    incidents, skipped, retired = (dict[Quarter, list[Postmortem]]() for _ in range(3))
    answers = dict[Quarter, list[Answer]]()
    dated = sorted(((when, post) for post in archive.posts.values() if (when := day_of(post)) and when <= as_of), key=lambda pair: (pair[0], pair[1].id))
    by_class: dict[str, list[tuple[date, Postmortem]]] = {}
    for when, post in dated:
        if post.status in LIVE:
            incidents.setdefault(quarter_of(when), []).append(post)
            for slug in archive.classes(post):
                by_class.setdefault(slug, []).append((when, post))
            if post.status == "retired":
                retired.setdefault(quarter_of(when), []).append(post)
        elif post.status == "skipped":
            skipped.setdefault(quarter_of(when), []).append(post)
    for post in archive.posts.values():
        for _, check in post.entries("effectiveness"):
            on = day(str(check.get("on", "")))
            if on and on <= as_of:
                answers.setdefault(quarter_of(on), []).append((post, check))
    return Calendar(_frozen(incidents), _frozen(skipped), _frozen(retired), {quarter: tuple(found) for quarter, found in answers.items()}, {slug: tuple(found) for slug, found in by_class.items()})


def _frozen(found: Mapping[Quarter, list[Postmortem]]) -> dict[Quarter, Posts]:
    return {quarter: tuple(posts) for quarter, posts in found.items()}


class Scope(NamedTuple):
    """A quarter of an archive."""

    archive: Archive
    policy: Policy
    history: History
    as_of: date
    calendar: Calendar
    quarter: Quarter
    filled: Callable[[Postmortem], frozenset[str]]
    """The sections of a postmortem that say something."""

    @property
    def posts(self) -> Posts:
        """The incidents of the quarter, oldest first."""
        return self.calendar.incidents.get(self.quarter, ())

    @property
    def until(self) -> date:
        """The last day that counts: today while the quarter runs, then its last."""
        return min(self.as_of, self.quarter.last)

    @property
    def running(self) -> bool:
        """Whether the quarter has days to go."""
        return self.as_of < self.quarter.last

    def title(self, slug: str) -> str:
        """How a class is called."""
        return self.policy.title("classes", slug)

    def of_class(self, slug: str) -> Posts:
        """The incidents of a class up to the end of the quarter, oldest first."""
        dated = self.calendar.classes.get(slug, ())
        return tuple(post for _, post in dated[: bisect_right(dated, self.until, key=lambda pair: pair[0])])

    def classes(self) -> Iterator[tuple[str, date]]:
        """Each class that had occurred by the end of the quarter, with the day of its last incident."""
        until = self.until
        for slug, dated in self.calendar.classes.items():
            count = bisect_right(dated, until, key=lambda pair: pair[0])
            if count:
                yield slug, dated[count - 1][0]


def quarters(known: Calendar, as_of: date) -> list[Quarter]:
    """Every quarter with an incident, and the one that is running, the newest first."""
    return sorted({*known.incidents, quarter_of(as_of)}, reverse=True)
