"""The quarterly review: what three months of an archive tell, and the questions that follow. One engine for the page, the terminal and JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from hotwash.archive import Archive
from hotwash.due import Owed, owed
from hotwash.model import Postmortem
from hotwash.past import History
from hotwash.policy import Policy
from hotwash.quarter.answers import effectiveness, overdue
from hotwash.quarter.facts import Part, Question, Row
from hotwash.quarter.fixes import fixes
from hotwash.quarter.incidents import counts, listed, opening
from hotwash.quarter.keeping import Pair, alike, keeping
from hotwash.quarter.patterns import patterns
from hotwash.quarter.processes import processes
from hotwash.quarter.scope import Calendar, Scope, calendar
from hotwash.quarter.span import Quarter
from hotwash.quarter.template import filled, template
from hotwash.quarter.turns import Turns, turns
from hotwash.recurrence import Verdict


class Review(NamedTuple):
    """A quarter's review. Texts are plain: whoever shows them escapes them."""

    quarter: Quarter
    as_of: date
    running: bool
    """Whether the quarter has days to go."""
    opening: tuple[str, ...]
    """A few sentences to begin with."""
    counts: tuple[Row, ...]
    parts: tuple[Part, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Everything to ask, in the order of the parts. What became of a fix is asked once, not of its class and of its check as well."""
        of_fixes = {word for part in self.parts if part.name == "fixes" for question in part.questions for word in question.about}
        return tuple(question for part in self.parts for question in part.questions if part.name == "fixes" or not of_fixes.intersection(question.about))

    def marked(self, part: str, *words: str) -> int:
        """How many facts of a part bear one of these marks."""
        return sum(fact.mark in words for one in self.parts if one.name == part for fact in one.facts)


class Standing(NamedTuple):
    """What is the same for every quarter, on a day."""

    archive: Archive
    policy: Policy
    history: History
    as_of: date
    calendar: Calendar
    turns: Turns
    alike: tuple[Pair, ...]
    """Classes that may be one."""
    owing: tuple[Owed, ...]
    filled: Callable[[Postmortem], frozenset[str]]
    """The sections of a postmortem that say something."""


def standing(archive: Archive, policy: Policy, history: History, as_of: date, verdicts: Mapping[str, Verdict] | None = None, owing: tuple[Owed, ...] | None = None) -> Standing:
    """Work out once what every quarter's review stands on. Verdicts of the day that are known already, and what is owed on it, spare the work of doing it again."""
    owing = owed(archive, policy, as_of, history, verdicts) if owing is None else owing
    known = calendar(archive, as_of)
    return Standing(archive, policy, history, as_of, known, turns(archive, policy, history, as_of, verdicts), alike(known.classes, policy), owing, partial(filled, policy=policy))


def review(known: Standing, quarter: Quarter) -> Review:
    """The review of a quarter, as things stand on a day."""
    seen = Scope(known.archive, known.policy, known.history, known.as_of, known.calendar, quarter, known.filled)
    parts = (
        listed(seen), patterns(seen), fixes(seen, known.turns), effectiveness(seen, known.owing), overdue(seen, known.owing), processes(seen), keeping(seen, known.turns, known.alike), template(seen),
    )
    return Review(quarter, known.as_of, seen.running, tuple(opening(seen)), counts(seen), parts)
