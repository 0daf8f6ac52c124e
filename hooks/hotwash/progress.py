"""The edge to the person who waits: a counting line on a terminal, after a second, and nothing anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Collection, Iterator
from typing import TypeVar

Item = TypeVar("Item")
_AFTER, _EVERY = 1.0, 0.2
"""Seconds."""


def counted(items: Collection[Item], what: str) -> Iterator[Item]:
    """The items, while stderr shows how many of them are done where it is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    shown, due = False, time.monotonic() + _AFTER
    for number, item in enumerate(items):
        if time.monotonic() >= due:
            sys.stderr.write(f"\r{what} {number:,} of {len(items):,}")
            sys.stderr.flush()
            shown, due = True, time.monotonic() + _EVERY
        yield item
    if shown:
        sys.stderr.write("\r\033[K")
