"""What is new, for feed readers: read by feedparser and judged by a schema of JSON Feed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import pytest
from helpers import STANDARD, light, light_text, policy, post
from jsonschema import Draft202012Validator
from sites import NASTY, pages_of, site_of

from hotwash.cli import main
from hotwash.model import Postmortem
from hotwash.past import FileHistory, History

URL = "https://postmortems.example.com/"
TEXT = {"type": "string", "minLength": 1}
MOMENT = {"type": "string", "format": "date-time"}
ADDRESS = {"type": "string", "pattern": "^https?://"}
JSON_FEED = {
    "type": "object", "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"}, "title": TEXT, "home_page_url": ADDRESS, "feed_url": ADDRESS,
        "items": {"type": "array", "items": {
            "type": "object", "required": ["id"], "anyOf": [{"required": ["content_text"]}, {"required": ["content_html"]}],
            "properties": {"id": TEXT, "url": ADDRESS, "title": TEXT, "content_text": TEXT, "date_published": MOMENT, "tags": {"type": "array", "items": TEXT}},
            "additionalProperties": False,
        }},
    },
    "additionalProperties": False,
}  # fmt: skip
"""JSON Feed 1.1 as far as we write it: https://www.jsonfeed.org/version/1.1/"""


def feeds(*posts: Postmortem, **more: Any) -> tuple[Any, Mapping[str, Any]]:
    """Both feeds of a site, read; each has to be valid, and both say the same."""
    pages = pages_of(site_of(*posts, **{"url": URL, **more}))
    atom, said = feedparser.parse(pages["feed.atom"].text.encode()), json.loads(pages["feed.json"].text)
    assert not atom.bozo, atom.get("bozo_exception")
    assert [error.message for error in Draft202012Validator(JSON_FEED, format_checker=Draft202012Validator.FORMAT_CHECKER).iter_errors(said)] == []
    assert [(entry.id, entry.link, entry.published) for entry in atom.entries] == [(item["id"], item["url"], item["date_published"]) for item in said["items"]]
    return atom, said


def incident(day: str, **keys: str) -> Postmortem:
    lines = {"timestamps": f"{{started: {day}T10:00:00Z, resolved: {day}T11:00:00Z}}", "cause": "{class: cache-key-collision, what: x}"} | keys
    return light("\n".join(f"{key}: {value}" for key, value in lines.items()), id=f"{day}-x")


def test_an_archive_without_news_is_a_feed_all_the_same() -> None:
    atom, said = feeds()
    assert (atom.version, atom.entries, said["items"]) == ("atom10", [], [])
    assert atom.feed.updated == "2026-11-20T00:00:00Z"


def test_a_site_that_does_not_know_its_address_has_no_feeds() -> None:
    assert not {"feed.atom", "feed.json"} & set(pages_of(site_of(post(STANDARD))))


def test_a_published_postmortem_is_news_from_its_publication() -> None:
    subject = post(STANDARD)
    atom, said = feeds(subject, history=History(files={subject.path: FileHistory(published="2026-11-04T09:30:00Z")}))
    (entry,) = atom.entries
    assert (entry.title, entry.published) == ("Checkout returned 503 after a cache-key change", "2026-11-04T09:30:00Z")
    assert entry.link == f"{URL}postmortems/2026-11-02-checkout-503/"
    assert {tag.term for tag in entry.tags} == {"postmortem", "checkout", "cache", "cache-key-collision"}
    assert "Severity P1" in said["items"][0]["content_text"]


def test_where_git_does_not_know_the_day_of_the_incident_stands_in() -> None:
    assert feeds(post(STANDARD))[0].entries[0].published == "2026-11-02T00:00:00Z"


def test_a_stub_is_no_news_and_neither_is_one_that_was_never_written() -> None:
    assert feeds(incident("2026-10-01", status="filed"), incident("2026-10-02", status="skipped", cause="{class: unknown, what: x}"))[1]["items"] == []


