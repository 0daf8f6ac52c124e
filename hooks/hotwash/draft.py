"""A new postmortem's text: the header of just the keys that its template asks for, each with its allowed words, and the body with its prompts."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hotwash.model import Postmortem
from hotwash.policy import VOCABULARIES, Policy
from hotwash.render import rendered

Tree = dict[str, Any]
COMMENT_AT = 30
WIDTH = 118
_ACCENTS = 200
"""Combining classes from here on are accents; below are the voicing marks and the like that change which letter it is."""
_SMALL = frozenset({"a", "after", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "when", "while", "with"})
NOTES = "## What happened\n\n<!-- prompt: Raw notes are welcome: what users saw, when, what was done. Two sentences are enough to file it. -->\n"
_INSIDE_FIX = {"artefact": (".kind", ".path"), "success": (".what", ".until")}


def draft(values: Mapping[str, Any], policy: Policy, *, stub: bool) -> str:
    """The text of a new postmortem.

    Args:
        values: what is known already, by dotted key: `{"title": ..., "timestamps.resolved": ...}`.
        stub: only the keys to file it with, and room for notes.
    """
    about = Postmortem("", header=_tree(values))
    asked = list(policy.data["file"]) if stub else _asked(about, policy)
    lines = skeleton([*asked, *(key for key in values if key not in asked)], policy, values)
    body = NOTES if stub and policy.template(about) != "light" else _body(about, policy)
    return "\n".join(["---", "schema: 1", *lines, "---", "", body])


def skipped(values: Mapping[str, Any], policy: Policy) -> str:
    """The text of a file that records why none is written: the keys that the policy asks for, and no body."""
    asked = policy.data["skip"]
    lines = skeleton([*asked, *(key for key in values if key not in asked)], policy, values)
    return "\n".join(["---", "schema: 1", *lines, "---", ""])


def skeleton(keys: Iterable[str], policy: Policy, values: Mapping[str, Any] = {}) -> list[str]:
    """Lines of YAML for dotted keys, with what is known filled in and the allowed words in comments."""
    tree: Tree = {}
    for key in keys:
        branch = tree
        *parents, leaf = key.split("|")[0].split(".")
        for parent in parents:
            branch = branch.setdefault(parent, {})
        branch.setdefault(leaf, values.get(key))
    return list(_lines(tree, (), policy, json.loads(policy.schema)))


def slug(title: str) -> str:
    """A file name's part from a title: lower case, accents dropped where they can be, at most eight words."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    kept = "".join(char for char in plain if unicodedata.combining(char) < _ACCENTS).replace("_", " ")
    words = re.findall(r"\w+", unicodedata.normalize("NFC", kept))
    chosen = words[:8]
    while len(chosen) > 1 and chosen[-1] in _SMALL:
        chosen.pop()
    return "-".join(chosen)[:70].rstrip("-") or "untitled"


def fix_ways(names: Iterable[str]) -> list[str]:
    """The dotted keys of the structural fix's parts, its two inner mappings spelt out."""
    return [f"fix.{name}{part}" for name in names for part in _INSIDE_FIX.get(name, ("",))]


def _asked(about: Postmortem, policy: Policy) -> list[str]:
    return [*policy.keys(about), *fix_ways(policy.fix_keys(about)), "fix.state"]


def _tree(values: Mapping[str, Any]) -> Tree:
    tree: Tree = {}
    for key, value in values.items():
        branch = tree
        *parents, leaf = key.split(".")
        for parent in parents:
            branch = branch.setdefault(parent, {})
        branch[leaf] = value
    return tree


