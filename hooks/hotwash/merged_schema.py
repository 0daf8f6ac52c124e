"""The schema of the header with the policy's words and required keys in it, for editors that complete and check as one types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hotwash.model import UNKNOWN, Postmortem
from hotwash.policy import VOCABULARIES, Policy

_OURS = {"^x-": {"description": "Yours: kept, never judged."}}


def merged_schema(policy: Policy) -> dict[str, Any]:
    """A JSON Schema (2020-12). What it refuses, `header-shape`, `undeclared-value` or `missing-key` refuse too."""
    schema: dict[str, Any] = json.loads(policy.schema)
    for way, vocabulary in VOCABULARIES.items():
        if policy.words(vocabulary):
            _narrow(schema, way, _spellings(policy, vocabulary))
    classes = list(policy.words("classes"))
    if classes:
        _at(schema, ("cause", "class"))["examples"] = classes
    schema["allOf"] = _required(policy)
    return schema


def _spellings(policy: Policy, vocabulary: str) -> list[str]:
    words = list(policy.words(vocabulary))
    if vocabulary == "severities":
        for entry in policy.words(vocabulary).values():
            words += [name for name in (entry.get("name"), *entry.get("aliases", ())) if name]
    return words


def _narrow(schema: dict[str, Any], way: tuple[str, ...], words: list[str]) -> None:
    if way[-1] == "@":
        part = _at(schema, way[:-1])
        shape = part.pop("additionalProperties")
        part.update(properties=dict.fromkeys(words, shape), patternProperties=_OURS, additionalProperties=False)
    elif way[-1] == "role":
        _at(schema, way)["anyOf"] = [{"enum": [*words, UNKNOWN]}, {"pattern": "^x-"}]
    else:
        _at(schema, way)["enum"] = [*words, UNKNOWN]


def _at(schema: dict[str, Any], way: tuple[str, ...]) -> dict[str, Any]:
    part = schema
    for step in way:
        part = part["items"] if step == "*" else part["properties"][step]
    return part


def _required(policy: Policy) -> list[dict[str, Any]]:
    """For each set of required keys, the severities and kinds that ask for it at publication."""
    asking: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for severity in policy.words("severities"):
        for kind in policy.words("kinds"):
            keys = tuple(policy.keys(Postmortem("", header={"severity": severity, "kind": kind})))
            asking.setdefault(keys, []).append((severity, kind))
    published = {"properties": {"status": {"const": "published"}}, "required": ["status", "severity", "kind"]}
    return [
        {"if": {**published, "anyOf": [_is(severity, kind) for severity, kind in pairs]}, "then": {"allOf": [_asked(key) for key in keys]}}
        for keys, pairs in asking.items()
    ]


def _is(severity: str, kind: str) -> Mapping[str, Any]:
    return {"properties": {"severity": {"const": severity}, "kind": {"const": kind}}}


def _asked(key: str) -> dict[str, Any]:
    options = [_nested(option.split(".")) for option in key.split("|")]
    return options[0] if len(options) == 1 else {"anyOf": options}


def _nested(way: list[str]) -> dict[str, Any]:
    first, *rest = way
    return {"required": [first], "properties": {first: _nested(rest)}} if rest else {"required": [first]}
