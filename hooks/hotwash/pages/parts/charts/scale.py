"""From values to places: even steps for counts, tenfold steps for durations."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log
from typing import NamedTuple

from hotwash.clock import spoken

_TICKS = (1, 10, 60, 600, 3_600, 6 * 3_600, 86_400, 7 * 86_400, 30 * 86_400, 365 * 86_400, 3650 * 86_400, 36_500 * 86_400, 9999 * 366 * 86_400)
"""Durations that a reader knows, in seconds."""
_NAMES = {7 * 86_400: "1 wk", 30 * 86_400: "30 d", 365 * 86_400: "1 yr", 3650 * 86_400: "10 yr", 36_500 * 86_400: "100 yr"}


class Times(NamedTuple):
    """A stretch of durations on a logarithmic scale. What lies outside stands at its edge."""

    ticks: tuple[int, ...]

    def place(self, seconds: float) -> float:
        """0 at the first tick, 1 at the last."""
        low, high = log(self.ticks[0]), log(self.ticks[-1])
        return (log(min(max(seconds, self.ticks[0]), self.ticks[-1])) - low) / (high - low)

    def names(self) -> list[tuple[int, str]]:
        """Each tick with its name."""
        return [(tick, _NAMES.get(tick) or spoken(tick)) for tick in self.ticks]


def times(values: Sequence[float]) -> Times:
    """The ticks around durations in seconds, two at least."""
    low, high = min(values, default=60), max(values, default=86_400)
    first = max((index for index, tick in enumerate(_TICKS) if tick <= max(low, 1)), default=0)
    last = min((index for index, tick in enumerate(_TICKS) if tick >= high), default=len(_TICKS) - 1)
    first = min(first, len(_TICKS) - 2)
    return Times(_TICKS[first : max(last, first + 1) + 1])


def counts(most: float) -> list[int]:
    """Even ticks from 0 up to the first at or above the most: four steps at most, of 1, 2 or 5 times a power of ten."""
    step = 1
    while most / step > 4:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return [step * number for number in range(max(ceil(most / step), 1) + 1)]
