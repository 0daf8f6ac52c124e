"""What is taken from a built page as it passes by: where it leads, and what the search reads of it. The one and a hash of the other are kept with it."""

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
    text: str = ""
    """What the search reads; it is at hand while the page passes, and not kept."""


def passed(output: str) -> Passed:
    """Look at a built page."""
    text = shards.text_of(output)
    return Passed(shards.searched(text).hex(), sorted(dead_ends.leads(output)), text)
