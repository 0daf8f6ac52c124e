"""A prompt of the template, or another comment, is left in the body.

A reader of the page never sees a comment, so in a published postmortem it is either a question nobody answered or an answer nobody can read.
A comment meant for the next editor begins with `note:`; those of tools (`hotwash: allow ...`, `markdownlint-disable`) stay.

Bad:
    ## Resolution

    <!-- prompt: What ended the impact? -->
    The prefix was rolled back.
Good:
    ## Resolution

    The prefix was rolled back. <!-- note: graphs are kept in the review's folder -->
"""

from collections.abc import Iterator

from hotwash import prose
from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.wording import short

LEVEL = "error"
GAP = True


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for span, said in post.comments:
        if not prose.stays(said):
            yield Hit(span, f"a prompt is left here: \"{short(said.removeprefix('prompt:'))}\"", "answer it and delete the comment, or begin it with `note:`")
