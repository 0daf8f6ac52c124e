"""The class of the root cause is not declared in the policy.

Incidents are recognised as the same by their class, so a misspelt one hides a repeat. A class that is truly new takes four lines of the policy; the
finding prints them.

Bad:
    cause: {class: cache-key-colision, what: Two services share one key space, confidence: established}
Good:
    cause: {class: cache-key-collision, what: Two services share one key space, confidence: established}
"""

from collections.abc import Iterator

from hotwash.model import UNKNOWN, Hit, Postmortem
from hotwash.policy import Policy, written
from hotwash.wording import near, shown

LEVEL = "warning"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    declared = policy.words("classes")
    for pattern in (("cause", "class"), ("cause", "also", "*")):
        for way, value in written(post, pattern):
            if isinstance(value, str) and value and value not in declared and value.casefold() != UNKNOWN:
                meant = near(value, declared)
                question = f"; did you mean `{meant}`?" if meant else ""
                yield Hit(post.where_value(*way), f"the class {shown(value)} is not declared{question}", _lines(value, post))


def _lines(slug: str, post: Postmortem) -> str:
    title = slug.replace("-", " ").capitalize()
    return (
        "to declare it, add to postmortems/policy.yml:\n"
        "classes:\n"
        f"  {slug}:\n"
        f"    title: {title}\n"
        "    category: software        # one of `causes`\n"
        "    level: execution          # one of `chain_levels`\n"
        "    label: integration-gap    # one of `labels`"
    )
