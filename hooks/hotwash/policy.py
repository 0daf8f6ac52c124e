"""What a team decides: its policy laid over the shipped defaults, and the questions that rules ask of it."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from hotwash import hours, merging, yaml12
from hotwash.model import POLICY, SCHEMA, Failure, KeyPath, Postmortem, Span, nearest
from hotwash.shape import misshapen
from hotwash.wording import suggestion

TEMPLATES = ("light", "standard", "full")
VOCABULARIES: Mapping[tuple[str, ...], str] = {
    ("severity",): "severities",
    ("potential_severity",): "severities",
    ("kind",): "kinds",
    ("criteria", "*"): "criteria",
    ("services", "*"): "services",
    ("detection", "source"): "detection_sources",
    ("roles", "@"): "roles",
    ("trigger", "kind"): "triggers",
    ("factors", "*", "kind"): "factors",
    ("fix", "artefact", "kind"): "artefacts",
    ("actions", "*", "kind"): "action_kinds",
    ("actions", "*", "horizon"): "horizons",
    ("sign_off", "*", "role"): "roles",
}
"""Where the header holds a word of the policy: `*` is each entry of a list, `@` each key of a mapping."""

_NUMBERING = re.compile(
    r"(?:(?:section|part|step)\s+)?(?:(?:\d+(?:\.\d+)*|[ivx]+|[a-z])\s*[.):]|\d+(?:\.\d+)*(?=\s)|[(\[]\d+(?:\.\d+)*[)\]])\s*(?:-\s+)?|\d+-", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}][\s.:,;]*$|(?<=\w)[\s,:-]+(?:utc|gmt|cet|cest)$")
_MARKUP = re.compile(r"[*_`]+|\{[^}]*\}\s*$")
_LONGEST_HEADING = 200
"""Characters. No alias comes near it, and the patterns above take time with the square of a heading's length."""


class Policy(NamedTuple):
    """The merged policy with the shipped data that rules need. `data` has the shape of `schemas/policy.schema.json`."""

    data: Mapping[str, Any]
    headings: Mapping[str, frozenset[str]]
    """Each normalised heading, and the sections it stands for."""
    spellings: Mapping[str, str]
    """Each normalised spelling of a severity, and the severity."""
    schema: str = "{}"
    """The schema of the header, as JSON: text, so that what is built from it can be kept by it."""
    bodies: Mapping[str, str] = {}
    """The body of each template, by name."""
    merged: Mapping[str, str] = {}
    """Each class that was merged into another, and the one that it counts as."""

    def words(self, vocabulary: str) -> Mapping[str, Any]:
        """A vocabulary: each word and what the policy says of it."""
        words = self.data.get(vocabulary)
        return words if isinstance(words, Mapping) else {}

    def title(self, vocabulary: str, word: str) -> str:
        """How a word is shown to a reader; the word itself where the policy gives it no name."""
        entry = self.words(vocabulary).get(word)
        if isinstance(entry, Mapping):
            return str(entry.get("title") or entry.get("name") or word)
        return entry if isinstance(entry, str) else word

    def canonical_severity(self, word: str) -> str:
        """A severity under its own name, whatever alias is written (`SEV-2`, `High`); empty for any other word."""
        return self.spellings.get(_spelling(word), "")

    def severity(self, post: Postmortem) -> str:
        """The postmortem's severity under its own name; empty where it is unknown."""
        return self.canonical_severity(post.text("severity"))

    def gravest(self, post: Postmortem) -> str:
        """The severity that decides the deadline: a near miss counts by what it could have been."""
        return self.canonical_severity(post.text("potential_severity")) or self.severity(post)

    def template(self, post: Postmortem) -> str:
        """`light`, `standard` or `full`: by kind where the kind names one, else by severity."""
        kind = self.words("kinds").get(post.text("kind")) or {}
        severity = self.words("severities").get(self.severity(post)) or {}
        return str(kind.get("template") or severity.get("template") or "light")

    def keys(self, post: Postmortem) -> list[str]:
        """The header keys asked for at publication; `a|b` asks for one of them."""
        if post.status == "skipped":
            return list(self.data["skip"])
        kind = self.words("kinds").get(post.text("kind")) or {}
        spared = set(kind.get("spares", ()))
        asked = [*self.data["templates"][self.template(post)]["keys"], *kind.get("asks", ())]
        return [key for key in asked if key not in spared]

    def fix_keys(self, post: Postmortem) -> list[str]:
        """What the structural fix carries at publication."""
        return list(self.data["templates"][self.template(post)]["fix"])

    def section_ids(self, post: Postmortem) -> list[str]:
        """The sections asked for at publication."""
        return [] if post.status == "skipped" else list(self.data["templates"][self.template(post)]["sections"])

    def sections_named(self, heading: str) -> frozenset[str]:
        """The sections that a heading stands for; empty for a heading of the writer's own."""
        return self.headings.get(normal_heading(heading), frozenset())

    def level(self, rule: str) -> str | None:
        """The level the team gives to a rule, `off` included; None where it says nothing."""
        level = self.data.get("rules", {}).get(rule)
        return str(level) if level else None


