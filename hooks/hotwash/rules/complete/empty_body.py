"""The body holds no sentence.

The header tells what can be counted. What happened and how it was for those who were there takes words: two or three honest sentences will do.

Bad:
    ---
    title: Checkout returned 503 for 36 minutes
    status: published
    severity: P2
    ---
    ## What happened
Good:
    ---
    title: Checkout returned 503 for 36 minutes
    status: published
    severity: P2
    ---
    Orders were refused for half an hour because two services wrote the same key.
"""

from collections.abc import Iterator

from hotwash import prose
from hotwash.model import Hit, Postmortem, Span
from hotwash.policy import Policy

LEVEL = "error"
GAP = True


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    # A body that still holds its prompts is `prompt-left`'s to speak of.
    if post.status == "skipped" or not post.header or any(not prose.stays(said) for _, said in post.comments):
        return
    if not prose.speaks(post.prose):
        yield Hit(Span(post.body_line), "the body holds no sentence", "say in two or three sentences what users saw and what ended it")
