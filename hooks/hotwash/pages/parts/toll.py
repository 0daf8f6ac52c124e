"""What the incidents of a class cost users: time and numbers, and of how many incidents they are known."""

from collections.abc import Iterable
from typing import NamedTuple

from hotwash.clock import spoken
from hotwash.metrics import clocks
from hotwash.model import Postmortem
from hotwash.pages.parts.words import count


class Toll(NamedTuple):
    """Seconds of impact, from `started` to `mitigated`, and users, each a sum over the incidents of which it is known."""

    seconds: int
    timed: int
    """Of how many incidents the time is known."""
    users: int
    counted: int
    """Of how many incidents the number of users is known."""
    incidents: int

    def time(self) -> str:
        """The time in words, and for how many incidents it is missing."""
        return f"{spoken(self.seconds)}{self._known(self.timed)}" if self.timed else "not measured"

    def people(self) -> str:
        """The users in words, and for how many incidents they are missing. Somebody met by two incidents counts twice."""
        return f"{self.users:,}{self._known(self.counted)}" if self.counted else "not counted"

    def _known(self, number: int) -> str:
        return "" if number == self.incidents else f" ({number:,} of {count(self.incidents, 'incident')})"


def toll(posts: Iterable[Postmortem]) -> Toll:
    """The toll of some incidents. One that never hurt users, such as a near miss, has no `mitigated` and adds nothing."""
    found = list(posts)
    times = [seconds for post in found if (seconds := clocks(post).mitigate) is not None and seconds >= 0]
    users = [number for post in found if isinstance(number := post.get("impact", "users"), int) and not isinstance(number, bool) and number >= 0]
    return Toll(sum(times), len(times), sum(users), len(users), len(found))
