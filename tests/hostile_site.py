"""An archive in which every key of every header, every body and every name of the policy is an attack, found by walking the schema; and one that is innocent, to compare with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from helpers import STANDARD, TEAM, post
from sites import NASTY

from hotwash import project

CONFIG = """site_name: A shop
site_url: https://example.com/shop/
theme: {name: material, font: false}
plugins: [search, hotwash: {as_of: "2026-11-20", repository: "https://example.com/shop/postmortems"}]
markdown_extensions: [admonition, attr_list, md_in_html, footnotes, pymdownx.details, pymdownx.superfences, tables, toc: {permalink: true}]
nav: [index.md]
"""
_BODY = """## Account {value} {{: onclick="window.hit=1" }}

{value}

<div markdown="1" onmouseover="window.hit=1" style="position:fixed">x</div> <iframe src="https://evil.example"></iframe><meta http-equiv="refresh" content="0;url=https://evil.example">

<base href="https://evil.example/"><form action="https://evil.example"><input name=x autofocus onfocus="window.hit=1"></form>

[a](javascript:window.hit=1) [b](java&#115;cript:window.hit=1){{: onclick="window.hit=1" }} ![c](https://evil.example/x.png){{: onerror="window.hit=1" }}

| a | {value} |
|---|---|
| b | {value} |
"""
_MACHINE = frozenset({"schema", "status", "started", "detected", "acknowledged", "mitigated", "resolved", "due", "until", "state", "severity"})
"""Keys that decide which parts a page has. They are attacked too, but in a postmortem of their own: a day that is none draws no chart."""


def header(value: str, spare: frozenset[str]) -> dict[str, Any]:
    """A header with each value of it, and each key that the schema knows, replaced."""
    schema = json.loads(project.shipped("postmortem.schema.json"))
    whole = _filled(schema, schema, value, 0)
    return _nasty(whole, value, frozenset({"schema"})) | _nasty(dict(post(STANDARD).header), value, spare | {"schema"}) | {"x-more": {value: [value]}}


def _filled(part: Mapping[str, Any], schema: Mapping[str, Any], value: str, depth: int) -> Any:
    """A value of the shape that a part of the schema describes."""
    if "$ref" in part:
        part = schema["$defs"][part["$ref"].rsplit("/", 1)[1]]
    for way in ("anyOf", "oneOf", "allOf"):
        if way in part and "properties" not in part:
            return _filled(part[way][-1], schema, value, depth + 1)
    if "properties" in part and depth < 8:
        return {key: _filled(inner, schema, value, depth + 1) for key, inner in part["properties"].items()}
    if "items" in part and isinstance(part["items"], Mapping):
        return [_filled(part["items"], schema, value, depth + 1)]
    return value


def _nasty(value: Any, word: str, spare: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        return {key: inner if key in spare else _nasty(inner, word, spare) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_nasty(inner, word, spare) for inner in value]
    return word if isinstance(value, str) else value


def policy(value: str) -> str:
    """The policy of the fixtures with each name and title replaced; what is a slug stays one, for a policy with another is refused."""
    said = yaml.safe_load(TEAM)
    said["services"] = {slug: f"{slug} {value}" for slug in said["services"]}
    for entry in said["classes"].values():
        entry["title"] = f"{entry['title']} {value}"
    said["site"] = {"name": value, "notice": value}
    return json.dumps(said)


def write(root: Path, values: Mapping[str, str] | None = None, *, innocent: bool = False) -> Path:
    """The files of a project; where its `mkdocs.yml` is."""
    (root / "docs").mkdir(parents=True)
    (root / "postmortems").mkdir()
    attacks = dict(values or {f"n{number}": value.replace("\u0002", "").replace("\u0003", "") for number, value in enumerate(NASTY)})
    (root / "postmortems" / "policy.yml").write_text("schema: 1\n" if innocent else policy(" ".join(attacks.values()).replace("\n", " ")), encoding="utf-8")
    if innocent:
        (root / "postmortems" / "policy.yml").write_text(TEAM, encoding="utf-8")
    for name, text in _posts({"n0": "plain"} if innocent else attacks):
        (root / "postmortems" / name).write_text(text, encoding="utf-8")
    (root / "mkdocs.yml").write_text(CONFIG)
    return root / "mkdocs.yml"


def _posts(attacks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    real = dict(post(STANDARD).header)
    for number, (name, value) in enumerate(attacks.items()):
        some = header(value, _MACHINE) | {"title": f"{name} {value}", "services": ["checkout", value], "timestamps": real["timestamps"], "cause": {"class": "cache-key-collision", "what": value}}
        some |= {"visibility": "internal", "status": "published", "severity": "P1"}
        for kind, said in (("part", some), ("whole", header(value, frozenset()) | {"visibility": "internal"})):
            yield f"2026-11-{number + 1:02d}-{kind}.md", f"---\n{json.dumps(said, ensure_ascii=False, default=str)}\n---\n\n{_BODY.format(value=value)}"


def build(config: Path) -> Path:
    """The built folder."""
    from mkdocs.commands.build import build as make
    from mkdocs.config import load_config

    make(load_config(str(config)))
    return config.parent / "site"
