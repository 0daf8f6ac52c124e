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

from hotwash.draft import allowed, is_known, skeleton
from hotwash.model import Hit, Postmortem, Span
from hotwash.policy import Policy
from hotwash.wording import near

LEVEL = "error"
GAP = True


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    if not post.header:
        return
    missing: dict[Span, list[str]] = {}
    for asked in policy.keys(post):
        ways = [tuple(key.split(".")) for key in asked.split("|")]
        if any(_filled(post, way) for way in ways):
            continue
        there = next((way for way in ways if way in post.keys), None)
        if there:
            yield Hit(post.where(*there), f"`{'.'.join(there)}` is not filled in", f"{_asks(post, policy, asked)}; {_means(allowed(there, policy))}")
        elif not any(_misspelt(post, policy, way) for way in ways):
            missing.setdefault(post.where(*ways[0][:-1]), []).append(asked)
    for place, keys in missing.items():
        parent = _parent(post, keys[0])
        inside = f"`{parent}` lacks" if parent else "the header lacks"
        names = [key.replace(f"{parent}.", "") if parent else key for key in keys]
        under = f" under `{parent}`" if parent else ""
        lines = skeleton(keys, policy)[1 if parent else 0 :]
        yield Hit(place, f"{inside} {_listed(names)}", "\n".join([f"{_asks(post, policy, keys[0])}; add{under}:", *lines]))


def _parent(post: Postmortem, key: str) -> str:
    """The longest part of the way to a key that is written; empty where its first step is not."""
    *way, _ = key.partition("|")[0].split(".")
    while way and tuple(way) not in post.keys:
        way.pop()
    return ".".join(way)


def _listed(names: list[str]) -> str:
    """Names with their common parents said once: `trigger` (`kind`, `what`)."""
    grouped: dict[str, list[str]] = {}
    for name in names:
        first, _, rest = name.partition(".")
        grouped.setdefault(first, []).extend([rest.replace(f"|{first}.", " or ")] if rest else [])
    shown = [f"`{first}` ({', '.join(rest)})" if rest else f"`{first}`" for first, rest in grouped.items()]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def _filled(post: Postmortem, way: tuple[str, ...]) -> bool:
    value = post.get(*way)
    value = value.strip() if isinstance(value, str) else value
    return value not in (None, "", {}) and not (value == [] and way[-1] in _NEVER_EMPTY)


_NEVER_EMPTY = frozenset({"services", "criteria", "factors"})
"""Lists that say nothing when they are empty; the others may truthfully be (`runbooks: []`)."""


def _misspelt(post: Postmortem, policy: Policy, way: tuple[str, ...]) -> bool:
    """Whether a key stands there that was meant as this one: `header-shape` speaks of it, and one finding is enough."""
    siblings = (key for key in post.keys if len(key) == len(way) and key[:-1] == way[:-1])
    return any(near(str(key[-1]), way[-1:]) and not is_known(tuple(map(str, key)), policy) for key in siblings)


def _asks(post: Postmortem, policy: Policy, key: str) -> str:
    if post.status == "skipped":
        return "a skipped postmortem keeps its reason and who decided"
    later = "; `unknown` will do until publication" if post.status == "filed" else ""
    if not later and key.startswith(("timestamps", "roles")):
        later = "; where nobody can tell, `unknown  # hotwash: allow still-unknown: REASON` will do"
    return f"the {_asking(post, policy)} asks for it{later}"


def _asking(post: Postmortem, policy: Policy) -> str:
    """What asks: the template, by what it was chosen."""
    kind = policy.words("kinds").get(post.text("kind")) or {}
    chosen = f"kind `{post.text('kind')}`" if kind.get("template") else policy.severity(post)
    return f"{policy.template(post)} template" + (f" of {chosen}" if chosen else "")


def _means(words: str) -> str:
    return f"write {words}" if " | " in words else f"its meaning: {words[:1].lower()}{words[1:]}"
