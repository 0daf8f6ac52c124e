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
from unicodedata import category

from hotwash.clock import local_day, moment
from hotwash.model import Hit, Postmortem, Span
from hotwash.policy import Policy

LEVEL = "error"
_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[\w.-]+\Z")

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?=[\W_]|\Z)")


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    key = "started" if moment(post.text("timestamps", "started")) else "resolved"
    begun = moment(post.text("timestamps", key))
    expected = local_day(begun, policy.data["timezone"]).isoformat() if begun else ""
    # Accents that stand as characters of their own (macOS) and vowel signs are parts of letters.
    if not _SHAPE.match("".join(char for char in post.id if not category(char).startswith("M"))):
        dated = _DAY.match(post.id)
        slug = re.sub(r"[\W_]+", "-", post.id[dated.end() if dated else 0 :].casefold()).strip("-") or "what-happened"
        help = f"git mv it to {expected or (dated and dated[1]) or 'YYYY-MM-DD'}-{slug}.md"
        yield Hit(Span(1), "the file's name has to be YYYY-MM-DD-slug.md, its slug of letters, digits, `-`, `_` and `.`", help)
    elif expected and post.id[:10] != expected:
        message = f"`timestamps.{key}` falls on {expected}, the file's name says {post.id[:10]}"
        yield Hit(post.where_value("timestamps", key), message, f"correct the time, or git mv the file to {expected}{post.id[10:]}.md")
