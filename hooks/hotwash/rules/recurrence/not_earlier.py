"""`recurrence_of` names the postmortem itself, a later one, or one of another class.

Recurrences run backwards in time within a class. A related incident of another class is linked under `related.postmortems`, or shares a class
through `cause.also`.

Bad:
    recurrence_of: [2026-11-02-checkout-503]
Good:
    recurrence_of: []
"""

from collections.abc import Iterator

from hotwash.archive import Archive, began
from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.wording import listed

LEVEL = "error"


def find(post: Postmortem, policy: Policy, archive: Archive) -> Iterator[Hit]:
    mine = began(post)
    for index, value in enumerate(post.items("recurrence_of")):
        other = archive.get(str(value).removesuffix(".md"))
        if other and (wrong := _wrong(post, other, archive, later=archive.order[other.id] >= mine)):
            yield Hit(post.where_value("recurrence_of", index), f"`recurrence_of` names {other.id}, {wrong}", "move it to `related.postmortems`, or correct the class")


def _wrong(post: Postmortem, other: Postmortem, archive: Archive, *, later: bool) -> str:
    if other.id == post.id:
        return "this file itself"
    if later:
        return "which began later"
    mine, theirs = archive.classes(post), archive.classes(other)
    if mine and theirs and not set(mine) & set(theirs):
        return f"whose class is {listed(theirs)}"
    return ""
