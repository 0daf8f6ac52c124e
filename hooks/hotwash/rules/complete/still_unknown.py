"""A value still says `unknown` although the postmortem is published.

While it is being written, every number, time and person may be unknown: better than a guess. At publication the review has looked at it, and what
nobody could find out is said in a sentence of the body, and waived on its line: `acknowledged: unknown  # hotwash: allow still-unknown: REASON`. Only
the impact may stay unknown for good without a word.

Bad:
    timestamps:
      started: unknown
      resolved: 2026-11-02T14:37:00Z
Good:
    timestamps:
      started: 2026-11-02T13:55:00Z
      resolved: 2026-11-02T14:37:00Z
"""

from collections.abc import Iterator

from hotwash.model import UNKNOWN, Hit, KeyPath, Postmortem
from hotwash.policy import Policy
from hotwash.wording import key_name

LEVEL = "error"
GAP = True
_MAY_STAY = frozenset({("cause", "confidence"), ("cause", "class"), ("detection", "source"), ("trigger", "kind")})


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    if post.status == "filed":
        return
    for way, text in post.texts:
        if text == UNKNOWN and not _may_stay(way):
            key = next((str(step) for step in reversed(way) if isinstance(step, str)), "")
            help = f"ask in the review; where nobody can tell, say so in the body and write `{key}: unknown  # hotwash: allow still-unknown: REASON`"
            yield Hit(post.where_value(*way), f"`{key_name(way)}` is still unknown", help)


def _may_stay(way: KeyPath) -> bool:
    return way in _MAY_STAY or way[0] == "impact" or str(way[0]).startswith("x-")
