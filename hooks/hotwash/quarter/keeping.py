"""What the archive may let rest: postmortems of a class that has long been quiet, and classes that may be one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from hotwash.lesson import day_of
from hotwash.model import Postmortem
from hotwash.quarter.facts import Fact, Part, Question, begun, day_said, ids, many, plain
from hotwash.quarter.scope import Scope
from hotwash.quarter.turns import Turns

QUIET = 365
"""Days without an incident after which a class is quiet."""
_MOST = 8
_ALIKE = 0.5
"""The share of words that two classes have in common from which on they may be one (Jaccard, 1901)."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY = frozenset(["the", "and", "for", "was", "were", "too", "with", "from", "into", "not", "one", "two", "that", "this", "its", "had", "has"])


def keeping(scope: Scope, known: Turns) -> Part:
    """Candidates to retire or to consolidate. Nothing is changed: a person decides."""
    by_class = _classes(scope)
    rest, alike, once = list(_at_rest(scope, by_class, known)), list(_look_alike(scope, by_class)), _once(scope, by_class)
    facts = [*(_retire(post) for post in rest[:_MOST]), *_more(rest), *(_merge(scope, *pair, by_class) for pair in alike), *_seen_once(once), *_retired(scope)]
    asked = []
    if rest:
        asked.append(Question(f"{begun(many(len(rest), 'postmortem'))} {'has' if len(rest) == 1 else 'have'} been quiet for a year with a fix that holds. Which may be retired, and what in them should everybody still know?", ids(rest)))
    asked += [Question(f"Are “{scope.title(one)}” and “{scope.title(other)}” one class?", ids([*by_class[one], *by_class[other]])) for one, other in alike]
    return Part("keeping", "To retire or to bring together", "No class has been quiet for a year with a fix that holds, and no two classes look alike.", tuple(facts), tuple(asked))


def _classes(scope: Scope) -> Mapping[str, list[Postmortem]]:
    found: dict[str, list[Postmortem]] = {}
    for post in scope.earlier_posts():
        for slug in scope.archive.classes(post):
            found.setdefault(slug, []).append(post)
    return found


def _last(posts: list[Postmortem]) -> date:
    return max(when for post in posts if (when := day_of(post)))


def _at_rest(scope: Scope, by_class: Mapping[str, list[Postmortem]], known: Turns) -> Iterator[Postmortem]:
    """Published postmortems whose classes have all been quiet for a year, and whose own fix has held that long."""
    for post in scope.earlier_posts():
        mine = scope.archive.classes(post)
        story = [(when, found) for when, found in known.get(post.id, ()) if when <= scope.until]
        quiet = mine and all((scope.until - _last(by_class[slug])).days >= QUIET for slug in mine)
        if post.status == "published" and quiet and story and story[-1][1].word == "holding" and (scope.until - story[-1][0]).days >= QUIET:
            yield post


def _retire(post: Postmortem) -> Fact:
    when = day_of(post)
    return Fact(f"“{plain(post.title)}” of {day_said(when) if when else 'an unknown day'}: its fix has held for over a year, and its class has been quiet since.", ids([post]), "may rest")


def _more(rest: list[Postmortem]) -> Iterator[Fact]:
    if len(rest) > _MOST:
        yield Fact(f"The same holds for {many(len(rest) - _MOST, 'more', 'more')}.", ids(rest[_MOST:]), "may rest")


def _look_alike(scope: Scope, by_class: Mapping[str, list[Postmortem]]) -> Iterator[tuple[str, str]]:
    """Pairs of classes whose slugs and titles share most of their words, one of them with an incident in the quarter."""
    words = {slug: frozenset(word.casefold() for word in _WORD.findall(f"{slug.replace('-', ' ')} {scope.title(slug)}")) - _EMPTY for slug in by_class}
    fresh = {slug for post in scope.posts for slug in scope.archive.classes(post)}
    for one, other in ((one, other) for one, other in combinations(sorted(words), 2) if one in fresh or other in fresh):
        both = words[one] | words[other]
        if both and len(words[one] & words[other]) / len(both) >= _ALIKE:
            yield one, other


def _merge(scope: Scope, one: str, other: str, by_class: Mapping[str, list[Postmortem]]) -> Fact:
    return Fact(f"“{scope.title(one)}” and “{scope.title(other)}” read alike; `merged_into` in the policy would count them as one.", ids([*by_class[one], *by_class[other]]), "alike?")


def _once(scope: Scope, by_class: Mapping[str, list[Postmortem]]) -> list[Postmortem]:
    return [posts[0] for posts in by_class.values() if len(posts) == 1 and (scope.until - _last(posts)).days >= QUIET]


def _seen_once(once: list[Postmortem]) -> Iterator[Fact]:
    if once:
        yield Fact(f"{begun(many(len(once), 'class was', 'classes were'))} seen once, more than a year ago.", ids(once), "seen once")


def _retired(scope: Scope) -> Iterator[Fact]:
    retired = [post for post in scope.earlier_posts() if post.status == "retired"]
    if retired:
        yield Fact(f"{begun(many(len(retired), 'postmortem is', 'postmortems are'))} retired already, and kept for memory.", ids(retired), "retired", (("status", "retired"),))
