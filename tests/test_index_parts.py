"""The index of a large archive: in pages of a bearable size, every postmortem on one of them, and nothing new where the archive is small."""

from __future__ import annotations

import re

import pytest
from helpers import light
from sites import Markup, pages_of, site_of

from hotwash.model import Postmortem
from hotwash.pages import index

POSTS = [
    light(f"title: Number {number}\nseverity: {'P1' if number % 2 else 'P2'}\nservices: [{'cart' if number % 3 else 'search'}]", id=f"{2023 + number // 6}-{1 + number % 6 * 2:02}-03-n{number}")
    for number in range(14)
]


def rows(text: str) -> list[str]:
    return re.findall(r'href="(?:\.\./)*(?:postmortems/)?(\d{4}-\d\d-\d\d-n\d+)/"', text)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "MOST", 4)
    monkeypatch.setattr(index, "_FEWEST", 1)


def lists(posts: list[Postmortem]) -> dict[str, str]:
    return {path: page.text for path, page in pages_of(site_of(*posts)).items() if page.path.startswith("postmortems/") and not page.source}


def test_a_small_archive_is_one_page_as_ever() -> None:
    made = lists(POSTS)
    assert set(made) == {"postmortems/index.md", "postmortems/by-severity.md", "postmortems/by-service.md"}
    assert len(rows(made["postmortems/index.md"])) == 14
    assert "All " not in "".join(made.values()).replace("All postmortems", "")


@pytest.mark.usefixtures("few")
def test_a_large_one_has_a_page_for_each_year_or_quarter_and_no_page_is_longer_than_it_may_be() -> None:
    made = lists(POSTS)
    parts = {path: rows(text) for path, text in made.items() if "/by-year/" in path}
    assert set(parts) == {f"postmortems/by-year/{name}.md" for name in ("2025", *(f"{year}-q{number}" for year in (2023, 2024) for number in (1, 2, 3, 4)))}
    assert sorted(id for ids in parts.values() for id in ids) == sorted(post.id for post in POSTS)
    assert max(len(rows(text)) for text in made.values()) <= 4


@pytest.mark.usefixtures("few")
def test_the_first_page_shows_the_newest_and_leads_to_the_rest() -> None:
    made = lists(POSTS)
    assert rows(made["postmortems/index.md"]) == [post.id for post in POSTS[:-3:-1]]
    links = set(Markup(made["postmortems/index.md"]).links())
    assert {"by-year/2025/", "by-year/2024-q3/", "by-year/2023-q1/"} <= links
    assert "../../" in set(Markup(made["postmortems/by-year/2025.md"]).links())


@pytest.mark.usefixtures("few")
def test_a_word_that_too_many_bear_shows_its_newest_and_leads_to_all_of_them() -> None:
    made = lists(POSTS)
    assert any("find" in link and "severity=P1" in link for link in Markup(made["postmortems/by-severity.md"]).links())
    assert any("find" in link and "service=cart" in link for link in Markup(made["postmortems/by-service.md"]).links())


@pytest.mark.usefixtures("few")
def test_one_without_a_day_comes_last() -> None:
    made = lists([*POSTS, light("timestamps: {resolved: unknown}", id="draft")])
    assert "draft" in made["postmortems/by-year/day-unknown.md"]
    assert list(Markup(made["postmortems/index.md"]).links()).index("by-year/day-unknown/") > list(Markup(made["postmortems/index.md"]).links()).index("by-year/2023-q1/")
