"""Rules of phrases as they are asked: every sentence of a postmortem's prose, section by section, only the patterns that its words name."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from hotwash import prose
from hotwash.language.blocks import Sentence, mask, sentences
from hotwash.language.naming import within_a_sentence
from hotwash.language.patterns import OPENING, Pattern
from hotwash.language.phrases import Found, may_match, search, words_of
from hotwash.language.silence import is_chat, is_label, is_thanks
from hotwash.language.subject import Reader
from hotwash.language.tokens import Known, folded
from hotwash.model import Hit, Postmortem, Span
from hotwash.phrase_rules import PhraseRule
from hotwash.phrase_weight import weaker, weighs_little
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


class Asked(NamedTuple):
    """A sentence where it stands, and the numbers of the patterns of one rule that are worth trying on it."""

    heard: Heard
    patterns: Sequence[int]
    section: str
    place: Callable[[int, int], Span]
    in_header: bool


def finders(rules: Sequence[PhraseRule]) -> list[Find]:
    """The `find` of each rule. They share one reading of a postmortem, in which every sentence is asked only the patterns that its words name."""
    index = _indexed(rules)
    # Rules are asked one after the other of the same postmortem, so the last reading is all that is worth remembering.
    last: list[tuple[Postmortem, Policy, Mapping[int, list[Asked]]]] = []

    def asked(post: Postmortem, policy: Policy) -> Mapping[int, list[Asked]]:
        if not last or last[0][0] is not post or last[0][1] is not policy:
            last[:] = [(post, policy, _asked(post, policy, index))]
        return last[0][2]

    return [_finder(rules, number, asked) for number in range(len(rules))]


def _finder(rules: Sequence[PhraseRule], number: int, asked: Callable[[Postmortem, Policy], Mapping[int, list[Asked]]]) -> Find:
    rule = rules[number]
    stronger = [(other, rules[other]) for other in range(len(rules)) if rules[other].id in rule.gives_way]

    def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
        for heard, patterns, section, place, in_header in asked(post, policy).get(number, ()):
            for hit in hits(rule, patterns, heard, section, place, policy.level(rule.id), header=in_header):
                if in_header or (not (rule.needs_anchor and _bounded_around(post.body, heard.sentence)) and not any(_speaks(other, asked(post, policy).get(at, ()), heard) for at, other in stronger)):
                    yield hit

    return find


def _speaks(rule: PhraseRule, asked: Iterable[Asked], heard: Heard) -> bool:
    """Whether a rule finds something in a sentence."""
    return any(True for one in asked if one.heard is heard for _ in hits(rule, one.patterns, heard, one.section, one.place, header=one.in_header))


class Index(NamedTuple):
    """All patterns, numbered: each with its rule's number, its own, and the further sets of words of which one each has to be there."""

    patterns: Sequence[tuple[int, int, tuple[frozenset[str], ...]]]
    by_word: Mapping[tuple[str, frozenset[str]], Mapping[str, Sequence[int]]]
    """By what a sentence has to hold (nothing, people, a name), the sections it may stand in (none: in any), and by word: the patterns to try."""


def _indexed(rules: Sequence[PhraseRule]) -> Index:
    patterns: list[tuple[int, int, tuple[frozenset[str], ...]]] = []
    by_word: dict[tuple[str, frozenset[str]], dict[str, list[int]]] = {}
    for number, rule in enumerate(rules):
        for place, pattern in enumerate(rule.patterns):
            words = by_word.setdefault((pattern.needs, rule.sections), {})
            for key in pattern.keys:
                words.setdefault(key, []).append(len(patterns))
            patterns.append((number, place, pattern.others))
    return Index(patterns, by_word)


def _asked(post: Postmortem, policy: Policy, index: Index) -> Mapping[int, list[Asked]]:
    """The sentences that each rule is asked of, by the rule's number."""
    found: dict[int, list[Asked]] = {}
    for heard, section, place, in_header in _standing(post, policy):
        asked: dict[int, list[int]] = {}
        for rule, pattern, others in (index.patterns[number] for number in sorted({*_named(heard.words, section, index)})):
            if not any(map(heard.words.isdisjoint, others)):
                asked.setdefault(rule, []).append(pattern)
        for rule, patterns in asked.items():
            found.setdefault(rule, []).append(Asked(heard, patterns, section, place, in_header))
    return found


def _named(words: frozenset[str], section: str, index: Index) -> Iterator[int]:
    for (needs, sections), by_word in index.by_word.items():
        if (not needs or needs in words) and (not sections or section in sections):
            for word in words & by_word.keys():
                yield from by_word[word]


def _standing(post: Postmortem, policy: Policy) -> Iterator[tuple[Heard, str, Callable[[int, int], Span], bool]]:
    """Every sentence of header and body with the section it is judged as and its place; the last says whether it stands in the header."""
    known = _known(tuple(map(str, policy.data.get("people", ()))), tuple(map(str, policy.data.get("systems", ()))), tuple(policy.words("services")))
    for way, text in post.texts:
        if way[0] in _IN_HEADER and (section := HEADER.get(tuple("*" if isinstance(step, int) else step for step in way))):
            place = partial(_whole, post.where_value(*way))
            yield from ((heard, section, place, True) for heard in read_sentences(text, known))
    starts, ids = _sections(post, policy)
    for heard in read_sentences(post.body, known):
        at = bisect_right(starts, heard.sentence.start) - 1
        section = ids[at] if at >= 0 else "other"
        if section not in SILENT_SECTIONS:
            yield heard, section, partial(_within, post, heard.sentence.start), False


def _whole(span: Span, _start: int, _end: int) -> Span:
    return span


def _within(post: Postmortem, sentence: int, start: int, end: int) -> Span:
    return post.line_of(sentence + start, end - start)


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
    said = (re.sub(OPENING, "", heard.sentence.text, flags=re.IGNORECASE) if rule.needs_anchor else heard.sentence.text[found.start : found.end]).strip(" ,:;.*_").replace("**", "")
    who = within_a_sentence(heard.sentence.text[found.who.start : found.who.end], found.who.kind) if found.who else "somebody"
    fields = {"match": short(said), "verb": found.verb or "it", "who": short(who)}
    help = rule.help_verb if rule.help_verb and found.verb else rule.help
    yield Hit(place(found.start, found.end), rule.message.format(**fields), help.format(**fields), weaker(configured or level, found, heard.reader, weak=weighs_little(rule.weak, said, heard.sentence.text)))


def _matches(patterns: Iterable[Pattern], heard: Heard) -> Iterator[Found]:
    for pattern in patterns:
        if may_match(pattern, heard.words):
            yield from search(pattern, heard.sentence, heard.reader, heard.words)


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
