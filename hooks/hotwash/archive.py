"""The set of postmortems: by id, by class, by path; and the few facts by which one that was read before is remembered."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from hotwash.clock import moment
from hotwash.model import UNKNOWN, Postmortem, Section, Span

_FACTS: Mapping[str, tuple[str, ...]] = {
    "title": (),
    "status": (),
    "cause": ("class", "also"),
    "timestamps": ("started", "resolved"),
    "fix": ("change", "same_as", "none", "state", "due", "closed"),
    "actions": ("id", "state"),
    "recurrence_of": (),
    "related": ("postmortems",),
}
"""What rules of archive reach may read of a header; the cache keeps no more."""
AUDIENCES = {"public": ("public",), "internal": ("public", "internal"), "restricted": ("public", "internal", "restricted")}
"""Who a build is for, and the `visibility` of what it carries."""


class Archive(NamedTuple):
    """All postmortems of a project, by id, and what leads to them. Order is by id, which is by day."""

    posts: Mapping[str, Postmortem]
    by_class: Mapping[str, tuple[Postmortem, ...]]
    by_path: Mapping[str, Postmortem]
    order: Mapping[str, tuple[str, str]]
    """What incidents are ordered by (see `began`), by id: computed once, compared often."""
    merged: Mapping[str, str] = {}
    """Classes that were merged into others, and what they count as."""

    def get(self, id: str) -> Postmortem | None:
        """The postmortem with this id."""
        return self.posts.get(id)

    def unread(self) -> list[str]:
        """A line for each file whose header cannot be read: what it owes nobody can tell."""
        return [f"{post.path}:{post.problems[0].span.line}: {post.problems[0].message}; left out" for post in self.by_path.values() if post.problems]

    def of_class(self, slug: str) -> tuple[Postmortem, ...]:
        """The incidents of a class, oldest first, those that count in it as their second class included."""
        return self.by_class.get(self.merged.get(slug, slug), ())

    def classes(self, post: Postmortem) -> list[str]:
        """The classes that a postmortem counts in, its own first, merged ones under the name that counts now."""
        return list(dict.fromkeys(self.merged.get(slug, slug) for slug in classes(post)))


def gather(posts: Iterable[Postmortem], merged: Mapping[str, str] = {}) -> Archive:
    """Make an archive of postmortems. Where two files bear one id, the first path wins.

    Args:
        posts: the postmortems, in any order.
        merged: classes that were merged, and what they count as: the policy's `merged`.
    """
    by_id: dict[str, Postmortem] = {}
    by_path = {post.path: post for post in sorted(posts, key=lambda post: (post.id, post.path))}
    for post in by_path.values():
        by_id.setdefault(post.id, post)
    order = {post.id: began(post) for post in by_id.values()}
    archive = Archive(by_id, {}, by_path, order, merged)
    by_class: dict[str, list[Postmortem]] = {}
    for post in sorted(by_id.values(), key=lambda post: order[post.id]):
        for slug in archive.classes(post):
            by_class.setdefault(slug, []).append(post)
    return archive._replace(by_class={slug: tuple(found) for slug, found in by_class.items()})


def for_audience(archive: Archive, audience: str) -> Archive:
    """The archive as an audience may see it. Nothing that is made from it knows of the rest.

    A postmortem that does not say is `internal`; one that says something else, or whose header cannot be read, may be seen by those alone who see all.
    """
    allowed = AUDIENCES[audience]
    seen = [post for post in archive.by_path.values() if _visibility(post) in allowed]
    return gather(seen, archive.merged) if len(seen) < len(archive.by_path) else archive


def _visibility(post: Postmortem) -> str:
    said = "restricted" if post.problems else post.get("visibility") or "internal"
    return said if isinstance(said, str) and said in AUDIENCES else "restricted"


def classes(post: Postmortem) -> list[str]:
    """The classes that a postmortem names, its own first. `unknown` is none: two causes that nobody knows are not the same."""
    named = [post.text("cause", "class"), *(word for word in post.items("cause", "also") if isinstance(word, str))]
    return list(dict.fromkeys(slug for slug in named if slug and slug.casefold() != UNKNOWN))


def began(post: Postmortem) -> tuple[str, str]:
    """What incidents of one class are ordered by: the moment in UTC, or the day in the id, then the id."""
    start = moment(post.text("timestamps", "started")) or moment(post.text("timestamps", "resolved"))
    return (start.isoformat() if start else post.id[:10], post.id)


def facts(post: Postmortem) -> str:
    """What is kept of a postmortem, as JSON: enough for every rule of archive reach to tell whether it has something to say."""
    header = {key: _part(post.header[key], names) for key, names in _FACTS.items() if key in post.header}
    return json.dumps([header, [section.title for section in post.sections], [id for _, id in post.links]], ensure_ascii=False)


def recall(kept: Iterable[tuple[str, str]]) -> list[Postmortem]:
    """Postmortems from what was kept of them: path and facts. They have no positions, no body, and only the facts of their header."""
    pairs = list(kept)
    remembered = json.loads(f"[{','.join(text for _, text in pairs)}]")
    return [_recalled(path, *parts) for (path, _), parts in zip(pairs, remembered, strict=True)]


def _recalled(path: str, header: dict[str, Any], titles: list[str], links: list[str]) -> Postmortem:
    nowhere = Span(1)
    sections = tuple(Section(title, 2, nowhere, "", "") for title in titles)
    return Postmortem(path, header=header, sections=sections, links=tuple((nowhere, id) for id in links))


def _part(value: Any, names: tuple[str, ...]) -> Any:
    if isinstance(value, dict) and names:
        return {name: value[name] for name in names if name in value}
    return [_part(item, names) for item in value] if isinstance(value, list) else value
