"""A ticket of a tracker, as its export gives it, and how it is known again in a header."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

State = Literal["open", "in-progress", "done", "dropped"]
_KEY = re.compile(r"(?<![A-Z0-9_])[A-Z][A-Z0-9_]+-\d+(?!\d)")


class Ticket(NamedTuple):
    """One ticket. `dropped` is closed without having been done: not planned, a duplicate."""

    link: str
    """Its page, or its key where the export knows no page."""
    state: State
    closed: str = ""
    """When it was closed: RFC 3339 or a day; empty where it is not, or where nobody can tell."""
    reason: str = ""
    """Why it was dropped, in the tracker's words."""


def marks(link: str) -> frozenset[str]:
    """What a link and a ticket have in common: the address without its scheme, query and forge's own detours, and any key such as SHOP-812."""
    address = re.sub(r"^[a-z]+://(www\.)?", "", link.strip().casefold()).split("#")[0].split("?")[0].rstrip("/")
    plain = address.replace("/-/", "/").replace("/work_items/", "/issues/")
    return frozenset({plain, *_KEY.findall(link)}) - {""}
