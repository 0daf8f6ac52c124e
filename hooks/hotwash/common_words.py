"""Which words stand on many of the site's pages: they tell few pages from others, and cost a reader who searches as much as those that do."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")

_SAMPLE = 60
"""Pages that are read of a shard, in less than a tenth of a second. With eight shards a share is off by about two in a hundred."""
_NOTED, _COMMON = 0.1, 0.2
"""Of the pages: what is noted of a shard, and what is told of the site. What few pages have in one shard may be common in the others."""
_OFTEN = 10
"""Times on a page: a word that is there as often takes no more of the index than any other word of all pages."""
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
    return {"": (count, count), **{word: (on[word], times[word]) for word in sorted(on) if on[word] >= _NOTED * count}}


def joined(shards: Iterable[Mapping[str, Sequence[int]]]) -> dict[str, int]:
    """The common words of the site: of a hundred pages, how many have the word. It is more where the word stands on them so often that it fills the index."""
    on, times = Counter[str](), Counter[str]()
    for shard in shards:
        for word, (pages, all_told) in shard.items():
            on[word] += pages
            times[word] += all_told
    count = on.pop("", 0)
    return {word: round(100 * max(on[word], times[word] / _OFTEN) / count) for word in sorted(on) if on[word] >= _COMMON * count}
