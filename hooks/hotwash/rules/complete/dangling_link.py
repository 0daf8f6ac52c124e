"""A link to another postmortem leads nowhere.

Links between postmortems are how a reader walks from one incident to the one before. A renamed file breaks them silently; here it does not.

Bad:
    related: {postmortems: [2026-01-01-no-such-file]}
Good:
    related: {postmortems: []}
"""

from collections.abc import Iterator

from hotwash.archive import Archive
from hotwash.model import Hit, Postmortem, Span
from hotwash.policy import Policy, written
from hotwash.wording import key_name, near

LEVEL = "error"


def find(post: Postmortem, policy: Policy, archive: Archive) -> Iterator[Hit]:
    for place, name, id in _links(post):
        if archive.get(id) is None:
            meant = near(id, archive.posts)
            help = f"did you mean {meant}?" if meant else "an id is a file's name in postmortems/ without .md"
            yield Hit(place, f"{name} leads to {id}, and there is no such postmortem", help)


def _links(post: Postmortem) -> Iterator[tuple[Span, str, str]]:
    for pattern in (("related", "postmortems", "*"), ("fix", "same_as")):
        for way, value in written(post, pattern):
            if isinstance(value, str) and value:
                yield post.where_value(*way), f"`{key_name(way)}`", value.removesuffix(".md")
    for span, id in post.links:
        yield span, "the link", id
