"""Actions and the structural fix closed in the header: done with evidence, or not to be done with a reason."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from hotwash.clock import day, local_day, moment
from hotwash.edit import with_value
from hotwash.model import Failure, KeyPath, Postmortem
from hotwash.policy import Policy
from hotwash.wording import listed

OPEN = ("", "open", "in-progress")
FIX = "fix"
"""What the structural fix is called where an action's id could stand."""


class Task(NamedTuple):
    """The fix or an action of a postmortem."""

    name: str
    """`fix`, or the action's id; its number from 1 where it has none."""
    way: KeyPath
    state: str
    closed: str
    tracking: str


def tasks(post: Postmortem) -> list[Task]:
    """The structural fix, where the file has one of its own, and the actions."""
    found = [_task(post, FIX, (FIX,))] if post.text(FIX, "change") else []
    return found + [_task(post, str(action.get("id") or index + 1), ("actions", index)) for index, action in post.entries("actions")]


def task(post: Postmortem, name: str) -> Task:
    """The fix or action of a name.

    Raises:
        Failure: there is none; the line names those that are there.
    """
    known = {found.name: found for found in reversed(tasks(post))}
    if name in known:
        return known[name]
    if name == FIX and (other := post.text(FIX, "same_as")):
        raise Failure(f"{post.path}: its fix is the one of `{other}`; close it there")
    has = f"; it has {listed(reversed(known), last='and', most=20)}" if known else "; it has none"
    raise Failure(f"{post.path}: there is no action `{name}`{has}")


def done(text: str, found: Task, on: date, evidence: str) -> str:
    """The text with a task done.

    Args:
        text: the whole file.
        found: the task, as `task` gives it.
        on: the day it was done.
        evidence: a link or path that shows it.
    """
    return _closed(text, found, "done", {"closed": on.isoformat(), "evidence": evidence})


def dropped(text: str, found: Task, on: date, why: str, accepted_by: str) -> str:
    """The text with a task that will not be done, the reason, and who accepted that."""
    return _closed(text, found, "wont-do", {"why": why, "accepted_by": accepted_by, "closed": on.isoformat()})


def begun(text: str, found: Task) -> str:
    """The text with a task in progress."""
    return with_value(text, (*found.way, "state"), "in-progress")


def untimely(post: Postmortem, on: date, policy: Policy, as_of: date) -> str:
    """Why a task cannot have been closed on a day; empty where it can."""
    start = moment(post.text("timestamps", "started")) or moment(post.text("timestamps", "resolved"))
    first = local_day(start, policy.data["timezone"]) if start else None
    if on > as_of:
        return f"{on} has not come yet; today is {as_of}"
    return f"{on} lies before the incident, which began on {first}" if first and on < first else ""


def next_step(post: Postmortem, found: Task) -> str:
    """What remains once a task is closed, for whoever closed it."""
    left = [other.name for other in tasks(post) if other.state in OPEN and other.way != found.way]
    return f"commit it; still open here: {listed(left, last='and')}" if left else "commit it; nothing is left open here"


def person(word: str, flag: str) -> str:
    """One person's handle.

    Raises:
        Failure: it is empty, or more than one word.
    """
    if len(word.split()) != 1 or "," in word:
        raise Failure(f"{flag} {word}: write one person's handle, such as @checkout-po")
    return word.strip()


def said(text: str, flag: str) -> str:
    """A text on one line.

    Raises:
        Failure: it is empty.
    """
    line = " ".join(text.split())
    if not line:
        raise Failure(f"{flag} is empty; say it in a few words")
    return line


def given_day(text: str | None, flag: str, as_of: date) -> date:
    """The day that a flag gives, else as-of.

    Raises:
        Failure: it is not a day.
    """
    found = day(text) if text else as_of
    if found is None:
        raise Failure(f"{flag} {text}: not a day; write YYYY-MM-DD")
    return found


def _task(post: Postmortem, name: str, way: KeyPath) -> Task:
    return Task(name, way, *(post.text(*way, key) for key in ("state", "closed", "tracking")))


def _closed(text: str, found: Task, state: str, facts: dict[str, str]) -> str:
    text, after = with_value(text, (*found.way, "state"), state), "state"
    for key, value in facts.items():
        text, after = with_value(text, (*found.way, key), value, after=after), key
    return text
