"""An earlier postmortem looks like this one, and neither is linked to the other.

A repeat that was classed anew, or not classed yet, is found by no class. Services, trigger, watched paths and words may still show it. It is a question,
asked once, before the file is published: is it the same flaw?

Bad:
    title: Carts showed the contents of other carts after a flush
    services: [cart, cache]
    cause: {class: unknown, what: "cart and search wrote one key, and the later writer won", confidence: likely}
Good:
    title: Carts showed the contents of other carts after a flush
    services: [cart, cache]
    cause: {class: unknown, what: "cart and search wrote one key, and the later writer won", confidence: likely}
    related: {postmortems: [2026-02-03-cart-mixed-up]}
"""

from collections.abc import Iterator
from datetime import date

from hotwash.archive import Archive
from hotwash.model import Hit, Postmortem
from hotwash.past import History
from hotwash.policy import Policy
from hotwash.recurrence import LIVE
from hotwash.similar import STRONG, Like, linked, similar, suggested, weigh

LEVEL = "info"
_ASKED = 5
"""Neighbours that are looked at; those that are linked or of the same class take none of the places of the others."""


def find(post: Postmortem, policy: Policy, archive: Archive, history: History, as_of: date) -> Iterator[Hit]:
    # Where the past is not known, a file that was published long ago would be asked again and again.
    if post.status not in LIVE or not history.complete or history.of(post.path).published:
        return
    likes = similar(post, archive, weigh(archive, policy), _ASKED)
    strangers = [like for like in likes if like.score >= STRONG and not _known(post, like, archive)]
    if strangers:
        nearest, fits = strangers[0], suggested(post, likes, archive)
        reasons = "; ".join(map(str, nearest.reasons))
        same = f"write `cause.class: {fits.slug}`" if fits else "give it the same class"
        help = f"is it the same flaw? then {same} and name it under `recurrence_of`; if it is only a relative, name it under `related.postmortems`"
        yield Hit(post.where_value("title"), f"looks like {nearest.post.id} ({reasons})", help)


def _known(post: Postmortem, like: Like, archive: Archive) -> bool:
    """Whether somebody has seen the likeness: a link in either direction, or a class that both bear, of which another rule speaks."""
    return like.post.id in linked(post) or post.id in linked(like.post) or bool(set(archive.classes(post)) & set(archive.classes(like.post)))
