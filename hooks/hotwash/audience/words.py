"""The policy as an audience may see it: no word of it that a postmortem which is not shown uses alone."""

from __future__ import annotations

import re
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
        found["roles"].update(str(role) for word in found["severities"] for role in (policy.words("severities").get(word) or {}).get("sign_off", ()))
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


def cut(policy: Policy, shown: Used, hidden: Used, shipped: Mapping[str, Any], *, public: bool, secret: frozenset[str] = frozenset()) -> Policy:
    """The policy without the words that only hidden postmortems use.

    For the public, every word goes that no public postmortem uses, because which of them a hidden one uses is nobody's business there, and so does what a
    team says to itself. Words that hotwash ships stay: they say nothing of a team.

    Args:
        policy: the team's policy over the shipped one.
        shown: the words that visible postmortems use.
        hidden: the words that hidden ones use.
        shipped: the policy that hotwash ships.
        public: whether it is for the public.
        secret: names of people and systems that hidden postmortems alone hold.
    """
    data: dict[str, Any] = {**policy.data, **{key: type(policy.data[key])() for key in _INSIDE if public and key in policy.data}}
    for name in shown:
        before = policy.words(name)
        asked = _asked(data, name)
        kept = {word: entry for word, entry in before.items() if word in shown[name] | asked or (not public and word not in hidden[name])}
        data[name] = {word: kept.get(word, shipped.get(name, {}).get(word)) for word in before if word in kept or word in shipped.get(name, {})}
    if public:
        data["rules"] = {}
    else:
        data |= _people(data, secret)
    return policy._replace(data=data, merged=merging.merged(data["classes"]), headings=headings(data))


def secret(policy: Policy, shown: Iterable[Postmortem], hidden: Iterable[Postmortem]) -> frozenset[str]:
    """The names of people and systems in the policy that hidden postmortems hold and visible ones do not."""
    teams = {name: members or () for key in ("teams", "identities", "delegates") for name, members in policy.words(key).items()}
    named = {*teams, *(str(member) for members in teams.values() for member in members), *map(str, policy.data["people"]), *map(str, policy.data["systems"])}
    for posts, held in ((hidden, True), (shown, False)):
        texts = ["\n".join((*(text for _, text in post.texts), post.body)) for post in posts] if named else []
        named = {name for name in named if any(name in text and re.search(rf"(?<![\w@]){re.escape(name)}(?![\w-])", text) for text in texts) == held}
    return frozenset(named)


def _people(data: Mapping[str, Any], secret: frozenset[str]) -> dict[str, Any]:
    """What the policy says of people and systems, without those that are kept back, and without a team of nobody else."""
    left: dict[str, Any] = {key: [name for name in data[key] if name not in secret] for key in ("people", "systems")}
    for key in ("teams", "identities", "delegates"):
        kept = {name: [member for member in members or () if member not in secret] for name, members in data[key].items() if name not in secret}
        left[key] = {name: members for name, members in kept.items() if members or not data[key][name]}
    return left


def _asked(data: Mapping[str, Any], vocabulary: str) -> set[str]:
    """Words that the policy itself asks for, beside what postmortems say: a section of a template, the role of a signature."""
    if vocabulary == "sections":
        return {str(section) for template in data["templates"].values() for key in ("sections", "offers") for section in template.get(key, ())}
    if vocabulary == "roles":
        return {str(role) for entry in data["severities"].values() for role in entry.get("sign_off", ())}
    return set()
