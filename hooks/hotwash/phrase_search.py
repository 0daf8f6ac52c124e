"""Rules of phrases as they are asked: every sentence of a postmortem's prose, section by section, only the patterns that its words name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from hotwash import prose
from hotwash.language.blocks import Sentence, mask, sentences
from hotwash.language.patterns import Pattern
from hotwash.language.people import PRONOUNS, WE
from hotwash.language.phrases import Found, may_match, search, words_of
from hotwash.language.silence import is_chat, is_label, is_thanks
from hotwash.language.subject import Reader
from hotwash.language.tokens import DETERMINERS, Known, folded
from hotwash.model import LEVELS, Hit, Level, Postmortem, Span
from hotwash.phrase_rules import PhraseRule
from hotwash.policy import Policy
from hotwash.wording import short

HEADER: Mapping[tuple[str, ...], str] = {
    ("title",): "summary",
    ("trigger", "what"): "trigger",
    ("cause", "what"): "why",
    ("factors", "*", "what"): "why",
    ("fix", "change"): "fix",
    ("actions", "*", "do"): "actions",
}
"""Sentences of the header, and the section that each is judged as."""
_IN_HEADER = frozenset(way[0] for way in HEADER)
SILENT_SECTIONS = frozenset({"people", "related"})
Find = Callable[[Postmortem, Policy], Iterator[Hit]]


class Heard(NamedTuple):
    """A sentence, who does what in it, and its words as patterns look them up."""

    sentence: Sentence
    reader: Reader
    words: frozenset[str]


Asked = Callable[[str, Known], Mapping[int, list[tuple[Heard, list[int]]]]]
"""For a text, the sentences that each rule is asked of, by the rule's number, with the numbers of the patterns worth trying."""


def finders(rules: Sequence[PhraseRule]) -> list[Find]:
    """The `find` of each rule. They share one reading of a text, in which every sentence is asked only the patterns that its words name."""
    index: dict[str, list[tuple[int, int]]] = {}
    for number, rule in enumerate(rules):
        for place, pattern in enumerate(rule.patterns):
            for key in pattern.keys:
                index.setdefault(key, []).append((number, place))
    keys = frozenset(index)

    @lru_cache(maxsize=64)
    def asked(text: str, known: Known) -> Mapping[int, list[tuple[Heard, list[int]]]]:
        found: dict[int, list[tuple[Heard, list[int]]]] = {}
        for heard in read_sentences(text, known):
            numbers: dict[int, list[int]] = {}
            for number, place in {both for word in heard.words & keys for both in index[word]}:
                if may_match(rules[number].patterns[place], heard.words):
                    numbers.setdefault(number, []).append(place)
            for number, places in numbers.items():
                found.setdefault(number, []).append((heard, sorted(places)))
        return found

    return [_finder(rule, number, asked) for number, rule in enumerate(rules)]


def _finder(rule: PhraseRule, number: int, asked: Asked) -> Find:
    def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
        known = _known(tuple(map(str, policy.data.get("people", ()))), tuple(map(str, policy.data.get("systems", ()))), tuple(policy.words("services")))
        for way, text in post.texts:
            section = way[0] in _IN_HEADER and HEADER.get(tuple("*" if isinstance(step, int) else step for step in way))
            if section:
                span = post.where_value(*way)
                for heard, places in asked(text, known).get(number, ()):
                    yield from hits(rule, places, heard, section, lambda start, end, span=span: span, policy.level(rule.id), header=True)  # type: ignore[misc]
        if found := asked(post.body, known).get(number):
            yield from _in_body(rule, found, post, policy)

    return find


def _in_body(rule: PhraseRule, found: Iterable[tuple[Heard, list[int]]], post: Postmortem, policy: Policy) -> Iterator[Hit]:
    starts, ids = _sections(post, policy)
    for heard, places in found:
        start = heard.sentence.start
        at = bisect_right(starts, start) - 1
        section = ids[at] if at >= 0 else "other"
        if section in SILENT_SECTIONS:
            continue
        for hit in hits(rule, places, heard, section, lambda first, last, start=start: post.line_of(start + first, last - first), policy.level(rule.id)):  # type: ignore[misc]
            if not (rule.needs_anchor and _bounded_around(post.body, heard.sentence)):
                yield hit


