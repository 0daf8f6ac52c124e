"""Issues of Jira: the CSV of a search, with the columns Issue key, Status, Resolution and Resolved; Status Category helps where there is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from hotwash.clock import day, moment
from hotwash.ticket import Ticket

_DONE = frozenset({"done", "closed", "resolved"})
_DROPPED = frozenset({
    "won't do", "won't fix", "wont do", "wont fix", "duplicate", "cannot reproduce", "declined", "rejected", "abandoned", "obsolete", "not a bug", "invalid", "incomplete", "cancelled", "canceled",
})  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"(\d{1,2})[/ .-]([a-z]{3})[a-z]*[/ .-](\d{4}|\d{2})\b", re.IGNORECASE)


def recognised(row: Mapping[str, Any]) -> bool:
    """Whether a row is Jira's: it has the column Issue key."""
    return "issue key" in row


def ticket(row: Mapping[str, Any]) -> Ticket:
    """One row."""
    key, status = row["issue key"], row.get("status", "").casefold()
    category, resolution = row.get("status category", "").casefold(), row.get("resolution", "")
    if resolution.casefold() in _DROPPED:
        return Ticket(key, "dropped", _closed(row.get("resolved", "")), resolution)
    if category == "done" or (not category and (status in _DONE or resolution.casefold() not in ("", "unresolved"))):
        return Ticket(key, "done", _closed(row.get("resolved", "")))
    return Ticket(key, "in-progress" if category == "in progress" or status == "in progress" else "open")


def _closed(text: str) -> str:
    """The day in `20/Nov/26 9:12 AM` or `2026-11-20 09:12`; empty for figures alone, of which nobody can tell which is the month."""
    if moment(text) or day(text[:10]):
        return text if moment(text) else text[:10]
    found = _NAMED.match(text.strip())
    if not found or found[2].casefold() not in _MONTHS:
        return ""
    year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
    try:
        return date(year, _MONTHS.index(found[2].casefold()) + 1, int(found[1])).isoformat()
    except ValueError:
        return ""
