"""How late a postmortem was published, by Git: nobody types it, and nobody can renegotiate it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hotwash.clock import moment, seconds
from hotwash.metrics.shares import Share
from hotwash.model import Postmortem
from hotwash.need import deadline
from hotwash.past import History
from hotwash.policy import Policy

ADOPTED = timedelta(days=365)
"""From an incident's end: what is published later than that is an old file taken over, and nobody can tell when it was published first."""


def published(post: Postmortem, history: History, as_of: date | None = None) -> datetime | None:
    """The moment it was published, in UTC; None where Git does not know, where an old file was taken over, and where it came after the day."""
    found, resolved = moment(history.of(post.path).published), moment(post.text("timestamps", "resolved"))
    if not found or (resolved and found - resolved > ADOPTED) or (as_of and found.date() > as_of):
        return None
    return found


def published_late(post: Postmortem, policy: Policy, history: History, as_of: date | None = None) -> int | None:
    """From the deadline to the publication, in seconds: negative or 0 is on time. None where one of them is not known or no day was asked for.

    One that is being written still is not published; how late it is by now is told by `deadline`.
    """
    return seconds(deadline(post, policy), published(post, history, as_of))


def filed_after(post: Postmortem, history: History, as_of: date | None = None) -> int | None:
    """From the incident's end to the moment its file stood on the default branch, in seconds. None where one of them is not known, as for an old file.

    The policy has no deadline for filing: a stub is to be filed when the incident is over.
    """
    filed, resolved = moment(history.of(post.path).filed), moment(post.text("timestamps", "resolved"))
    if not filed or not resolved or filed - resolved > ADOPTED or (as_of and filed.date() > as_of):
        return None
    return seconds(resolved, filed)


class Publication(NamedTuple):
    """A postmortem that was asked for by a day."""

    post: Postmortem
    late: int | None
    """In seconds, negative or 0 for on time; None where nobody can tell."""
    waiting: bool
    """Whether it is being written still."""
    overdue: bool
    """Whether it is, and the deadline is past."""


class Punctuality(NamedTuple):
    """How many postmortems were published by their deadline, of those that had one."""

    late: tuple[tuple[Postmortem, int], ...]
    """Each with its seconds, negative or 0 for those on time; the earliest first."""
    unknown: int
    """Published, and Git does not know when: an old file taken over, a history cut short, or a commit of a later day."""
    waiting: int
    """Not published yet."""
    overdue: int
    """Not published yet, and past the deadline: these are late too, nobody knows by how much in the end."""

    @property
    def on_time(self) -> Share:
        """Of those whose publication is known, how many came by the deadline."""
        return Share(sum(seconds <= 0 for _, seconds in self.late), len(self.late))


def publications(posts: Iterable[Postmortem], policy: Policy, history: History, as_of: date) -> Iterator[Publication]:
    """Those of the postmortems that were asked for by a day, each with how late it was."""
    for post in posts:
        if until := deadline(post, policy):
            waiting = post.status == "filed"
            yield Publication(post, None if waiting else seconds(until, published(post, history, as_of)), waiting, waiting and until.date() < as_of)


def punctuality(found: Iterable[Publication]) -> Punctuality:
    """How punctual they are together."""
    told = list(found)
    known = sorted(((one.post, one.late) for one in told if one.late is not None), key=lambda pair: (pair[1], pair[0].id))
    waiting = sum(one.waiting for one in told)
    return Punctuality(tuple(known), len(told) - len(known) - waiting, waiting, sum(one.overdue for one in told))
