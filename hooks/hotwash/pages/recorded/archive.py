"""The archive for programs: `archive.json`, its schema, and the page that explains it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hotwash.model import Page
from hotwash.pages import Site
from hotwash.pages.parts.document import written
from hotwash.pages.parts.frame import heading, page
from hotwash.pages.parts.html import Html, join, sentence, table, tag
from hotwash.pages.parts.record import Record, as_json

FILE, SCHEMA = "archive.json", "archive.schema.json"
_HERE = "reference/archive.md"


def pages(site: Site, found: list[Record]) -> Iterator[Page]:
    """The document, and beside it what it keeps to."""
    yield Page(FILE, written(site, found))
    if site.archive_schema:
        yield Page(SCHEMA, as_json(site.archive_schema))
        yield page(site, _HERE, "The archive as JSON", _blocks(site))


def _blocks(site: Site) -> Iterator[str]:
    schema = site.archive_schema
    links = (tag("a", tag("code", name), href=site.address(_HERE, name)) for name in (FILE, SCHEMA))
    yield tag("p", "The whole archive for programs: ", join(links, " keeps to the JSON Schema "), ". ", tag("code", "hotwash export"), " writes the same document.")
    yield tag("p", sentence(schema["description"]))
    yield _table(schema["properties"], "Keys of the document")
    for name, entry in schema["$defs"].items():
        yield heading(entry["title"])
        yield tag("p", sentence(entry["description"]))
        yield _table(entry["properties"], f"Keys of {name}")


def _table(keys: Mapping[str, Any], label: str) -> Html:
    rows = ((tag("code", name), _shape(entry), sentence(entry.get("description", ""))) for name, entry in _keys(keys))
    return table(("Key", "What it is", "What it says"), rows, label, "hw-grid--cards hw-grid--keys")


def _keys(keys: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every key with its whole way: `clocks.detect`."""
    for key, entry in keys.items():
        yield before + key, entry
        yield from _keys(entry.get("properties", {}), f"{before}{key}.")


def _shape(entry: Mapping[str, Any]) -> str:
    """What a value is, in a reader's words."""
    kinds = entry.get("type", "anything")
    named = [kinds] if isinstance(kinds, str) else list(kinds)
    words = {"null": "null", "string": "text", "integer": "whole number", "boolean": "true or false", "array": "list", "object": "keys"}
    shapes = {"date": "day", "date-time": "moment"}
    return " or ".join(shapes.get(str(entry.get("format")), words["string"]) if kind == "string" else words.get(kind, kind) for kind in named)
