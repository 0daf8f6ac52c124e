"""Which parts of the template mostly stay empty: what is asked and stays without an answer is worth asking otherwise, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from hotwash.model import UNKNOWN, Postmortem
from hotwash.policy import Policy
from hotwash.quarter.facts import Fact, Part, Question, begun, ids, named, number
from hotwash.quarter.scope import Scope

_LEAST = 3
"""Postmortems that have to be asked before an empty part means anything."""
_HOLLOW = frozenset({"", UNKNOWN, "none", "nothing", "n/a", "na", "tbd", "todo", "-", "–", "...", "…"})
"""Words that fill a place and say nothing."""


class _Asked(NamedTuple):
    """A part of the template: what it is called, and who was asked for it and left it empty."""

    name: str
    of: list[Postmortem]
    empty: list[Postmortem]


def template(scope: Scope) -> Part:
    """Keys and sections that at least half of the quarter's published postmortems leave empty or unknown."""
    written = [post for post in scope.posts if post.status in ("published", "retired")]
    hollow = [part for part in _parts(scope, written) if len(part.of) >= _LEAST and 2 * len(part.empty) >= len(part.of)]
    facts = [Fact(f"{begun(part.name)} stays empty in {number(len(part.empty))} of {number(len(part.of))}.", ids(part.empty), f"{len(part.empty)} of {len(part.of)}") for part in sorted(hollow, key=lambda part: (-len(part.empty) / len(part.of), part.name))]
    asked = [Question(f"{begun(named([part.name for part in hollow]))}: do we ask otherwise, ask less often, or not at all?", ids(post for part in hollow for post in part.empty))] if hollow else []
    few = len(written) < _LEAST
    nothing = "Too few postmortems were published to tell." if few else "Every part of the template is filled in more often than not."
    return Part("template", "Parts of the template that stay empty", nothing, tuple(facts), tuple(asked))


def filled(post: Postmortem, policy: Policy) -> frozenset[str]:
    """The sections of a postmortem that say something, by their names in the policy."""
    return frozenset(name for section in post.sections if not _is_hollow(section.text) for name in policy.sections_named(section.title))


def _parts(scope: Scope, written: list[Postmortem]) -> Iterator[_Asked]:
    by_name: dict[str, _Asked] = {}
    for post in written:
        for name, full in (*_keys(scope, post), *_sections(scope, post)):
            part = by_name.setdefault(name, _Asked(name, [], []))
            part.of.append(post)
            if not full:
                part.empty.append(post)
    yield from by_name.values()


def _keys(scope: Scope, post: Postmortem) -> Iterator[tuple[str, bool]]:
    fix = [f"fix.{key}" for key in scope.policy.fix_keys(post)] if post.text("fix", "change") else []
    for key in dict.fromkeys((*scope.policy.keys(post), *fix)):
        name, ways = _ways(key)
        yield name, any(_filled(post.get(*way)) for way in ways)


@lru_cache(maxsize=1024)
def _ways(key: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """What a key of the policy is called, and the ways to the values that it asks for: `a.b|c` asks for one of two."""
    return f"the key `{key.replace('|', '` or `')}`", tuple(tuple(one.split(".")) for one in key.split("|"))


def _filled(value: object) -> bool:
    return value not in (None, [], {}) and not (isinstance(value, str) and _is_hollow(value))


def _is_hollow(text: str) -> bool:
    return text.strip(" \n*_.").casefold() in _HOLLOW


def _sections(scope: Scope, post: Postmortem) -> Iterator[tuple[str, bool]]:
    offers = scope.policy.data["templates"][scope.policy.template(post)].get("offers", ())
    full = scope.filled(post)
    for name in dict.fromkeys((*scope.policy.section_ids(post), *offers)):
        yield f"the section “{scope.policy.title('sections', name)}”", name in full
