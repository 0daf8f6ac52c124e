"""Effectiveness checks that were answered in the quarter, and those still owed; and what fell due by its end and is open to this day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hotwash.due import Owed
from hotwash.effectiveness import QUESTIONS
from hotwash.model import Postmortem
from hotwash.quarter.facts import Fact, Part, Question, begun, brief, day_said, ended, few, ids, many, named, plain
from hotwash.quarter.scope import Scope

_ABOUT = {"publication": "after publication", "fix": "after the fix"}
_NOT = {"completed": "actions are left", "documented": "documentation is behind", "implemented": "measures are not in place", "no_recurrence": "the class came back", "aware": "the team does not know of it yet"}
"""What a "no" says, by the key of the answer."""
_MOST, _ASKED = 11, 4
_TASKS = ("filing", "review", "fix", "action")
_SAID = {"filing": "“{title}” was to be published by {due}", "review": "the review of “{title}” was to be held by {due}", "fix": "the fix for “{title}” was due on {due}: {text}", "action": "an action from “{title}” was due on {due}: {text}"}


def effectiveness(scope: Scope, owing: tuple[Owed, ...]) -> Part:
    """The answers of the quarter, those with a "no" first; then the checks whose day has come without an answer."""
    given = sorted(scope.calendar.answers.get(scope.quarter, ()), key=lambda pair: not _noes(pair[1]))
    until = scope.until
    left = [item for item in owing if item.what == "effectiveness" and item.due and item.due <= until]
    told = few(given, lambda pair: _answer(*pair), lambda pair: pair[0], "more checks were answered", _MOST)
    facts = [*told, *few(left, lambda item: _unanswered(item, scope), lambda item: item.post, "more wait for an answer", _MOST)]
    asked = [_ask_answer(post, check) for post, check in given if set(_noes(check)) - {_NOT["completed"]}][:_ASKED]
    if left:
        asked.append(Question(f"{begun(many(len(left), 'effectiveness check'))} wait{'s' if len(left) == 1 else ''} for an answer. Which can be answered in this room?", ids(item.post for item in left)))
    return Part("effectiveness", "Did it work? Effectiveness checks", "No check was answered in this quarter, and none is owed.", tuple(facts), tuple(asked))


def _noes(check: Mapping[str, Any]) -> list[str]:
    return [_NOT[key] for key in QUESTIONS if check.get(key) is False]


def _answer(post: Postmortem, check: Mapping[str, Any]) -> Fact:
    noes, note = _noes(check), plain(check.get("note") or "")
    said = f"“{plain(post.title)}”, {_about(check)}: {named(noes) if noes else 'yes to all questions'}{f'. {begun(note)}' if note else ''}."
    return Fact(said, ids([post]), "not yet" if noes else "works")


def _ask_answer(post: Postmortem, check: Mapping[str, Any]) -> Question:
    said = named(_noes(check))
    return Question(f"The check {_about(check)} of “{plain(post.title)}” says that {said}. What would make the next answer a yes?", ids([post]), (post.id,))


def _about(check: Mapping[str, Any]) -> str:
    return _ABOUT.get(str(check.get("about", "publication")), "")


def _unanswered(item: Owed, scope: Scope) -> Fact:
    return Fact(f"“{plain(item.post.title)}”: the check {_ABOUT[item.about]} is open since {_due(item)}.", ids([item.post]), _late(item, scope))


def overdue(scope: Scope, owing: tuple[Owed, ...]) -> Part:
    """Postmortems, reviews, fixes and actions that fell due by the end of the quarter and are open on the day of the review, most urgent first."""
    until = scope.until
    late = [item for item in owing if item.late and item.what in _TASKS and item.due and item.due <= until]
    facts = few(late, lambda item: _owed(item, scope), lambda item: item.post, "more are past their day", _MOST)
    return Part("overdue", "Past its day", "Nothing that fell due by then is still open.", tuple(facts), tuple(_ask(late)))


def _owed(item: Owed, scope: Scope) -> Fact:
    said = _SAID[item.what].format(title=plain(item.post.title), due=_due(item), text=brief(item.text))
    again = " Its class has come back since." if item.again else ""
    return Fact(f"{ended(begun(said))}{again}", ids(filter(None, (item.post, item.again))), _late(item, scope))


def _due(item: Owed) -> str:
    return day_said(item.due) if item.due else "a day that nobody set"


def _late(item: Owed, scope: Scope) -> str:
    days = (scope.as_of - item.due).days if item.due else 0
    return f"{days} day{'s' if days != 1 else ''} late" if days > 0 else "due today"


def _ask(late: list[Owed]) -> Iterator[Question]:
    tasks = [item for item in late if item.what in ("fix", "action")]
    if tasks:
        what = many(len(tasks), "fix or action", "fixes and actions")
        yield Question(f"{begun(what)} {'is' if len(tasks) == 1 else 'are'} past {'its' if len(tasks) == 1 else 'their'} day. Which do we still want, and what gives way so that they get done?", ids(item.post for item in tasks))
