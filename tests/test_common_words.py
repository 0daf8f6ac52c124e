"""Words that stand on many pages: how they are counted in a shard, joined for the site, and what is left out of account."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hotwash.common_words import counted, joined, sample, words


def site(*shards: list[str]) -> dict[str, int]:
    """The common words of a site, its shards read back as they are kept."""
    return joined(json.loads(json.dumps(counted(pages))) for pages in shards)


def test_a_site_without_pages_has_no_common_words() -> None:
    assert site() == {}
    assert site([]) == {}
    assert site([""]) == {}


def test_a_word_of_few_pages_is_none_of_them() -> None:
    assert site(["pool"] + ["place"] * 9) == {"place": 90}


def test_a_share_is_that_of_the_whole_site_and_not_of_one_shard() -> None:
    first, second = ["pool lost"] * 5 + ["lost"] * 5, ["lost"] * 30
    assert site(first, second) == site(second, first) == {"lost": 100}
    assert site(["pool"] * 8 + ["lost"] * 2, ["pool"] + ["lost"] * 9) == {"lost": 55, "pool": 45}


def test_a_word_that_fills_the_index_counts_for_more_than_all_pages() -> None:
    assert site(["pool " * 9 + "the " * 35] * 4) == {"pool": 100, "the": 350}


def test_markup_is_no_text_and_what_it_stands_for_is() -> None:
    assert words('<p class="pool">Lost&nbsp;its<br>place&amp;time</p>') == ["lost", "its", "place", "time", "placetime"]


@pytest.mark.parametrize(
    "unread",
    ['<svg viewBox="0 0 1 1"><title>Phases</title>\n</svg>', "<style>p {color: red}</style>", "<script>let x;</script>", '<a class="headerlink" href="#a" title="Here">link</a>'],
)
def test_what_the_indexer_does_not_read_is_not_counted(unread: str) -> None:
    assert words(f"<h2>pool{unread}place</h2>") == ["pool", "place"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It lost, then: found.", {"it", "lost", "then", "found"}),
        ("on-call INC-4711", {"on", "call", "oncall", "inc", "4711", "inc4711"}),
        ("it's a_b (2026-11-02)", {"it", "s", "its", "a", "b", "ab", "2026", "11", "02", "20261102"}),
        ("Überlast café", {"uberlast", "cafe"}),
        ("数据库 超时", {"数据库", "超时"}),
        ("— · … ¶", set()),
    ],
)
def test_a_word_is_folded_as_in_the_box(text: str, found: set[str]) -> None:
    assert set(words(text)) == found


@given(some.text(some.characters(codec="utf-8")))
def test_whatever_is_written_is_counted_in_words_that_the_box_can_ask_for(text: str) -> None:
    for word in words(text):
        assert word
        assert re.fullmatch(r"[^\W_]+", word)
        assert not re.search("[\u0300-\u036f]", unicodedata.normalize("NFD", word)) or not text.isascii()


@given(some.integers(0, 5000))
def test_few_pages_are_all_read_and_many_evenly(count: int) -> None:
    pages = range(count)
    read = list(sample(pages))
    assert len(read) <= 60
    assert len(read) == count if count <= 60 else len(read) > 30
    assert read == sorted(set(read))
    assert not read or count - read[-1] <= -(-count // 60)
