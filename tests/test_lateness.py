"""How late a postmortem was published: silent where Git does not know, seconds where it does."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import light, policy

from hotwash.lateness import filed_after, published, published_late
from hotwash.model import Postmortem
from hotwash.past import FileHistory, History

DAY = 86_400


def incident(severity: str = "P1", resolved: str = "2026-11-02T12:00:00Z") -> Postmortem:
    """A published postmortem; a P1 is due after 48 hours."""
    return light(f"severity: {severity}\ntimestamps: {{started: 2026-11-02T10:00:00Z, resolved: {resolved}}}")


def known(post: Postmortem, published: str = "", filed: str = "") -> History:
    """A branch that knows these moments of it."""
    return History(head="c", complete=True, files={post.path: FileHistory(filed=filed, published=published)})


@pytest.mark.parametrize(("severity", "resolved", "when"), [
    ("P1", "2026-11-02T12:00:00Z", ""),  # Git does not know
    ("P2", "2026-11-02T12:00:00Z", "2026-11-03T12:00:00Z"),  # no day was asked for
    ("P1", "unknown", "2026-11-03T12:00:00Z"),  # nobody knows when it was over
    ("P1", "2025-11-02T11:59:59Z", "2026-11-02T12:00:00Z"),  # a second more than 365 days: an old file that was taken over
])
def test_nothing_is_told_where_one_end_is_not_known(severity: str, resolved: str, when: str) -> None:
    post = incident(severity, resolved)
    assert published_late(post, policy(), known(post, when)) is None


def test_what_came_after_the_day_is_not_known_yet() -> None:
    post = incident()
    history = known(post, "2026-11-06T00:00:00Z", "2026-11-06T00:00:00Z")
    assert published_late(post, policy(), history, date(2026, 11, 5)) is None
    assert filed_after(post, history, date(2026, 11, 5)) is None
    assert published(post, history, date(2026, 11, 6)) is not None


@pytest.mark.parametrize(("when", "late"), [
    ("2026-11-03T12:00:00Z", -DAY),
    ("2026-11-04T12:00:00Z", 0),
    ("2026-11-04T12:00:01Z", 1),
    ("2026-11-04T14:00:00+02:00", 0),
    ("2026-11-06T12:00:00Z", 2 * DAY),
])
def test_lateness_counts_from_the_deadline(when: str, late: int) -> None:
    post = incident()
    assert published_late(post, policy(), known(post, when)) == late


def test_filing_counts_from_the_end_of_the_incident() -> None:
    post = incident()
    assert filed_after(post, known(post, filed="2026-11-02T12:40:00Z")) == 2400
    assert filed_after(post, known(post)) is None
    assert filed_after(post, known(post, filed="2028-11-02T12:40:00Z")) is None
