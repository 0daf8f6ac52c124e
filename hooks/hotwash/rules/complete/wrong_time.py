"""A time or a day is not written so that it can be computed with.

Times follow RFC 3339 with an offset (`2026-11-02T14:02:00Z`, `2026-11-02T15:02:00+01:00`): without one, nobody can tell which of two clocks was
meant, and in public collections one time line in three does not say. Days are `YYYY-MM-DD`.

Bad:
    timestamps:
      started: 2026-11-02 13:55
      resolved: 2026-11-02T14:37:00Z
Good:
    timestamps:
      started: 2026-11-02T13:55:00Z
      resolved: 2026-11-02T14:37:00Z
"""

import re
from collections.abc import Iterator

from hotwash.clock import day, moment
from hotwash.model import UNKNOWN, Hit, Postmortem
from hotwash.policy import Policy, written
from hotwash.wording import key_name, shown

LEVEL = "error"
_MOMENTS = tuple(("timestamps", name) for name in ("started", "detected", "acknowledged", "escalated", "mitigation_started", "mitigated", "resolved"))
_MOMENTS += (("review", "at"),)
_DAYS = (
    ("fix", "due"), ("fix", "closed"), ("fix", "success", "until"), ("actions", "*", "due"), ("actions", "*", "closed"),
    ("review", "held"), ("effectiveness", "*", "on"), ("sign_off", "*", "on"),
)  # fmt: skip
_NO_OFFSET = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?\Z", re.ASCII)


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for pattern in _MOMENTS:
        for way, value in written(post, pattern):
            if isinstance(value, str) and value not in (UNKNOWN, "") and moment(value) is None:
                yield Hit(post.where_value(*way), f"`{key_name(way)}` is {shown(value)}, {_wrong(value)}", "write it as 2026-11-02T14:02:00Z")
    for days in _DAYS:
        for way, value in written(post, days):
            if isinstance(value, str) and value not in (UNKNOWN, "") and day(value) is None:
                yield Hit(post.where_value(*way), f"`{key_name(way)}` is {shown(value)}, which is not a day", "write it as 2026-11-16")


def _wrong(value: str) -> str:
    if _NO_OFFSET.match(value) and moment(value + "Z"):
        return "a time without an offset"
    return "a day without a time" if day(value) else "which is not a time"
