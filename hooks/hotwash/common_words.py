"""Which words of the site cost a reader much who searches for them: they stand on many pages, often, and so tell few pages from others."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")

PIECE = 1500
"""Places of words in a piece of the index. A piece holds whole words, in the order of the alphabet, and is the least that a browser fetches of a shard."""
_SAMPLE = 40
"""Pages that are read of a shard, in a twentieth of a second. With twelve shards a share is off by about two in a hundred."""
_NOTED = 0.1
"""Of the pages: what is noted of a shard. Words of fewer pages cost no more than any piece does."""
_RARE, _COMMON = 0.0024, 0.0011
"""Kilobytes for each place, fitted to the pieces of an index of ten thousand pages: what many rare words say of few pages each, and one word of many."""
ENDING = r"(?<=.{5})(?:es|e)$|(?<=.{4})(?:ed|ing|(?<!s)s)$|(?<=[aeiou][^aeious])s$"
"""The indexer keeps the forms of a word together; these are most that English has. The search box takes the same ones away."""
_UNREAD = re.compile(r"<(svg|script|style)\b.*?</\1>|<a\b[^>]*\bclass=\"headerlink\".*?</a>", re.DOTALL)
"""What the indexer leaves out by itself, or is told to leave out."""
_TAG, _MARK = re.compile(r"<[^>]*>"), re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]+")


def sample(pages: Sequence[T]) -> Sequence[T]:
    """As many pages as are read, spread evenly; all of few."""
    return pages[:: -(-len(pages) // _SAMPLE) or 1]


def words(markup: str) -> list[str]:
    """The words of a piece of markup, each as often as it stands there, folded as the search box does: no accents, lower case. `on-call` is `oncall`, and `on`, and `call`."""
    text = html.unescape(_TAG.sub(" ", _UNREAD.sub(" ", markup))).lower()
    if not text.isascii():
        text = _MARK.sub("", unicodedata.normalize("NFD", text))
    found = _WORD.findall(text)
    for word in text.split():
        if not (word.isalnum() or word[:-1].isalnum()) and len(parts := _WORD.findall(word)) > 1:
            found.append("".join(parts))
    return found


def counted(pages: Iterable[str]) -> dict[str, tuple[int, int]]:
    """On how many of these pages each of their common words stands, and how often in all. Under the empty word it is how many pages there are."""
    on, times, count = Counter[str](), Counter[str](), 0
    for markup in pages:
        found = words(markup)
        on.update(set(found))
        times.update(found)
        count += 1
    return {"": (count, 0), **{word: (on[word], times[word]) for word in sorted(on) if on[word] >= _NOTED * count}}


def joined(shards: Sequence[Mapping[str, Sequence[int]]], pages: int) -> dict[str, int]:
    """What a browser fetches for a word of the site, in kilobytes, by the word without its ending. Told are those that cost more than any; the empty word stands for the others.

    Args:
        shards: what was counted of each.
        pages: how many there are in all shards.
    """
    places, ending = Counter[str](), re.compile(ENDING)
    for shard in shards:
        for word, (on, times) in shard.items():
            places[ending.sub("", word)] += on + times
    read = places.pop("", 0)
    least = round(len(shards) * PIECE * _RARE)
    costs = {word: round(least / 2 + _COMMON * pages * places[word] / read) for word in sorted(places)}
    return {"": least, **{word: cost for word, cost in costs.items() if cost > least}}
