"""The class was merged into another one.

Two names for one flaw hide a repeat, so the policy merges them: an old postmortem may keep its word, and is counted under the new one. A new
postmortem best names the class that counts.

Bad:
    cause: {class: cart-mix-up, what: Two services share one key space, confidence: established}
Good:
    cause: {class: cache-key-collision, what: Two services share one key space, confidence: established}
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy, written

LEVEL = "info"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for pattern in (("cause", "class"), ("cause", "also", "*")):
        for way, value in written(post, pattern):
            if isinstance(value, str) and value in policy.merged:
                yield Hit(post.where_value(*way), f"the class `{value}` was merged into `{policy.merged[value]}`", f"write `{policy.merged[value]}`; it is counted there already")
