"""The edge where everything that speaks for one file is brought together: its text now, the text on the default branch, reviews, trailers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from hotwash import project
from hotwash.history import commit_of, history_of, texts
from hotwash.model import Postmortem
from hotwash.parse import parse
from hotwash.past import FileHistory, History
from hotwash.policy import Policy
from hotwash.reviews import Reviews
from hotwash.signoff.rounds import same_text
from hotwash.signoff.verdict import Evidence


class Past(NamedTuple):
    """What Git knows. `base` is the commit that files are compared with; empty where Git knows nothing."""

    root: str
    base: str
    history: History
    there: Mapping[tuple[str, str], bytes] = {}
    """Files as they were, by commit and path: those that were fetched."""


class Case(NamedTuple):
    """One file with all that speaks for it."""

    now: Postmortem
    published: Postmortem | None
    """What stands on the default branch where that is another text: what is to be merged. None: it is new, or its record is read."""
    merged: bool
    """Whether the default branch has this text; without Git nobody knows, and it is taken for merged."""
    evidence: Evidence


def past(root: str, policy: Policy, base: str = "") -> Past:
    """What Git knows.

    Args:
        base: a revision to compare with; without one, the default branch.

    Raises:
        Failure: there is no such revision.
    """
    history = history_of(root, policy)
    return Past(root, commit_of(root, base) if base else history.head, history)


def fetched(before: Past, wanted: Iterable[tuple[str, str]]) -> Past:
    """With files as they were, asked of Git all at once."""
    return before._replace(there=texts(before.root, wanted))


def at(before: Past, commit: str, path: str) -> Postmortem | None:
    """A fetched file as it stood in a commit; None where it was not there."""
    data = before.there.get((commit, path))
    return None if data is None else parse(path, data)


def case(before: Past, path: str, reviews: Reviews | None) -> Case:
    """All that speaks for a file.

    What differs from the branch is judged by the reviews of its pull request alone: trailers and `sign_off` that it brings itself could have been written
    by anybody.

    Raises:
        Failure: the file cannot be read.
    """
    now = project.read_postmortem(before.root, path)
    base = at(before, before.base, path)
    if before.base and base != now:
        return Case(now, base, at(before, before.history.head, path) == now, _evidence(before, now, reviews, FileHistory(), ()))
    recorded = [entry for _, entry in now.entries("sign_off")] if before.base or reviews is None else []
    return Case(now, None, True, _evidence(before, now, reviews, before.history.of(path), recorded))


def _evidence(before: Past, now: Postmortem, reviews: Reviews | None, of: FileHistory, recorded: Iterable[Mapping[str, Any]]) -> Evidence:
    found = reviews or Reviews()
    trailers = of.signatures if now.status == "published" else of.approvals
    return Evidence(found.reviews, found.author, _outdated(before, now, found), trailers, of.author, tuple(recorded))


def _outdated(before: Past, now: Postmortem, reviews: Reviews) -> frozenset[str]:
    """The commits in which the file says something else. One that is not here cannot be looked into, and counts as one."""
    commits = {review.commit for review in reviews.reviews if review.commit} - {reviews.head}
    then = texts(before.root, [(commit, now.path) for commit in sorted(commits)])
    same = {commit for (commit, path), data in then.items() if same_text(parse(path, data), now)}
    return frozenset(commits - same)
