"""A section that hotwash knows says nothing below its heading.

An empty section tells the reader that something was meant to be said. So does one that holds a comment, a picture without a word, or a filler such as
`N/A` or "to be written". Where there is nothing to say, the heading goes too.

Bad:
    ## Lessons

    ## Resolution

    The prefix was rolled back.
Good:
    ## Lessons

    The contract test takes four seconds, which nobody had expected.
"""

from collections.abc import Iterator

from hotwash import prose
from hotwash.model import Hit, Postmortem, Section
from hotwash.policy import Policy

LEVEL = "error"
GAP = True


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    asked = set(policy.section_ids(post))
    for section in post.sections:
        names = policy.sections_named(section.title)
        # A label in bold is a heading only where a section is asked for.
        if names and (section.level < 7 or names & asked) and not prose.speaks(section.text) and not _prompted(section):
            said = "says nothing" if section.text.strip() else "is empty"
            yield Hit(section.span, f"the section \"{section.title}\" {said}", "say it in a sentence, or delete the heading")


def _prompted(section: Section) -> bool:
    """Whether it still holds its prompt, which is `prompt-left`'s to speak of."""
    return any(not prose.stays(said) for _, said in prose.comments(section.text))