def _bounded(text: str) -> bool:
    # Imported where a vague action is found, which is seldom: the module's expressions take longer to compile than a file to check.
    from hotwash.language.anchors import anchored

    return anchored(text)


def _bounded_around(body: str, sentence: Sentence) -> bool:
    """Whether something else in the same list item or table row bounds what a sentence asks for."""
    if sentence.kind not in ("item", "cell"):
        return False
    from hotwash.language.anchors import item_at

    item = item_at(body, sentence.start)
    return _bounded(mask(item, prose.mask_code(item)))


def hits(
    rule: PhraseRule,
    places: Iterable[int],
    heard: Heard,
    section: str,
    place: Callable[[int, int], Span],
    configured: str | None = None,
    *,
    header: bool = False,
) -> Iterator[Hit]:
    """What a rule finds in one sentence: the first of its patterns that matches.

    Args:
        places: the numbers of the patterns that are worth trying.
        section: the section that the sentence is judged as.
        place: where a stretch of the sentence stands in the file.
        configured: the team's level, which counts in every section where the rule speaks at all.
        header: whether the sentence stands in the header, for rules that give it a level of its own.
    """
    level = rule.levels.get(section) or (header and rule.levels.get("header")) or rule.levels.get("default", "off")
    if level == "off" or (rule.sections and section not in rule.sections):
        return
    found = next(_matches((rule.patterns[number] for number in places), heard), None)
    if found is None or any(True for _ in _matches(rule.unless, heard)) or (rule.needs_anchor and _bounded(heard.sentence.text)):
        return
    said = heard.sentence.text[found.start : found.end].strip(" ,:;.")
    who = heard.sentence.text[found.who.start : found.who.end] if found.who else "somebody"
    fields = {"match": short(said), "verb": found.verb or "it", "who": short(_within_a_sentence(who))}
    yield Hit(place(found.start, found.end), rule.message.format(**fields), rule.help.format(**fields), _weaker(configured or level, found))


def _within_a_sentence(who: str) -> str:
    """A phrase as it stands within a sentence: "the engineer" where it opened one as "The engineer"; names stay as they are."""
    first = who.partition(" ")[0].lower()
    return who[:1].lower() + who[1:] if first in DETERMINERS or first in PRONOUNS - {"i"} or first in WE else who


def _matches(patterns: Iterable[Pattern], heard: Heard) -> Iterator[Found]:
    for pattern in patterns:
        if may_match(pattern, heard.words):
            yield from search(pattern, heard.sentence, heard.reader, heard.words)


def _weaker(level: str, found: Found) -> Level:
    """One level lower for those who speak of themselves, for a whole team, and for a role that may be a program."""
    lower = found.who is not None and (found.who.kind in ("we", "group") or not found.who.sure)
    return LEVELS[min([*LEVELS].index(level) + lower, len(LEVELS) - 1)]  # type: ignore[arg-type]


@lru_cache(maxsize=64)
def _known(people: tuple[str, ...], systems: tuple[str, ...], services: tuple[str, ...]) -> Known:
    return Known(folded(people), folded((*systems, *services)))


@lru_cache(maxsize=64)
def read_sentences(text: str, known: Known) -> tuple[Heard, ...]:
    """The sentences of a text that may be asked: read once for all rules. Labels of roles and thanks are left out."""
    heard, block, before = [], -1, tuple[str, ...]()
    for sentence in sentences(mask(text, prose.mask_code(text))):
        if sentence.block != block:
            block, before = sentence.block, ()
        if not (is_label(sentence.text) or is_thanks(sentence.text)):
            heard.append(Heard(sentence, Reader(sentence.text, known, before), words_of(sentence.text, known.people)))
        before = (*before[-5:], sentence.text)
    return tuple(heard)


def _sections(post: Postmortem, policy: Policy) -> tuple[list[int], list[str]]:
    """Where each section begins in the body, in characters, and its id; a heading of the writer's own belongs to the one it stands under."""
    starts, ids, above, order = list[int](), list[str](), list[tuple[int, str]](), list(policy.words("sections"))
    for section in post.sections:
        while above and above[-1][0] >= section.level:
            above.pop()
        named = policy.sections_named(section.title)
        own = "related" if is_chat(section.title) else min(named, key=order.index) if named else ""
        ids.append(own or (above[-1][1] if above else "other"))
        above.append((section.level, ids[-1]))
        starts.append(post.offset_of(section.span.line))
    return starts, ids
