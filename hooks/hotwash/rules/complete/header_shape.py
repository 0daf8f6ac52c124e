"""A key of the header is not one hotwash knows, or its value has the wrong shape.

The schema is static: it fixes which keys there are and what shape their values have. A misspelt key is worse than a missing one, because the
writer believes the fact is on record. Keys that begin with `x-` are yours and never judged; other unknown keys are kept untouched and reported.

Bad:
    severty: P1
Good:
    severity: P1
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.shape import misshapen

LEVEL = "error"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    yield from misshapen(post.header, policy.schema, lambda way: post.where(*way), lambda way: post.where_value(*way))
