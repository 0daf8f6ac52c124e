"""Issues and pull requests of GitHub: `gh issue list --json number,url,state,stateReason,closedAt`, or the REST interface's own form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotwash.ticket import Ticket

_DROPPED = {"not_planned": "not planned", "duplicate": "a duplicate"}


def recognised(row: Mapping[str, Any]) -> bool:
    """Whether an issue is GitHub's: it has a number and a state."""
    return "number" in row and "state" in row and ("url" in row or "html_url" in row)


def ticket(row: Mapping[str, Any]) -> Ticket:
    """One issue. Of a pull request that was closed without a merge nobody can say that it is done."""
    link, state = str(row.get("html_url") or row["url"]), str(row["state"]).casefold()
    closed = str(row.get("closedAt") or row.get("closed_at") or "")
    if state not in ("closed", "merged"):
        return Ticket(link, "open")
    reason = _DROPPED.get(str(row.get("stateReason") or row.get("state_reason") or "").casefold(), "")
    if state == "closed" and "/pull/" in link and not (row.get("mergedAt") or row.get("merged_at") or (row.get("pull_request") or {}).get("merged_at")):
        reason = "not merged"
    return Ticket(link, "dropped" if reason else "done", closed, reason)
