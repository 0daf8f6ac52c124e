"""What stays as it was published: times and time line, unless a dated note under `## Amendments` says what was put right.

A reader who came first and one who comes later have to be able to speak of the same events; a correction is welcome as long as it says that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotwash.clock import day, moment
from hotwash.model import Hit, Postmortem, Section
from hotwash.policy import Policy
from hotwash.wording import shown

_DAY = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_HELP = "say under `## Amendments` what was put right, with the day: `- 2026-11-20: started was 13:55, the metric store kept local time`; or put it back"


def unmarked(before: Postmortem, now: Postmortem, policy: Policy) -> Iterator[Hit]:
    """What differs in times and time line from a published text, where no amendment has been added since.

    Args:
        before: the text as it was published, or as it stands on the default branch.
        now: the text to be judged; the hits are places in it.
    """
    if before.status != "published" or before.problems or now.problems or notes(now, policy) - notes(before, policy):
        return
    yield from _times(before, now)
    yield from _time_line(before, now, policy)


def notes(post: Postmortem, policy: Policy) -> frozenset[str]:
    """The dated lines of its amendments."""
    lines = (line for section in _sections(post, policy, "amendments") for line in section.text.split("\n"))
    return frozenset(" ".join(line.split()) for line in lines if any(day(found) for found in _DAY.findall(line)))


def _times(before: Postmortem, now: Postmortem) -> Iterator[Hit]:
    names = dict.fromkeys(name for post in (before, now) for name in post.get("timestamps") or {} if isinstance(post.get("timestamps"), dict))
    for name in names:
        then, today = (post.text("timestamps", name) for post in (before, now))
        if then != today and (moment(then) is None or moment(then) != moment(today)):
            said = f"is {shown(today)}" if today else "is gone"
            yield Hit(now.where_value("timestamps", name), f"`timestamps.{name}` was published as {shown(then or None)} and {said}", _HELP)


def _time_line(before: Postmortem, now: Postmortem, policy: Policy) -> Iterator[Hit]:
    then, today = (_lines(post, policy) for post in (before, now))
    if then == today:
        return
    head = next((section.span for section in _sections(now, policy, "timeline")), now.where("timestamps"))
    new = next((line for line in today if line not in then), "")
    if new:
        at = now.body.find(new, now.offset_of(head.line + 1) if head.line + 1 < now.body_line + now.body.count("\n") else 0)
        head = now.line_of(at, len(new)) if at >= 0 else head
    yield Hit(head, "the time line is not the one that was published", _HELP)


def _lines(post: Postmortem, policy: Policy) -> list[str]:
    """The lines of the time line, without blank ones and space around."""
    found = (line.strip() for section in _sections(post, policy, "timeline") for line in section.text.split("\n"))
    return [line for line in found if line]


def _sections(post: Postmortem, policy: Policy, name: str) -> list[Section]:
    return [section for section in post.sections if name in policy.sections_named(section.title)]
