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
_WIDE = 12
"""Pieces that a word fills from which on it has another beside it, see `beside`. In `joined` that is a cost of six times the least."""
_SAMPLE = 40
"""Pages that are read of a shard, in a twentieth of a second. With twelve shards a share is off by about two in a hundred."""
_NOTED = 0.1
"""Of the pages: what is noted of a shard. Words of fewer pages cost no more than any piece does."""
_RARE, _COMMON = 0.0024, 0.0011
"""Kilobytes for each place, fitted to the pieces of an index of ten thousand pages: what many rare words say of few pages each, and one word of many."""
ENDING = r"(?<=.{5})(?:es|e)$|(?<=.{4})(?:ed|ing|(?<!s)s)$|(?<=[aeiou][^aeious])s$"
"""The indexer keeps the forms of a word together; these are most that English has. The search box takes the same ones away."""
_END = re.compile(ENDING)
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


def counted(pages: Iterable[Sequence[str]]) -> dict[str, tuple[int, int]]:
    """On how many of these pages, given by their words, each of their common words stands, and how often in all. Under the empty word it is how many pages there are."""
    on, times, count = Counter[str](), Counter[str](), 0
    for found in pages:
        on.update(set(found))
        times.update(found)
        count += 1
    return {"": (count, 0), **{word: (on[word], times[word]) for word in sorted(on) if on[word] >= _NOTED * count}}


def beside(common: Mapping[str, tuple[int, int]], pages: int, read: Sequence[Sequence[str]]) -> tuple[int, str]:
    """For each word that takes most room in a shard's index, the first that may follow it in the alphabet: `and0` for `and`.

    A word that lies in no piece costs those of all that it begins with: `android` that of `and`, one of the greatest. With `and0` the next piece begins right
    after it; and so after each word that fills a piece and begins like that: a word between two pieces is in none. Whoever asks for `and` fetches the piece of
    `and0`, too, so only words have one that hardly anybody asks for. It is given to the indexer as something about a page that has the word anyway, and counts for nothing in the order of what is found.
    Told is which of the pages that were read has most of such words, and what is beside those that it has.

    Args:
        common: what was counted of the shard.
        pages: how many there are in it.
        read: the words of those that were read.
    """
    pieces = {word: (on + times) * pages / len(read) / PIECE for word, (on, times) in common.items() if word}
    wide = tuple(word for word, filled in pieces.items() if filled >= _WIDE)
    filling = {word for word, filled in pieces.items() if filled >= 1 and word.startswith(wide)}
    having = [filling.intersection(found) for found in read]
    most = max(range(len(read)), key=lambda number: len(having[number]))
    return most, " ".join(sorted(f"{root}0" for root in {*having[most], *(_END.sub("", word) for word in having[most])}))


def joined(shards: Sequence[Mapping[str, Sequence[int]]], pages: int) -> dict[str, int]:
    """What a browser fetches for a word of the site, in kilobytes, by the word without its ending. Told are those that cost more than any; the empty word stands for the others.

    Args:
        shards: what was counted of each.
        pages: how many there are in all shards.
    """
    places = Counter[str]()
    for shard in shards:
        for word, (on, times) in shard.items():
            places[_END.sub("", word)] += on + times
    read = places.pop("", 0)
    least = round(len(shards) * PIECE * _RARE)
    costs = {word: round(least / 2 + _COMMON * pages * places[word] / read) for word in sorted(places)}
    return {"": least, **{word: cost for word, cost in costs.items() if cost > least}}
