"""The policy as an audience may see it: no word of it that a postmortem which is not shown uses alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hotwash import merging
from hotwash.archive import classes
from hotwash.model import Postmortem
from hotwash.policy import VOCABULARIES, Policy, headings, written

_INSIDE = ("teams", "identities", "delegates", "people", "systems", "phrases", "approval_trailers", "default_branch", "public")
"""What a team says to itself: people, systems, its own rules of wording, and what is kept back."""
_OF_CLASSES = {"category": "causes", "level": "chain_levels", "label": "labels"}

Used = Mapping[str, set[str]]


def used(posts: Iterable[Postmortem], policy: Policy) -> Used:
    """The words of each vocabulary that postmortems use, what their classes say and their sections included."""
    found: dict[str, set[str]] = {name: set() for name in (*VOCABULARIES.values(), "classes", "sections", *_OF_CLASSES.values())}
    for post in posts:
        for way, vocabulary in VOCABULARIES.items():
            found[vocabulary] |= {str(word) for _, word in written(post, way)}
        found["severities"] |= {policy.canonical_severity(post.text(key)) for key in ("severity", "potential_severity")}
        found["sections"].update(name for section in post.sections for name in policy.sections_named(section.title))
        found["classes"] |= set(_with_ends(classes(post), policy))
    for slug in found["classes"]:
        for key, vocabulary in _OF_CLASSES.items():
            found[vocabulary].add(str((policy.words("classes").get(slug) or {}).get(key)))
    return found


def _with_ends(slugs: Iterable[str], policy: Policy) -> Iterable[str]:
    """Classes and, step by step, what they were merged into."""
    for slug in slugs:
        seen, step = set[str](), slug
        while step and step not in seen:
            seen.add(step)
            yield step
            step = str((policy.words("classes").get(step) or {}).get("merged_into") or "")


def cut(policy: Policy, shown: Used, hidden: Used, shipped: Mapping[str, Any], *, public: bool) -> Policy:
    """The policy without the words that only hidden postmortems use.

    For the public, every word goes that no public postmortem uses, because which of them a hidden one uses is nobody's business there, and so does what a
    team says to itself. Words that hotwash ships stay: they say nothing of a team.
    """
    data: dict[str, Any] = {**policy.data, **{key: type(policy.data[key])() for key in _INSIDE if public and key in policy.data}}
    for name in shown:
        before = policy.words(name)
        asked = _asked(data, name)
        kept = {word: entry for word, entry in before.items() if word in shown[name] | asked or (not public and word not in hidden[name])}
        data[name] = {word: kept.get(word, shipped.get(name, {}).get(word)) for word in before if word in kept or word in shipped.get(name, {})}
    if public:
        data["rules"] = {}
    return policy._replace(data=data, merged=merging.merged(data["classes"]), headings=headings(data))


def _asked(data: Mapping[str, Any], vocabulary: str) -> set[str]:
    """Words that the policy itself asks for, beside what postmortems say: a section of a template, the role of a signature."""
    if vocabulary == "sections":
        return {str(section) for template in data["templates"].values() for key in ("sections", "offers") for section in template.get(key, ())}
    if vocabulary == "roles":
        return {str(role) for entry in data["severities"].values() for role in entry.get("sign_off", ())}
    return set()
