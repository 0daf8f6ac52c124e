"""Working hours: when so many of them have passed. The week, the hours and the holidays are the policy's; daylight saving is the zone's.

A working day from nine to five has eight hours, and one in which the clocks change only as many as really pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from hotwash.clock import day, zone

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)\Z", re.ASCII)
_DAY_MINUTES = 24 * 60


class Working(NamedTuple):
    """When a team works: days of the week (0 is Monday), minutes since local midnight, holidays, and the zone."""

    days: frozenset[int]
    opens: int
    closes: int
    holidays: frozenset[date]
    zone: tzinfo


def working(said: Mapping[str, Any], zone_name: str) -> Working:
    """The policy's `working` as values; it was looked at with `wrong` before.

    Raises:
        Failure: the zone is not known on this machine.
    """
    opens, closes = span(said["hours"]) or (0, _DAY_MINUTES)
    holidays = frozenset(found for text in said["holidays"] if (found := day(text)))
    return Working(frozenset(DAYS.index(name) for name in said["days"]), opens, closes, holidays, zone(zone_name))


def span(text: str) -> tuple[int, int] | None:
    """`09:00-17:00` as minutes since midnight; None where it is no such span, or does not open before it closes. `24:00` is midnight at the end."""
    match = _SPAN.match(text)
    opens, closes = (int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])) if match else (0, 0)
    return (opens, closes) if opens < closes <= _DAY_MINUTES else None


def wrong(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What cannot be meant in the policy's `working`: the key and what is wrong with it."""
    if span(said["hours"]) is None:
        yield "hours", f"`{said['hours']}` is no span of a day; write `09:00-17:00`, the earlier time first"
    for text in said["holidays"]:
        if day(text) is None:
            yield "holidays", f"`{text}` is not a day; write YYYY-MM-DD"


def after(start: datetime, hours: int, week: Working) -> datetime:
    """The moment at which so many working hours have passed since a moment, both in UTC.

    Raises:
        OverflowError: that is beyond the year 9999, or never.
    """
    left, today = timedelta(hours=hours), start.astimezone(week.zone).date()
    while week.days:
        if today.weekday() in week.days and today not in week.holidays:
            opens, closes = _window(today, week)
            begins = max(opens, start)
            if begins + left <= closes:
                return begins + left
            left -= max(closes - begins, timedelta(0))
        today += timedelta(days=1)
    raise OverflowError


def between(start: datetime, end: datetime, week: Working) -> timedelta:
    """The working time from one moment to another, both in UTC; nothing where the end comes first."""
    total, today = timedelta(0), start.astimezone(week.zone).date()
    while today <= end.astimezone(week.zone).date():
        if today.weekday() in week.days and today not in week.holidays:
            opens, closes = _window(today, week)
            total += max(min(closes, end) - max(opens, start), timedelta(0))
        today += timedelta(days=1)
    return total


@lru_cache(maxsize=4096)
def _window(today: date, week: Working) -> tuple[datetime, datetime]:
    """When a working day opens and closes, in UTC."""
    return _moment(today, week.opens, week.zone), _moment(today, week.closes, week.zone)


def _moment(today: date, minutes: int, at: tzinfo) -> datetime:
    whole, rest = divmod(minutes, _DAY_MINUTES)
    return datetime.combine(today + timedelta(days=whole), time(rest // 60, rest % 60), at).astimezone(timezone.utc)
