"""Who does it: the head of a noun phrase, and whether it is a person.

No model and no parser: a few hundred words for people, a rule for compounds (the last word counts), prepositional tails and relative clauses
skipped. Whatever is not known to be a person is none: an unknown subject never fires.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from hotwash.language.naming import who_is
from hotwash.language.people import OWN, PRONOUNS, THEY, WE
from hotwash.language.systems import ARTEFACTS
from hotwash.language.tokens import (
    ADVERBS,
    AUX,
    CLAUSE,
    DETERMINERS,
    JOINS,
    PREPOSITIONS,
    RELATIVE,
    SHARES,
    Known,
    Token,
    Who,
    tokens,
)
from hotwash.language.verbs import is_past

_LONGEST_INSERTION = 16
"""Tokens."""
_ASIDE = frozenset(["however", "though", "meanwhile", "too", "therefore", "moreover", "thus", "noted", "said", "thought", "wrote", "explained", "reported", "example", "turn", "fact", "course"])
"""Last words of what is said in passing between two commas: "for example", "the operator noted"."""
AFTER_THE_NOUN = frozenset(["responsible", "available", "present", "concerned", "involved", "answerable", "accountable", "alone", "himself", "herself", "themselves", "itself"])
"""Adjectives that stand after their noun: "the engineer responsible for the batch"."""


_SINCE = frozenset(["here", "now", "then", "there"])
"""What is no noun before a preposition: "from now on the team | reads"."""


class Reader:
    """One sentence, ready to be asked who does what. Holds no state beyond its tokens and the answers it has given: many patterns ask the same."""

    def __init__(self, text: str, known: Known, before: tuple[str, ...] = ()) -> None:
        """`before` are the sentences of the block that come first: a pronoun may mean somebody in them."""
        self.text = text
        self.known = known
        self.before = before
        self._subjects: dict[int, Who | None] = {}

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens, made when the first question is asked: most sentences are never asked any."""
        return tokens(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def people_before(self) -> bool:
        """Whether the block has named people by now."""
        return any(names_people(sentence, self.known) for sentence in self.before)

    def index(self, offset: int) -> int:
        """The first token that begins at or after an offset."""
        return bisect_left(self._starts, offset)

    # -- the phrase to the left -------------------------------------------------

    def subject(self, end: int) -> Who | None:
        """Who is the subject of the verb that begins at token `end`."""
        if end not in self._subjects:
            self._subjects[end] = self._subject(end)
        return self._subjects[end]

    def _subject(self, end: int) -> Who | None:
        at = self._skip_back(end)
        if at < 0:
            return None
        low = self.tokens[at].low
        if low == "," and (opened := self._insertion(at)):
            return self.phrase_ending(opened - 1)
        if low in JOINS or (low == "," and at > 0):
            verb = self._verb_before(at)
            return self.subject(verb) if verb > 0 else None
        antecedent = self._antecedent(at)
        return self.phrase_ending(antecedent if antecedent is not None else at)

    def _insertion(self, at: int) -> int:
        """Where the comma stands that opens what the comma `at` closes, 0 where nothing is put in: "The operator|, who was new|, forgot"."""
        opened = next((number for number in range(at - 1, max(0, at - _LONGEST_INSERTION), -1) if self._low(number) == ","), 0)
        inside = [token.low for token in self.tokens[opened + 1 : at]]
        if not opened or not inside or not self._noun_like(opened - 1):
            return 0
        if inside[0] in RELATIVE or inside[-1] in _ASIDE:
            return opened
        verbless = not any(is_past(low) or low in AUX or low in JOINS for low in inside)
        return opened if verbless and self._is_apposition(opened, at) else 0

    def _is_apposition(self, opened: int, at: int) -> bool:
        """Whether what stands between two commas says once more who or what stands before the first: a thing there makes a thing of both."""
        said = self.phrase_ending(at - 1)
        return said is not None and said.kind in ("role", "name") and said.start <= self.tokens[opened + 2 if at > opened + 2 else opened + 1].start

    def clause_subject(self, end: int) -> Who | None:
        """Who is the subject of the clause that token `end` stands in: that of its first verb."""
        start = self._clause_start(end)
        for number in range(start + 1, end):
            low = self.tokens[number].low
            if (is_past(low) or low in AUX) and self.tokens[number - 1].low not in DETERMINERS:
                return self.subject(number)
        return None

    def _clause_start(self, end: int) -> int:
        for number in range(end - 1, -1, -1):
            if self.tokens[number].low in (";", ":", "—", "–", "(") or (self.tokens[number].low in ("because", "but", "so", "while", "when", "since", "although", "though", "which") and number < end - 2):
                return number + 1
        return 0

    def _skip_back(self, end: int) -> int:
        """The last token before `end` that is no auxiliary and no adverb."""
        at = end - 1
        while at >= 0 and (self._low(at) in AUX or self._low(at) in ADVERBS or self._low(at).endswith("n't") or (self._low(at).endswith("ly") and len(self._low(at)) > 4)):
            at -= 1
        return at

    def _verb_before(self, at: int) -> int:
        return next((number for number in range(at - 1, 0, -1) if self._low(number) in AUX or (is_past(self._low(number)) and not self._attributive(number))), -1)

    def _antecedent(self, at: int) -> int | None:
        """Where the noun ends that a relative clause between it and the verb belongs to: "the DBA who ran the job | failed"."""
        for number in range(at, max(0, at - 14), -1):
            low = self._low(number)
            if low in (";", ":", ",", "—", "(") and number < at:
                return None
            if low in RELATIVE and number > 0:
                noun = self._low(number - 1)
                if low == "that" and (is_past(noun) or noun in AUX or noun in ("sure", "clear", "obvious", "fact", "says", "means", "see", "out")):
                    return None
                if low != "who" and number < at and self._has_its_own(number + 1, at):
                    return None
                return number - 1
        return None

    def _has_its_own(self, start: int, at: int) -> bool:
        """Whether a relative clause opens with its own subject: "the file that Xiomara | edited"."""
        first = self.tokens[start]
        opens = first.text[0].isupper() or first.low in DETERMINERS | PRONOUNS | WE | THEY
        return opens and not any(is_past(self._low(number)) or self._low(number) in AUX for number in range(start, at + 1))

    def phrase_ending(self, at: int) -> Who | None:
        """Whether the noun phrase whose last word is token `at` names a person, its tails of prepositions skipped."""
        for _ in range(4):
            start = self._chunk_start(at)
            if start > at:
                return None
            if at > start + 1 and self._low(at) in AFTER_THE_NOUN:
                at -= 1
            before = start - 1
            if before > 0 and self._low(before) in PREPOSITIONS - CLAUSE and self._noun_like(before - 1) and self._low(before - 1) not in _SINCE:
                if self._low(before) == "of" and self._low(before - 1) in SHARES:
                    return self._who(start, at)
                at = before - 1
                continue
            return self._who(start, at)
        return None

    def _chunk_start(self, at: int) -> int:
        """The first token of the noun phrase that ends at `at`."""
        if self._low(at) in PRONOUNS | WE | THEY:
            return at
        start = at + 1
        while start > 0:
            token = self.tokens[start - 1]
            if not (token.text[0].isalpha() or token.text[0] in "@\x1a"):
                break
            if token.low in DETERMINERS:
                return start - 2 if token.low in SHARES and start > 1 and self._low(start - 2) in ("the", "a") else start - 1
            if token.low in PREPOSITIONS or token.low in CLAUSE or token.low in AUX or (is_past(token.low) and start - 1 < at and not self._attributive(start - 1)):
                break
            if token.low in PRONOUNS | WE and start - 1 < at:
                break
            start -= 1
        return start

    def _attributive(self, at: int) -> bool:
        """A participle before a noun ("the experienced engineer") belongs to the phrase."""
        return at > 0 and self._low(at - 1) in DETERMINERS

    def _noun_like(self, at: int) -> bool:
        token = self.tokens[at]
        return ((token.text[0].isalpha() or token.text[0] == "@") and token.low not in CLAUSE | PREPOSITIONS | AUX and not is_past(token.low)) or token.low in PRONOUNS

    # -- the phrase to the right ------------------------------------------------

    def phrase_starting(self, at: int) -> Who | None:
        """Whether the noun phrase that begins at token `at` names a person."""
        if at >= len(self.tokens):
            return None
        end = at
        while end < len(self.tokens):
            token = self.tokens[end]
            stop = not (token.text[0].isalpha() or token.text[0] in "@\x1a") or token.low in PREPOSITIONS | CLAUSE | AUX | RELATIVE
            if stop or (end > at and ((is_past(token.low) and end > at + 1) or token.low in DETERMINERS | PRONOUNS)):
                break
            if end > at and (who := self._who(at, end - 1)) and (self._verb_like(end) or (who.kind == "name" and token.text[0].islower() and token.low not in ARTEFACTS)):
                break
            end += 1
            if token.low in PRONOUNS | WE or token.text[0] == "@":
                break
        return self._who(at, end - 1) if end > at else None

    def _verb_like(self, at: int) -> bool:
        """Whether a word after a person reads as what that person does: "the animator | replaced", "did the nurse | not", "did the driver | call the box"."""
        low, after = self._low(at), self._low(at + 1)
        return is_past(low) or low in ADVERBS or after in DETERMINERS or (low.endswith("ing") and (after in PREPOSITIONS or not after[:1].isalpha()))

    def possessor(self, end: int) -> Who | None:
        """Whose: the person before token `end` in the possessive, or a possessive pronoun."""
        at = end - 1
        while at >= 0 and at >= end - 3 and not self._low(at).endswith(("'s", "s'")) and self._low(at) not in OWN:
            if not self.tokens[at].text[0].isalpha():
                return None
            at -= 1
        if at < 0 or at < end - 3:
            return None
        if self._low(at) in OWN:
            return Who("pronoun", self.tokens[at].start, self.tokens[at].end)
        return self._who(self._chunk_start(at), at) if self._low(at).endswith(("'s", "s'")) else None

    # -- one phrase -------------------------------------------------------------

    def _who(self, start: int, end: int) -> Who | None:
        """Whether the phrase from token `start` to `end` names a person."""
        before = start <= end and self.tokens[end].low in THEY and self.people_before
        return who_is(self.tokens, self.known, start, end, people_before=before)

    def _low(self, at: int) -> str:
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""


def names_people(text: str, known: Known) -> bool:
    """Whether a sentence names people that a later `they` may mean."""
    reader = Reader(text, known)
    return any(reader._who(number, number) for number, token in enumerate(reader.tokens) if token.text[0].isalpha() or token.text[0] == "@")  # noqa: SLF001
