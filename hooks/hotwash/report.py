"""What a check found, as a whole."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from hotwash.model import LEVELS, Diagnostic, Level


class Report(NamedTuple):
    """The findings of one run. `not_run` names the rules that lacked the archive's history, `note` says what was not known of it."""

    findings: tuple[Diagnostic, ...]
    files: int
    as_of: date
    not_run: tuple[str, ...] = ()
    stubs: frozenset[str] = frozenset()
    """Paths of filed postmortems: their findings are many and mild, and shown a few at a time."""
    gaps: frozenset[str] = frozenset()
    """Rules that find what is not there yet, rather than what is wrong."""
    note: str = ""

    def count(self, level: Level) -> int:
        """How many findings stand at a level."""
        return sum(finding.level == level for finding in self.findings)


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings by path, line and column, as a reader goes through them."""
    return tuple(sorted(findings, key=lambda found: (found.path, found.line, found.column, found.rule)))


def most_useful(findings: Sequence[Diagnostic], gaps: frozenset[str], most: int) -> list[Diagnostic]:
    """The few findings of a stub that help most: what cannot be read, then what is written and wrong, then what is not there yet."""
    ranked = sorted(findings, key=lambda found: (LEVELS.index(found.level), found.rule in gaps, found.line, found.column))
    return sorted(ranked[:most], key=lambda found: (found.line, found.column))
