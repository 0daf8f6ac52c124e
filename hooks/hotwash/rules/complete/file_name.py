"""The file's name does not begin with the incident's day, or has another shape.

`YYYY-MM-DD-slug.md` sorts by time, cannot collide between two branches as numbers do, and lets a reader find the day without opening anything. The
day is that of `started`, else of `resolved`, in the policy's time zone.

Bad:
    timestamps:
      started: 2026-11-01T13:55:00Z
      resolved: 2026-11-02T14:37:00Z
Good:
    timestamps:
      started: 2026-11-02T13:55:00Z
      resolved: 2026-11-02T14:37:00Z
"""

import re
from collections.abc import Iterator

from hotwash.clock import local_day, moment
from hotwash.model import Hit, Postmortem, Span
from hotwash.policy import Policy

LEVEL = "error"
_SHAPE = re.compile(r"\d{4}-\d\d-\d\d-\S+\Z", re.ASCII)


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    key = "started" if moment(post.text("timestamps", "started")) else "resolved"
    begun = moment(post.text("timestamps", key))
    expected = local_day(begun, policy.data["timezone"]).isoformat() if begun else ""
    if not _SHAPE.match(post.id):
        slug = re.sub(r"[\W_]+", "-", post.id.casefold()).strip("-") or "what-happened"
        yield Hit(Span(1), "the file's name has to be YYYY-MM-DD-slug.md, without spaces", f"git mv it to {expected or 'YYYY-MM-DD'}-{slug}.md")
    elif expected and post.id[:10] != expected:
        message = f"`timestamps.{key}` falls on {expected}, the file's name says {post.id[:10]}"
        yield Hit(post.where_value("timestamps", key), message, f"correct the time, or git mv the file to {expected}{post.id[10:]}.md")