def test_a_class_that_came_back_is_an_entry_of_its_own() -> None:
    atom, said = feeds(incident("2026-10-01", title="The first"), incident("2026-11-05", title="The second", status="filed"))
    again, first = (entry.title for entry in atom.entries)
    assert (again, first) == (f"Came back after 35 days: {policy().title('classes', 'cache-key-collision')}", "The first")
    text = said["items"][0]["content_text"]
    assert text == "The second. The one before, 35 days earlier: The first. The fix of that time: not in place."


def test_the_public_learns_of_no_repeat() -> None:
    titles = [entry.title for entry in feeds(incident("2026-10-01"), incident("2026-11-05"), audience="public")[0].entries]
    assert len(titles) == 2
    assert not any("Came back" in title for title in titles)


def test_nothing_is_told_before_its_day() -> None:
    posts = (incident("2026-10-01"), incident("2026-11-05"))
    assert [item["date_published"][:10] for item in feeds(*posts, as_of=date(2026, 10, 31))[1]["items"]] == ["2026-10-01"]


def test_fifty_entries_are_enough_and_their_names_never_change() -> None:
    posts = [incident(f"2026-{month:02}-{day:02}", cause="{class: unknown, what: x}") for month in range(1, 7) for day in range(1, 11)]
    first, later = feeds(*posts)[1], feeds(*posts, incident("2026-11-01"))[1]
    assert len(first["items"]) == len(later["items"]) == 50
    assert [item["id"] for item in first["items"]][:49] == [item["id"] for item in later["items"]][1:]


@pytest.mark.parametrize("value", NASTY)
def test_whatever_a_writer_sends_stays_text(value: str) -> None:
    value = value.replace("\u0002", "").replace("\u0003", "")
    subject = light(f"title: {json.dumps('A ' + value)}\nservices: [{json.dumps(value)}]", f"## Summary\n\n{value}\n")
    atom, said = feeds(subject)
    assert said["items"][0]["title"] == " ".join("".join(char if char.isprintable() else " " for char in f"A {value}").split())
    # feedparser strips what it takes for markup from a title that claims to be some: ours is plain text, and comes out as it went in.
    assert atom.entries[0].title_detail.type == "text/plain"
    assert atom.entries[0].title == said["items"][0]["title"]
    pages = pages_of(site_of(subject, url=URL))
    assert "<script" not in pages["feed.atom"].text + pages["feed.json"].text


def test_every_page_leads_to_the_feeds(project: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("material", reason="MkDocs with Material is not installed")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    root = project({"2026-11-02-checkout-503.md": STANDARD, "2026-11-06-hidden.md": light_text("visibility: restricted")})
    (root / "docs").mkdir()
    (root / "docs" / "own.md").write_text("# Own\n")
    config = "site_name: x\nsite_url: https://example.com/shop\ntheme: {name: material, font: false}\nplugins: [search, hotwash: {as_of: '2026-11-20'}]\n"
    (root / "mkdocs.yml").write_text(config)
    build(load_config(str(root / "mkdocs.yml")))
    for path, base in (("index.html", "."), ("own/index.html", ".."), ("postmortems/2026-11-02-checkout-503/index.html", "../..")):
        head = (root / "site" / path).read_text().split("</head>")[0]
        assert f'<link rel="alternate" type="application/atom+xml" title="Postmortems" href="{base}/feed.atom">' in head
    assert feedparser.parse((root / "site" / "feed.atom").read_bytes()).entries[0].link == "https://example.com/shop/postmortems/2026-11-02-checkout-503/"


def test_the_other_door_writes_them_where_it_knows_the_address(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project({"2026-11-02-checkout-503.md": STANDARD})
    assert main(["pages", "--root", str(root), "--out", str(tmp_path / "a"), "--url", URL, "--flat"]) == 0
    assert json.loads((tmp_path / "a" / "feed.json").read_text())["items"][0]["url"] == f"{URL}postmortems/2026-11-02-checkout-503.html"
    assert main(["pages", "--root", str(root), "--out", str(tmp_path / "b")]) == 0
    assert not (tmp_path / "b" / "feed.json").exists()
