"""The reference of the policy: what each key decides, and what is in force in this archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hotwash.model import Page
from hotwash.pages import Site
from hotwash.pages.parts.frame import page
from hotwash.pages.parts.html import Html, items, join, sentence, table, tag, text

_PAIRS = "hw-grid--pairs"
"""The look of a table that fits a phone as it is."""


def pages(site: Site) -> Iterator[Page]:
    """The one page of the policy."""
    if site.policy_schema:
        yield page(site, "reference/policy.md", "The policy", _blocks(site))


def _blocks(site: Site) -> Iterator[str]:
    yield ("What this team decides for itself, in `postmortems/policy.yml`. Left out, a key keeps the value that hotwash ships; mappings are merged key by key, "
           "lists are replaced, and a key set to `null` is removed. Shown is what is in force here.")
    for key, entry in site.policy_schema["properties"].items():
        yield f"## `{key}`"
        yield tag("p", sentence(entry.get("description", "")))
        value = site.policy.data.get(key)
        yield _shown(value, key) if value not in (None, {}, [], "") else tag("p", "Nothing is set.", class_="hw-quiet")


def _shown(value: Any, label: str) -> Html:
    """A value of the policy as a reader sees it best."""
    if isinstance(value, Mapping) and all(isinstance(entry, Mapping) for entry in value.values()):
        return _matrix(value, label)
    if isinstance(value, Mapping):
        return table(("Word", "Value"), ((tag("code", word), _cell(entry)) for word, entry in value.items()), label, _PAIRS)
    return items(tag("code", entry) for entry in value) if isinstance(value, list) else tag("p", _cell(value))


def _matrix(value: Mapping[str, Mapping[str, Any]], label: str) -> Html:
    """A word a row, a column for every key that any of them has."""
    columns = list(dict.fromkeys(column for entry in value.values() for column in entry))
    heads = ("Word", *(column.replace("_", " ").capitalize() for column in columns))
    rows = ((tag("code", word), *(_cell(entry.get(column)) for column in columns)) for word, entry in value.items())
    return table(heads, rows, label, "hw-grid--cards hw-grid--told", told=True) if len(heads) > 2 else table(heads, rows, label, _PAIRS)


def _cell(value: Any) -> Html:
    if isinstance(value, list):
        return join((text(entry) for entry in value), ", ")
    return Html("") if value is None else sentence(value)
