"""Everything as an audience may see it: the one cut that every door makes before it writes what others will read.

`restricted` sees all. `internal` does not see restricted postmortems, and the rest as it is written. `public` sees published postmortems that say
`visibility: public`, each reduced to what concerns the public.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from hotwash.archive import Archive, for_audience, gather
from hotwash.audience import words
from hotwash.audience.mentions import Hidden, refuse_in_policy, unnamed, why
from hotwash.audience.names import Names
from hotwash.audience.reduced import past, pictured, reduced, told, without
from hotwash.model import KeyPath, Span
from hotwash.past import History
from hotwash.policy import Policy

_PUBLISHED = ("published", "retired", "skipped")
"""What the public sees: a stub holds notes of the night that nobody has read over yet."""


class Shown(NamedTuple):
    """What an audience may see, and nothing else."""

    archive: Archive
    policy: Policy
    history: History
    pictures: frozenset[str]
    """Of the pictures that are there, those that a body shows; relative to the root."""
    hidden: Hidden
    """What it does not see, for those who have more texts to look through."""
    unread: tuple[str, ...] = ()
    """A line for each file whose header cannot be read: for whoever makes the build, and never part of it."""

    def notes(self) -> tuple[str, ...]:
        """What the one who writes this for others should know: what Git does not know here, and which files are not in it."""
        return (*filter(None, [self.history.note]), *self.unread)


def shown(
    archive: Archive, policy: Policy, history: History, audience: str, *, shipped: Mapping[str, Any], pictures: Iterable[str] = (),
    places: Mapping[KeyPath, Span] | None = None,
) -> Shown:
    """Cut everything down to an audience.

    Args:
        archive: all postmortems.
        policy: the team's policy.
        history: what Git knows of them.
        audience: `public`, `internal` or `restricted`.
        shipped: the policy that hotwash ships, whose words say nothing of a team.
        pictures: all pictures beside the postmortems, relative to the root.
        places: where each key of the team's policy stands.

    Raises:
        Failure: something that the audience would see names a postmortem that it does not see, or holds a word that the policy forbids; with path and line.
    """
    seen = for_audience(archive, audience)
    public = audience == "public"
    if public:
        seen = gather((post for post in seen.by_path.values() if post.status in _PUBLISHED), archive.merged)
    aside = [post for post in archive.by_path.values() if post.path not in seen.by_path]
    hidden = Hidden({post.id: why(post, audience) for post in aside}, seen.posts)
    posts = [unnamed(post, hidden, audience) for post in seen.by_path.values()] if hidden else list(seen.by_path.values())
    kept, cut = frozenset(pictures), policy
    names = Names(policy.data, archive.by_path.values()) if public else None
    if names:
        posts = [reduced(post, policy, names, seen, kept) for post in posts]
    if hidden or public:
        secret = frozenset[str]() if public else words.secret(policy, posts, aside)
        cut = words.cut(policy, words.used(posts, policy), words.used(aside, policy), shipped, public=public, secret=secret)
        cut = told(cut, policy, names, shipped, places or {}) if names else cut
        refuse_in_policy(cut.data, hidden, places or {}, audience)
    left = gather(posts, cut.merged)
    return Shown(left, cut, past(history, left) if public else without(history, left, frozenset(post.path for post in aside)), frozenset(pictured(left, kept)), hidden, tuple(archive.unread()))


