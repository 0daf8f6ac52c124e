"""The days that a picture spans: where a day stands, which ticks it has, and places for marks that would stand on each other."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from hotwash.pages.parts.words import month

WIDTH, EDGE = 900, 14
"""Units of the picture: its width, and what is left free at both sides."""
_LONGEST, _AHEAD = 12 * 366, 400
"""Days before and after the day of the page. A mistyped year would press everything else into one corner."""


class Tick(NamedTuple):
    """The first day of a month, a quarter or a year, and its name; empty where there is no room for one."""

    x: float
    name: str
    strong: bool
    """Whether a year begins there."""


class Span(NamedTuple):
    """From the first day to the last."""

    first: date
    last: date

    def x(self, when: date) -> float:
        """Where a day stands; one outside the span stands at its edge."""
        whole = max((self.last - self.first).days, 1)
        return EDGE + (WIDTH - 2 * EDGE) * min(max((when - self.first).days, 0), whole) / whole

    def ticks(self) -> Iterator[Tick]:
        """Months where there is room for their names, else quarters, else years."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = next(step for step in (1, 3, 12) if step == 12 or months / step <= 18)
        free = 0.0
        for number in range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month):
            if number % step:
                continue
            start = date(number // 12, number % 12 + 1, 1)
            x, strong = self.x(start), start.month == 1
            name = _name(start, step)
            shown = x >= free and x + _wide(name) <= WIDTH
            free = x + _wide(name) + 6 if shown else free
            yield Tick(x, name if shown else "", strong)


def _name(start: date, step: int) -> str:
    if step == 12:
        return str(start.year)
    if step == 3:
        return f"Q{(start.month + 2) // 3} {start.year}"
    return str(start.year) if start.month == 1 else month(start)


def _wide(words: str) -> float:
    """How wide words of 12 units are, at most."""
    return 7.2 * len(words)


def spanning(found: Sequence[date], as_of: date) -> Span:
    """From the first day of the quarter in which the first day falls, up to the day of the page or the last day after it."""
    near = [when for when in found if -_LONGEST <= (when - as_of).days <= _AHEAD]
    first = min([*near, as_of])
    return Span(date(first.year, (first.month - 1) // 3 * 3 + 1, 1), max([*near, as_of]))


def apart(xs: Sequence[float], least: float) -> list[float]:
    """Places in rising order, moved so that none stands on another; where there are too many for that, evenly closer.

    Args:
        xs: the places as they are, rising.
        least: the distance to keep.
    """
    room = WIDTH - 2 * EDGE
    least = min(least, room / max(len(xs) - 1, 1))
    placed: list[float] = []
    for x in xs:
        placed.append(max(x, placed[-1] + least) if placed else x)
    limit = float(WIDTH - EDGE)
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = max(min(placed[index], limit), EDGE)
        limit = placed[index] - least
    return placed
