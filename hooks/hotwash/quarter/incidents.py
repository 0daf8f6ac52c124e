"""The incidents of a quarter, counted by severity beside the quarter before and the same quarter a year ago."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import comb

from hotwash.lesson import day_of
from hotwash.model import Postmortem
from hotwash.quarter.facts import Fact, Part, Row, begun, day_said, ids, many, named, number, plain
from hotwash.quarter.scope import Scope

_CHANCE = 0.05
"""How unlikely a difference has to be before it is called one."""
_FEW = 10


def counts(scope: Scope) -> tuple[Row, ...]:
    """How many incidents of each severity, the gravest first; severities that none of the three quarters has are left out."""
    columns = [Counter(scope.policy.severity(post) for post in posts) for posts in _columns(scope)]
    return tuple(Row(word, *found) for word in (*scope.policy.words("severities"), "") if any(found := [column[word] for column in columns]))


def listed(scope: Scope) -> Part:
    """Every incident of the quarter, oldest first."""
    facts = tuple(Fact(f"{day_said(when)}: {plain(post.title)}.", ids([post]), scope.policy.severity(post) or "severity unknown") for post in scope.posts if (when := day_of(post)))
    return Part("incidents", "Incidents", "No incident began in this quarter.", facts)


def opening(scope: Scope) -> Iterator[str]:
    """What there is to know before anything else: how many, how grave, and whether the numbers say more than chance."""
    posts, (now, before, year_ago) = scope.posts, (len(posts) for posts in _columns(scope))
    so_far = " so far" if scope.running else ""
    if not posts:
        yield f"No incident is on record for {scope.quarter.spoken}{so_far}."
    else:
        grave = Counter(scope.policy.severity(post) or "severity unknown" for post in posts)
        order = [*scope.policy.words("severities"), "severity unknown"]
        said = named([f"{number(grave[word])} {word}" for word in order if grave[word]], most=8)
        yield f"{begun(many(now, 'incident'))}{so_far}: {said}." if now > 1 else f"One incident{so_far}, a {next(iter(grave))}."
    yield f"The quarter before had {number(before) if before else 'none'}, the same quarter a year ago {number(year_ago) if year_ago else 'none'}."
    if scope.running and not posts:
        yield f"It has {many((scope.quarter.last - scope.as_of).days, 'day')} to go."
    elif scope.running:
        yield f"The quarter has {many((scope.quarter.last - scope.as_of).days, 'day')} to go, so the numbers do not compare yet."
    else:
        yield _weighed(now, before)


def _weighed(now: int, before: int) -> str:
    if max(now, before) < _FEW:
        return "Numbers this small say little about a trend: one incident more or less is chance."
    if chance(now, before) > _CHANCE:
        return "The difference is no larger than chance makes it."
    return "The difference is larger than chance alone would make it."


def chance(one: int, other: int) -> float:
    """How likely two counts of one rate are at least this far apart: the exact conditional test (Przyborowski and Wilenski, Biometrika 31, 1940), two-sided."""
    whole = one + other
    tail = sum(comb(whole, count) for count in range(min(one, other) + 1))
    return min(1.0, float(2 * tail / 2**whole)) if whole else 1.0


def _columns(scope: Scope) -> tuple[tuple[Postmortem, ...], ...]:
    quarter = scope.quarter
    return (scope.posts, *(scope.calendar.incidents.get(other, ()) for other in (quarter.before, quarter.year_before)))
