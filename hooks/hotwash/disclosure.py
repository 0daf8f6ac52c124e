"""What of a header the public may see: an allow-list of keys, so that a key nobody thought of stays at home."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hotwash.wording import suggestion

NEVER = frozenset({"roles", "participants", "owner", "accepted_by", "by", "effectiveness"})
"""Keys that no policy can make public: they name people, or answer whether a class came back, which a postmortem not shown could make false."""


def disclosed(header: Mapping[str, Any], public: Mapping[str, Any]) -> dict[str, Any]:
    """The header with the values that the policy's `public` lets through, in its own order; a mapping where a value belongs is none."""
    shown, dropped = ({tuple(str(key).split(".")) for key in public.get(name) or ()} for name in ("keys", "drop_keys"))
    kept = _kept(header, (), {way for way in shown if not NEVER & set(way)}, dropped)
    return kept if isinstance(kept, dict) else {}


def _kept(value: Any, way: tuple[str, ...], shown: set[tuple[str, ...]], dropped: set[tuple[str, ...]]) -> Any:
    """What is left of a value; None where that is nothing."""
    if way in dropped:
        return None
    if isinstance(value, Mapping):
        left = {key: kept for key, inner in value.items() if isinstance(key, str) and (kept := _kept(inner, (*way, key), shown, dropped)) is not None}
        return left or None
    if isinstance(value, list):
        return [kept for item in value if (kept := _kept(item, way, shown, dropped)) is not None] or None
    return value if way in shown else None


def astray(public: Mapping[str, Any], sections: Mapping[str, Any], schema: str) -> Iterator[tuple[str, str]]:
    """What `public` names and cannot mean, each with its key: a misspelt key would be shown although it was to be dropped, and nobody would notice."""
    data = json.loads(schema)
    ways = {".".join(way): holds for way, holds in _ways(data, data.get("$defs", {}))}
    for name in ("keys", "drop_keys"):
        for key in public.get(name) or ():
            if name == "keys" and NEVER & set(key.split(".")):
                yield name, f"`{key}` cannot be shown to the public: it names people, or answers what a postmortem not shown could make false"
            elif key not in ways and ".x-" not in f".{key}":
                yield name, f"`{key}` is no key of the header{suggestion(key, ways)}"
            elif name == "keys" and ways.get(key):
                yield name, f"`{key}` holds keys of its own; name those that are to be shown, such as `{key}.{ways[key]}`"
    for section in public.get("drop_sections") or ():
        if section not in sections:
            yield "drop_sections", f"`{section}` is not one of `sections`{suggestion(section, sections)}"


def _ways(entry: Mapping[str, Any], defs: Mapping[str, Any], way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """The way to every key of the schema, lists passed through (`actions.owner`), with the first key inside it; empty where it holds a value."""
    for key, inner in entry.get("properties", {}).items():
        inside = list(_ways(inner, defs, (*way, key)))
        yield (*way, key), inside[0][0][-1] if inside else ""
        yield from inside
    if isinstance(entry.get("items"), Mapping):
        yield from _ways(entry["items"], defs, way)