def _lines(tree: Tree, way: tuple[str, ...], policy: Policy, schema: Mapping[str, Any]) -> Iterator[str]:
    indent = "  " * len(way)
    for key, value in tree.items():
        here = (*way, key)
        part = _part(schema, here)
        if isinstance(value, dict):
            yield from _commented(f"{indent}{key}:", _described(part) if key == "timestamps" else "", indent)
            yield from _lines(value, here, policy, schema)
        elif part.get("type") == "array" and "properties" in part.get("items", {}) and value is None:
            yield f"{indent}{key}:"
            yield from _entry(here, part["items"]["properties"], policy, indent)
        else:
            yield from _commented(f"{indent}{key}: {_rendered(key, value, part)}".rstrip(" "), _allowed(here, part, policy), indent)


def _entry(way: tuple[str, ...], parts: Mapping[str, Any], policy: Policy, indent: str) -> Iterator[str]:
    """The first entry of a list of mappings, to be filled in."""
    for number, (key, part) in enumerate(parts.items()):
        lead = f"{indent}  - " if number == 0 else f"{indent}    "
        yield from _commented(f"{lead}{key}:", _allowed((*way, "*", key), part, policy), f"{indent}    ")


def _commented(line: str, comment: str, indent: str) -> Iterator[str]:
    if not comment:
        yield line
    elif len(line) < COMMENT_AT + 20 and max(len(line) + 2, COMMENT_AT) + len(comment) + 2 <= WIDTH:
        yield f"{line:<{COMMENT_AT}}# {comment}" if len(line) < COMMENT_AT else f"{line}  # {comment}"
    else:
        from textwrap import wrap  # where a skeleton is written: `check` asks this module for names alone

        yield from wrap(comment, WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ", break_on_hyphens=False)
        yield line


def allowed(way: tuple[str, ...], policy: Policy) -> str:
    """What a key may hold, in words: `alert | customer | ...`, or its description."""
    return _allowed(way, _part(json.loads(policy.schema), way), policy)


def is_known(way: tuple[str, ...], policy: Policy) -> bool:
    """Whether the header's schema has a key of this name at this place."""
    return bool(_part(json.loads(policy.schema), way))


def _allowed(way: tuple[str, ...], part: Mapping[str, Any], policy: Policy) -> str:
    """What a key may hold: the policy's words, else the schema's, else its description's first sentence."""
    for pattern in (way, (*way, "*")):
        if pattern in VOCABULARIES and (words := policy.words(VOCABULARIES[pattern])):
            return " | ".join(words)
    if way == ("cause", "class") and policy.words("classes"):
        return " | ".join(policy.words("classes")) + ", or a new one"
    return " | ".join(part["enum"]) if "enum" in part else _described(part)


def _described(part: Mapping[str, Any]) -> str:
    return str(part.get("description", "")).split(". ")[0].rstrip(".")


def _part(schema: Mapping[str, Any], way: tuple[str, ...]) -> Mapping[str, Any]:
    """The schema of a key, references followed, the nearer description kept."""
    part: Mapping[str, Any] = schema
    for step in way:
        part = part.get("properties", {}).get(step, {})
    if "$ref" in part:
        return {**schema["$defs"][part["$ref"].removeprefix("#/$defs/")], **part}
    return part


def _rendered(key: str, value: Any, part: Mapping[str, Any]) -> str:
    if value is None:
        return {"status": "filed", "state": "open"}.get(key, "[]" if part.get("type") == "array" else "")
    return rendered(value)


def _body(about: Postmortem, policy: Policy) -> str:
    """The template's body under the policy's own headings; the section for repeats only where this is one."""
    kept = []
    for block in re.split(r"^(?=## )", policy.bodies[policy.template(about)], flags=re.MULTILINE):
        heading = block.partition("\n")[0].removeprefix("## ")
        sections = policy.sections_named(heading)
        if "why-again" in sections and not about.items("recurrence_of"):
            continue
        own = next((policy.title("sections", id) for id in sorted(sections) if policy.data["sections"][id].get("title")), heading)
        exact = next((id for id in sections if policy.title("sections", id) == heading), None)
        kept.append(block if exact else block.replace(heading, own, 1))
    return "".join(kept)
