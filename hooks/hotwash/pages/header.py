"""The reference of the header, from the descriptions in its schema and the words of the policy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hotwash.model import Page
from hotwash.pages import Site
from hotwash.pages.parts.frame import page
from hotwash.pages.parts.html import Html, join, sentence, table, tag
from hotwash.policy import VOCABULARIES

_SHAPES = {"integer": "whole number", "number": "number", "boolean": "`true` or `false`", "object": "keys", "string": "text"}
_FORMATS = {"date-time": "time", "date": "day"}


def pages(site: Site) -> Iterator[Page]:
    """The one page of the header."""
    schema = json.loads(site.policy.schema)
    if schema.get("properties"):
        yield page(site, "reference/header.md", "The header", _blocks(schema, site))


def _blocks(schema: Mapping[str, Any], site: Site) -> Iterator[str]:
    yield ("Every key that a postmortem's header may hold. Which of them are asked for depends on severity and kind, and the words they may hold are the team's: "
           "both are the [policy](policy.md). `unknown` will do for a number, a time or a person until publication. Keys that begin with `x-` are yours.")
    for key, entry in schema["properties"].items():
        yield f"## `{key}`"
        yield tag("p", sentence(_shape(entry, schema)), class_="hw-shape")
        yield _about(entry, (key,), schema, site)
        rows = list(_nested(entry, (key,), schema, site))
        if rows:
            yield table(("Key", "What it is", "What it says"), rows, f"Keys of {key}", "hw-grid--cards hw-grid--keys")


def _about(entry: Mapping[str, Any], way: tuple[str, ...], schema: Mapping[str, Any], site: Site) -> Html:
    words = _allowed(entry, way, schema, site)
    example = _example(entry)
    return join((tag("p", sentence(_said(entry, schema))), tag("p", words, class_="hw-words") if words else None, tag("p", "For example ", example) if example else None))


def _nested(entry: Mapping[str, Any], way: tuple[str, ...], schema: Mapping[str, Any], site: Site) -> Iterator[tuple[object, ...]]:
    """Every key inside a key, with its whole way: `actions[].owner`."""
    entry = _resolved(entry, schema)
    if "items" in entry:
        yield from _nested(entry["items"], (*way, "*"), schema, site)
    for key, inner in entry.get("properties", {}).items():
        inside = (*way, key)
        words = _allowed(inner, inside, schema, site)
        said = join((sentence(_said(inner, schema)), tag("span", words, class_="hw-words hw-block") if words else None), " ")
        yield tag("code", _name(inside)), sentence(_shape(inner, schema)), said
        yield from _nested(inner, inside, schema, site)


def _name(way: tuple[str, ...]) -> str:
    return ".".join(way).replace(".*", "[]")


def _resolved(entry: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The entry with what it refers to; its own description wins."""
    name = str(entry.get("$ref", "")).rsplit("/", 1)[-1]
    return {**schema["$defs"][name], **entry} if name else entry


def _said(entry: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    return str(_resolved(entry, schema).get("description", ""))


def _shape(entry: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """What a value is, in a reader's words."""
    name = str(entry.get("$ref", "")).rsplit("/", 1)[-1]
    whole = _resolved(entry, schema)
    if name in ("person", "people"):
        return "handle" if name == "person" else "handle, or a list of them"
    if "anyOf" in whole:
        return " or ".join(_shape(choice, schema) for choice in whole["anyOf"])
    if "const" in whole:
        return f"`{whole['const']}`"
    if whole.get("type") == "array":
        return f"list of {_plural(_shape(whole.get('items', {}), schema))}"
    return _FORMATS.get(str(whole.get("format")), "one of a few words" if "enum" in whole else _SHAPES.get(str(whole.get("type")), "anything"))


def _plural(shape: str) -> str:
    return {"text": "texts", "keys": "entries with keys", "handle": "handles"}.get(shape, shape)


def _allowed(entry: Mapping[str, Any], way: tuple[str, ...], schema: Mapping[str, Any], site: Site) -> Html:
    """The words that may stand here: the schema's own, or the policy's."""
    whole = _resolved(entry, schema)
    way = (*way, "*") if whole.get("type") == "array" else (*way, "@") if "additionalProperties" in whole and (*way, "@") in VOCABULARIES else way
    words = whole.get("enum") or list(site.policy.words(VOCABULARIES.get(way, "")))
    return join((tag("code", word) for word in words), " ")


def _example(entry: Mapping[str, Any]) -> Html:
    return join((tag("code", example) for example in entry.get("examples", ())), ", ")
