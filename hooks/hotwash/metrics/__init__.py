"""Clocks and counts. Durations are seconds. What needs a whole archive stands in a module of its own: rules ask for the clocks at every commit."""

from typing import NamedTuple

from hotwash.archive import Archive
from hotwash.clock import moment, seconds
from hotwash.model import Postmortem


class Clocks(NamedTuple):
    """The durations of one incident, in seconds; None where a time is unknown. Formulas: DESIGN of the header, `timestamps`."""

    detect: int | None
    """detected - started"""
    acknowledge: int | None
    """acknowledged - detected"""
    mitigate: int | None
    """mitigated - started"""
    resolve: int | None
    """resolved - started"""


def skipped(archive: Archive) -> int:
    """How many postmortems were left unwritten although the policy asked for one, each with its recorded reason."""
    return sum(post.status == "skipped" for post in archive.posts.values())


def clocks(post: Postmortem) -> Clocks:
    """Time to detect, acknowledge, mitigate and resolve, computed from the header's timestamps."""
    at = {name: moment(post.text("timestamps", name)) for name in ("started", "detected", "acknowledged", "mitigated", "resolved")}
    return Clocks(
        detect=seconds(at["started"], at["detected"]),
        acknowledge=seconds(at["detected"], at["acknowledged"]),
        mitigate=seconds(at["started"], at["mitigated"]),
        resolve=seconds(at["started"], at["resolved"]),
    )
