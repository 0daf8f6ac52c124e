"""The impact ended before it began, or the incident was over before its impact was.

Other orders are normal: an alert may come before users notice, and somebody may be at work before anything was detected.

Bad:
    timestamps:
      started: 2026-11-02T13:55:00Z
      mitigated: 2026-11-02T13:31:00Z
      resolved: 2026-11-02T14:37:00Z
Good:
    timestamps:
      started: 2026-11-02T13:55:00Z
      detected: 2026-11-02T13:50:00Z
      mitigated: 2026-11-02T14:31:00Z
      resolved: 2026-11-02T14:37:00Z
"""

from collections.abc import Iterator

from hotwash.clock import moment, spoken
from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy

LEVEL = "error"
_PAIRS = (("started", "mitigated"), ("mitigated", "resolved"), ("started", "resolved"))


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    blamed = set()
    for first, second in _PAIRS:
        begin, end = moment(post.text("timestamps", first)), moment(post.text("timestamps", second))
        if begin and end and end < begin and second not in blamed:
            blamed.add(second)
            before = spoken(int((begin - end).total_seconds()))
            yield Hit(post.where_value("timestamps", second), f"`{second}` lies {before} before `{first}`", "compare the two with the time line; look at the day and the offset")
