"""The set of postmortems: by id, by class, by service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hotwash.clock import moment
from hotwash.model import Postmortem


class Archive(NamedTuple):
    """All postmortems of a project, by id, and what leads to them. Order is by id, which is by day."""

    posts: Mapping[str, Postmortem]
    by_class: Mapping[str, tuple[Postmortem, ...]]

    def get(self, id: str) -> Postmortem | None:
        """The postmortem with this id."""
        return self.posts.get(id)

    def of_class(self, slug: str) -> tuple[Postmortem, ...]:
        """The incidents of a class, oldest first, those that count in it as their second class included."""
        return self.by_class.get(slug, ())


def gather(posts: Iterable[Postmortem]) -> Archive:
    """Make an archive of postmortems. Where two files bear one id, the first path wins."""
    by_id: dict[str, Postmortem] = {}
    for post in sorted(posts, key=lambda post: (post.id, post.path)):
        by_id.setdefault(post.id, post)
    by_class: dict[str, list[Postmortem]] = {}
    for post in by_id.values():
        for slug in classes(post):
            by_class.setdefault(slug, []).append(post)
    return Archive(by_id, {slug: tuple(sorted(found, key=began)) for slug, found in by_class.items()})


def classes(post: Postmortem) -> list[str]:
    """The classes that a postmortem counts in, its own first."""
    named = [post.text("cause", "class"), *(word for word in post.items("cause", "also") if isinstance(word, str))]
    return list(dict.fromkeys(slug for slug in named if slug))


def began(post: Postmortem) -> tuple[str, str]:
    """What incidents of one class are ordered by: the day in the id, then the moment in UTC, then the id."""
    start = moment(post.text("timestamps", "started")) or moment(post.text("timestamps", "resolved"))
    return (start.isoformat() if start else post.id[:10], post.id)
