"""Something is closed on a day before the incident began.

What was done before the incident cannot answer it: either the day is mistyped, or the change belongs to an earlier postmortem. The verdict of the fix is
computed from `closed`, and a day too early makes every repeat look like a fix that did not hold.

Bad:
    timestamps: {started: 2026-11-02T13:55:00Z, resolved: 2026-11-02T14:37:00Z}
    actions:
      - {id: a1, do: add an alert on 503 rate > 2 %, kind: detect, owner: "@sre-lead", due: 2026-11-20, state: done, closed: 2025-11-18}
Good:
    timestamps: {started: 2026-11-02T13:55:00Z, resolved: 2026-11-02T14:37:00Z}
    actions:
      - {id: a1, do: add an alert on 503 rate > 2 %, kind: detect, owner: "@sre-lead", due: 2026-11-20, state: done, closed: 2026-11-18}
"""

from collections.abc import Iterator

from hotwash.clock import day, local_day, moment
from hotwash.model import Hit, KeyPath, Postmortem
from hotwash.policy import Policy

LEVEL = "warning"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    begun = moment(post.text("timestamps", "started")) or moment(post.text("timestamps", "resolved"))
    if not begun:
        return
    first = local_day(begun, policy.data["timezone"])
    ways: list[KeyPath] = [("fix",), *(("actions", index) for index, _ in post.entries("actions"))]
    for way in ways:
        closed = day(post.text(*way, "closed"))
        if closed and closed < first:
            help = "correct the day; where the change was there already, name the postmortem it came from: `same_as: ID`"
            yield Hit(post.where_value(*way, "closed"), f"`closed` says {closed}, and the incident began on {first}", help)
