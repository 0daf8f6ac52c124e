"""Incidents of one class on a line through time: where a fix was in place the line is solid, where none was it is dashed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from hotwash.clock import day
from hotwash.model import Postmortem
from hotwash.pages import Site
from hotwash.pages.parts.chips import rank
from hotwash.pages.parts.html import Html, tag
from hotwash.pages.parts.words import day_of, title_of
from hotwash.recurrence import is_repeat, whose_fix

WIDTH, _EDGE, _LINE, _MOST = 900, 16, 26, 120


class Axis(NamedTuple):
    """The days that a line spans; the same for every lane of a page, so that lanes can be compared."""

    first: date
    last: date

    def x(self, when: date) -> float:
        """Where a day stands, in the units of the picture."""
        whole = max((self.last - self.first).days, 1)
        return _EDGE + (WIDTH - 2 * _EDGE) * min(max((when - self.first).days, 0), whole) / whole


def axis(posts: Sequence[Postmortem], as_of: date) -> Axis:
    """From the start of the first incident's quarter up to the day of the page."""
    found = [when for post in posts if (when := day(day_of(post)))]
    first, last = min(found, default=as_of), max([as_of, *found])
    return Axis(date(first.year, (first.month - 1) // 3 * 3 + 1, 1), last)


def lane(posts: Sequence[Postmortem], site: Site, span: Axis, label: str) -> Html:
    """The line of one class, its incidents oldest first."""
    dated = [(post, when) for post in posts if (when := day(day_of(post)))]
    marks: list[Html] = []
    for index, (post, when) in enumerate(dated):
        until = dated[index + 1][1] if index + 1 < len(dated) else span.last
        marks += _stretch(whose_fix(post, site.archive) or post, when, until, span)
    for index, (post, when) in enumerate(dated):
        repeat = index > 0 and is_repeat(post, dated[index - 1][0], site.policy)
        marks += _incident(when, repeat, rank(post, site), span)
    said = f"{label}: " + "; ".join(f"{when.isoformat()} {title_of(post)}" for post, when in dated)
    return tag("svg", tag("title", said), *_quarters(span), *marks, viewBox=f"0 0 {WIDTH} 60", role="img", class_="hw-lane")


def _stretch(fixed: Postmortem, when: date, until: date, span: Axis) -> list[Html]:
    """From an incident to the next: dashed until its fix was done, solid from then on."""
    closed = day(fixed.text("fix", "closed")) if fixed.text("fix", "state") == "done" else None
    done = min(max(closed, when), until) if closed else until
    marks = [_line(span.x(when), span.x(done), "open")] if done > when else []
    if closed and closed <= until:
        x = span.x(done)
        marks += [_line(x, span.x(until), "held"), tag("path", d=f"M{x:.1f} {_LINE - 6}v12", class_="hw-lane__done")]
    return marks


def _line(start: float, end: float, look: str) -> Html:
    return tag("path", d=f"M{start:.1f} {_LINE}H{end:.1f}", class_=f"hw-lane__{look}")


def _incident(when: date, repeat: bool, place: int, span: Axis) -> list[Html]:
    x = f"{span.x(when):.1f}"
    ring = [tag("circle", cx=x, cy=str(_LINE), r="12", class_="hw-lane__repeat")] if repeat else []
    return [*ring, tag("circle", cx=x, cy=str(_LINE), r="7.5", class_=f"hw-lane__dot hw-fill-sev{place}")]


def _quarters(span: Axis) -> list[Html]:
    """A hair line at each quarter's first day, named where there is room."""
    first, last = (when.year * 4 + (when.month - 1) // 3 for when in span)
    starts = [date(number // 4, number % 4 * 3 + 1, 1) for number in range(first, last + 1)]
    step = max(1, -(-len(starts) // 10))
    marks: list[Html] = []
    # A mistyped year stretches the line over centuries: then only the named quarters get their hair line.
    for index, start in enumerate(starts):
        if index % step and len(starts) > _MOST:
            continue
        x = f"{span.x(start):.1f}"
        marks.append(tag("path", d=f"M{x} 6V42", class_="hw-lane__quarter"))
        if index % step == 0 and span.x(start) < WIDTH - 70:
            marks.append(tag("text", f"{start.year} Q{(start.month + 2) // 3}", x=x, y="56", class_="hw-lane__label"))
    return marks


def legend() -> Html:
    """What the marks mean."""
    pairs = (("open", "no fix in place"), ("held", "fix in place"), ("repeat", "came back within the repeat window"))
    return tag("p", *(tag("span", tag("span", class_=f"hw-key hw-key--{look}", aria_hidden="true"), said) for look, said in pairs), class_="hw-legend")
