"""`recurrence_of` names a postmortem that is not there.

A link that leads nowhere is a repeat that nobody can follow up.

Bad:
    recurrence_of: [2026-02-03-cart-mixed-upp]

    ## Why the earlier fix did not hold

    The contract test matched no file.
Good:
    recurrence_of: [2026-02-03-cart-mixed-up]

    ## Why the earlier fix did not hold

    The contract test matched no file.
"""

from collections.abc import Iterator

from hotwash.archive import Archive
from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.wording import near, shown

LEVEL = "error"


def find(post: Postmortem, policy: Policy, archive: Archive) -> Iterator[Hit]:
    for index, value in enumerate(post.items("recurrence_of")):
        id = value.removesuffix(".md") if isinstance(value, str) else ""
        if id and archive.get(id) is None:
            bare = id.rsplit("/", 1)[-1]
            meant = bare if archive.get(bare) else near(id, archive.posts)
            help = f"did you mean {meant}?" if meant else "an id is a file's name in postmortems/ without .md"
            yield Hit(post.where_value("recurrence_of", index), f"`recurrence_of` names {shown(id)}, and there is no such postmortem", help)
