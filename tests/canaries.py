"""Words that stand nowhere else, planted in every field and section of a postmortem, and a look through every byte of what was built of it."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from helpers import policy

from hotwash import project
from hotwash.policy import VOCABULARIES

SCHEMA = json.loads(project.shipped("postmortem.schema.json"))
WORD = re.compile(r"qz\d{4}zq")
_TITLED = {"kinds", "criteria"}
_PLAIN = ("services", "roles", "triggers", "factors", "artefacts", "action_kinds", "horizons", "detection_sources", "causes", "chain_levels", "labels")


class Garden:
    """A project in which every planted word is known by its place."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}
        self.policy: dict[str, Any] = {}
        self.files: dict[str, bytes] = {}

    def word(self, where: str) -> str:
        """A new word, planted at this place."""
        word = f"qz{len(self.planted):04d}zq"
        self.planted[word] = where
        return word

    def standing(self) -> set[str]:
        """The words that stand in a file, a few having made way for what a field has to hold."""
        text = "\n".join((*self.files, json.dumps(self.policy), *(data.decode("utf-8", "replace") for data in self.files.values())))
        return set(WORD.findall(text))

    def places(self, words: set[str]) -> list[str]:
        """Where some words were planted."""
        return sorted(self.planted[word] for word in words)

    def plant(self, kind: str, day: str, *, visibility: str, status: str = "published", twin: str = "") -> str:
        """A postmortem with a word in every place that can hold one; its id.

        Args:
            kind: what its places are called.
            day: its day.
            visibility: who may see it.
            status: where it stands.
            twin: the id of another one that it names.
        """
        id = f"{day}-{self.word(f'{kind} id')}"
        header = self._filled(SCHEMA, (kind,), day)
        header |= {"schema": 1, "status": status, "visibility": visibility, "recurrence_of": [twin] if twin else [], **self._words(kind)}
        header["cause"] |= {"class": self._class(kind), "also": [f"{self.word(f'{kind} second class')}-undeclared"]}
        header["related"]["postmortems"] = [twin] if twin else []
        header["impact"] |= {"users": 7_391_000_000 + len(self.planted)}
        if twin:  # one with a fix, the other one with a reason why there is none
            header["fix"] = {key: header["fix"][key] for key in ("none", "accepted_by", "artefact")}
        else:
            header["fix"] = {key: value for key, value in header["fix"].items() if key not in ("same_as", "none")} | {"state": "done", "closed": day}
        lines = [f"{key}: {json.dumps(value)}  # hotwash: allow still-unknown: {self.word(f'{kind} waiver of {key}')}" for key, value in header.items()]
        self.files[f"postmortems/{id}.md"] = "\n".join(["---", *lines, "---", "", self._body(kind, day)]).encode()
        return id

    def _words(self, kind: str) -> dict[str, Any]:
        """Words of the policy that this postmortem alone uses, declared there."""
        for name in ("roles", "causes", "chain_levels", "labels"):
            self.policy.setdefault(name, {})[f"{self.word(f'{kind} {name}')}-w"] = self.word(f"{kind} title of {name}")
        for name in _TITLED:
            self.policy.setdefault(name, {})[f"{self.word(f'{kind} {name}')}-w"] = {"title": self.word(f"{kind} title of {name}")}
        severity, role = self.word(f"{kind} severity"), list(self.policy["roles"])[-1]
        self.policy.setdefault("severities", {})[severity] = {"name": self.word(f"{kind} severity name"), "aliases": [self.word(f"{kind} alias")], "sign_off": [role]}
        person, team = f"@{self.word(f'{kind} person')}", f"@{self.word(f'{kind} team')}"
        self.policy.setdefault("teams", {})[team] = [person]
        self.policy.setdefault("identities", {})[person] = [self.word(f"{kind} identity")]
        self.policy.setdefault("delegates", {})[person] = [f"@{self.word(f'{kind} delegate')}"]
        for name in ("people", "systems"):
            self.policy.setdefault(name, []).append(self.word(f"{kind} {name}"))
        self.policy.setdefault("sections", {})[f"{self.word(f'{kind} section')}"] = {"title": self.word(f"{kind} section title"), "aliases": [self.word(f"{kind} section alias")]}
        found: dict[str, Any] = {"severity": severity, "potential_severity": severity, "participants": [person]}
        for way, name in VOCABULARIES.items():
            if len(way) <= 2 and name in self.policy and way[0] in ("kind", "criteria"):
                found[way[0]] = list(self.policy[name])[-1] if len(way) == 1 else [list(self.policy[name])[-1]]
        return found

    def _class(self, kind: str) -> str:
        """A class that was merged into another; both are used by nobody else."""
        into, slug = f"{self.word(f'{kind} merged class')}-c", f"{self.word(f'{kind} class')}-c"
        last = {key: list(self.policy[name])[-1] for key, name in (("category", "causes"), ("level", "chain_levels"), ("label", "labels"))}
        classes = self.policy.setdefault("classes", {})
        classes[into] = {"title": self.word(f"{kind} merged class title"), **last}
        classes[slug] = {"title": self.word(f"{kind} class title"), "merged_into": into}
        return slug

    def _filled(self, entry: Mapping[str, Any], way: tuple[str, ...], day: str) -> Any:
        """A value of the shape that the schema asks for, with a word in every text, and a key of the team's own in every mapping."""
        name = str(entry.get("$ref", "")).rsplit("/", 1)[-1]
        if name:
            return self._filled(SCHEMA["$defs"][name] | {"named": name}, way, day)
        for vocabulary_way, vocabulary in VOCABULARIES.items():
            if way[1:] == tuple(step for step in vocabulary_way if step not in "*@") and vocabulary in _PLAIN:
                word = f"{self.word(' '.join(way))}-w"
                self.policy.setdefault(vocabulary, {})[word] = self.word(f"{' '.join(way)} title")
                return {word: f"@{self.word(' '.join((*way, 'holder')))}"} if "@" in vocabulary_way else [word] if entry.get("type") == "array" else word
        if entry.get("type") == "object":
            return {key: self._filled(inner, (*way, key), day) for key, inner in entry.get("properties", {}).items()} | {"x-own": self.word(" ".join((*way, "x-own")))}
        if entry.get("type") == "array":
            return [self._filled(entry["items"], way, day)]
        if "anyOf" in entry:
            return self._filled(entry["anyOf"][0] | {"named": entry.get("named")}, way, day)
        if entry.get("format"):
            return day if entry["format"] == "date" else f"{day}T10:17:00Z"
        if entry.get("type") in ("integer", "boolean"):
            return entry["type"] == "boolean" or 7_391_000_000 + len(self.planted)
        if "enum" in entry:
            return entry["enum"][0]
        handle = "@" if entry.get("named") == "person" or way[-1] in ("owner", "by", "participants") else ""
        return f"{handle}{self.word(' '.join(way))}"

    def _body(self, kind: str, day: str) -> str:
        """Every section that hotwash knows, and everything that a body can hide a word in."""
        sections = [f"## {entry['title']}\n\nSaid {self.word(f'{kind} body {name}')}.\n\n### {self.word(f'{kind} heading below {name}')}\n" for name, entry in policy("").data["sections"].items()]
        own = list(self.policy["sections"].values())[-1]["title"]
        spots = {name: self.word(f"{kind} body {name}") for name in (
            "comment", "comment in code", "waiver", "fence", "fence attribute", "code span", "link words", "link target", "link title", "address", "autolink", "definition", "definition title",
            "footnote", "table", "quote", "raw html", "attribute", "handle", "mail", "alt", "picture", "path", "list", "drawing", "open comment", "hidden definition",
        )}  # fmt: skip
        for name, data in (("picture", b"\x89PNG\r\n\x1a\n"), ("drawing", b'<svg xmlns="http://www.w3.org/2000/svg"><title>')):
            path = f"postmortems/pictures/{spots[name]}.{'png' if name == 'picture' else 'svg'}"
            self.files[path] = data + self.word(f"{kind} bytes of {name}").encode() + (b"" if name == "picture" else b"</title></svg>")
        return "\n".join([*sections, f"## {own}", "", f"""<!-- {spots['comment']} -->
<!-- hotwash: allow counterfactual: {spots['waiver']} -->
{self.policy['people'][-1]} asked {self.policy['systems'][-1]}. On {day}: [{spots['link words']}](https://in.example/{spots['link target']} "{spots['link title']}"), https://in.example/{spots['address']}, <https://in.example/{spots['autolink']}>,
[words][{spots['definition']}], a note[^n], @{spots['handle']}, {spots['mail']}@in.example, `{spots['code span']}`, <b title="{spots['attribute']}">{spots['raw html']}</b>,
![{spots['alt']}](pictures/{spots['picture']}.png), [a drawing](pictures/{spots['drawing']}.svg), [a file](../inside/{spots['path']}.md).

```yaml title="{spots['fence attribute']}"
{spots['fence']}: 1 <!-- {spots['comment in code']} -->
```

> {spots['quote']}

- {spots['list']}

| a | b |
|---|---|
| 1 | {spots['table']} |

[{spots['definition']}]: https://in.example/x "{spots['definition title']}"
[//]: # ({spots['hidden definition']})
[^n]: {spots['footnote']}

<!-- {spots['open comment']}
"""])


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder as text, unpacked where it is packed, in every form in which a word could stand in it; names of files are text too."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if data[:2] == b"\x1f\x8b":
                data = gzip.decompress(data)
            text = data.decode("utf-8", "replace").lower()
            unfolded = re.sub(r"\r?\n[ \t]", "", text)
            yield path.relative_to(folder).as_posix(), "\n".join((path.relative_to(folder).as_posix().lower(), text, unfolded, html.unescape(re.sub(r"<[^>]*>", "", text)), unquote(text)))


def words_in(folder: Path) -> dict[str, set[str]]:
    """The planted words that stand below a folder, each with the files it stands in."""
    found: dict[str, set[str]] = {}
    for path, text in texts(folder):
        for word in WORD.findall(text):
            found.setdefault(word, set()).add(path)
    return found
