"""How late a postmortem was published, by Git: nobody types it, and nobody can renegotiate it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hotwash.clock import moment, seconds
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
