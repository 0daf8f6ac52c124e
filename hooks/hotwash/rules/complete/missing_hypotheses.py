"""The cause is disputed or unknown, and no hypotheses are given.

An honest "we do not know" beats a confident guess, if the next reader can go on from there: each hypothesis with what speaks for and what speaks
against it. The structural fix then adds detection or automation, so that the next time tells more than this one did.

Bad:
    cause: {class: cache-key-collision, what: Two explanations fit the graphs, confidence: disputed}
Good:
    cause: {class: cache-key-collision, what: Two explanations fit the graphs, confidence: disputed}

    ## Hypotheses

    **The cache evicted early.** For: the eviction counter rose at 13:54. Against: it rose by 2 % only.

    **The prefix collided.** For: both services logged the same key. Against: no trace has the second write.
"""

import re
from collections.abc import Iterator

from hotwash.model import Hit, Postmortem, Section
from hotwash.policy import Policy

LEVEL = "error"
GAP = True
_LEAD = r"(?:^|[.!?;|]|\n)[\s*_>|#-]*(?:what |evidence |speaks |speaking |which )*"
_FOR, _AGAINST = r"(?:for|supports?|supporting|in favou?r|pro)\b", r"(?:against|contradicts?|contradicting|con|contra)\b"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    confidence = post.text("cause", "confidence")
    if confidence not in ("disputed", "unknown"):
        return
    place = post.where_value("cause", "confidence")
    section = next((section for section in post.sections if "hypotheses" in policy.sections_named(section.title)), None)
    if section is None:
        title = policy.title("sections", "hypotheses")
        yield Hit(place, f"the cause is {confidence}, and no hypotheses are given", f"add `## {title}`, each with its evidence for and against")
    elif not _weighed(section):
        yield Hit(section.span, "the hypotheses do not say what speaks for and what against each", "write \"For: ...\" and \"Against: ...\" below each")
    if post.text("fix", "none"):
        help = "let the fix add detection or automation that would tell the hypotheses apart"
        yield Hit(post.where("fix", "none"), f"the cause is {confidence} and there is no structural fix", help)


def _weighed(section: Section) -> bool:
    """Whether evidence is led in on both sides, as often against as hypotheses are told apart by headings of their own.

    "For:" and "Against:" count where they open a sentence, an item or a cell: in running text the two words say little.
    """
    sides = [len(re.findall(_LEAD + side, section.text, re.IGNORECASE)) for side in (_FOR, _AGAINST)]
    apart = len(re.findall(r"^#{2,6}\s", section.text, re.MULTILINE))
    return min(sides) >= max(1, apart)
