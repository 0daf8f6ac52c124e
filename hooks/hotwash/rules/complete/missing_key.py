"""A key of the header that this postmortem's template asks for is not there.

The keys asked for follow the severity and the kind: a light postmortem needs a handful. A fact that stands in the header is searched, counted and
compared; the same fact in a sentence is not.

Bad:
    severity: P2
    services: []
Good:
    severity: P2
    services: [checkout]
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.wording import listed

LEVEL = "error"
GAP = True


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    if not post.header:
        return
    missing: dict[tuple[str, ...], list[str]] = {}
    for asked in policy.keys(post):
        ways = [tuple(key.split(".")) for key in asked.split("|")]
        if not any(_written(post, way) for way in ways):
            parent = _nearest(post, ways[0][:-1])
            missing.setdefault(parent, []).append(" or ".join(".".join(way[len(parent) :]) for way in ways))
    for parent, names in missing.items():
        inside = f"`{'.'.join(parent)}` lacks" if parent else "the header lacks"
        yield Hit(post.where(*parent), f"{inside} {listed(names, last='and', most=20)}", _help(post, policy))


def _nearest(post: Postmortem, parent: tuple[str, ...]) -> tuple[str, ...]:
    """The nearest parent that is written: what lacks a place of its own is said in one finding, since there is one a position."""
    while parent and parent not in post.keys:
        parent = parent[:-1]
    return parent


def _written(post: Postmortem, way: tuple[str, ...]) -> bool:
    value = post.get(*way)
    return value not in (None, "", {}) and not (value == [] and way[-1] in _NEVER_EMPTY)


_NEVER_EMPTY = frozenset({"services", "criteria"})
"""Lists that say nothing when they are empty; the others may truthfully be (`runbooks: []`)."""


def _help(post: Postmortem, policy: Policy) -> str:
    if post.status == "skipped":
        return "a skipped postmortem keeps its reason and who decided"
    severity = policy.severity(post) or "this severity"
    return f"the {policy.template(post)} template of {severity} asks for it; `unknown` will do until publication"
