"""What repeats: classes that came back, and the levels, triggers, factors and services that several incidents share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from hotwash.lesson import day_of
from hotwash.model import Postmortem
from hotwash.quarter.facts import Fact, Part, Question, begun, day_said, few, ids, many, named, number
from hotwash.quarter.scope import Scope
from hotwash.recurrence import apart, earlier, is_repeat

_SHARE = 3
"""A word piles up where three incidents bear it and every third of them, or two that are half of them: anything less is chance."""
_SERVICES, _MOST, _ASKED = 3, 8, 3
AGAIN, SOON = "came back", "came back soon"
"""Marks of a class that came back, and of one that did so within the policy's window."""


class _Kind(NamedTuple):
    """A word that incidents share: by what the list of postmortems knows it, in which vocabulary it stands, what is said and what is asked of it."""

    key: str
    vocabulary: str
    said: str
    asked: str
    of: Callable[[Scope, Postmortem], Iterable[str]]


def patterns(scope: Scope) -> Part:
    """Classes that came back, then what several incidents of the quarter share."""
    again = sorted(_again(scope), key=lambda pair: -len(pair[1]))
    piles = [(kind, word, posts) for kind in _KINDS for word, posts in _piles(scope, kind)]
    quiet = [Fact("No class came back.", (), "good")] if scope.posts and not again else []
    facts = [*quiet, *few(again, lambda pair: _came_back(scope, *pair), lambda pair: pair[1][0], "more classes came back", _MOST), *(_pile(scope, *pile) for pile in piles), *_hit(scope)]
    asked = [*(_ask_again(scope, *pair) for pair in again[:_ASKED]), *_ask_piles(scope, piles), *_ask_service(scope)]
    return Part("patterns", "Patterns and themes", "Without an incident there is no pattern.", tuple(facts), tuple(asked))


def _again(scope: Scope) -> Iterator[tuple[str, list[Postmortem]]]:
    """Each class that came back within the quarter, with its incidents of the quarter that had one before."""
    found: dict[str, list[Postmortem]] = {}
    for post in scope.posts:
        before = earlier(post, scope.archive)
        if before:
            mine = scope.archive.classes(post)
            slug = next((slug for slug in mine if slug in scope.archive.classes(before[-1])), mine[0])
            found.setdefault(slug, []).append(post)
    yield from found.items()


def _came_back(scope: Scope, slug: str, posts: list[Postmortem]) -> Fact:
    before = earlier(posts[0], scope.archive)[-1]
    passed = apart(before, posts[0])
    gap = f", {many(passed, 'day')} after the one before" if passed else ", on the day of the one before" if passed == 0 else ""
    whole = len(scope.of_class(slug))
    when = named([day_said(when) for post in posts if (when := day_of(post))])
    soon = is_repeat(posts[0], before, scope.policy)
    said = f"“{scope.title(slug)}” came back on {when}{gap}. It has now happened {_times(whole)}."
    return Fact(said, ids([before, *posts]), SOON if soon else AGAIN, (("class", slug),))


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{number(count)} times")


def _piles(scope: Scope, kind: _Kind) -> Iterator[tuple[str, list[Postmortem]]]:
    found: dict[str, list[Postmortem]] = {}
    for post in scope.posts:
        for word in dict.fromkeys(kind.of(scope, post)):
            if word and word not in ("unknown", "other"):
                found.setdefault(word, []).append(post)
    for word in sorted(found, key=lambda word: (-len(found[word]), word)):
        count = len(found[word])
        if count > 1 and count * (_SHARE if count >= _SHARE else 2) >= len(scope.posts):
            yield word, found[word]


def _pile(scope: Scope, kind: _Kind, word: str, posts: list[Postmortem]) -> Fact:
    said = kind.said.format(share=_share(posts, scope), word=scope.policy.title(kind.vocabulary, word))
    find = (("quarter", scope.quarter.name), (kind.key, word)) if kind.key else ()
    return Fact(begun(said), ids(posts), f"{len(posts)} of {len(scope.posts)}", find)


def _share(posts: list[Postmortem], scope: Scope) -> str:
    whole = len(scope.posts)
    return f"all {number(whole)}" if len(posts) == whole else f"{number(len(posts))} of {number(whole)}"


def _hit(scope: Scope) -> Iterator[Fact]:
    """The services that took part most often."""
    for word, posts in _services(scope)[:_SERVICES]:
        said = f"{scope.policy.title('services', word)} took part in {_share(posts, scope)}."
        yield Fact(begun(said), ids(posts), f"{len(posts)} of {len(scope.posts)}", (("quarter", scope.quarter.name), ("service", word)))


def _services(scope: Scope) -> list[tuple[str, list[Postmortem]]]:
    found: dict[str, list[Postmortem]] = {}
    for post in scope.posts:
        for word in dict.fromkeys(str(word) for word in post.items("services")):
            found.setdefault(word, []).append(post)
    return sorted(((word, posts) for word, posts in found.items() if len(posts) > 1), key=lambda pair: (-len(pair[1]), pair[0]))


def _ask_again(scope: Scope, slug: str, posts: list[Postmortem]) -> Question:
    return Question(f"“{scope.title(slug)}” was here before. What have the answers so far not reached?", ids([*earlier(posts[0], scope.archive), *posts]), (slug,))


def _ask_piles(scope: Scope, piles: list[tuple[_Kind, str, list[Postmortem]]]) -> Iterator[Question]:
    """One question, about the word that most incidents share."""
    for kind, word, posts in sorted((pile for pile in piles if pile[0].asked), key=lambda pile: -len(pile[2]))[:1]:
        yield Question(begun(kind.asked.format(share=_share(posts, scope), word=scope.policy.title(kind.vocabulary, word))), ids(posts))


def _ask_service(scope: Scope) -> Iterator[Question]:
    for word, posts in (pair for pair in _services(scope)[:1] if len(pair[1]) >= _SHARE):
        name = scope.policy.title("services", word)
        yield Question(f"{name} took part in {_share(posts, scope)}. Do these have something in common, or is {name} where everything meets?", ids(posts))


def _of_class(key: str) -> Callable[[Scope, Postmortem], Iterator[str]]:
    """What the policy says of the incident's own class."""

    def words(scope: Scope, post: Postmortem) -> Iterator[str]:
        for slug in scope.archive.classes(post)[:1]:
            yield str((scope.policy.words("classes").get(slug) or {}).get(key) or "")

    return words


def _trigger(_: Scope, post: Postmortem) -> Iterator[str]:
    yield post.text("trigger", "kind")


def _factors(_: Scope, post: Postmortem) -> Iterator[str]:
    yield from (str(factor.get("kind") or "") for _, factor in post.entries("factors"))


_KINDS = (
    _Kind("level", "chain_levels", "in {share}, the level that was missing was {word}.", "in {share}, the level that was missing was {word}. What would we change there first?", _of_class("level")),
    _Kind("label", "labels", "{share} bear the same label: {word}.", "", _of_class("label")),
    _Kind("category", "causes", "in {share}, the cause counts as {word}.", "", _of_class("category")),
    _Kind("trigger", "triggers", "{share} began with the same kind of trigger: {word}.", "{share} began with the same kind of trigger: {word}. What would make such a change safe to get wrong?", _trigger),
    _Kind("", "factors", "in {share}, the same kind of factor contributed: {word}.", "", _factors),
)
