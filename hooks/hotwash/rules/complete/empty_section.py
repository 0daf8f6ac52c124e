"""A section that hotwash knows has nothing below its heading.

An empty section tells the reader that something was meant to be said. Where there is nothing to say, the heading goes too.

Bad:
    ## Lessons

    ## Resolution

    The prefix was rolled back.
Good:
    ## Lessons

    The contract test takes four seconds, which nobody had expected.
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy

LEVEL = "error"
GAP = True


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for section in post.sections:
        known = section.level < 7 and policy.sections_named(section.title)
        # A section that still holds its prompt is `prompt-left`'s to speak of.
        if known and not section.text.strip():
            yield Hit(section.span, f"the section \"{section.title}\" is empty", "say it in a sentence, or delete the heading")
