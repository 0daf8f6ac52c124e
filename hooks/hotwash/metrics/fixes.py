"""Which incidents came back, and which fixes held, by the kind of artefact they changed."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from hotwash.archive import Archive
from hotwash.metrics.shares import Share
from hotwash.model import UNKNOWN, Postmortem
from hotwash.policy import Policy
from hotwash.recurrence import LIVE, Verdict, is_repeat

PROVEN, YOUNG = "held", "holding"
WORDS = (PROVEN, YOUNG, "did not hold", "guard removed", "not in place", "pending", "dropped", "accepted", "unknown")
"""How fixes stand: verdicts, with those that hold parted in two by whether they have done so for as long as the policy's window."""


def repeated(archive: Archive, policy: Policy) -> frozenset[str]:
    """The ids of the incidents that began within the policy's window after the one before of a class was over."""
    by_class = ([post for post in posts if post.status in LIVE] for posts in archive.by_class.values())
    return frozenset(post.id for same in by_class for before, post in pairwise(same) if is_repeat(post, before, policy))


def returned(archive: Archive) -> frozenset[str]:
    """The ids of the incidents before which one of their classes had occurred, however long ago."""
    by_class = ([post for post in posts if post.status in LIVE] for posts in archive.by_class.values())
    return frozenset(post.id for same in by_class for post in same[1:])


def recurrence(posts: Iterable[Postmortem], again: frozenset[str], archive: Archive) -> Share:
    """How many of the incidents that name a class came back within the window."""
    named = [post for post in posts if archive.classes(post)]
    return Share(sum(post.id in again for post in named), len(named))


def standing(judged: Verdict, policy: Policy) -> str:
    """One of `WORDS`."""
    if judged.word == "holding":
        return PROVEN if judged.days >= policy.data["repeat_window"] else YOUNG
    return judged.word if judged.word in WORDS else "unknown"


def fixes(posts: Iterable[Postmortem], verdicts: Mapping[str, Verdict], policy: Policy) -> Mapping[str, Mapping[str, tuple[Postmortem, ...]]]:
    """Incidents by the kind of artefact that their fix changed, and by how the fix stands; kinds with the most fixes first.

    Only fixes of their own count: one that stands in another file counts there, once. A kind that is not said is the empty word.
    """
    found: dict[str, dict[str, list[Postmortem]]] = {}
    for post in posts:
        if not post.text("fix", "change") or post.text("fix", "same_as"):
            continue
        kind = post.text("fix", "artefact", "kind")
        kind = "" if kind.casefold() == UNKNOWN else kind
        found.setdefault(kind, {word: [] for word in WORDS})[standing(verdicts[post.id], policy)].append(post)
    ranked = sorted(found, key=lambda kind: (not kind, -sum(map(len, found[kind].values())), kind))
    return {kind: {word: tuple(same) for word, same in found[kind].items()} for kind in ranked}


def worked(standings: Mapping[str, tuple[Postmortem, ...]]) -> Share:
    """Of the fixes that have been tried: held for the whole window, against those that were done and did not hold or were taken away."""
    held, failed = len(standings[PROVEN]), len(standings["did not hold"]) + len(standings["guard removed"])
    return Share(held, held + failed)
