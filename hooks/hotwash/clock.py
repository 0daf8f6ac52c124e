"""Times read strictly: RFC 3339 with an offset, days as YYYY-MM-DD. No clock is asked here; today is always an argument."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from hotwash.model import Failure

_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d\d:\d\d)\Z", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z", re.ASCII)


@lru_cache(maxsize=131_072)
def moment(text: str) -> datetime | None:
    """A time of RFC 3339, section 5.6, in UTC; seconds may be left out. None for anything else, `unknown` included."""
    match = _MOMENT.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second, _, offset = match.groups()
    try:
        local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=_zone(offset))
        return local.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def _zone(offset: str) -> timezone:
    if offset in "Zz":
        return timezone.utc
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    if minutes > 59:
        raise ValueError(offset)
    return timezone((1 if offset[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


@lru_cache(maxsize=16_384)
def day(text: str) -> date | None:
    """A day as YYYY-MM-DD; None for anything else."""
    match = _DAY.match(text)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def seconds(start: datetime | None, end: datetime | None) -> int | None:
    """From start to end, in seconds; None where one of them is unknown."""
    return None if start is None or end is None else int((end - start).total_seconds())


def spoken(duration: int) -> str:
    """A duration for a reader: `36 min`, `2 h 05 min`, `3 d 4 h`; below a minute, seconds."""
    if duration < 0:
        return f"-{spoken(-duration)}"
    if duration < 60:
        return f"{duration} s"
    minutes = duration // 60
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h {minutes % 60:02d} min" if minutes % 60 else f"{minutes // 60} h"
    days, hours = divmod(minutes // 60, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def local_day(when: datetime, name: str) -> date:
    """The day of a moment in an IANA time zone.

    Raises:
        Failure: the zone is not known on this machine.
    """
    return local(when, name).date()


def local(when: datetime, name: str) -> datetime:
    """A moment in an IANA time zone.

    Raises:
        Failure: the zone is not known on this machine.
    """
    try:
        return when.astimezone(zone(name))
    except OverflowError:  # at the ends of the calendar there is no other zone
        return when


def zone(name: str) -> tzinfo:
    """An IANA time zone.

    Raises:
        Failure: it is not known on this machine.
    """
    if name == "UTC":
        return timezone.utc
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Failure(f"postmortems/policy.yml: the time zone `{name}` is not known here; write an IANA name such as Europe/Berlin") from None
