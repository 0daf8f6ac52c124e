"""Data held against a JSON Schema: `accept` waves the sure cases through, jsonschema judges the others, and its findings are put in a writer's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from hotwash.accept import Accepts, acceptor
from hotwash.model import Hit, KeyPath, Span
from hotwash.wording import key_name, listed, near, shown

Where = Callable[[KeyPath], Span]
_KINDS = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false", "array": "a list", "object": "keys with values"}


def misshapen(data: Any, schema: str, key_at: Where, value_at: Where) -> Iterator[Hit]:
    """What is wrong with the shape of header or policy data.

    Args:
        data: plain data. A key without a value counts as not written.
        schema: a JSON Schema (2020-12), as JSON text.
        key_at, value_at: where a key, or a value, stands in the file.
    """
    written = _without_nothing(data)
    if written and not _accepts(schema)(written):
        for error in _validator(schema).iter_errors(written):
            yield from _worded(error, key_at, value_at)


@lru_cache(maxsize=4)
def _accepts(schema: str) -> Accepts:
    return acceptor(json.loads(schema))


@lru_cache(maxsize=4)
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry

    # An empty registry, because jsonschema asks the network for a $ref that it does not know.
    return Draft202012Validator(json.loads(schema), registry=Registry())


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nothing(item) for key, item in value.items() if item is not None}
    return [_without_nothing(item) for item in value] if isinstance(value, list) else value


def _worded(error: Any, key_at: Where, value_at: Where) -> Iterator[Hit]:
    way: KeyPath = tuple(error.absolute_path)
    named = f"`{key_name(way)}`" if way else "the file"
    if error.validator == "additionalProperties":
        yield from _unknown_keys(way, error, key_at)
    elif error.validator == "anyOf" and (inner := _meant(error)):
        for part in inner:
            yield from _worded(part, key_at, value_at)
    elif error.validator == "propertyNames" or (error.validator == "pattern" and not isinstance(error.instance, (list, dict))):
        yield Hit(value_at(way), f"{named} holds the name {shown(error.instance)}, which is not one it can hold", _described(error))
    elif error.validator == "enum":
        meant = near(str(error.instance), map(str, error.validator_value))
        rest = f"; did you mean `{meant}`?" if meant else ", which is not one of its words"
        yield Hit(value_at(way), f"{named} is {shown(error.instance)}{rest}", f"write {listed(map(str, error.validator_value))}")
    else:
        yield Hit(value_at(way), f"{named} is {_found(error)}; it has to be {_wanted(error)}", _described(error))


def _meant(error: Any) -> list[Any]:
    """What is wrong under the one of several shapes that was meant; nothing where that cannot be told."""
    options: dict[int, list[Any]] = {}
    for part in error.context:
        options.setdefault(part.schema_path[0], []).append(part)
    near_ones = [parts for parts in options.values() if not any(part.validator in ("type", "const") and not part.path for part in parts)]
    return near_ones[0] if len(near_ones) == 1 else []


def _unknown_keys(way: KeyPath, error: Any, key_at: Where) -> Iterator[Hit]:
    known = error.schema.get("properties", {})
    for key in error.instance:
        if key in known or key.startswith("x-"):
            continue
        place, meant, named = key_at((*way, key)), near(key, known), key_name((*way, key))
        if meant:
            yield Hit(place, f"`{named}` is not a key hotwash knows; did you mean `{meant}`?", f"write `{meant}:`")
        else:
            yield Hit(place, f"`{named}` is not a key hotwash knows", f"begin it with `x-` to keep it as your own: `x-{key}:`", "warning")


def _found(error: Any) -> str:
    return "empty" if error.instance in ("", [], {}) else shown(error.instance)


def _wanted(error: Any) -> str:
    if error.validator == "type":
        return _KINDS.get(error.validator_value, str(error.validator_value))
    if error.validator == "anyOf":
        described = str(error.schema.get("description", "another shape"))
        return described[0].lower() + described[1:].rstrip(".")
    if error.validator == "minLength":
        return "given"
    return f"at {'most' if error.validator == 'maximum' else 'least'} {error.validator_value}"


def _described(error: Any) -> str:
    number = error.validator == "type" and error.validator_value == "string" and isinstance(error.instance, (int, float))
    return "put it in quotes to keep it as text" if number else str(error.schema.get("description", ""))
