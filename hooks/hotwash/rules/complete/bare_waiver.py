"""A waiver does not say why, or names no rule.

A finding may be waived where the text is right as it is. The next reader meets the waiver without the writer, so the reason stands beside it. A
waiver without one waives nothing.

Bad:
    ## Resolution

    <!-- hotwash: allow placeholder-left -->
    The page said "TBD" for two hours.
Good:
    ## Resolution

    <!-- hotwash: allow placeholder-left: the customer's page is quoted -->
    The page said "TBD" for two hours.
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem, Span
from hotwash.policy import Policy

LEVEL = "error"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for waiver in post.waivers:
        if not waiver.rule:
            yield Hit(Span(waiver.line), "the waiver names no rule", "write `hotwash: allow RULE: reason`")
        elif not waiver.reason:
            yield Hit(Span(waiver.line), f"the waiver of `{waiver.rule}` gives no reason, so it waives nothing", f"write `hotwash: allow {waiver.rule}: reason`")
