"""Where patterns match: the words of a sentence, and a search that checks who is meant."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from hotwash.language.blocks import Sentence
from hotwash.language.names import GIVEN_WORDS, composed, given
from hotwash.language.patterns import NAMED, PEOPLED, STEM, Part, Pattern, assembled, parts_of
from hotwash.language.people import ALONE, BARE, GROUPS, OWN, PLACES, PRONOUNS, ROLES, THEY, UNCERTAIN, WE, does_something, sounds_like_somebody
from hotwash.language.subject import Reader
from hotwash.language.tokens import TITLES, Who
from hotwash.language.verbs import RESPONSE, is_participle, is_past


class Found(NamedTuple):
    """A stretch of a sentence that a pattern matches, in characters of the sentence, and who was meant."""

    start: int
    end: int
    who: Who | None
    verb: str


def words_of(text: str, people: frozenset[str] = frozenset()) -> frozenset[str]:
    """Every word of a sentence and every stem, as patterns look them up, and marks where it names somebody or speaks of people at all."""
    found = frozenset().union(*map(_looked_up, _WORDS.findall(text.replace("’", "'"))))
    if "@" in text or not people.isdisjoint(found) or not ALONE.isdisjoint(found):
        return found | {NAMED, PEOPLED}
    return found


@lru_cache(maxsize=65_536)
def _looked_up(word: str) -> tuple[str, ...]:
    """All by which one word is looked up: itself, its parts, their stems, and the marks of people."""
    low = word.lower()
    every = {low, *re.split("[-']", low)} - {""}
    found = every | {f"{part[:STEM]}~" for part in every if len(part) >= STEM}
    bare = word.removesuffix("'s")
    if given(bare) or bare in GIVEN_WORDS or bare in TITLES or composed(bare) or (bare[:1].isupper() and low in ROLES) or ("-" in bare and given(bare.split("-")[0])):
        found |= {NAMED, PEOPLED}
    elif not every.isdisjoint(_PEOPLE) or sounds_like_somebody(low) or does_something(low):
        found.add(PEOPLED)
    return tuple(found)


_PEOPLE = ROLES | GROUPS | BARE | PRONOUNS | WE | THEY | OWN | UNCERTAIN | PLACES | frozenset(["call", "no", "line", "handling", "traffic"])
_WORDS = re.compile(r"[^\W_][\w'-]*[^\W_]|[^\W_]")


def may_match(pattern: Pattern, words: frozenset[str]) -> bool:
    """Whether a sentence of these words holds what the pattern cannot do without."""
    if pattern.needs and pattern.needs not in words:
        return False
    for keys in pattern.others:
        if keys.isdisjoint(words):
            return False
    return not pattern.keys.isdisjoint(words)


def search(pattern: Pattern, sentence: Sentence, reader: Reader, words: frozenset[str]) -> Iterator[Found]:
    """Where a pattern matches in a sentence, its people checked. A match whose people are wrong may hide a right one that begins within it."""
    regex = _expression(pattern, words)
    leading = _regex(pattern.lead).search(sentence.text)  # who is led stands behind it, and what they did behind them
    if leading is None:
        return
    at = leading.end()
    for _ in range(_TRIES):
        match = regex.search(sentence.text, at)
        if match is None:
            return
        found = _checked(pattern, match, sentence, reader)
        if found is not None:
            yield found
        last, at = at, match.end() if found else _next_word(sentence.text, match)
        if at == last:
            return


_TRIES = 20


def _next_word(text: str, match: re.Match[str]) -> int:
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    blank = text.find(" ", start)
    return blank + 1 if blank >= 0 else len(text)


_NEVER = r"(?!)"


def _expression(pattern: Pattern, words: frozenset[str]) -> re.Pattern[str]:
    """Only the choices that are in the sentence: compiling a long list takes a hundred times longer than searching for it."""
    return _compiled(pattern.parts, words & _parts(pattern.parts)[1])


@lru_cache(maxsize=8192)
def _compiled(parts: bytes, words: frozenset[str]) -> re.Pattern[str]:
    return _regex(assembled(_parts(parts)[0], words) or _NEVER)


@lru_cache(maxsize=8192)
def _parts(kept: bytes) -> tuple[tuple[Part, ...], frozenset[str]]:
    """The parts of a pattern, and every word that one of their choices cannot do without."""
    parts = parts_of(kept)
    return parts, frozenset(word for part in parts for needed, _ in part.options for word in needed)


@lru_cache(maxsize=8192)
def _regex(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def _checked(pattern: Pattern, match: re.Match[str], sentence: Sentence, reader: Reader) -> Found | None:
    verb = _verb(match)
    if verb is None:
        return None
    who = _before(pattern, match, reader)
    if pattern.before and who is None:
        return None
    led = _regex(f"{pattern.lead}$").search(sentence.text, max(0, who.start - 80), who.start) if pattern.lead and who else None
    if pattern.lead and led is None:
        return None
    start, end = match.start() + len(match[0]) - len(match[0].lstrip(" \"“(*_-")), match.end()
    if pattern.after:
        other = reader.phrase_starting(reader.index(end))
        if other is None or (pattern.after == "P" and other.kind != "name"):
            return None
        who, end = who or other, other.end
    if who and pattern.before and who.start < start:
        start = led.start() if led else who.start
    return Found(start, end, who, verb)


_MODAL = re.compile(r"\b(?:will|shall|can|could|may|might|would|must|should|to|'ll)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
"""What makes a base form of a verb that looks like its past: "will put", "to cut"."""


def _verb(match: re.Match[str]) -> str | None:
    """The verb that the pattern asked for, empty where it asked for none; None where the word is not of the form asked for."""
    if not match.re.groupindex:
        return ""
    groups = {name: word.lower() for name, word in match.groupdict().items() if word}
    past, act, done = groups.get("past"), groups.get("act"), groups.get("done")
    if past and not is_past(past):
        return None
    if (past or act) and _MODAL.search(match.string, max(0, (acted := match.start("past" if past else "act")) - 24), acted):
        return None
    if act and (not (is_past(act) or is_participle(act)) or act in RESPONSE):
        return None
    if done and not is_participle(done):
        return None
    return groups.get("verb") or past or act or done or groups.get("ing") or ""


def _before(pattern: Pattern, match: re.Match[str], reader: Reader) -> Who | None:
    if not pattern.before:
        return None
    at = reader.index(match.start() + len(match[0]) - len(match[0].lstrip()))
    if pattern.before.endswith("'s"):
        who = reader.possessor(at)
    elif pattern.before.endswith(".."):
        who = reader.clause_subject(at)
    else:
        who = reader.subject(at)
    return who if who and (pattern.before[0] == "H" or who.kind == "name") else None
