"""Earlier postmortems like this one, with the reasons, and the class that they suggest.

Words are weighted by BM25 (Robertson and Zaragoza, 2009) over the fields of a postmortem, the likeness of two texts is the cosine of their weights,
and what both headers say in so many words is added to it. No model, no network; the same archive gives the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import log, sqrt
from typing import NamedTuple

from hotwash.archive import Archive, classes
from hotwash.globs import overlap
from hotwash.model import UNKNOWN, Postmortem
from hotwash.policy import Policy
from hotwash.recurrence import LIVE
from hotwash.synonyms import IDEAS

_K1, _B = 1.2, 0.5
_EVIDENCE = {"class": 1.0, "paths": 0.1, "services": 0.02, "trigger": 0.015}
"""What shared evidence adds to the likeness of the texts, which is between 0 and 1. A class says it all. What a service or a trigger says depends on how
many share it: its value is taken times the logarithm of how rare it is (2.3 for one in ten)."""
STRONG = 0.25
"""From this likeness on, two postmortems are worth reading together even where nobody linked them."""
_LEAST = 0.12
"""Below this, two postmortems share a language and little else."""
_MAJORITY, _VOTERS = 0.6, 3
_MOST_WORDS = 6
_VOID = frozenset({UNKNOWN, "other"})
WORD = re.compile(r"[^\W\d_]{3,40}")
_COMMON = """
about after again all also and another any are because been before being both but can could did does during each few for from further had has have her here
him his how into its itself more most nor not now off once one only other our out over own same she should since some still such than that the their them
then there these they this those through too two under until upon very was were what when where which while who whom why will with would yet you your
"""
_SILENT = frozenset(_COMMON.split())


class Reason(NamedTuple):
    """Why two postmortems are alike: `kind` is class, services, trigger, paths or words; `values` are what they share."""

    kind: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{_SAID[self.kind]} {', '.join(self.values)}"


_SAID = {"class": "same class", "services": "both touch", "trigger": "same trigger:", "paths": "both watch", "words": "words:"}


class Like(NamedTuple):
    """An earlier postmortem, how much it is alike, and why. A `score` of 1 and more says that the class is the same; 0.25 is a close relative, see STRONG."""

    post: Postmortem
    score: float
    reasons: tuple[Reason, ...]


class Suggestion(NamedTuple):
    """A class that a postmortem might bear, and the neighbours that bear it, the nearest first."""

    slug: str
    bearers: tuple[str, ...]


class Texts(NamedTuple):
    """Every postmortem's words."""

    weights: Mapping[str, Mapping[str, float]]
    """By path, each word's stem and its weight; the weights of a postmortem are a vector of length 1."""
    spelt: Mapping[str, str]
    """How each stem is written, where it first stands in the archive."""
    rare: Mapping[tuple[str, str], float]
    """How rare each service and trigger is: the logarithm of all postmortems over those that bear it."""


class _Subject:
    """An archive and a policy, told from others by what they are rather than by what they hold: comparing thousands of files takes longer than reading one."""

    def __init__(self, archive: Archive, policy: Policy) -> None:
        self.archive, self.policy = archive, policy

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Subject) and self.archive is other.archive and self.policy is other.policy

    def __hash__(self) -> int:
        return hash((id(self.archive), id(self.policy)))


def weigh(archive: Archive, policy: Policy) -> Texts:
    """Weigh the words of all postmortems, once for an archive; what is compared is then a few hundred numbers each."""
    return _weigh(_Subject(archive, policy))


@lru_cache(maxsize=1)
def _weigh(subject: _Subject) -> Texts:
    lexicon, spelt = dict[str, tuple[str, ...]](), dict[str, str]()
    counts = {post.path: _counts(_fields(post, subject.policy), lexicon, spelt) for post in subject.archive.by_path.values()}
    spread: dict[str, int] = {}
    for words in counts.values():
        for word in words:
            spread[word] = spread.get(word, 0) + 1
    mean = sum(sum(words.values()) for words in counts.values()) / max(1, len(counts)) or 1
    rare = {word: log(1 + (len(counts) - count + 0.5) / (count + 0.5)) for word, count in spread.items()}
    return Texts({path: _weights(words, rare, mean) for path, words in counts.items()}, spelt, _rarity(subject.archive))


def _rarity(archive: Archive) -> Mapping[tuple[str, str], float]:
    borne: dict[tuple[str, str], int] = {}
    for post in archive.by_path.values():
        for fact in {("trigger", post.text("trigger", "kind")), *(("services", str(name)) for name in post.items("services"))}:
            borne[fact] = borne.get(fact, 0) + 1
    return {fact: log(len(archive.by_path) / count) for fact, count in borne.items()}


def _weights(words: Mapping[str, int], rare: Mapping[str, float], mean: float) -> dict[str, float]:
    damp = _K1 * (1 - _B + _B * sum(words.values()) / mean)
    weights = {word: rare[word] * count * (_K1 + 1) / (count + damp) for word, count in words.items()}
    norm = sqrt(sum(weight * weight for weight in weights.values())) or 1
    return {word: weight / norm for word, weight in weights.items()}


def _counts(fields: Iterable[tuple[int, str]], lexicon: dict[str, tuple[str, ...]], spelt: dict[str, str]) -> dict[str, int]:
    """How often each term stands in the fields, by their weights. `lexicon` remembers the terms of every word, `spelt` a word of every stem."""
    counts: dict[str, int] = {}
    for weight, text in fields:
        for word in WORD.findall(text.casefold()):
            found = lexicon.get(word)
            if found is None:
                found = lexicon[word] = terms(word)
                spelt.setdefault(found[0] if found else "", word)
            for term in found:
                counts[term] = counts.get(term, 0) + weight
    return counts


