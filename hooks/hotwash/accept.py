"""A header that is surely valid, told without importing jsonschema.

The schema's few keywords become closures; `True` means valid, `False` means *ask jsonschema*, which alone words findings. A keyword not known here
always asks, so that the schema may grow without this file being wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Accepts = Callable[[Any], bool]

_ANNOTATIONS = frozenset({"$schema", "$id", "$defs", "title", "description", "examples", "format"})
_OBJECT = frozenset({"properties", "patternProperties", "additionalProperties"})


def acceptor(schema: Mapping[str, Any]) -> Accepts:
    """A function that answers whether a value is surely valid under a JSON Schema (2020-12)."""
    return _build(schema, schema.get("$defs", {}), {})


def _build(schema: Any, defs: Mapping[str, Any], done: dict[str, Accepts]) -> Accepts:
    if schema is True or schema == {}:
        return lambda value: True
    if not isinstance(schema, Mapping):
        return lambda value: False
    parts = [_keyword(name, schema, defs, done) for name in schema if name not in _ANNOTATIONS and name not in _OBJECT]
    if not _OBJECT.isdisjoint(schema):
        parts.append(_object(schema, defs, done))
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        first, second = parts
        return lambda value: first(value) and second(value)
    return lambda value: all(part(value) for part in parts)


def _keyword(name: str, schema: Mapping[str, Any], defs: Mapping[str, Any], done: dict[str, Accepts]) -> Accepts:
    wanted = schema[name]
    if name == "$ref":
        return _reference(wanted, defs, done)
    if name == "anyOf":
        options = [_build(option, defs, done) for option in wanted]
        return lambda value: any(option(value) for option in options)
    if name == "propertyNames":
        part = _build(wanted, defs, done)
        return lambda value: not isinstance(value, dict) or all(map(part, value))
    if name == "items":
        entry = _build(wanted, defs, done)
        return lambda value: not isinstance(value, list) or all(map(entry, value))
    make = _SIMPLE.get(name)
    return make(wanted) if make else lambda value: False


def _reference(target: str, defs: Mapping[str, Any], done: dict[str, Accepts]) -> Accepts:
    name = target.removeprefix("#/$defs/")
    if name not in defs:
        return lambda value: False
    if name not in done:
        done[name] = _build(defs[name], defs, done)
    return done[name]


def _object(schema: Mapping[str, Any], defs: Mapping[str, Any], done: dict[str, Accepts]) -> Accepts:
    known = {name: _build(part, defs, done) for name, part in schema.get("properties", {}).items()}
    patterns = [(re.compile(pattern), _build(part, defs, done)) for pattern, part in schema.get("patternProperties", {}).items()]
    other = _build(schema.get("additionalProperties", True), defs, done)

    def accepts(value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        for key, item in value.items():
            named = known.get(key)
            if named is not None and not named(item):
                return False
            matching = [part for pattern, part in patterns if pattern.search(key)]
            if not all(part(item) for part in matching) or (named is None and not matching and not other(item)):
                return False
        return True

    return accepts


def _type(wanted: Any) -> Accepts:
    kinds: dict[str, type | tuple[type, ...]] = {"null": type(None), "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}
    kind = kinds.get(wanted) if isinstance(wanted, str) else None
    if kind is None:
        return lambda value: False
    if wanted in ("integer", "number"):
        return lambda value: isinstance(value, kind) and not isinstance(value, bool)
    return lambda value: isinstance(value, kind)


def _choice(words: list[Any]) -> Accepts:
    texts = frozenset(word for word in words if isinstance(word, str))
    return lambda value: isinstance(value, str) and value in texts


def _pattern(pattern: re.Pattern[str]) -> Accepts:
    return lambda value: not isinstance(value, str) or bool(pattern.search(value))


_SIMPLE: Mapping[str, Callable[[Any], Accepts]] = {
    "type": _type,
    "required": lambda names: lambda value: not isinstance(value, dict) or all(name in value for name in names),
    "enum": _choice,
    "const": lambda word: _choice([word]),
    "minLength": lambda least: lambda value: not isinstance(value, str) or len(value) >= least,
    "pattern": lambda pattern: _pattern(re.compile(pattern)),
    "minimum": lambda least: lambda value: not isinstance(value, (int, float)) or value >= least,
    "maximum": lambda most: lambda value: not isinstance(value, (int, float)) or value <= most,
}
