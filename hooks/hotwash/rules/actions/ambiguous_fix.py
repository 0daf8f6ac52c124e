"""More than one answer is given to what the structural fix is.

A fix is a change, or another file's (`same_as`), or none. Two at once leave open which of them is meant to hold. Surplus ideas go to `parked`.

Bad:
    fix: {change: contract test for key prefixes, none: too costly, accepted_by: "@checkout-po"}
Good:
    fix: {none: too costly for a service that is switched off in December, accepted_by: "@checkout-po"}
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.wording import listed

LEVEL = "error"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    ways = [way for way in ("change", "same_as", "none") if post.text("fix", way)]
    if len(ways) > 1:
        yield Hit(post.where("fix", ways[1]), f"the fix says {listed(ways, last='and')} at once", "keep one; surplus ideas go to `parked`")
