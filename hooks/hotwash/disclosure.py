"""What of a header the public may see: an allow-list of keys, so that a key nobody thought of stays at home."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hotwash.wording import suggestion

NEVER = frozenset({"roles", "participants", "owner", "accepted_by", "by", "effectiveness"})
"""Keys that no policy can make public: they name people, or answer whether a class came back, which a postmortem not shown could make false."""


def disclosed(header: Mapping[str, Any], public: Mapping[str, Any]) -> dict[str, Any]:
    """The header with what the policy's `public` lets through, in its own order; a key stands for everything in it but keys of a team's own."""
    shown, dropped = ({tuple(str(key).split(".")) for key in public.get(name, ())} for name in ("keys", "drop_keys"))
    kept = _kept(header, (), shown, dropped)
    return kept if isinstance(kept, dict) else {}


def _kept(value: Any, way: tuple[str, ...], shown: set[tuple[str, ...]], dropped: set[tuple[str, ...]]) -> Any:
    """What is left of a value; None where that is nothing."""
    if way in dropped:
        return None
    if isinstance(value, Mapping):
        left = {key: kept for key, inner in value.items() if _named(key, way, shown) and (kept := _kept(inner, (*way, key), shown, dropped)) is not None}
        return left or None
    if isinstance(value, list):
        return [kept for item in value if (kept := _kept(item, way, shown, dropped)) is not None] or None
    return value if _within(way, shown) else None


def _named(key: Any, way: tuple[str, ...], shown: set[tuple[str, ...]]) -> bool:
    return isinstance(key, str) and key not in NEVER and (not key.startswith("x-") or (*way, key) in shown)


def _within(way: tuple[str, ...], shown: set[tuple[str, ...]]) -> bool:
    return any(way[:length] in shown for length in range(1, len(way) + 1))


def astray(public: Mapping[str, Any], sections: Mapping[str, Any], schema: str) -> Iterator[tuple[str, str]]:
    """What `public` names and cannot mean, each with its key: a misspelt key would be shown although it was to be dropped, and nobody would notice."""
    ways = {".".join(way) for way in _ways(json.loads(schema), json.loads(schema).get("$defs", {}))}
    for name in ("keys", "drop_keys"):
        for key in public.get(name, ()):
            if name == "keys" and NEVER & set(key.split(".")):
                yield name, f"`{key}` cannot be shown to the public: it names people, or answers what a postmortem not shown could make false"
            elif key not in ways and ".x-" not in f".{key}":
                yield name, f"`{key}` is no key of the header{suggestion(key, ways)}"
    for section in public.get("drop_sections", ()):
        if section not in sections:
            yield "drop_sections", f"`{section}` is not one of `sections`{suggestion(section, sections)}"


def _ways(entry: Mapping[str, Any], defs: Mapping[str, Any], way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The way to every key of the schema, lists passed through: `actions.owner`."""
    for key, inner in entry.get("properties", {}).items():
        yield (*way, key)
        yield from _ways(inner, defs, (*way, key))
    if isinstance(entry.get("items"), Mapping):
        yield from _ways(entry["items"], defs, way)
