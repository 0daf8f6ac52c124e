"""What became of fixes and actions: done, dropped, open, overdue; and how old the open ones are."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from hotwash.clock import day, moment
from hotwash.metrics.shares import Share
from hotwash.model import Postmortem
from hotwash.recurrence import unclosed

FIX = "fix"
STATES = ("done", "dropped", "open", "overdue")
AGES = ((30, "up to 30 days"), (90, "31 to 90 days"), (180, "91 to 180 days"), (365, "181 to 365 days"), (10**9, "over a year"))
"""Steps of age by their last day."""


class Task(NamedTuple):
    """A fix or an action. Whose it is stays out: nobody is counted."""

    post: Postmortem
    kind: str
    """`fix`, or the kind of the action; empty where it is not said."""
    state: str
    """One of `STATES`."""
    due: date | None
    closed: date | None
    age: int | None
    """Days since the incident was over, for what is not closed; nobody writes down when an action was thought of."""


def tasks(post: Postmortem, as_of: date) -> Iterator[Task]:
    """Its structural fix, where that is its own, and every action."""
    if post.text("fix", "change") and not post.text("fix", "same_as"):
        yield _task(post, post.get("fix"), FIX, as_of)
    for _, action in post.entries("actions"):
        yield _task(post, action, str(action.get("kind") or "").replace(FIX, ""), as_of)


def _task(post: Postmortem, task: Mapping[str, Any], kind: str, as_of: date) -> Task:
    due, closed = day(str(task.get("due", ""))), day(str(task.get("closed", "")))
    if not unclosed(task):
        return Task(post, kind, "dropped" if task.get("state") == "wont-do" else "done", due, closed, None)
    over = moment(post.text("timestamps", "resolved"))
    return Task(post, kind, "overdue" if due and due < as_of else "open", due, closed, max((as_of - over.date()).days, 0) if over else None)


def in_time(found: Iterable[Task]) -> Share:
    """Of what was done and says both days: done by the day it was due."""
    told = [task.closed <= task.due for task in found if task.state == "done" and task.closed and task.due]
    return Share(sum(told), len(told))


def by_age(found: Iterable[Task]) -> Mapping[str, tuple[Task, ...]]:
    """What is not closed, by age."""
    steps: dict[str, list[Task]] = {name: [] for _, name in AGES}
    for task in found:
        if task.age is not None:
            steps[next(name for last, name in AGES if task.age <= last)].append(task)
    return {name: tuple(same) for name, same in steps.items()}
