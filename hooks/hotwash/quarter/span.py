"""Three months of the calendar: their name, their days, and the ones to set beside them."""

import re
from datetime import date, timedelta
from typing import NamedTuple

_NAME = re.compile(r"(\d{4})-?[Qq]([1-4])", re.ASCII)
_ORDINALS = ("first", "second", "third", "fourth")


class Quarter(NamedTuple):
    """A quarter of the calendar year; `number` counts from 1."""

    year: int
    number: int

    @property
    def name(self) -> str:
        """`2026-Q4`."""
        return f"{self.year:04d}-Q{self.number}"

    @property
    def spoken(self) -> str:
        """`the fourth quarter of 2026`."""
        return f"the {_ORDINALS[self.number - 1]} quarter of {self.year}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 12, 31) if self.number == 4 else date(self.year, 3 * self.number + 1, 1) - timedelta(days=1)

    @property
    def before(self) -> "Quarter":
        """The quarter before it."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def year_before(self) -> "Quarter":
        """The same quarter of the year before."""
        return Quarter(self.year - 1, self.number)

    def has(self, when: date | None) -> bool:
        """Whether a day lies in it."""
        return when is not None and quarter_of(when) == self


def quarter_of(when: date) -> Quarter:
    """The quarter that a day lies in."""
    return Quarter(when.year, (when.month + 2) // 3)


def read(text: str) -> Quarter | None:
    """The quarter that `2026-Q4` names; None for anything else."""
    match = _NAME.fullmatch(text.strip())
    return Quarter(int(match[1]), int(match[2])) if match and int(match[1]) > 1 else None
