"""The filter page and the way to it: addresses that ask, the rows that answer, and what a public site keeps to itself."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from helpers import light
from sites import NASTY, pages_of, site_of

from hotwash.pages.parts.finding import found


def test_a_number_leads_to_the_postmortems_behind_it() -> None:
    site = site_of()
    assert found(site, "metrics.md") == "../find/"
    assert found(site, "metrics.md", severity="P1", month="2026-11") == "../find/?severity=P1&month=2026-11"
    assert found(site, "quarters/2026-Q4.md", fix=("did not hold", "not in place")) == "../../find/?fix=did+not+hold&fix=not+in+place"
    assert found(site, "index.md", team="") == "find/?team=none"
    assert found(site, "index.md", class_="cache-key-collision") == "find/?class=cache-key-collision"
    assert found(site._replace(directories=False), "recurrences/index.md", q="a") == "../find.html?words=a"


@pytest.mark.parametrize("value", NASTY)
def test_whatever_is_asked_for_stays_a_value(value: str) -> None:
    address = found(site_of(), "index.md", service=value)
    assert parse_qs(urlsplit(address).query) == {"service": [value]}
    assert not set("<>\"' ") & set(address)


def test_a_key_that_the_page_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="sevrity: the filter page knows words, severity"):
        found(site_of(), "index.md", sevrity="P1")


def test_a_public_site_asks_for_nothing_that_it_does_not_tell() -> None:
    public = site_of(audience="public")
    assert found(public, "index.md", fix="holding", team="a", repeat="yes", filed="late", severity="P1") == "find/?severity=P1"


def test_the_page_stands_there_even_for_an_empty_archive() -> None:
    assert "Nothing is filed yet." in pages_of(site_of())["find.md"].text
    assert "2026-11-05-update-crashed" in pages_of(site_of(light()))["find.md"].text


@pytest.mark.parametrize(("header", "said"), [
    ("status: filed", ""),
    ("status: filed\nfix: {change: a test of the update, state: open, due: 2026-12-01}", "pending"),
    ("status: filed\nfix: {none: the supplier replaced it, accepted_by: '@apps-lead'}", "accepted"),
])  # fmt: skip
def test_the_lists_and_the_filter_say_the_same_of_a_fix_that_nobody_has_named_yet(header: str, said: str) -> None:
    made = pages_of(site_of(light(header, without="fix")))
    facet = next(facet for facet in json.loads(made["find.json"].text)["facets"] if facet["key"] == "fix")
    assert [option["word"] for option in facet["options"]] == ([said] if said else [])
    for page in ("postmortems/index.md", "find.md"):
        assert [word for word in ("pending", "accepted") if f">{word}</span>" in made[page].text] == ([said] if said else []), page
