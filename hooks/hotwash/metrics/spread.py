"""How durations are spread: median, quartiles and the 90th percentile. No mean, because one long incident would carry it away."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hotwash.metrics import Clocks
from hotwash.model import Postmortem

QUARTILES, NINETIETH = 4, 10
"""From how many values on they say more than the values themselves."""


class Spread(NamedTuple):
    """How sorted values are spread. What too few values cannot tell is None."""

    n: int
    median: float | None = None
    lower: float | None = None
    """The first quartile: a quarter of the values lies below."""
    upper: float | None = None
    """The third quartile."""
    ninetieth: float | None = None
    """The 90th percentile: one in ten lies above."""


class Timed(NamedTuple):
    """One clock of many incidents."""

    known: tuple[tuple[Postmortem, int], ...]
    """Each incident with its seconds, the shortest first."""
    unknown: int
    """How many do not say."""
    negative: int
    """How many say times in an order that cannot be, and are left out."""

    @property
    def spread(self) -> Spread:
        """How the known durations are spread, in seconds."""
        return spread([seconds for _, seconds in self.known])


def timed(read: Iterable[tuple[Postmortem, Clocks]]) -> tuple[Timed, ...]:
    """All clocks over incidents whose times have been read, in the order of `Clocks`."""
    pairs = list(read)
    return tuple(_one([(post, found[place]) for post, found in pairs]) for place in range(len(Clocks._fields)))


def _one(pairs: Sequence[tuple[Postmortem, int | None]]) -> Timed:
    told = [(post, seconds) for post, seconds in pairs if seconds is not None]
    known = sorted(((post, seconds) for post, seconds in told if seconds >= 0), key=lambda pair: (pair[1], pair[0].id))
    return Timed(tuple(known), len(pairs) - len(told), len(told) - len(known))


def spread(values: Iterable[float]) -> Spread:
    """How values are spread: quartiles from 4 values on, the 90th percentile from 10 on."""
    ranked = sorted(values)
    n = len(ranked)
    if not n:
        return Spread(0)
    lower, upper = (quantile(ranked, 0.25), quantile(ranked, 0.75)) if n >= QUARTILES else (None, None)
    return Spread(n, quantile(ranked, 0.5), lower, upper, quantile(ranked, 0.9) if n >= NINETIETH else None)


def quantile(ranked: Sequence[float], part: float) -> float:
    """The value below which a part (0 to 1) of the sorted values lies, straight between neighbours.

    Definition 7 of R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996), 361-365: what spreadsheets do.

    Raises:
        ValueError: there are no values.
    """
    if not ranked:
        raise ValueError("nothing has no quantile")
    place = part * (len(ranked) - 1)
    below = int(place)
    if below + 1 >= len(ranked):
        return ranked[-1]
    return ranked[below] + (place - below) * (ranked[below + 1] - ranked[below])
