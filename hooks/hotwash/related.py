"""Earlier postmortems that a page may lead to, each with the reason, for all pages at once.

`similar` weighs every word of every body, which is right for one question and too dear for ten thousand pages. Here the short texts of the header speak:
title, cause, trigger and fix, in an index that grows from the oldest postmortem to the newest. A postmortem is compared with earlier ones alone, and the
weight of a word is a whole number: so a new file changes no older page, and a changed one few.
"""

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import NamedTuple

from hotwash.archive import Archive
from hotwash.model import UNKNOWN, Postmortem
from hotwash.policy import Policy
from hotwash.recurrence import LIVE
from hotwash.similar import IDEA, WORD, Reason, terms

_MOST, _SAME_SERVICE, _NAMED = 3, 3, 4
"""Similar ones, those of the same service, and words that a reason names."""
_COMMON = 48
"""A word of more postmortems than this tells nothing here, and would have to be followed to all of them."""
_LEAST = 0.1
"""The likeness below which two postmortems share little, between 0 and 1. On the example archive two of three that pass it are among the first three of `similar`."""
_SERVICE, _TRIGGER = 1.3, 1.2
"""What the likeness of the words is multiplied by where both headers name the same service, and the same trigger."""
_CLEAREST = 6
"""The weight of a word that stands in no earlier postmortem but one."""
_GENERAL = """
accept add allow amount answer appear ask back become begin behind belong bring call came carry cause change come count day due early either empty end enough ever every
expect fact fail failed fall far few file find first five follow found four full gain gave get give given goes gone got half hand happen held high hold hour inside
keep kept kind knew know known last late later least left less let like line little long look lost low made make many may mean meant measure met might minute month
move much must name named need never new next nobody none nothing number old open outside own page part pass passed people per place plan problem promise put quarter
reach read record rest right run said same saw say second see seen send sent set seven several shared should show side single six small something start state still
stop stopped take taken ten thing three time today together told took tool turn twice two use used user value want week well went whole within without word work
worked write written wrong year yet
"""
"""Words that any account of anything holds: that two share them says nothing."""
_SILENT = frozenset(term for word in _GENERAL.split() for term in terms(word))


class Near(NamedTuple):
    """An earlier postmortem that is like another one, and why."""

    post: Postmortem
    score: float
    reasons: tuple[Reason, ...]


class Related(NamedTuple):
    """What a page leads to besides its class: the likest first, and the latest before it of the same service."""

    similar: tuple[Near, ...] = ()
    service: str = ""
    """The service of which `before` tells: the first that has any."""
    before: tuple[Postmortem, ...] = ()
    """The latest before it, newest first."""


class _Words(NamedTuple):
    """The words of a postmortem: how each is spelt, and the length of all their weights together; its services and its trigger."""

    spelt: Mapping[str, str]
    norm: float
    services: tuple[str, ...]
    trigger: str


def related(archive: Archive, policy: Policy) -> dict[str, Related]:
    """What every postmortem is related to, by its id."""
    index: dict[str, list[int]] = {}
    services: dict[str, list[Postmortem]] = {}
    lexicon: dict[str, tuple[str, ...]] = {}
    posts: list[Postmortem] = []
    words: list[_Words] = []
    found: dict[str, Related] = {}
    for id in sorted(archive.posts, key=archive.order.__getitem__):
        post = archive.posts[id]
        if post.status not in LIVE:
            continue
        spelt = _spelt(post, policy, lexicon)
        weights = {term: _weight(len(index.get(term, ()))) for term in spelt}
        norm = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        mine = _Words(spelt, norm, _services(post), _trigger(post))
        likes = _likest(post, mine, weights, index, posts, words, archive)
        found[id] = Related(tuple(likes), *_before(mine, services))
        for term in spelt:
            index.setdefault(term, []).append(len(posts))
        posts.append(post)
        words.append(mine)
        for service in mine.services:
            services.setdefault(service, []).append(post)
    return found


def _spelt(post: Postmortem, policy: Policy, lexicon: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Each term of the short texts, and the word it is first written as."""
    found: dict[str, str] = {}
    for text in _texts(post, policy):
        for word in WORD.findall(text.casefold()):
            if word not in lexicon:
                lexicon[word] = tuple(term for term in terms(word) if term not in _SILENT)
            for term in lexicon[word]:
                found.setdefault(term, word)
    return found


def _texts(post: Postmortem, policy: Policy) -> Iterator[str]:
    yield from (post.text("title"), post.text("cause", "what"), post.text("trigger", "what"), post.text("fix", "change"), post.text("impact", "service"))
    yield from (str(factor.get("what", "")) for _, factor in post.entries("factors"))
    yield policy.title("classes", post.text("cause", "class"))


def _weight(bearers: int) -> int:
    """How much a word tells, given how many earlier postmortems bear it: one less each time their number doubles."""
    return max(_CLEAREST - bearers.bit_length(), 0) + 1 if bearers <= _COMMON else 0


def _likest(post: Postmortem, mine: _Words, weights: Mapping[str, int], index: Mapping[str, list[int]], posts: list[Postmortem], words: list[_Words], archive: Archive) -> Iterator[Near]:
    """The earlier ones that share the most telling words; those of its own class stand on the page already."""
    shared: dict[int, list[str]] = {}
    for term, weight in weights.items():
        for place in index.get(term, ()) if weight else ():
            shared.setdefault(place, []).append(term)
    scores = {place: _score(sum(weights[term] ** 2 for term in common) / (mine.norm * words[place].norm), mine, words[place]) for place, common in shared.items() if len(common) > 1}
    own, left = set(archive.classes(post)), _MOST
    for place in sorted(scores, key=lambda place: (-scores[place], -place)):
        if scores[place] < _LEAST or not left:
            return
        if own.isdisjoint(archive.classes(posts[place])):
            yield Near(posts[place], round(scores[place], 3), tuple(_reasons(mine, words[place], shared[place], weights)))
            left -= 1


def _score(likeness: float, mine: _Words, other: _Words) -> float:
    """The likeness of the words, and more where the same service or the same trigger stands in both headers."""
    same_service = any(service in other.services for service in mine.services)
    same_trigger = mine.trigger and mine.trigger == other.trigger
    return likeness * (_SERVICE if same_service else 1) * (_TRIGGER if same_trigger else 1)


def _reasons(mine: _Words, other: _Words, common: list[str], weights: Mapping[str, int]) -> Iterator[Reason]:
    """The most telling words, and the service or the trigger that both name."""
    told = sorted((term for term in common if not term.startswith(IDEA)), key=lambda term: (-weights[term], term))[:_NAMED]
    if told:
        yield Reason("words", tuple(mine.spelt[term] for term in told))
    if both := tuple(service for service in mine.services if service in other.services):
        yield Reason("services", both)
    if mine.trigger and mine.trigger == other.trigger:
        yield Reason("trigger", (mine.trigger,))


def _trigger(post: Postmortem) -> str:
    kind = post.text("trigger", "kind")
    return "" if kind in (UNKNOWN, "other") else kind


def _before(mine: _Words, services: Mapping[str, list[Postmortem]]) -> tuple[str, tuple[Postmortem, ...]]:
    for service in mine.services:
        if known := services.get(service):
            return service, tuple(reversed(known[-_SAME_SERVICE:]))
    return "", ()


def _services(post: Postmortem) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in post.items("services") if isinstance(word, str) and word and word.casefold() != UNKNOWN))
