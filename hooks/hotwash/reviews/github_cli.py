"""GitHub's command line, `gh pr view NUMBER --json reviews,author,headRefOid`: reviews, who opened the pull request, and its newest commit."""

from __future__ import annotations

from typing import Any

from hotwash.reviews import Review, Reviews, text_at
from hotwash.reviews.github import STATES


def reads(data: Any) -> bool:
    """Whether it is an object with a list of reviews."""
    return isinstance(data, dict) and isinstance(data.get("reviews"), list)


def read(data: Any) -> Reviews:
    """Opinions alone; an account that is gone has none."""
    reviews = tuple(
        Review(text_at(entry, "author", "login"), STATES[text_at(entry, "state")], text_at(entry, "submittedAt"), text_at(entry, "commit", "oid"))
        for entry in data["reviews"] if text_at(entry, "state") in STATES and text_at(entry, "author", "login")
    )  # fmt: skip
    return Reviews(reviews, text_at(data, "author", "login"), text_at(data, "headRefOid"))
