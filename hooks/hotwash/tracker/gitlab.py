"""Issues of GitLab, in the REST interface's own form: `glab api --paginate "projects/:id/issues"`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotwash.ticket import Ticket

_DROPPED = frozenset({"wontfix", "wont-fix", "won't fix", "wont do", "won't do", "wont-do", "not planned", "not-planned", "duplicate", "invalid"})
"""GitLab keeps no reason for closing; teams use a label."""


def recognised(row: Mapping[str, Any]) -> bool:
    """Whether an issue is GitLab's: it has a number within its project and a page."""
    return "iid" in row and "web_url" in row


def ticket(row: Mapping[str, Any]) -> Ticket:
    """One issue."""
    link, state = str(row["web_url"]), str(row["state"]).casefold()
    if state not in ("closed", "merged"):
        return Ticket(link, "open")
    labels = [str(label.get("name", "") if isinstance(label, Mapping) else label) for label in row.get("labels") or ()]
    reason = next((label for label in labels if label.casefold().rpartition("::")[2] in _DROPPED), "")
    return Ticket(link, "dropped" if reason else "done", str(row.get("closed_at") or ""), reason)
