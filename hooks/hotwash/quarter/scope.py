"""What a review looks at: an archive, a quarter, and the day up to which anything is known."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from hotwash.archive import Archive
from hotwash.lesson import day_of
from hotwash.model import Postmortem
from hotwash.past import History
from hotwash.policy import Policy
from hotwash.quarter.span import Quarter, quarter_of
from hotwash.recurrence import LIVE


class Scope(NamedTuple):
    """A quarter of an archive."""

    archive: Archive
    policy: Policy
    history: History
    as_of: date
    quarter: Quarter
    posts: tuple[Postmortem, ...]
    """The incidents of the quarter, oldest first."""

    @property
    def until(self) -> date:
        """The last day that counts: today while the quarter runs, then its last."""
        return min(self.as_of, self.quarter.last)

    @property
    def running(self) -> bool:
        """Whether the quarter has days to go."""
        return self.as_of < self.quarter.last

    def earlier_posts(self) -> Iterator[Postmortem]:
        """Every incident that had begun by the end of the quarter, those of the quarter included."""
        return (post for post in live(self.archive) if (when := day_of(post)) and when <= self.until)

    def title(self, slug: str) -> str:
        """How a class is called."""
        return self.policy.title("classes", slug)


def scope(archive: Archive, policy: Policy, history: History, as_of: date, quarter: Quarter) -> Scope:
    """What there is to look at in a quarter."""
    return Scope(archive, policy, history, as_of, quarter, incidents(archive, quarter, as_of))


def live(archive: Archive) -> Iterator[Postmortem]:
    """The incidents that have an account, or are to have one."""
    return (post for post in archive.posts.values() if post.status in LIVE)


def incidents(archive: Archive, quarter: Quarter, as_of: date) -> tuple[Postmortem, ...]:
    """The incidents of a quarter that are known on a day, oldest first."""
    found = ((when, post) for post in live(archive) if (when := day_of(post)) and when <= as_of and quarter.has(when))
    return tuple(post for _, post in sorted(found, key=lambda pair: (pair[0], pair[1].id)))


def quarters(archive: Archive, as_of: date) -> list[Quarter]:
    """Every quarter with an incident, and the one that is running, the newest first."""
    found = {quarter_of(when) for post in live(archive) if (when := day_of(post)) and when <= as_of}
    return sorted({*found, quarter_of(as_of)}, reverse=True)

