"""The edge to the clock: which day counts as today."""

from __future__ import annotations

import os
from datetime import date, datetime, timezone

from hotwash.model import Failure


def as_of(given: str | None = None) -> date:
    """The given day, else that of SOURCE_DATE_EPOCH (seconds since 1970, reproducible-builds.org), else today in UTC.

    Raises:
        Failure: what is given is not a day, or SOURCE_DATE_EPOCH is not a number of seconds.
    """
    if given:
        from hotwash.clock import day

        found = day(given)
        if found is None:
            raise Failure(f"--as-of {given}: not a day; write YYYY-MM-DD")
        return found
    return now().date()


def now() -> datetime:
    """This moment in UTC; with SOURCE_DATE_EPOCH set, that one.

    Raises:
        Failure: SOURCE_DATE_EPOCH is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(timezone.utc)
    try:
        return datetime.fromtimestamp(int(epoch), timezone.utc)
    except (ValueError, OverflowError, OSError):
        raise Failure(f"SOURCE_DATE_EPOCH={epoch}: not a number of seconds since 1970") from None
