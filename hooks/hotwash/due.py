"""What is owed, most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from hotwash.archive import Archive
from hotwash.clock import day, moment
from hotwash.model import Postmortem
from hotwash.policy import Policy

_NEEDS = ("none", "optional", "recommended", "required")


class Owed(NamedTuple):
    """One thing owed: `what` is filing (a postmortem to publish), fix or action."""

    what: str
    post: Postmortem
    text: str
    owner: str
    due: date | None
    late: bool
    action: str = ""
    """The id of the action."""


def deadline(post: Postmortem, policy: Policy) -> datetime | None:
    """The moment by which it has to be published, in UTC: `resolved` plus the severity's hours. None where none is asked for."""
    resolved = moment(post.text("timestamps", "resolved"))
    hours = (policy.words("severities").get(policy.gravest(post)) or {}).get("within")
    if hours is None and need(post, policy) == "required":
        hours = max((entry["within"] for entry in policy.words("severities").values() if "within" in entry), default=None)
    try:
        return resolved + timedelta(hours=hours) if resolved and hours else None
    except OverflowError:  # beyond the year 9999 nothing is due
        return None


def need(post: Postmortem, policy: Policy) -> str:
    """`required`, `recommended`, `optional` or `none`: the strongest of severity and criteria."""
    severity = policy.words("severities").get(policy.gravest(post)) or {}
    criteria = policy.words("criteria")
    needs: list[str] = [severity.get("need", "none")]
    needs += [(criteria.get(word) or {}).get("need", "none") for word in post.items("criteria") if isinstance(word, str)]
    return max(needs, key=_NEEDS.index)


def owed(archive: Archive, policy: Policy, as_of: date) -> tuple[Owed, ...]:
    """Everything owed on a day: late before due, then by date; filings before fixes before actions."""
    found = [item for post in archive.posts.values() for item in _owed_by(post, policy, as_of)]
    order = ("filing", "fix", "action")
    return tuple(sorted(found, key=lambda item: (not item.late, item.due or date.max, order.index(item.what), item.post.id, item.action)))


def _owed_by(post: Postmortem, policy: Policy, as_of: date) -> Iterator[Owed]:
    if post.status == "filed":
        until = deadline(post, policy)
        due = until.date() if until else None
        owner = post.text("roles", "incident_commander") or post.text("roles", "tech_lead")
        yield Owed("filing", post, "write it up and publish it", owner, due, bool(due and due < as_of))
    if post.status in ("filed", "published", "retired"):
        if post.text("fix", "change"):
            yield from _task("fix", post, post.get("fix"), post.text("fix", "change"), as_of)
        for _, action in post.entries("actions"):
            yield from _task("action", post, action, str(action.get("do", "")), as_of)


def _task(what: str, post: Postmortem, task: Mapping[str, Any], text: str, as_of: date) -> Iterator[Owed]:
    if task.get("state", "open") not in ("open", "in-progress"):
        return
    due = day(str(task.get("due", "")))
    yield Owed(what, post, text, str(task.get("owner", "")), due, bool(due and due < as_of), str(task.get("id", "")))
