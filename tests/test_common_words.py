"""Words that stand on many pages: how they are counted in a shard, joined for the site, and what is left out of account."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hotwash import common_words
from hotwash.common_words import beside, counted, joined, sample, words


def site(*shards: list[str], pages: int = 10_000) -> dict[str, int]:
    """What the words of a site cost, its shards read back as they are kept. What is read stands for so many pages."""
    return joined([json.loads(json.dumps(counted(map(words, read)))) for read in shards], pages)


def test_the_first_word_after_one_that_takes_much_room_is_told_and_after_no_other() -> None:
    read = [["and"] * 40 + ["runbooks"] * 40 + ["pool"]] * 10
    assert beside(counted(read), 450, read) == (0, "and0 runbook0 runbooks0")
    assert beside(counted(read), 430, read) == (0, ""), "it is no more than some pieces"


def test_so_is_the_first_after_one_that_begins_like_it_and_fills_a_piece() -> None:
    read = [["the"] * 60 + ["then"] * 9 + ["queue"] * 9] * 10 + [["theory"]]
    assert beside(counted(read), 450, read) == (0, "the0 then0")


def test_it_is_told_of_the_page_that_has_most_of_them_and_of_words_that_it_has() -> None:
    read = [["and"] * 99, ["queue", "and", "lost", "lost"], ["queue"] * 99]
    assert beside(counted(read), 900, read) == (1, "and0 queue0")


@given(some.integers(1, 90), some.integers(1, 40), some.integers(1, 12))
def test_the_box_knows_by_its_cost_which_word_has_one(often: int, pages: int, shards: int) -> None:
    """Where a shard stands for all, and no rounding stands between."""
    read = [["and"] * often] * pages
    costs = site(*[[" ".join(page) for page in read]] * shards, pages=pages * shards * 30)
    least, exactly = costs[""], 1500 * 12 / 30 / pages - 1
    if abs(often - exactly) > 2:
        assert bool(beside(counted(read), pages * 30, read)[1]) == (costs.get("and", 0) >= 6 * least) == (often > exactly)


def test_a_site_without_pages_has_no_common_words() -> None:
    assert site(pages=0) == {"": 0}
    assert site([], pages=0) == site([""], pages=1) == {"": 4}


def test_in_a_small_archive_no_word_costs_more_than_another() -> None:
    assert site(["the " * 35] * 60, pages=60) == {"": 4}


def test_a_word_of_few_pages_costs_no_more_than_any() -> None:
    assert site(["pool"] + ["lost"] * 9) == {"": 4, "lost": 22}


def test_a_cost_is_that_of_the_whole_site_and_not_of_one_shard() -> None:
    first, second = ["pool lost"] * 5 + ["lost"] * 5, ["lost"] * 30
    assert site(first, second) == site(second, first) == {"": 7, "lost": 26}
    assert site(["pool"] * 8 + ["lost"] * 2, ["pool"] + ["lost"] * 9) == {"": 7, "lost": 16, "pool": 13}


def test_it_grows_with_the_pages_and_with_how_often_a_word_stands_there() -> None:
    assert site(["pool " * 9 + "of " * 35] * 4) == {"": 4, "pool": 112, "of": 398}
    assert site(["pool " * 9 + "of " * 35] * 4, pages=1000) == {"": 4, "pool": 13, "of": 42}


@pytest.mark.parametrize(
    ("forms", "root"),
    [
        ("price prices", "price"), ("release releases released releasing", "releas"), ("fail fails failed failing", "fail"), ("its it", "it"), ("class classes", "class"),
        ("process processes processed", "process"), ("address addresses", "address"), ("build builds", "build"), ("thread threads", "thread"), ("minute minutes", "minut"),
    ],
)  # fmt: skip
def test_the_forms_of_a_word_cost_what_all_of_them_do(forms: str, root: str) -> None:
    assert site([forms]) == {"": 4, root: 22 * len(forms.split()) + 2}


@pytest.mark.parametrize("word", ["on", "one", "us", "use", "this", "bus", "class", "theme", "them", "status", "time", "größe", "straße"])
def test_what_is_no_ending_stays(word: str) -> None:
    assert site([word]) == {"": 4, {"status": "statu", "größe": "große", "straße": "straß"}.get(word, word): 24}


def test_the_search_box_takes_the_same_endings_away() -> None:
    assert "common.get(part) < 6 * least" in (Path(common_words.__file__).parent / "pages/assets/search.js").read_text("utf-8")
    assert f"const ENDING = /{common_words.ENDING}/u;" in (Path(common_words.__file__).parent / "pages/assets/search.js").read_text("utf-8")


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
    assert len(read) <= 40
    assert len(read) == count if count <= 40 else len(read) > 20
    assert read == sorted(set(read))
    assert not read or count - read[-1] <= -(-count // 40)
