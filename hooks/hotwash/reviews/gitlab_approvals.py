"""GitLab, `GET /projects/{id}/merge_requests/{iid}/approvals`: who approves now.

What was withdrawn is not in it, and neither is the commit: whether a push resets approvals is a setting of the project.
"""

from __future__ import annotations

from typing import Any

from hotwash.reviews import Review, Reviews, text_at


def reads(data: Any) -> bool:
    """Whether it is an object with a list of approvals."""
    return isinstance(data, dict) and isinstance(data.get("approved_by"), list)


def read(data: Any) -> Reviews:
    """One approval for each account that approves."""
    entries = [entry for entry in data["approved_by"] if text_at(entry, "user", "username")]
    return Reviews(tuple(Review(text_at(entry, "user", "username"), "approved", text_at(entry, "approved_at")) for entry in entries))
