"""What is taken from a built page as it passes by: where it leads, and what the search reads of it. Both are kept with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from hotwash import dead_ends, shards


class Passed(NamedTuple):
    """What is known of a built page without its text."""

    searched: str
    """The hash of what the search reads, in hexadecimal."""
    leads: Collection[str]
    """The links of its article, as they are written, that stay within the site."""


def passed(output: str) -> Passed:
    """Look at a built page."""
    return Passed(shards.searched(output).hex(), sorted(dead_ends.leads(output)))
