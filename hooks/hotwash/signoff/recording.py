"""What a merge leaves behind: the entries of `sign_off` that a verdict is worth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hotwash.edit import appended
from hotwash.model import Postmortem
from hotwash.policy import Policy
from hotwash.signoff.people import People, people
from hotwash.signoff.verdict import Signature, SignOff

REVIEWER = "reviewer"
"""The role under which an approval is recorded whose giver signs no role of their own."""
Entry = dict[str, str]


def entries(post: Postmortem, policy: Policy, outcome: SignOff, merged: date) -> list[Entry]:
    """What is signed and not recorded yet, in the order of the roles.

    Args:
        merged: the day for a signature that bears none: whoever opens a pull request signs with its merge.
    """
    known = people(policy)
    before = [(entry.get("role"), known.handle(str(entry.get("by") or "")), str(entry.get("on") or "")) for _, entry in post.entries("sign_off")]
    return [
        {"role": role, "by": signed.by, "on": signed.on or merged.isoformat()}
        for role, signed in _signed(outcome, known)
        if not any((role, known.handle(signed.by)) == earlier[:2] and signed.on in ("", earlier[2]) for earlier in before)
    ]


def recorded(text: str, new: list[Entry]) -> str:
    """The text of a postmortem with entries added.

    Raises:
        Failure: the header cannot be changed without touching anything else.
    """
    for entry in new:
        text = appended(text, ("sign_off",), entry)
    return text


def _signed(outcome: SignOff, known: People) -> Iterator[tuple[str, Signature]]:
    found = [(verdict.role, verdict.signed) for verdict in outcome.roles if verdict.signed]
    yield from ((role, signed) for role, signed in found if signed.source != "sign_off")
    other = outcome.other
    if other and other.source != "sign_off" and known.handle(other.by) not in {known.handle(signed.by) for _, signed in found}:
        yield REVIEWER, other
