"""The effectiveness check: five questions about what became of a postmortem, and what the archive answers of itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hotwash.archive import Archive, classes
from hotwash.edit import appended
from hotwash.model import Failure, Postmortem
from hotwash.recurrence import later, unfinished
from hotwash.wording import listed

QUESTIONS: Mapping[str, str] = {
    "completed": "are all actions completed?",
    "documented": "is the documentation updated?",
    "implemented": "are the measures in place?",
    "no_recurrence": "has the class stayed away?",
    "aware": "does the team know of it?",
}
"""Each key of the header, and what it asks."""
ABOUT = ("publication", "fix")


def known(post: Postmortem, archive: Archive, as_of: date) -> dict[str, tuple[bool, str]]:
    """What the archive answers, with its reason: whether all actions are completed, and whether the class came back. Nothing of what it cannot know."""
    left = unfinished(post)
    found = {"completed": (not left, f"open: {listed(left, last='and')}" if left else "none is open")}
    if classes(post):
        again = [other.id for other in later(post, archive, as_of)]
        found["no_recurrence"] = (not again, f"since then: {listed(again, last='and', most=3)}" if again else "the archive has no later one")
    return found


def open_to(post: Postmortem, about: str) -> None:
    """Whether a check may be written down.

    Raises:
        Failure: it comes too early, and when its time is.
    """
    if post.status not in ("published", "retired"):
        raise Failure(f"{post.path}: it is `{post.status or 'filed'}`; the check comes after publication")
    if about == "fix" and post.text("fix", "state") != "done":
        state = post.text("fix", "state") or "open"
        raise Failure(f"{post.path}: its fix is `{state}`; answer --about publication, or close it first: hotwash action done {post.id} fix --evidence LINK")


def recorded(text: str, post: Postmortem, answer: Mapping[str, Any]) -> str:
    """The text with a check appended.

    Args:
        text: the whole file.
        post: the same, read.
        answer: `on`, `by`, `about`, the five answers, and perhaps a `note`.

    Raises:
        Failure: the same person has answered the same on the same day.
    """
    same = [check for _, check in post.entries("effectiveness") if all(check.get(key) == answer[key] for key in ("on", "by", "about"))]
    if same:
        raise Failure(f"{answer['by']} has answered about the {answer['about']} on {answer['on']} already; change that entry by hand")
    return appended(text, ("effectiveness",), dict(answer))
