"""Which fixes held and which did not, as the verdicts turned within the quarter; and what a meeting may ask of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hotwash.model import Postmortem
from hotwash.quarter.facts import Fact, Part, Question, begun, brief, day_said, ended, few, ids, many, named, plain
from hotwash.quarter.scope import Scope
from hotwash.quarter.turns import Turn, Turns, within

_ORDER = ("did not hold", "guard removed", "not in place", "holding", "dropped")
_MORE = {
    "did not hold": "more did not hold", "guard removed": "more guards are gone", "not in place": "more were not in place in time", "holding": "more went in",
    "dropped": "more will not be done",
}  # fmt: skip
_MOST, _ASKED_MOST = 8, 4
"""Fixes of each kind that are told, and questions about single ones. A meeting has an hour."""


def fixes(scope: Scope, known: Turns) -> Part:
    """What became of fixes within the quarter, those that need talking about first."""
    found = list(within(known, scope.archive, scope.quarter.first, scope.until))
    turned = sorted((turn for turn in found if turn.turned and turn.after.word in _ORDER), key=lambda turn: (_ORDER.index(turn.after.word), turn.day))
    held = [turn for turn in found if turn.before and turn.before.word == turn.after.word == "holding"]
    by_word = ((word, [turn for turn in turned if turn.after.word == word]) for word in _ORDER)
    told = [fact for word, same in by_word for fact in few(same, lambda turn: _fact(turn, scope), lambda turn: turn.post, _MORE[word], _MOST)]
    accepted = [post for post in scope.posts if post.text("fix", "none")]
    facts = [*told, *few(accepted, _accepted, lambda post: post, "more risks are accepted", _MOST), *_held(held, scope)]
    return Part("fixes", "Fixes that held, and fixes that did not", "No fix changed its standing in this quarter, and none was in place before it.", tuple(facts), tuple(_questions(turned, held, scope)))


def _fact(turn: Turn, scope: Scope) -> Fact:
    post, judged = turn.post, turn.after
    posts = ids([post, judged.repeat] if judged.repeat else [post])
    return Fact(ended(_SAID[judged.word](turn, f"the fix for “{plain(post.title)}”")), posts, _mark(turn, scope))


def _mark(turn: Turn, scope: Scope) -> str:
    days = (scope.until - turn.day).days
    return turn.after.word if turn.after.word != "holding" or not days else f"holding {days} day{'s' if days != 1 else ''}"


def _did_not_hold(turn: Turn, which: str) -> str:
    held = many(turn.after.days, "day")
    return f"{begun(which)} had been in place for {held} when its class came back on {day_said(turn.day)}. It was: {_change(turn.post)}"


def _not_in_place(turn: Turn, which: str) -> str:
    late = " and past its due date" if turn.after.overdue else ""
    return f"{begun(which)} was still waiting{late} when its class came back on {day_said(turn.day)}. It is: {_change(turn.post)}"


def _guard_removed(turn: Turn, which: str) -> str:
    return f"{begun(which)} left the default branch on {day_said(turn.day)}: {plain(turn.post.text('fix', 'artefact', 'path'))}"


def _went_in(turn: Turn, which: str) -> str:
    return f"{begun(which)} went in on {day_said(turn.day)}. It is: {_change(turn.post)}"


def _dropped(turn: Turn, which: str) -> str:
    why = plain(turn.post.text("fix", "why"))
    return f"{begun(which)} will not be done{f': {why}' if why else ', and no reason is on record'}"


_SAID = {"did not hold": _did_not_hold, "guard removed": _guard_removed, "not in place": _not_in_place, "holding": _went_in, "dropped": _dropped}


def _change(post: Postmortem) -> str:
    return brief(post.text("fix", "change"))


def _accepted(post: Postmortem) -> Fact:
    return Fact(f"The risk behind “{plain(post.title)}” is accepted: {plain(post.text('fix', 'none'))}.", ids([post]), "accepted")


def _held(held: list[Turn], scope: Scope) -> Iterator[Fact]:
    if not held:
        return
    kinds = Counter(scope.policy.title("artefacts", kind) for turn in held if (kind := turn.post.text("fix", "artefact", "kind")))
    what = named([f"{kind.lower() if kind[1:2].islower() else kind} ({count})" for kind, count in kinds.most_common()])
    said = f"{begun(many(len(held), 'earlier fix', 'earlier fixes'))} held all through the quarter{f': {what}' if what else ''}."
    yield Fact(said, ids(turn.post for turn in held), "held")


def _questions(turned: list[Turn], held: list[Turn], scope: Scope) -> Iterator[Question]:
    for turn in [turn for turn in turned if turn.after.word in _ASKED][:_ASKED_MOST]:
        about = (turn.post.id, *scope.archive.classes(turn.post))
        yield Question(_ASKED[turn.after.word].format(title=plain(turn.post.title)), ids(filter(None, (turn.post, turn.after.repeat))), about)
    accepted = [post for post in scope.posts if post.text("fix", "none")]
    if accepted:
        yield Question(f"Do we still accept the risk behind {named([f'“{plain(post.title)}”' for post in accepted])}, as things stand today?", ids(accepted))
    if held:
        yield Question(f"{begun(many(len(held), 'fix', 'fixes'))} held all through the quarter. What do these have in common that others lack?", ids(turn.post for turn in held))


_ASKED = {
    "did not hold": "The class behind “{title}” came back although the fix was in place. What does the fix not reach?",
    "guard removed": "The guard from “{title}” is gone. What guards in its place, and what would have told us?",
    "not in place": "The class behind “{title}” came back before the fix was in. What stood in its way, and what would make room for it?",
}
"""What to ask of a fix, by its verdict."""
