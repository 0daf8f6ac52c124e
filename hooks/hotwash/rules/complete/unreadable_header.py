"""The header, or the whole file, cannot be read.

Everything the archive knows of an incident comes from its header, so a file whose header cannot be read is missing from the index, from the
recurrences and from what is owed, without anybody noticing. It is the one finding that stops a stub, too. The rest of the file is still checked.

Bad:
    title: Checkout returned 503
    title: Checkout returned 502
Good:
    title: Checkout returned 503 for 36 minutes
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy

LEVEL = "error"
ALWAYS = True


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for problem in post.problems:
        yield Hit(problem.span, problem.message, problem.help)
