"""Which incidents are counted, of which time, and the steps by which time is drawn."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from hotwash.archive import Archive, began
from hotwash.clock import day
from hotwash.model import Postmortem
from hotwash.recurrence import LIVE

MOST = 24
"""Steps that one chart draws, the latest."""
_SIZES = {"month": 1, "quarter": 3, "year": 12}
"""Months of a step."""


class Period(NamedTuple):
    """The incidents of a stretch of time. Only accounts count: what was left unwritten has none."""

    posts: tuple[Postmortem, ...]
    """Oldest first; in the whole archive, those of an unknown day too."""
    first: date | None
    """The first day; None where nothing is dated."""
    last: date
    """The day of the page."""
    quarters: tuple[str, ...] = ()
    """The quarters it is made of; none for the whole archive."""


class Step(NamedTuple):
    """A month, a quarter or a year with its incidents."""

    name: str
    """As the filter page writes it: `2026-11`, `2026-Q4`, `2026`."""
    posts: tuple[Postmortem, ...]


def day_of(post: Postmortem) -> date | None:
    """The day of an incident: of its id, else of its times."""
    return day(post.id[:10]) or day(began(post)[0][:10])


def quarter_of(when: date) -> str:
    """`2026-Q4`."""
    return f"{when.year:04d}-Q{(when.month + 2) // 3}"


def whole(archive: Archive, as_of: date) -> Period:
    """All that has happened by a day."""
    dated = [(when, post) for post in archive.posts.values() if post.status in LIVE and ((when := day_of(post)) is None or when <= as_of)]
    known = [when for when, _ in dated if when]
    return Period(tuple(post for _, post in sorted(dated, key=lambda pair: (pair[0] or date.min, pair[1].id))), min(known, default=None), as_of)


def latest(period: Period, count: int = 4) -> Period:
    """The last quarters of a period, the one that is still running included."""
    end = period.last.year * 4 + (period.last.month - 1) // 3
    start = max(end - count + 1, 4)
    first = date(start // 4, start % 4 * 3 + 1, 1)
    names = tuple(f"{number // 4:04d}-Q{number % 4 + 1}" for number in range(start, end + 1))
    return Period(tuple(post for post in period.posts if (when := day_of(post)) and when >= first), first, period.last, names)


def steps(period: Period, least: str = "month") -> tuple[str, tuple[Step, ...]]:
    """The period in equal steps, empty ones included: months where they are few enough, else quarters, else the last years.

    Args:
        period: what is to be drawn.
        least: the finest step that makes sense: `month`, `quarter` or `year`.

    Returns:
        What a step is, and the steps.
    """
    if period.first is None:
        return least, ()
    sizes = list(_SIZES)[list(_SIZES).index(least) :]
    size = next((name for name in sizes if _number(period.last, name) - _number(period.first, name) < MOST), "year")
    last = _number(period.last, size)
    numbers = range(max(_number(period.first, size), last - MOST + 1), last + 1)
    found: Mapping[int, list[Postmortem]] = {number: [] for number in numbers}
    for post in period.posts:
        if (when := day_of(post)) and (number := _number(when, size)) in found:
            found[number].append(post)
    return size, tuple(Step(_named(number, size), tuple(posts)) for number, posts in found.items())


def undrawn(period: Period, drawn: Sequence[Step]) -> int:
    """How many incidents no step holds: their day is unknown, or too long ago."""
    return len(period.posts) - sum(len(step.posts) for step in drawn)


def _number(when: date, size: str) -> int:
    return (when.year * 12 + when.month - 1) // _SIZES[size]


def _named(number: int, size: str) -> str:
    if size == "year":
        return f"{number:04d}"
    if size == "quarter":
        return f"{number // 4:04d}-Q{number % 4 + 1}"
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
