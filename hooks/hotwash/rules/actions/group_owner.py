"""The owner is a group.

What everybody owns, nobody does: an owner is one person's handle. The team may still do the work; the owner is who says whether it is done.

Bad:
    fix:
      change: contract test that fails when two services write the same key prefix
      owner: "@team-cache"
      due: 2026-11-16
Good:
    fix:
      change: contract test that fails when two services write the same key prefix
      owner: "@cache-lead"
      due: 2026-11-16
"""

from collections.abc import Iterator

from hotwash.model import UNKNOWN, Hit, Postmortem
from hotwash.policy import Policy, written
from hotwash.wording import key_name, listed, shown

LEVEL = "error"
_WORDS = frozenset((
    "team", "teams", "squad", "squads", "group", "groups", "guild", "guilds", "chapter", "chapters", "tribe", "everyone", "everybody", "all", "and", "we", "us",
    "committee", "department", "staff", "devs", "developers", "engineers", "engineering", "ops", "sres",
))  # fmt: skip
_SIGNS = frozenset("/,;&")
_ROLES = frozenset((
    "lead", "leader", "manager", "owner", "head", "captain", "po", "tl", "em", "pm", "oncall", "engineer", "developer", "director", "architect", "officer", "commander", "vp",
))  # fmt: skip
"""Last words of a handle that make it one person's, whatever stands before: `@payments-team-lead`."""

_OWNERS = (("fix", "owner"), ("fix", "accepted_by"), ("actions", "*", "owner"), ("actions", "*", "accepted_by"))


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for pattern in _OWNERS:
        for way, value in written(post, pattern):
            if isinstance(value, str) and value not in (UNKNOWN, "") and _is_group(value, policy):
                yield Hit(post.where_value(*way), f"`{key_name(way)}` is {shown(value)}, a group", _help(value, policy))


def _is_group(owner: str, policy: Policy) -> bool:
    people = policy.data.get("people", ())
    return owner not in people and (owner in policy.words("teams") or _reads_as_group(owner))


def _reads_as_group(owner: str) -> bool:
    words = "".join(char if char.isalnum() else " " for char in owner.casefold()).split()
    if owner.startswith("#") or not _SIGNS.isdisjoint(owner) or " @" in owner or "and" in words:
        return True
    if "of" in words[1:] and words[words.index("of") - 1] in _ROLES:
        return False
    if words and (words[-1] in _ROLES or words[-1].isdigit() or words[-2:] == ["on", "call"]):
        return False
    return not _WORDS.isdisjoint(words) or any(word.endswith("team") and word != "steam" for word in words)


def _help(owner: str, policy: Policy) -> str:
    members = policy.words("teams").get(owner)
    return f"name one of {listed(members)}" if members else "name the one person who will say whether it is done"