def merge(defaults: Mapping[str, Any], team: Mapping[str, Any]) -> dict[str, Any]:
    """The team's policy over the defaults: mappings key by key, lists replaced, aliases added, a key set to null removed."""
    merged = dict(defaults)
    for key, value in team.items():
        before = merged.get(key)
        if value is None:
            merged.pop(key, None)
        elif key == "aliases" and isinstance(value, list) and isinstance(before, list):
            merged[key] = [*before, *value]
        elif isinstance(value, Mapping):
            merged[key] = merge(before if isinstance(before, Mapping) else {}, value)
        else:
            merged[key] = value
    return merged


def read_policy(defaults: str, team: str, schema: str, bodies: Mapping[str, str], policy_schema: str) -> Policy:
    """Build the policy from the shipped defaults and the team's text, which may be empty.

    Raises:
        Failure: the team's text cannot be read, has the wrong shape, or names what is not there; one line, with the place.
    """
    shipped = yaml12.read(defaults).data
    reading = yaml12.read(team)
    # A key with nothing below it, as in a policy whose entries are still commented out, leaves the default as it is.
    written = {key: value for key, value in reading.data.items() if value is not None} if _judged(reading, policy_schema) else {}
    data = merge(shipped, written)
    for way, message in _dangling(data):
        raise _wrong(nearest(reading.keys, way), message)
    if "public" in written:
        from hotwash.disclosure import astray  # here: the hook reads the policy, too, and most teams say nothing of the public
        for key, message in astray(data["public"], data["sections"], schema):
            raise _wrong(nearest(reading.keys, ("public", key)), message)
    return Policy(data, headings(data), _spellings(data), schema, bodies, merging.merged(data["classes"]))


def _judged(reading: yaml12.Reading, policy_schema: str) -> bool:
    """Whether there is a team's policy; an unreadable or misshapen one raises."""
    for problem in reading.problems:
        raise _wrong(problem.span, f"{problem.message}; {problem.help}")
    if reading.data is None:
        return False
    if not isinstance(reading.data, dict):
        raise _wrong(Span(1, 1), "a policy is keys with values; see the comments that `hotwash init` writes")
    newer = reading.data.get("schema")
    if isinstance(newer, int) and newer > SCHEMA:
        raise _wrong(reading.values["schema",], f"the policy is written for schema {newer}; this hotwash reads up to {SCHEMA}")
    places = (lambda way: nearest(reading.keys, way), lambda way: reading.values.get(way) or nearest(reading.keys, way))
    for hit in misshapen(reading.data, policy_schema, *places):
        raise _wrong(hit.span, f"{hit.message}; {hit.help}".removesuffix("; "))
    return True


def _wrong(span: Span, message: str) -> Failure:
    return Failure(f"{POLICY}:{span.line}:{span.column}: {message}")


