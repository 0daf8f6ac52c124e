"""Which approvals a file needs: those of its roles, one of anybody else, or none because nothing that was signed has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from hotwash.model import Postmortem
from hotwash.policy import Policy

Round = Literal["roles", "approval", "none"]

_FREE = frozenset({"sign_off", "effectiveness"})
_STATE = frozenset({"state", "closed", "evidence", "why", "accepted_by"})
"""What becomes of a fix or an action after publication: how far it is, and the reason where it is dropped."""


def round_of(now: Postmortem, published: Postmortem | None) -> Round:
    """The round that a text asks for.

    Args:
        now: the text to be merged.
        published: what stands on the default branch; None where the file is not there yet, or where it is `now` itself and its record is read.
    """
    if now.status != "published":
        return "approval"
    return "none" if published and published.status == "published" and same_text(published, now) else "roles"


def same_text(before: Postmortem, now: Postmortem) -> bool:
    """Whether nothing that is signed differs: all but states, effectiveness checks and sign-off. How the header is laid out does not count."""
    return signed_part(before) == signed_part(now) and before.body.split() == now.body.split()


def signed_part(post: Postmortem) -> dict[str, Any]:
    """The header without what may change after it was signed."""
    part = {key: value for key, value in post.header.items() if key not in _FREE}
    if isinstance(fix := part.get("fix"), Mapping):
        part["fix"] = _stateless(fix)
    if isinstance(actions := part.get("actions"), list):
        part["actions"] = [_stateless(action) if isinstance(action, Mapping) else action for action in actions]
    return part


def _stateless(task: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in task.items() if key not in _STATE}


def roles_asked(post: Postmortem, policy: Policy) -> list[str]:
    """The roles that sign a postmortem of its severity; a near miss counts by what it could have been."""
    severity = policy.words("severities").get(policy.gravest(post)) or {}
    return list(dict.fromkeys(severity.get("sign_off", ())))
