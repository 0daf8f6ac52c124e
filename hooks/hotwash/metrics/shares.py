"""Parts of a whole, and how little a small sample says."""

from math import sqrt
from typing import NamedTuple

SMALL = 30
"""Below so many, a share is told with a warning: one incident more moves it by several points."""
_Z = 1.959964
"""Of the normal distribution, for 95 %."""


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float:
        """0 to 100; 0 where there is nothing to have a part of."""
        return 100 * self.part / self.whole if self.whole else 0.0

    @property
    def small(self) -> bool:
        """Whether the whole is too small for a percentage to be leaned on."""
        return self.whole < SMALL

    def __str__(self) -> str:
        return f"{self.percent:.0f} % ({self.part:,} of {self.whole:,})" if self.whole else "none of none"


def wilson(share: Share) -> tuple[float, float]:
    """The interval in which the share would lie with 95 % confidence if the sample were drawn at random, in percent; 0 to 100 for nothing.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American Statistical Association 22 (1927), 209-212.
    It stays inside 0 and 100 and works for few cases and for none, where the usual plus and minus does not.
    """
    if not share.whole:
        return 0.0, 100.0
    n, p = share.whole, share.part / share.whole
    centre, spread, scale = p + _Z**2 / (2 * n), _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)), 1 + _Z**2 / n
    return max(0.0, 100 * (centre - spread) / scale), min(100.0, 100 * (centre + spread) / scale)
