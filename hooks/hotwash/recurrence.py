"""Classes, repeats, and whether each fix held."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from hotwash.archive import Archive, began, classes
from hotwash.clock import day, moment
from hotwash.model import History, Postmortem
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
    found = {other.id: other for slug in classes(post) for other in archive.of_class(slug) if order[other.id] < mine and other.id != post.id}
    return tuple(sorted((other for other in found.values() if other.status in LIVE), key=lambda other: order[other.id]))


def next_of_class(post: Postmortem, archive: Archive) -> Postmortem | None:
    """The first later incident of the postmortem's own class."""
    mine = began(post)
    later = (other for other in archive.of_class(post.text("cause", "class")) if archive.order[other.id] > mine and other.status in LIVE)
    return next(later, None)


def is_repeat(post: Postmortem, before: Postmortem, policy: Policy) -> bool:
    """Whether an incident began within the policy's window (in days) after the earlier one was resolved."""
    start, end = started(post), moment(before.text("timestamps", "resolved"))
    return bool(start and end and (start - end).total_seconds() <= policy.data["repeat_window"] * 86_400)


def started(post: Postmortem) -> datetime | None:
    """When the impact began, or the end of the incident where the beginning is unknown; in UTC."""
    return moment(post.text("timestamps", "started")) or moment(post.text("timestamps", "resolved"))


def unfinished(post: Postmortem) -> list[str]:
    """The ids of the actions still open or in progress, `fix` first where the structural fix is one of them."""
    fix = ["fix"] if post.text("fix", "change") and _open(post.text("fix", "state")) else []
    return fix + [str(action.get("id", index + 1)) for index, action in post.entries("actions") if _open(str(action.get("state", "open")))]


def _open(state: str) -> bool:
    return state in ("", "open", "in-progress")


def verdict(post: Postmortem, archive: Archive, policy: Policy, history: History | None, as_of: date) -> Verdict:
    """How the structural fix of a postmortem stands on a day.

    A fix that stands in another file is judged by what came after this incident. A repeat decides: after the fix was done it did not hold, however late; before that it was not in place, where the repeat fell into the
    policy's window or the fix was overdue by then. Without a repeat, the fix's own state decides, and whether its artefact is still in the tree.
    """
    fixed = whose_fix(post, archive)
    if fixed is None:
        return Verdict("unknown")
    if fixed.text("fix", "none"):
        return Verdict("accepted")
    repeat = next_of_class(post, archive)
    closed, due, state = day(fixed.text("fix", "closed")), day(fixed.text("fix", "due")), fixed.text("fix", "state")
    if repeat and (start := started(repeat)):
        overdue = bool(due and due < start.date())
        if state == "done" and closed and closed <= start.date():
            return Verdict("did not hold", days=(start.date() - closed).days, repeat=repeat.id)
        if state != "wont-do" and (overdue or is_repeat(repeat, post, policy)):
            return Verdict("not in place", repeat=repeat.id, overdue=overdue)
    if state == "wont-do":
        return Verdict("dropped")
    if state != "done":
        return Verdict("pending", overdue=bool(due and due < as_of))
    if _guard_removed(fixed, history):
        return Verdict("guard removed")
    return Verdict("holding", days=max(0, (as_of - closed).days)) if closed else Verdict("unknown")


def whose_fix(post: Postmortem, archive: Archive) -> Postmortem | None:
    """The postmortem that holds the fix: this one, or the one that `same_as` names; None where that one is missing or points on."""
    same = post.text("fix", "same_as")
    other = archive.get(same) if same else post
    return None if same and other and other.text("fix", "same_as") else other


def _guard_removed(post: Postmortem, history: History | None) -> bool:
    """Whether the artefact once stood on the default branch and does no longer; of paths elsewhere nothing is known."""
    path = post.text("fix", "artefact", "path")
    return bool(history and path and path in history.gone)
