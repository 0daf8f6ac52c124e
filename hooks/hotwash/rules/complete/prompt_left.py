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

import re
from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.wording import short

LEVEL = "error"
GAP = True
_MEANT = re.compile(r"(note|hotwash|expect|vale|spellchecker|cspell)\s*:|(markdownlint|prettier|textlint|alex|vale|cspell|spell|toc|more)\b", re.IGNORECASE)


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for span, said in post.comments:
        if said and not _MEANT.match(said):
            yield Hit(span, f"a prompt is left here: \"{short(said.removeprefix('prompt:'))}\"", "answer it and delete the comment, or begin it with `note:`")
