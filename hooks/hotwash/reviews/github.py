"""GitHub, `GET /repos/{owner}/{repo}/pulls/{number}/reviews`: a list of reviews, oldest first. Who opened the pull request is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotwash.reviews import Review, Reviews, State, text_at

STATES: Mapping[str, State] = {"APPROVED": "approved", "CHANGES_REQUESTED": "changes", "DISMISSED": "dismissed"}


def reads(data: Any) -> bool:
    """Whether it is a list whose entries bear a review's state; an empty list is one without reviews."""
    return isinstance(data, list) and all(isinstance(entry, dict) and "state" in entry and "user" in entry for entry in data)


def read(data: Any) -> Reviews:
    """Opinions alone; an account that is a program or is gone has none."""
    people = (entry for entry in data if text_at(entry, "user", "login") and text_at(entry, "user", "type") != "Bot")
    return Reviews(tuple(
        Review(text_at(entry, "user", "login"), STATES[text_at(entry, "state")], text_at(entry, "submitted_at"), text_at(entry, "commit_id"))
        for entry in people if text_at(entry, "state") in STATES
    ))  # fmt: skip
