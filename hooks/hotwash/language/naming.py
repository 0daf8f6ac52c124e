"""Whether a noun phrase names a person: by role, by group, by pronoun, by name. Its last word decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hotwash.language.names import GIVEN_WORDS, composed, given
from hotwash.language.people import (
    ALONE,
    BARE,
    CALLED,
    CREWS,
    GROUPS,
    HUMAN_MODIFIERS,
    MANNED,
    OWN,
    PLACES,
    PRONOUNS,
    ROLES,
    THEY,
    UNCERTAIN,
    WE,
    does_something,
    sounds_like_somebody,
)
from hotwash.language.systems import ARTEFACTS, PRODUCTS, PROGRAMS, TECHNICAL
from hotwash.language.tokens import AUX, DETERMINERS, MANAGED, PREPOSITIONS, RELATIVE, TITLES, Known, Token, Who, low_at


def who_is(words: Sequence[Token], known: Known, start: int, end: int, *, people_before: bool) -> Who | None:
    """Whether the phrase from token `start` to `end` names a person; its last word decides."""
    if end < 0 or start > end:
        return None
    head = words[end]
    low = head.low.removesuffix("'s").removesuffix("'")
    span = (words[start].start, head.end)
    whole = " ".join(token.low for token in words[start : end + 1] if token.low not in DETERMINERS).removesuffix("'s")
    if low in known.systems or whole in known.systems:
        return None
    if low in known.people or whole in known.people:
        return Who("name", *span)
    if head.text[0] == "@":
        return Who("name", *span) if "/" not in head.text and not _group_handle(low) else Who("group", *span)
    if low == "i" and low_at(words, end + 1) == "/":
        return None
    if low in WE or low == "i":
        return Who("we", *span)
    if low in PRONOUNS:
        return None if low in ("who", "whom", "whoever") and end == 0 else Who("pronoun", *span)
    if low in THEY:
        return Who("pronoun", *span, False) if people_before else None
    if low == "one" and end > start and low_at(words, end - 1) == "no":
        return Who("pronoun", *span)
    return _role(words, start, end, low, span) or _name(words, start, end, span)


def _role(words: Sequence[Token], start: int, end: int, low: str, span: tuple[int, int]) -> Who | None:
    last = low.rsplit("-", 1)[-1]
    following = low_at(words, end + 1) if end + 1 < len(words) else ""
    asked_of = following in _ALSO_VERBS and low_at(words, end + 2) in DETERMINERS
    if following in ARTEFACTS and not asked_of and not low_at(words, end).endswith(("'s", "s'")):
        return None
    before = low_at(words, end - 1) if end > start else ""
    if (low in _RUN_THINGS and before in MANAGED) or (low == "planner" and before == "query") or (low in ("lead", "leads") and following == "to"):
        return None
    if low in PROGRAMS and before and (before in TECHNICAL or words[end - 1].text in PRODUCTS):
        return None
    if low in GROUPS or last in GROUPS or (low in PLACES and before in MANNED) or f"{before} {low}" in CREWS:
        return Who("group", *span)
    if (start == end and low in BARE) or (before in _LETTERED and len(low) == 1 and words[end].text.isupper()):
        return Who("group", *span)
    if low in ROLES or (last in ROLES and not low.endswith(("-operator", "-operators"))) or low == "on-call" or (low == "call" and before == "on"):
        return Who("role", *span)
    if words[end].text[0].islower() and sounds_like_somebody(low):
        return Who("role", *span, False)
    if before in _PRESENT and words[end].text.islower() and does_something(low):
        return Who("role", *span, False)
    if (low in UNCERTAIN or last in UNCERTAIN) and (following == "who" or before in HUMAN_MODIFIERS):
        return Who("role", *span, False)
    return None


_ALSO_VERBS = frozenset(["check", "test", "log", "report", "review", "alert", "page", "queue", "plan", "schedule", "record", "monitor"])
"""Names of artefacts that are verbs as well: "why did the engineer check the logs", where "the engineer check failed" is about a check."""
_PRESENT = frozenset(["a", "an", "the", "our", "one", "any", "every", "each", "no", "duty", "night", "day", "shift"]) | HUMAN_MODIFIERS
"""What has to stand before a word that only its ending makes a person."""
_OF_THINGS = DETERMINERS - {"that"}
"""What stands before the name of a thing: "the Xiomara"; `that` as often opens a clause, "a file that Xiomara edited"."""
_LETTERED = frozenset(["shift", "team", "crew", "squad", "watch", "platoon", "gang"])
"""What stands before a letter in the name of a crew: "Shift B"."""
_RUN_THINGS = frozenset(["manager", "managers", "driver", "drivers", "cleaner", "cleaners", "operator", "operators", "dispatcher", "dispatchers"])
"""Heads that are programs where what stands before them is one's own: "the display driver", "the log cleaner"."""


