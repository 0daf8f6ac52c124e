"""What an export of the tracker changes in the archive: tasks that it knows as closed are closed, and the rest is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from shlex import quote
from typing import NamedTuple

from hotwash import closing
from hotwash.clock import day, local_day, moment
from hotwash.model import Postmortem
from hotwash.policy import Policy
from hotwash.recurrence import LIVE
from hotwash.ticket import Ticket, marks

Edit = Callable[[str], str]


class Plan(NamedTuple):
    """What is to change in each file, by path, and what is to be said."""

    edits: dict[str, list[Edit]]
    done: dict[str, list[str]]
    """A line for each change."""
    notes: list[str]
    """What asks for a person."""
    unknown: list[str]
    """Open tasks whose ticket the export does not have."""
    untracked: int
    """Open tasks without a ticket."""

    def summary(self, dry_run: bool) -> str:
        """What came of it, and what to do next, in lines."""
        count = sum(map(len, self.done.values()))
        changed = f"{count} task{'s' if count != 1 else ''} in {len(self.done)} file{'s' if len(self.done) != 1 else ''}"
        lines = [f"not in this export: {name}" for name in self.unknown]
        if self.untracked:
            lines.append(f"{self.untracked} open task{'s have' if self.untracked != 1 else ' has'} no `tracking` link, so that no export can close {'them' if self.untracked != 1 else 'it'}")
        lines.append(f"would change {changed}" if dry_run else f"changed {changed}; look at them with git diff, and commit" if count else "nothing to change")
        return "\n".join(lines)


def plan(posts: Iterable[Postmortem], tickets: Iterable[Ticket], policy: Policy, as_of: date) -> Plan:
    """Hold every task of the archive against the tickets.

    Args:
        posts: the postmortems.
        tickets: the export.
        policy: gives the time zone in which a moment becomes a day.
        as_of: today; nothing is closed later.
    """
    known = {mark: ticket for ticket in tickets for mark in marks(ticket.link)}
    made = Plan({}, {}, [], [], 0)
    for post in (post for post in posts if post.status in LIVE):
        for task in closing.tasks(post):
            ticket = next((known[mark] for mark in sorted(marks(task.tracking)) if mark in known), None)
            if ticket:
                _compare(made, post, task, ticket, policy, as_of)
            elif task.state in closing.OPEN and task.tracking:
                made.unknown.append(f"{post.id} {task.name} ({task.tracking})")
            elif task.state in closing.OPEN:
                made = made._replace(untracked=made.untracked + 1)
    return made


def _compare(made: Plan, post: Postmortem, task: closing.Task, ticket: Ticket, policy: Policy, as_of: date) -> None:
    name = f"{post.id} {task.name}"
    if task.state not in closing.OPEN:
        if ticket.state in ("open", "in-progress"):
            made.notes.append(f"{name} is `{task.state}` here, and its ticket is open: {task.tracking}; nothing was changed")
    elif ticket.state == "dropped":
        command = f"hotwash action wont-do {quote(post.id)} {quote(task.name)} --why ... --accepted-by ..."
        made.notes.append(f"{name} was closed as {ticket.reason}: {task.tracking}; say why it is not done: {command}")
    elif ticket.state == "done":
        _close(made, post, task, ticket, policy, as_of)
    elif ticket.state == "in-progress" and task.state != "in-progress":
        _add(made, post, partial(closing.begun, found=task), f"{task.name} in progress")


def _close(made: Plan, post: Postmortem, task: closing.Task, ticket: Ticket, policy: Policy, as_of: date) -> None:
    on = closed_on(ticket, policy)
    reason = closing.untimely(post, on, policy, as_of) if on else "the export does not say when"
    if on and not reason:
        _add(made, post, partial(closing.done, found=task, on=on, evidence=task.tracking), f"{task.name} closed on {on} ({task.tracking})")
    else:
        command = f"hotwash action done {quote(post.id)} {quote(task.name)} --on DAY --evidence {quote(task.tracking)}"
        made.notes.append(f"{post.id} {task.name} is done by its ticket, but {reason}: {command}")


def closed_on(ticket: Ticket, policy: Policy) -> date | None:
    """The day on which a ticket was closed, in the policy's time zone; None where nobody can tell."""
    when = moment(ticket.closed)
    return local_day(when, policy.data["timezone"]) if when else day(ticket.closed)


def _add(made: Plan, post: Postmortem, edit: Edit, line: str) -> None:
    made.edits.setdefault(post.path, []).append(edit)
    made.done.setdefault(post.path, []).append(f"{post.path}: {line}")