def _dangling(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Words of the policy that lead to nothing, each with its place: they would otherwise stay without effect, and nobody would notice."""
    for name in TEMPLATES:
        if name not in data["templates"]:
            yield ("templates", name), f"the template `{name}` cannot be removed; let severities name another one with `template:`"
    if not data["severities"]:
        yield ("severities",), "at least one severity has to be left"
    for name, template in data["templates"].items():
        for list_name in ("sections", "offers"):
            for section in template.get(list_name, ()):
                if section not in data["sections"]:
                    yield ("templates", name, list_name), f"the template asks for the section `{section}`, which `sections` does not have"
    for severity, entry in data["severities"].items():
        for role in entry.get("sign_off", ()):
            if role not in data["roles"]:
                yield ("severities", severity, "sign_off"), f"`{role}` signs, and is not one of `roles`{suggestion(role, data['roles'])}"
    for name in data["delegates"]:
        if not name.startswith("@") and name not in data["roles"]:
            yield ("delegates", name), f"`{name}` is neither a handle such as @cache-lead nor one of `roles`{suggestion(name, data['roles'])}"
    yield from ((("working", key), message) for key, message in hours.wrong(data["working"]))
    yield from ((("classes", slug, "merged_into"), message) for slug, message in merging.astray(data["classes"]))
    for trailer, role in data["approval_trailers"].items():
        if role != "any" and role not in data["roles"]:
            yield ("approval_trailers", trailer), f"`{role}` is neither `any` nor one of `roles`{suggestion(role, data['roles'])}"
    for slug, entry in data["classes"].items():
        for key, vocabulary in (("category", "causes"), ("level", "chain_levels"), ("label", "labels")):
            word = (entry or {}).get(key)
            if word is not None and word not in data[vocabulary]:
                yield ("classes", slug, key), f"`{word}` is not one of `{vocabulary}`{suggestion(word, data[vocabulary])}"


def headings(data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Each normalised heading of a policy's sections, and the sections it stands for."""
    names: dict[str, frozenset[str]] = {}
    for section, entry in data["sections"].items():
        for name in (entry.get("title", section), section.replace("-", " "), *entry.get("aliases", ())):
            heading = normal_heading(str(name))
            names[heading] = names.get(heading, frozenset()) | {section}
    return names


def _spellings(data: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for severity, entry in data["severities"].items():
        for name in (severity, entry.get("name", severity), *entry.get("aliases", ())):
            found[_spelling(str(name))] = severity
    return found


@lru_cache(maxsize=1024)
def _spelling(word: str) -> str:
    return word.casefold().replace("-", "").replace(" ", "").replace("_", "")


@lru_cache(maxsize=4096)
def normal_heading(title: str) -> str:
    """A heading as it is compared: no case, numbering, emoji, closing brackets, markup or outer punctuation."""
    if len(title) > _LONGEST_HEADING:
        return ""
    text = _MARKUP.sub(" ", title).replace("’", "'").replace("–", "-").replace("—", "-").replace("&", " and ").casefold()
    text = "".join(char if char.isalnum() or char in " '-;/.,():[]" else " " for char in text).strip()
    while (shorter := _BRACKETS.sub("", text[number.end() :] if (number := _NUMBERING.match(text)) else text).strip()) != text:
        text = shorter
    return " ".join(text.replace("-", " ").split()).strip(" .,:;()[]")


def written(post: Postmortem, way: tuple[str, ...]) -> Iterator[tuple[KeyPath, Any]]:
    """Every value of the header that a pattern such as `("actions", "*", "kind")` reaches, with its way."""
    yield from _reach(post.header, way, ())


def _reach(value: Any, way: tuple[str, ...], done: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    if not way:
        yield done, value
    elif way[0] == "*":
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield from _reach(item, way[1:], (*done, index))
    elif way[0] == "@":
        for key in value if isinstance(value, dict) else ():
            yield (*done, key), key
    elif isinstance(value, dict) and way[0] in value:
        yield from _reach(value[way[0]], way[1:], (*done, way[0]))