def _name(words: Sequence[Token], start: int, end: int, span: tuple[int, int]) -> Who | None:
    """A given name, or a given name with a surname; not a product, not what an apposition calls a thing."""
    if not words[end].text[:1].isupper():
        return None
    first = end
    while first > start and words[first - 1].text[:1].isupper() and words[first - 1].low not in DETERMINERS:
        first -= 1
    if first < end and words[first].low in CALLED and words[end].low not in ARTEFACTS:
        return Who("name", words[first].start, span[1])
    if first == 0 and end > 0 and words[1].text[:1].isupper() and not _given(words, 0):
        first = 1
    word = words[first].text.removesuffix("'s").removesuffix("’s").removesuffix("'")
    if not word[:1].isupper() or word in PRODUCTS or (first > start and low_at(words, first - 1) in _OF_THINGS):
        return None
    if first > 0 and low_at(words, first - 1) in _OF_THINGS:
        return None
    if first > 1 and words[first - 1].text == "." and words[first - 2].text in TITLES:
        return Who("name", words[first - 2].start, span[1])
    alone = first == end
    if given(word) or composed(word) or given(word.partition("-")[0]) or (word in GIVEN_WORDS and (not alone or first > 0)) or (word in TITLES and not alone):
        return None if _called_a_thing(words, end) else Who("name", words[first].start, span[1])
    unknown = alone and word.isalpha() and word[1:].islower() and len(word) > 3 and low_at(words, end) not in DETERMINERS and not word.endswith("s")
    return Who("name", *span, False) if unknown and low_at(words, end + 1) in ALONE else None


def _given(words: Sequence[Token], at: int) -> bool:
    word = words[at].text
    return given(word) or word in GIVEN_WORDS or word in TITLES or word in PRODUCTS


def _called_a_thing(words: Sequence[Token], end: int) -> bool:
    """Whether an apposition says so: `Otto, the autoscaling controller,` and `Kelvin (the temperature service)` are no people."""
    if low_at(words, end + 1) not in (",", "("):
        return False
    number = end + 2
    if low_at(words, number) not in DETERMINERS | {"a", "an", "our", "the"}:
        return False
    last = number
    while last + 1 < len(words) and words[last + 1].text[0].isalpha() and low_at(words, last + 1) not in PREPOSITIONS | RELATIVE | AUX:
        last += 1
    return _role(words, number, last, low_at(words, last), (0, 0)) is None


def _group_handle(low: str) -> bool:
    return any(part in GROUPS for part in re.split(r"[-_./]", low.lstrip("@")))


def within_a_sentence(who: str, kind: str) -> str:
    """A phrase as it stands within a sentence: "the engineer" for "The engineer" and for a bare "engineer", "Priya" for "Priya's"."""
    words = who.strip(" ,").split()
    first, words[-1] = words[0].lower(), words[-1].removesuffix("'s").removesuffix("’s")
    if first in DETERMINERS or first in PRONOUNS - {"i"} or first in WE | THEY:
        return " ".join([first, *words[1:]])
    return " ".join(["the", *words] if kind == "role" and first not in OWN and not first.endswith(("'s", "’s", "s'")) else words)
