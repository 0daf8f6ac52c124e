"""Where the process itself may want a change: how incidents came to light, runbooks, postmortems left out or late, causes without a class."""

from __future__ import annotations

from collections.abc import Iterator

from hotwash.clock import spoken
from hotwash.lateness import published_late
from hotwash.need import need
from hotwash.quarter.facts import Fact, Part, Question, begun, few, ids, many, part_of, plain
from hotwash.quarter.scope import Scope

_CUSTOMER = ("customer", "partner")
_ASKED = ("required", "recommended")
_MOST = 8

_Found = tuple[Fact, Question]


def processes(scope: Scope) -> Part:
    """What the quarter says about how incidents are found, handled and written up."""
    found = [*_by_customers(scope), *_runbooks(scope), *_without_runbook(scope), *_skipped(scope), *_late(scope), *_unclassed(scope)]
    return Part("processes", "Processes to look at", "As far as the files say, nobody outside was the first to notice, the runbooks served, and no postmortem is missing or late.", tuple(few(found, lambda pair: pair[0], lambda pair: pair[0].posts[0], "more of the kind", _MOST)), tuple(question for _, question in found[:_MOST]))


def _by_customers(scope: Scope) -> Iterator[_Found]:
    told = [post for post in scope.posts if post.text("detection", "source") in _CUSTOMER]
    known = [post for post in scope.posts if post.text("detection", "source") not in ("", "unknown")]
    if told:
        find = (("quarter", scope.quarter.name), *(("source", word) for word in _CUSTOMER))
        yield (
            Fact(f"Customers or partners noticed {part_of(len(told), len(known), 'incident')} before we did.", ids(told), f"{len(told)} of {len(known)}", find),
            Question(f"Customers or partners noticed {many(len(told), 'incident')} first. Which signal would have told us?", ids(told)),
        )


def _runbooks(scope: Scope) -> Iterator[_Found]:
    """Runbooks that were at hand and did not serve."""
    for post in scope.posts:
        for _, book in post.entries("detection", "runbooks"):
            if book.get("used") is False:
                name, why = _short(book.get("ref")), plain(book.get("why") or "")
                yield (
                    Fact(f"The runbook {name} stayed closed during “{plain(post.title)}”{f': {why}' if why else ''}.", ids([post]), "not used"),
                    Question(f"What would make the runbook {name} fit a day like that of “{plain(post.title)}”, or does it not belong there?", ids([post])),
                )


def _short(ref: object) -> str:
    """A runbook as it is called: the last step of its path or address."""
    return plain(ref or "").rstrip("/").rsplit("/", 1)[-1].removesuffix(".md") or "without a name"


def _without_runbook(scope: Scope) -> Iterator[_Found]:
    answered = [post for post in scope.posts if post.status != "filed" and "timestamps.mitigated" in scope.policy.keys(post)]
    bare = [post for post in answered if not post.items("detection", "runbooks")]
    if bare:
        yield (
            Fact(f"{begun(part_of(len(bare), len(answered), 'response'))} went without a runbook.", ids(bare), f"{len(bare)} of {len(answered)}"),
            Question(f"{begun(many(len(bare), 'response'))} went without a runbook. Where would one page have helped?", ids(bare)),
        )


def _skipped(scope: Scope) -> Iterator[_Found]:
    left = [post for post in scope.calendar.skipped.get(scope.quarter, ()) if need(post, scope.policy, scope.archive) in _ASKED]
    for post in left:
        why = plain(post.text("skipped", "why"))
        yield (
            Fact(f"“{plain(post.title)}” is left without a postmortem although the policy asks for one{f': {why}' if why else ''}.", ids([post]), "not written"),
            Question(f"Does the reason for leaving “{plain(post.title)}” without a postmortem still stand, and does the policy want a change?", ids([post])),
        )


def _late(scope: Scope) -> Iterator[_Found]:
    """Publications after their day, as Git tells them."""
    out = (post for post in scope.posts if scope.history.of(post.path).published)
    told = {post.id: took for post in out if (took := published_late(post, scope.policy, scope.history, scope.as_of)) is not None}
    late = [id for id, seconds in told.items() if seconds > 0]
    if late:
        yield (
            Fact(f"{begun(part_of(len(late), len(told), 'postmortem'))} with a deadline came out after it, by up to {spoken(max(told.values()))}.", ids(late), f"{len(late)} of {len(told)}", (("quarter", scope.quarter.name), ("filed", "late"))),
            Question(f"{begun(many(len(late), 'postmortem'))} came out late. What would make writing one lighter, and is the deadline the right one?", ids(late)),
        )


def _unclassed(scope: Scope) -> Iterator[_Found]:
    bare = [post for post in scope.posts if post.status != "filed" and not scope.archive.classes(post)]
    if bare:
        yield (
            Fact(f"{begun(many(len(bare), 'published postmortem'))} name{'s' if len(bare) == 1 else ''} no class, so nobody will notice a repeat.", ids(bare), "no class"),
            Question("Which class do the causes without one belong to, and is a class missing from the policy?", ids(bare)),
        )
