"""Whatever a stub may say in its header, every page of the site is built: the check lets a stub through, so the site has to take it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from helpers import post
from sites import pages_of, site_of

from hotwash import project
from hotwash.model import Postmortem

SCHEMA = json.loads(project.shipped("postmortem.schema.json"))
ODD: tuple[Any, ...] = (
    None, True, False, 0, 1.5, -1, float("inf"), float("nan"), 10**30, 10**4000, "", " ", "x", "unknown", "index", "../../etc/passwd", "a b#c?d%e", "\u200b", "\ud800",
    "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:00Z", "9999-12-31", "0001-01-01", "2026-13-45", "2026-01-01T00:00:00Z", "2026-11-20",
    [], [None], [True], [1.5], [""], ["x"], [[]], [[[]]], [{}], [{"a": []}], [{"completed": []}], [{"completed": {}}], [{"id": []}, {"id": {}}, {"id": None}],
    {}, {"a": []}, {"a": {"b": {}}}, {"class": []}, {"resolved": {}}, {"x": None}, {1: 2}, {None: None}, {True: [True]},
)  # fmt: skip
"""What somebody may write where something else is asked for."""
BASE: dict[str, Any] = {
    "title": "It fell", "severity": "P1", "kind": "outage", "services": ["cart"], "timestamps": {"started": "2026-11-01T10:00:00Z", "resolved": "2026-11-01T11:00:00Z"},
    "cause": {"class": "untested-device", "also": ["cache-key-collision"], "what": "a flaw"}, "fix": {"change": "a test", "due": "2026-11-10", "state": "done", "closed": "2026-11-09"},
    "actions": [{"id": "a1", "do": "it", "due": "2026-11-10", "state": "open"}], "effectiveness": [{"on": "2026-11-19", "completed": True}],
}  # fmt: skip


def ways(entry: dict[str, Any], way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The way to every key of the schema; `*` is an entry of a list."""
    if "items" in entry:
        yield (*way, "*")
        yield from ways(entry["items"], (*way, "*"))
    for key, inner in entry.get("properties", {}).items():
        yield (*way, key)
        yield from ways(inner, (*way, key))


def put(header: Any, way: tuple[str, ...], value: Any) -> Any:
    """The header with another value at the end of the way."""
    if not way:
        return value
    if way[0] == "*":
        return [put(header[0] if isinstance(header, list) and header else {}, way[1:], value)]
    return {**(header if isinstance(header, dict) else {}), way[0]: put(header.get(way[0]) if isinstance(header, dict) else None, way[1:], value)}


def odd(status: str, way: tuple[str, ...]) -> Iterator[Postmortem]:
    for number, value in enumerate(ODD):
        stem = f"2026-11-{number % 28 + 1:02d}-odd{number}" if number % 2 else f"odd{number}"
        yield Postmortem(f"postmortems/{stem}.md", header=put({**BASE, "status": status}, way, value), body="It fell.")


@pytest.mark.parametrize("way", [*ways(SCHEMA), ("roles", "incident_commander"), ("x-ours",)], ids=".".join)
def test_no_value_of_a_header_stops_the_site(way: tuple[str, ...]) -> None:
    for status in ("filed", "published"):
        assert pages_of(site_of(*odd(status, way)))


@pytest.mark.parametrize("header", [
    "roles: true", "roles: 1.5", "roles: -1", "effectiveness: [{completed: []}]", "effectiveness: [{completed: {}}]", "timestamps: {resolved: 9999-12-31T23:59:00Z}\nseverity: P1",
])  # fmt: skip
def test_a_stub_that_says_something_odd_has_its_page(header: str) -> None:
    assert "postmortems/draft.md" in pages_of(site_of(post(f"---\ntitle: x\nstatus: filed\n{header}\n---\n", "draft")))


@pytest.mark.parametrize("header", [None, [], {}, {"status": "filed"}])
@pytest.mark.parametrize("as_of", [date.min, date(2026, 11, 20), date.max])
def test_a_stub_without_a_day_has_its_page_and_its_place_in_the_list(header: Any, as_of: date) -> None:
    pages = pages_of(site_of(Postmortem("postmortems/draft.md", header=header or {}), Postmortem("postmortems/.md", header={}), as_of=as_of))
    assert "## Day unknown" in pages["postmortems/index.md"].text


@pytest.mark.parametrize("as_of", [date.min, date.max])
def test_the_site_is_built_for_every_day(as_of: date) -> None:
    assert pages_of(site_of(*odd("filed", ("timestamps", "resolved")), as_of=as_of))
