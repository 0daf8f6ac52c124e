"""Whether a postmortem is needed, why, and by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from hotwash.archive import Archive
from hotwash.clock import moment
from hotwash.hours import after, working
from hotwash.metrics import clocks
from hotwash.model import Postmortem
from hotwash.policy import Policy
from hotwash.recurrence import earlier, is_repeat, unfinished

NEEDS = ("none", "optional", "recommended", "required")
"""The weakest first."""
_CONDITIONS = frozenset({"kinds", "potential", "over_minutes", "repeat"})
"""What a criterion may ask for so that it applies of itself."""


class Reason(NamedTuple):
    """One reason: how strong, the word of the policy that gives it, and what it says."""

    need: str
    word: str
    text: str


def need(post: Postmortem, policy: Policy, archive: Archive | None = None) -> str:
    """`required`, `recommended`, `optional` or `none`: the strongest of severity and criteria."""
    return max((reason.need for reason in reasons(post, policy, archive)), key=NEEDS.index, default="none")


def reasons(post: Postmortem, policy: Policy, archive: Archive | None = None) -> list[Reason]:
    """Why one is needed, the strongest reason first. With an archive, what it tells of the class counts as well."""
    before = earlier(post, archive) if archive else ()
    criteria = policy.words("criteria")
    found = list(_by_severity(post, policy, before))
    for word in _criteria(post, policy, before):
        found.append(Reason((criteria.get(word) or {}).get("need", "none"), word, policy.title("criteria", word)))
    return sorted(found, key=lambda reason: -NEEDS.index(reason.need))


def _by_severity(post: Postmortem, policy: Policy, before: tuple[Postmortem, ...]) -> Iterator[Reason]:
    severity = policy.gravest(post)
    entry = policy.words("severities").get(severity) or {}
    said = f"the severity is {severity}" if severity == policy.severity(post) else f"it could have been {severity}"
    if before and "need_again" in entry:
        yield Reason(entry["need_again"], severity, f"{said}, and its class occurred before: {before[-1].id}")
    elif severity:
        yield Reason(entry.get("need", "none"), severity, said)


def _criteria(post: Postmortem, policy: Policy, before: tuple[Postmortem, ...]) -> list[str]:
    """The criteria that the file names, and those that apply of themselves."""
    written = [word for word in post.items("criteria") if isinstance(word, str)]
    implied = [word for word, entry in policy.words("criteria").items() if _applies(entry or {}, post, policy, before)]
    return list(dict.fromkeys([*written, *implied]))


def _applies(entry: Mapping[str, Any], post: Postmortem, policy: Policy, before: tuple[Postmortem, ...]) -> bool:
    """Whether a criterion applies of itself: it has conditions, and all of them are true."""
    return not _CONDITIONS.isdisjoint(entry) and all(_told(entry, post, policy, before))


def _told(entry: Mapping[str, Any], post: Postmortem, policy: Policy, before: tuple[Postmortem, ...]) -> Iterator[bool]:
    """Whether each condition of a criterion is true, those first that are quickly told."""
    if "kinds" in entry:
        yield post.text("kind") in entry["kinds"]
    if "potential" in entry:
        yield policy.canonical_severity(post.text("potential_severity")) in entry["potential"]
    if "over_minutes" in entry:
        known = clocks(post)
        lasted = known.mitigate if known.mitigate is not None else known.resolve
        yield lasted is not None and lasted > entry["over_minutes"] * 60
    if "repeat" in entry:
        yield entry["repeat"] == any(is_repeat(post, other, policy) or unfinished(other) for other in before)


def deadline(post: Postmortem, policy: Policy) -> datetime | None:
    """The moment by which it has to be published, in UTC: `resolved` plus the severity's hours, every hour or working hours as the policy says.

    It depends on the file and the policy alone, so that nothing renegotiates it. None where none is asked for.
    """
    resolved = moment(post.text("timestamps", "resolved"))
    severities = policy.words("severities")
    entry = severities.get(policy.gravest(post)) or {}
    if "within" not in entry and need(post, policy) == "required":
        entry = max((one for one in severities.values() if "within" in one), key=lambda one: one["within"], default={})
    if not resolved or not entry.get("within"):
        return None
    try:
        if (entry.get("deadline") or policy.data["deadline"]) == "business":
            return after(resolved, entry["within"], working(policy.data["working"], policy.data["timezone"]))
        return resolved + timedelta(hours=entry["within"])
    except OverflowError:  # beyond the year 9999 nothing is due
        return None
