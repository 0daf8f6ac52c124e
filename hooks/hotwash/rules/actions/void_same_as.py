"""`same_as` leads to no change: to the file itself, or to one whose own fix is another file's or none.

`same_as` says that a change which stands elsewhere covers this incident too. Where nothing changes there, nothing changes here either, and the page
would show a fix that does not exist.

Bad:
    fix: {same_as: 2026-11-02-checkout-503}
Good:
    fix: {same_as: 2026-05-11-mail-certificate}
"""

from collections.abc import Iterator

from hotwash.archive import Archive
from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy

LEVEL = "error"


def find(post: Postmortem, policy: Policy, archive: Archive) -> Iterator[Hit]:
    other = archive.get(post.text("fix", "same_as").removesuffix(".md"))
    if other and (wrong := _wrong(post, other)):
        help = "name the file in which the change stands, or say `none: WHY` with `accepted_by: HANDLE`"
        yield Hit(post.where_value("fix", "same_as"), f"`fix.same_as` names {other.id}, {wrong}", help)


def _wrong(post: Postmortem, other: Postmortem) -> str:
    if other.id == post.id:
        return "this file itself"
    if other.text("fix", "change"):
        return ""
    if further := other.text("fix", "same_as"):
        return f"whose own fix is that of {further}"
    return "whose own fix is `none`" if other.text("fix", "none") else ""
