"""Classes, repeats, and whether each fix held."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from heapq import merge
from typing import Any, NamedTuple

from hotwash.archive import Archive, began
from hotwash.clock import day, moment
from hotwash.model import Postmortem
from hotwash.past import History
from hotwash.policy import Policy

LIVE = ("filed", "published", "retired")
"""Statuses under which an incident counts; a skipped one has no account of its cause."""


class Verdict(NamedTuple):
    """How a structural fix stands.

    `word` is one of: pending, holding, not in place, did not hold, guard removed, dropped, accepted (no fix, the risk is accepted), unknown.
    `days` counts the days it has held; `repeat` is the id of the incident that decided; `overdue` tells whether it was due by then (or is now).
    """

    word: str
    days: int = 0
    repeat: str = ""
    overdue: bool = False

    def __str__(self) -> str:
        return f"holding {self.days} days" if self.word == "holding" else self.word


def earlier(post: Postmortem, archive: Archive) -> tuple[Postmortem, ...]:
    """The earlier incidents of the postmortem's classes, oldest first."""
    mine, order = began(post), archive.order

    def place(other: Postmortem) -> tuple[str, str]:
        return order[other.id]

    by_class = [archive.of_class(slug) for slug in archive.classes(post)]
    before = merge(*(same[: bisect_left(same, mine, key=place)] for same in by_class), key=place)
    return tuple({other.id: other for other in before if other.status in LIVE and other.id != post.id}.values())


def later(post: Postmortem, archive: Archive, as_of: date) -> Iterator[Postmortem]:
    """The later incidents of the postmortem's classes that had begun by a day, oldest first. One of which nobody knows when it began is left out."""
    mine, order = began(post), archive.order

    def place(other: Postmortem) -> tuple[str, str]:
        return order[other.id]

    after = [same[bisect_right(same, mine, key=place) :] for same in map(archive.of_class, archive.classes(post))]
    for other in after[0] if len(after) == 1 else merge(*after, key=place):
        if other.status in LIVE and (start := started(other)) and start.date() <= as_of:
            yield other


def is_repeat(post: Postmortem, before: Postmortem, policy: Policy) -> bool:
    """Whether an incident began within the policy's window (in days) after the earlier one was resolved."""
    start, end = started(post), moment(before.text("timestamps", "resolved"))
    return bool(start and end and (start - end).total_seconds() <= policy.data["repeat_window"] * 86_400)


def started(post: Postmortem) -> datetime | None:
    """When the impact began, or the end of the incident where the beginning is unknown; in UTC."""
    return moment(post.text("timestamps", "started")) or moment(post.text("timestamps", "resolved"))


def apart(before: Postmortem, post: Postmortem) -> int | None:
    """The days from the one on which an incident began to that of a later one, as a calendar counts them; None where either is unknown."""
    first, start = started(before), started(post)
    return (start.date() - first.date()).days if first and start else None


def unfinished(post: Postmortem) -> list[str]:
    """The ids of the actions still open or in progress, `fix` first where the structural fix is one of them."""
    fix = ["fix"] if post.text("fix", "change") and unclosed(post.get("fix")) else []
    return fix + [str(action.get("id") or index + 1) for index, action in post.entries("actions") if unclosed(action)]


def unclosed(task: Mapping[str, Any]) -> bool:
    """Whether a fix or an action is still open or in progress; one that says nothing of its state is."""
    return (task.get("state") or "open") in ("open", "in-progress")


def verdict(post: Postmortem, archive: Archive, policy: Policy, history: History | None, as_of: date, repeats: Iterable[Postmortem] | None = None) -> Verdict:
    """How the structural fix of a postmortem stands on a day: what came after that day is not known yet, neither a repeat nor that the fix was done.

    The later incidents of its classes that had begun by then (see `later`) may be given where they are known already.

    A fix that stands in another file is judged by what came after this incident. The first repeat since the fix was done decides: it did not hold,
    however late. Days are all that is known of a fix, so a repeat on the very day counts as one since. Otherwise the first repeat that found no fix
    decides, where it fell into the policy's window or the fix was overdue by then. Without either, the fix's own state does, and its artefact.
    """
    fixed = whose_fix(post, archive)
    if fixed is None:
        return Verdict("unknown")
    if fixed.text("fix", "none"):
        return Verdict("accepted")
    state, due, closed = fixed.text("fix", "state"), day(fixed.text("fix", "due")), day(fixed.text("fix", "closed"))
    if state == "wont-do":
        return Verdict("dropped")
    if state == "done" and not closed:
        return Verdict("guard removed" if _guard_removed(fixed, history) else "unknown")
    done = closed if state == "done" and closed and closed <= as_of else None
    if judged := _by_repeats(post, later(post, archive, as_of) if repeats is None else repeats, done, due, policy):
        return judged
    if not done:
        return Verdict("pending", overdue=bool(due and due < as_of))
    return Verdict("guard removed") if _guard_removed(fixed, history) else Verdict("holding", days=(as_of - done).days)


def _by_repeats(post: Postmortem, repeats: Iterable[Postmortem], done: date | None, due: date | None, policy: Policy) -> Verdict | None:
    missing: Verdict | None = None
    for repeat in repeats:
        start = started(repeat)
        if not start:
            continue
        when = start.date()
        if done and done <= when:
            return Verdict("did not hold", days=(when - done).days, repeat=repeat.id)
        overdue = bool(due and due < when)
        if not missing and (overdue or is_repeat(repeat, post, policy)):
            missing = Verdict("not in place", repeat=repeat.id, overdue=overdue)
        if missing and not done:
            break
    return missing


def whose_fix(post: Postmortem, archive: Archive) -> Postmortem | None:
    """The postmortem that holds the fix: this one, or the one that `same_as` names; None where that one is missing or points on."""
    same = same_as(post)
    other = archive.get(same) if same else post
    return None if same and other and other.text("fix", "same_as") else other


def same_as(post: Postmortem) -> str:
    """The id of the postmortem whose fix covers this one, written with or without the ending of its file; empty where it has its own."""
    return post.text("fix", "same_as").removesuffix(".md")


def _guard_removed(post: Postmortem, history: History | None) -> bool:
    """Whether the artefact once stood on the default branch and does no longer; of paths elsewhere nothing is known."""
    path = post.text("fix", "artefact", "path")
    return bool(history and path and path in history.gone)
