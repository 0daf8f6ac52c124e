"""How each structural fix stood from its incident on: the days on which its verdict turned, worked out once for all quarters."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from hotwash.archive import Archive
from hotwash.clock import day, moment
from hotwash.lesson import day_of
from hotwash.model import Postmortem
from hotwash.past import History
from hotwash.policy import Policy
from hotwash.recurrence import LIVE, Verdict, later, same_as, started, verdict

Turns = Mapping[str, tuple[tuple[date, Verdict], ...]]
"""By id, the days on which the verdict became another, oldest first, each with the verdict from then on. A fix that is another's stands with that one."""
_ROUNDS = 3
"""A fix can be missing at one repeat, be done, and fail at another: more often a verdict does not turn because of repeats."""


class Turn(NamedTuple):
    """What became of one fix in a stretch of time. `before` is None where its incident had not happened yet; `day` is that of the last turn."""

    post: Postmortem
    day: date
    before: Verdict | None
    after: Verdict

    @property
    def turned(self) -> bool:
        """Whether it stands otherwise than before."""
        return self.before is None or self.before.word != self.after.word


def turns(archive: Archive, policy: Policy, history: History, as_of: date, verdicts: Mapping[str, Verdict] | None = None) -> Turns:
    """What became of every fix up to a day. Verdicts of that day that are known already spare the work of judging again."""
    return {post.id: tuple(_story(post, archive, policy, history, as_of, (verdicts or {}).get(post.id))) for post in archive.posts.values() if post.status in LIVE and post.text("fix", "change") and not same_as(post)}


def within(known: Turns, archive: Archive, first: date, last: date) -> Iterator[Turn]:
    """How each fix stood on the eve of a stretch of days and at its end, oldest incident first."""
    for id, story in known.items():
        before = turn = None
        for turned, found in story:
            if turned > last:
                break
            before, turn = found if turned < first else before, (turned, found)
        if turn:
            yield Turn(archive.posts[id], turn[0], before, turn[1])


def _story(post: Postmortem, archive: Archive, policy: Policy, history: History, as_of: date, last: Verdict | None) -> Iterator[tuple[date, Verdict]]:
    def judged(when: date) -> Verdict:
        known = _known(history, path, when) if path in history.gone else history
        return verdict(post, archive, policy, known, when, (other for began, other in repeats if began <= when))

    path, first = post.text("fix", "artefact", "path"), day_of(post)
    if not first or first > as_of:
        return
    closed, gone = day(post.text("fix", "closed")), moment(history.gone.get(path, ""))
    if post.text("fix", "state") == "wont-do":
        yield first, Verdict("pending")
        yield max(closed or first, first), Verdict("dropped")
        return
    repeats = [(start.date(), other) for other in later(post, archive, as_of) if (start := started(other))]
    last = last or judged(as_of)
    days = {first, closed or first, gone.date() if gone else first, *_repeats(judged, archive, last)}
    if days == {first} and last.word == "pending":  # nothing has happened since
        yield first, last
        return
    word = ""
    for when in sorted(when for when in days if first <= when <= as_of):
        found = judged(when)
        if found.word != word:
            yield when, found
        word = found.word


def _repeats(judged: Callable[[date], Verdict], archive: Archive, found: Verdict) -> Iterator[date]:
    """The days of the repeats that decided, the last first."""
    for _ in range(_ROUNDS):
        repeat = archive.get(found.repeat)
        start = started(repeat) if repeat else None
        if not start or start.date() == date.min:
            return
        yield start.date()
        found = judged(start.date() - timedelta(days=1))


def _known(history: History, path: str, when: date) -> History:
    """The history as it was on a day, as far as one path is concerned."""
    gone = moment(history.gone[path])
    return history if gone and gone.date() <= when else history._replace(gone={})
