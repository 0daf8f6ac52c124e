"""What is owed, most urgent first."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from hotwash.archive import Archive
from hotwash.clock import day, moment
from hotwash.lateness import published
from hotwash.model import Postmortem
from hotwash.need import deadline
from hotwash.past import History
from hotwash.policy import Policy
from hotwash.recurrence import LIVE, Verdict, later, same_as, unclosed, verdict

SOON = 14
"""Days ahead that count as soon. An effectiveness check is told of no earlier."""
_KINDS = ("filing", "review", "fix", "came-back", "action", "effectiveness")


class Owed(NamedTuple):
    """One thing owed.

    `what` is one of: filing (a postmortem to publish), review (a meeting to hold), fix, action, came-back (a fix that failed and has no answer yet),
    effectiveness (a check to answer).
    """

    what: str
    post: Postmortem
    text: str
    owner: str
    due: date | None
    late: bool
    action: str = ""
    """The id of the action."""
    again: str = ""
    """The id of the first later incident of the same class."""
    about: str = ""
    """Of a check: publication or fix."""

    @property
    def next(self) -> str:
        """What to do about it: a command, or a sentence."""
        id, path = shlex.quote(self.post.id), shlex.quote(self.post.path)
        if self.what == "filing":
            return f"hotwash check {path}"
        if self.what in ("fix", "action"):
            name = "fix" if self.what == "fix" else shlex.quote(self.action)
            return f"hotwash action done {id} {name} --evidence LINK" if name != "''" else f"give the action an `id` in {path}"
        if self.what == "effectiveness":
            return f"hotwash effectiveness {id} --about {self.about}"
        if self.what == "review":
            return f"set `review.held` in {path}"
        return f"say in {shlex.quote(self.again)} why the fix did not hold" if self.again else f"put it back, or name what guards now in `fix.artefact` of {path}"


def checks(post: Postmortem, policy: Policy, history: History) -> Iterator[tuple[str, date]]:
    """The effectiveness checks that nobody has answered: what about (publication or fix), and the day."""
    if post.status != "published":
        return
    publication = published(post, history)
    since = {
        "publication": publication.date() if publication else None,
        "fix": day(post.text("fix", "closed")) if post.text("fix", "state") == "done" else None,
    }
    answered = {str(entry.get("about", "publication")) for _, entry in post.entries("effectiveness")}
    for about, first in since.items():
        if first and about not in answered and (date.max - first).days > policy.data["effectiveness_after"]:
            yield about, first + timedelta(days=policy.data["effectiveness_after"])


def owed(
    archive: Archive, policy: Policy, as_of: date, history: History, verdicts: Mapping[str, Verdict] | None = None
) -> tuple[Owed, ...]:
    """Everything owed on a day, most urgent first.

    An overdue fix whose class has come back since stands first of all; then what is overdue, by its kind and its day; then fixes that failed and have no
    answer yet; then what is due, by its day. Verdicts that are known already spare the work of judging again.
    """
    found = [item for post in archive.posts.values() for item in _owed_by(post, archive, policy, as_of, history, verdicts)]
    return tuple(sorted(found, key=_urgency))


def _urgency(item: Owed) -> tuple[object, ...]:
    kind, due = _KINDS.index(item.what), item.due or date.max
    by_kind = (kind, not item.again, due) if item.late else (due, kind)
    return (not foremost(item), not item.late, item.what != "came-back", *by_kind, item.post.id, item.action)


def foremost(item: Owed) -> bool:
    """Whether it is the first thing to do: an overdue fix of a class that has come back since."""
    return item.what == "fix" and item.late and bool(item.again)


def _owed_by(
    post: Postmortem, archive: Archive, policy: Policy, as_of: date, history: History, verdicts: Mapping[str, Verdict] | None
) -> Iterator[Owed]:
    if post.status not in LIVE:
        return
    until, lead = deadline(post, policy), post.text("roles", "incident_commander") or post.text("roles", "tech_lead")
    due = until.date() if until else None
    if post.status == "filed":
        yield Owed("filing", post, "write it up and publish it", lead, due, _past(due, as_of))
    if post.status != "retired":
        yield from _review(post, policy, due, lead, as_of)
    yield from _tasks(post, archive, as_of)
    if post.text("fix", "change") and not same_as(post):
        judged = verdicts[post.id] if verdicts else verdict(post, archive, policy, history, as_of)
        yield from _returned(post, judged, archive)
    for about, when in checks(post, policy, history):
        if (when - as_of).days <= SOON:
            who = post.text("fix", "owner") if about == "fix" else post.text("roles", "product_owner")
            yield Owed("effectiveness", post, _QUESTIONS[about], who, when, _past(when, as_of), about=about)


_QUESTIONS = {"publication": "look again: are the actions done, and does the team know?", "fix": "look again: is the fix in place, and has the class stayed away?"}


def _past(due: date | None, as_of: date) -> bool:
    return bool(due and due < as_of)


def _review(post: Postmortem, policy: Policy, until: date | None, lead: str, as_of: date) -> Iterator[Owed]:
    """A meeting that is planned, or that the template asks for, and was not held yet."""
    planned, held = moment(post.text("review", "at")), post.text("review", "held")
    if day(held) or (held and post.status == "published") or not (planned or "review.held" in policy.keys(post)):
        return
    due = planned.date() if planned else until
    yield Owed("review", post, "hold the review meeting", lead, due, _past(due, as_of))


def _tasks(post: Postmortem, archive: Archive, as_of: date) -> Iterator[Owed]:
    tasks: list[tuple[str, Mapping[str, Any], str]] = [("fix", post.get("fix"), post.text("fix", "change"))] if post.text("fix", "change") else []
    tasks += [("action", action, str(action.get("do") or "")) for _, action in post.entries("actions")]
    still = [task for task in tasks if unclosed(task[1])]
    again = next((other.id for other in later(post, archive, as_of)), "") if still else ""
    for what, task, text in still:
        due = day(str(task.get("due", "")))
        yield Owed(what, post, text, str(task.get("owner") or ""), due, _past(due, as_of), str(task.get("id") or ""), again)


def _returned(post: Postmortem, judged: Verdict, archive: Archive) -> Iterator[Owed]:
    """A fix whose guard is gone, or that did not hold and whose repeat is not written up yet: once it is, its own fix takes over."""
    owner = post.text("fix", "owner")
    repeat = archive.get(judged.repeat)
    if judged.word == "guard removed":
        yield Owed("came-back", post, f"the guard is gone from the default branch: {post.text('fix', 'artefact', 'path')}", owner, None, late=False)
    elif judged.word == "did not hold" and repeat and repeat.status == "filed":
        yield Owed("came-back", post, f"the fix did not hold: {post.text('fix', 'change')}", owner, None, late=False, again=repeat.id)