def terms(word: str) -> tuple[str, ...]:
    """What a word counts as: its stem, and the ideas that it stands for."""
    if word in _SILENT:
        return ()
    stem = _stem(word)
    return stem, *(IDEA + idea for idea in _IDEAS.get(stem, ()))


def _fields(post: Postmortem, policy: Policy) -> Iterator[tuple[int, str]]:
    """The texts of a postmortem, each with its weight. The names of its classes are words, too: a newcomer without a class may share them."""
    yield 3, post.text("title")
    yield 3, post.text("cause", "what")
    yield 2, post.text("trigger", "what")
    yield 2, post.text("fix", "change")
    yield 2, post.text("impact", "service")
    for _, factor in post.entries("factors"):
        yield 2, str(factor.get("what", ""))
    for slug in classes(post):
        yield 2, f"{slug.replace('-', ' ')} {policy.title('classes', slug)}"
    yield 1, post.prose


def _stem(word: str) -> str:
    """A word without its commonest English endings, so that `caches` meets `cached`. Other languages lose little by it."""
    for ending, rest in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            word = word[: -len(ending)] + rest
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


_IDEAS = {_stem(word): ideas for word, ideas in IDEAS.items()}
IDEA = "~"
"""What an idea begins with among the terms, so that it is none of the words."""


def similar(post: Postmortem, archive: Archive, texts: Texts, limit: int = 3) -> tuple[Like, ...]:
    """The earlier postmortems most like this one, the likest first; of two that are equally like it, the later one."""
    mine = archive.order.get(post.id)
    others = [other for other in archive.posts.values() if other.id != post.id and other.status in LIVE and (not mine or archive.order[other.id] < mine)]
    found = [(other, *_likeness(post, other, archive, texts)) for other in others]
    found.sort(key=lambda one: (one[1], archive.order[one[0].id]), reverse=True)
    return tuple(Like(other, score, (*shared, *_words(post, other, texts))) for other, score, shared in found[:limit] if score >= _LEAST)


def suggested(post: Postmortem, likes: Iterable[Like], archive: Archive) -> Suggestion | None:
    """The class that the nearest earlier postmortems suggest for one without a class; None where the nearest is no close relative, or they are divided.

    A neighbour votes with the square of its likeness, so that one close relative outweighs two distant ones.
    """
    nearest = sorted(likes, key=lambda like: -like.score)[:_VOTERS]
    if classes(post) or not nearest or nearest[0].score < STRONG:
        return None
    votes: dict[str, float] = {}
    for like in nearest:
        for slug in archive.classes(like.post)[:1]:
            votes[slug] = votes.get(slug, 0) + like.score**2
    slug = max(sorted(votes), key=lambda slug: votes[slug], default="")
    if not slug or votes[slug] < _MAJORITY * sum(votes.values()):
        return None
    return Suggestion(slug, tuple(like.post.id for like in nearest if slug in archive.classes(like.post)[:1]))


def linked(post: Postmortem) -> frozenset[str]:
    """The ids that a postmortem names: in `recurrence_of`, `related.postmortems`, `fix.same_as` and the links of its body."""
    named = [*post.items("recurrence_of"), *post.items("related", "postmortems"), post.text("fix", "same_as")]
    return frozenset([*(str(id).rsplit("/", 1)[-1].removesuffix(".md") for id in named), *(id for _, id in post.links)])


def _likeness(post: Postmortem, other: Postmortem, archive: Archive, texts: Texts) -> tuple[float, list[Reason]]:
    ours, theirs = texts.weights[post.path], texts.weights[other.path]
    score = sum(weight * theirs[word] for word, weight in ours.items() if word in theirs)
    shared = [Reason(kind, values) for kind, values in _shared(post, other, archive) if values]
    return round(score + sum(_worth(reason, texts) for reason in shared), 6), shared


def _worth(reason: Reason, texts: Texts) -> float:
    return _EVIDENCE[reason.kind] * max(texts.rare.get((reason.kind, value), 1.0) for value in reason.values)


def _shared(post: Postmortem, other: Postmortem, archive: Archive) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "class", _both(archive.classes(post), archive.classes(other))
    yield "services", _both(post.items("services"), other.items("services"))
    yield "trigger", _both([post.text("trigger", "kind")], [other.text("trigger", "kind")])
    yield "paths", tuple(path for path in _paths(post) if any(overlap(path, theirs) for theirs in _paths(other)))


def _paths(post: Postmortem) -> list[str]:
    return [path for path in [*post.items("paths"), post.text("fix", "artefact", "path")] if isinstance(path, str) and path]


def _both(ours: Iterable[object], theirs: Iterable[object]) -> tuple[str, ...]:
    known = {value for value in theirs if isinstance(value, str)}
    return tuple(dict.fromkeys(value for value in ours if isinstance(value, str) and value and value in known and value.casefold() not in _VOID))


def _words(post: Postmortem, other: Postmortem, texts: Texts) -> Iterator[Reason]:
    """The words that weigh most in both."""
    ours, theirs = texts.weights[post.path], texts.weights[other.path]
    heaviest = sorted((word for word in ours if word in theirs and not word.startswith(IDEA)), key=lambda word: (-ours[word] * theirs[word], word))[:_MOST_WORDS]
    if heaviest:
        yield Reason("words", tuple(texts.spelt[word] for word in heaviest))
