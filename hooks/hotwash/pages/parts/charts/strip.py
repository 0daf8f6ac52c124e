"""Every incident as a dot on a scale of time, with the median, the middle half and the 90th percentile behind them."""

from __future__ import annotations

from collections.abc import Sequence

from hotwash.metrics.spread import Spread
from hotwash.pages.parts.charts.canvas import HALF, Part, bar, line, mark, picture, words
from hotwash.pages.parts.charts.scale import Times
from hotwash.pages.parts.html import Html, tag

_EDGE, _TOP, _HIGH = 16, 20, 64
_RADIUS, _SMALL, _FEW, _STEPS = 4.0, 2.4, 120, 60
"""A dot, one among many, from how many on it is that, and how many the keyboard steps through."""


def strip(title: str, said: str, dots: Sequence[Part], whole: Spread, axis: Times) -> Html:
    """The drawing.

    Args:
        title: its name.
        said: what it shows, in a sentence.
        dots: an incident each, its seconds as the count, the shortest first.
        whole: how all durations are spread, those that are not drawn included.
        axis: the scale, the same for all clocks of a page.
    """
    def x(seconds: float) -> float:
        return _EDGE + (HALF - 2 * _EDGE) * axis.place(seconds)

    drawn, base = list[Html](), _TOP + _HIGH
    if whole.lower is not None and whole.upper is not None:
        drawn.append(bar(x(whole.lower), _TOP, x(whole.upper) - x(whole.lower), _HIGH, "middle"))
    for tick, name in axis.names():
        drawn += [line(f"M{x(tick):.1f} {_TOP}V{base}", "grid"), words(name, x(tick), base + 16, "tick", "middle")]
    drawn.append(line(f"M{_EDGE} {base}H{HALF - _EDGE}", "axis"))
    places, radius = [x(part.size) for part in dots], _RADIUS if len(dots) <= _FEW else _SMALL
    drawn += [mark(part, tag("circle", cx=f"{at:.1f}", cy=f"{y:.1f}", r=radius, class_=f"hw-ink hw-ink--{part.look}"), reachable=len(dots) <= _STEPS)
              for part, at, y in zip(dots, places, swarm(places, radius), strict=True)]
    drawn += _signs(whole, x(whole.median or 0), x(whole.ninetieth or 0))
    return picture(title, said, drawn, base + 22)


def _signs(whole: Spread, median: float, ninetieth: float) -> list[Html]:
    """The lines of median and 90th percentile, with their names where they do not touch."""
    found = []
    if whole.median is not None:
        found += [line(f"M{median:.1f} {_TOP - 4}V{_TOP + _HIGH}", "median"), words("median", min(max(median, 24), HALF - 62), _TOP - 7, "strong", "middle")]
    if whole.ninetieth is not None:
        found.append(line(f"M{ninetieth:.1f} {_TOP - 4}V{_TOP + _HIGH}", "ninetieth"))
        if ninetieth - median > 58:
            found.append(words("9 in 10", min(ninetieth, HALF - 22), _TOP - 7, "tick", "middle"))
    return found


def swarm(xs: Sequence[float], radius: float = _RADIUS) -> list[float]:
    """Heights for dots at rising places, so that as few as can be lie on each other: the middle first, then alternately above and below."""
    lanes = (int(_HIGH / (2 * radius + 1)) - 1) // 2 * 2 + 1
    last: list[float] = [float("-inf")] * lanes
    order = sorted(range(lanes), key=lambda lane: (abs(lane - lanes // 2), lane))
    gap, found = (_HIGH - 2 * radius - 2) / (lanes - 1), []
    for x in xs:
        lane = next((lane for lane in order if x - last[lane] >= 2 * radius), min(order, key=lambda lane: last[lane]))
        last[lane] = x
        found.append(_TOP + _HIGH / 2 + (lane - lanes // 2) * gap)
    return found
