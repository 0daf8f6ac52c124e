"""GitLab, `GET /projects/{id}/merge_requests/{iid}/notes`: what GitLab itself noted, among it who approved, withdrew, or asked for changes.

GitLab gives the newest first, unless it is asked for another order; the order here is that of `created_at`. Only notes that GitLab marks as its own
count: anybody can write "approved this merge request" into a remark.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from hotwash.clock import moment
from hotwash.reviews import Review, Reviews, State, text_at

_UNKNOWN = datetime.min.replace(tzinfo=timezone.utc)
_SAID: Mapping[str, State] = {"approved this merge request": "approved", "unapproved this merge request": "dismissed", "requested changes": "changes"}


def reads(data: Any) -> bool:
    """Whether it is a list whose entries are notes."""
    return isinstance(data, list) and bool(data) and all(isinstance(entry, dict) and "body" in entry and "system" in entry for entry in data)


def read(data: Any) -> Reviews:
    """Opinions from GitLab's own notes, oldest first."""
    found = [
        Review(text_at(note, "author", "username"), state, text_at(note, "created_at"))
        for note in data if note["system"] is True and text_at(note, "author", "username")
        for said, state in _SAID.items() if text_at(note, "body").startswith(said)
    ]  # fmt: skip
    found.reverse()  # so that of two notes of one moment the newer stays last
    return Reviews(tuple(sorted(found, key=lambda review: moment(review.at) or _UNKNOWN)))
