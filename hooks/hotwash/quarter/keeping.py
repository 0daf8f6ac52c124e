"""What the archive may let rest: postmortems of a class that has long been quiet, and classes that may be one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from math import ceil

from hotwash.lesson import day_of
from hotwash.model import Postmortem
from hotwash.policy import Policy
from hotwash.quarter.facts import Fact, Part, Question, begun, day_said, few, ids, many, plain
from hotwash.quarter.scope import Scope
from hotwash.quarter.turns import Turns

QUIET = 365
"""Days without an incident after which a class is quiet."""
_MOST, _ASKED = 6, 2
_ALIKE = 0.5
"""The share of words that two classes have in common from which on they may be one (Jaccard, 1901)."""
_WORD = re.compile(r"[^\W\d_]{3,}")
Pair = tuple[str, str]
"""Two classes, by their slugs, in order."""
_EMPTY = frozenset(["the", "and", "for", "was", "were", "too", "with", "from", "into", "not", "one", "two", "that", "this", "its", "had", "has"])


def keeping(scope: Scope, known: Turns, pairs: Iterable[Pair]) -> Part:
    """Candidates to retire or to consolidate. Nothing is changed: a person decides."""
    last = dict(scope.classes())
    rest, both, once = list(_at_rest(scope, last, known)), list(_fresh(scope, last, pairs)), _once(scope, last)
    facts = [*few(rest, _retire, lambda post: post, "more are as quiet", _MOST), *(_merge(scope, *pair) for pair in both[:_MOST]), *_seen_once(once), *_retired(scope)]
    asked = []
    if rest:
        asked.append(Question(f"{begun(many(len(rest), 'postmortem'))} {'has' if len(rest) == 1 else 'have'} been quiet for a year with a fix that holds. Which may be retired, and what in them should everybody still know?", ids(rest)))
    asked += [Question(f"Are “{scope.title(one)}” and “{scope.title(other)}” one class?", ids([*scope.of_class(one), *scope.of_class(other)])) for one, other in both[:_ASKED]]
    return Part("keeping", "To retire or to bring together", "No class has been quiet for a year with a fix that holds, and no two classes look alike.", tuple(facts), tuple(asked))


def _at_rest(scope: Scope, last: Mapping[str, date], known: Turns) -> Iterator[Postmortem]:
    """Published postmortems whose classes have all been quiet for a year, and whose own fix has held that long."""
    until = scope.until
    quiet = {slug for slug, when in last.items() if (until - when).days >= QUIET}
    for post in {post.id: post for slug in last if slug in quiet for post in scope.of_class(slug)}.values():
        story = [(when, found) for when, found in known.get(post.id, ()) if when <= until]
        held = bool(story) and story[-1][1].word == "holding" and (until - story[-1][0]).days >= QUIET
        if held and post.status == "published" and quiet.issuperset(scope.archive.classes(post)):
            yield post


def _retire(post: Postmortem) -> Fact:
    when = day_of(post)
    return Fact(f"“{plain(post.title)}” of {day_said(when) if when else 'an unknown day'}: its fix has held for over a year, and its class has been quiet since.", ids([post]), "may rest")


def alike(slugs: Iterable[str], policy: Policy) -> tuple[Pair, ...]:
    """Pairs of classes whose slugs and titles share most of their words. They are the same for every quarter."""
    words = {slug: _words(slug, policy.title("classes", slug)) for slug in sorted(slugs)}
    often = Counter(word for said in words.values() for word in said)
    bearers: dict[str, list[str]] = {}
    for slug, said in words.items():
        for word in _rarest(said, often):
            bearers.setdefault(word, []).append(slug)
    near = {pair for same in bearers.values() for pair in combinations(same, 2)}
    return tuple(sorted((one, other) for one, other in near if len(words[one] & words[other]) / len(words[one] | words[other]) >= _ALIKE))


def _words(slug: str, title: str) -> frozenset[str]:
    """The words by which a class is compared."""
    return frozenset(word.casefold() for word in _WORD.findall(f"{slug.replace('-', ' ')} {title}")) - _EMPTY


def _rarest(words: Iterable[str], often: Mapping[str, int]) -> list[str]:
    """Words of which two classes that are alike have one in common (prefix filtering: Chaudhuri and others, ICDE 2006): so nobody follows a word that many bear."""
    ranked = sorted(words, key=lambda word: (often[word], word))
    return ranked[: len(ranked) - ceil(_ALIKE * len(ranked)) + 1]


def _fresh(scope: Scope, last: Mapping[str, date], pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Of classes that are alike, those that had both occurred, one of them within the quarter."""
    fresh = {slug for post in scope.posts for slug in scope.archive.classes(post)}
    for one, other in pairs:
        if one in last and other in last and (one in fresh or other in fresh):
            yield one, other


def _merge(scope: Scope, one: str, other: str) -> Fact:
    said = f"“{scope.title(one)}” and “{scope.title(other)}” read alike; `merged_into` in the policy would count them as one."
    return Fact(said, ids([*scope.of_class(one), *scope.of_class(other)]), "alike?")


def _once(scope: Scope, last: Mapping[str, date]) -> list[Postmortem]:
    old = (scope.of_class(slug) for slug, when in last.items() if (scope.until - when).days >= QUIET)
    return [posts[0] for posts in old if len(posts) == 1]


def _seen_once(once: list[Postmortem]) -> Iterator[Fact]:
    if once:
        yield Fact(f"{begun(many(len(once), 'class was', 'classes were'))} seen once, more than a year ago.", ids(once), "seen once")


def _retired(scope: Scope) -> Iterator[Fact]:
    retired = [post for quarter, posts in scope.calendar.retired.items() if quarter <= scope.quarter for post in posts]
    if retired:
        yield Fact(f"{begun(many(len(retired), 'postmortem is', 'postmortems are'))} retired already, and kept for memory.", ids(retired), "retired", (("status", "retired"),))
