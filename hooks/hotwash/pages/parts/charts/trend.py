"""A median through time: a point for each step, its middle half as a bar behind it, and below how many incidents it stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from hotwash.metrics.spread import Spread
from hotwash.pages.parts.charts.canvas import HALF, Part, bar, line, mark, picture, words
from hotwash.pages.parts.charts.columns import thinned
from hotwash.pages.parts.charts.scale import Times
from hotwash.pages.parts.html import Html, tag

_LEFT, _TOP, _HIGH, _LINE = 46, 8, 116, 13


class Point(NamedTuple):
    """A step of time."""

    name: str
    spread: Spread
    part: Part


def trend(title: str, said: str, points: Sequence[Point], axis: Times) -> Html:
    """The drawing; where a step has no known duration, the line is broken."""
    step, base = (HALF - _LEFT) / max(len(points), 1), _TOP + _HIGH

    def y(seconds: float) -> float:
        return base - _HIGH * axis.place(seconds)

    drawn, free = list[Html](), float("inf")
    for tick, name in axis.names():
        drawn.append(line(f"M{_LEFT} {y(tick):.1f}H{HALF}", "grid"))
        if free - y(tick) >= _LINE:
            drawn.append(words(name, _LEFT - 5, y(tick) + 4, "tick", "end"))
            free = y(tick)
    xs = [_LEFT + (index + 0.5) * step for index in range(len(points))]
    known = [(x, point) for x, point in zip(xs, points, strict=True) if point.spread.median is not None]
    drawn += [bar(x - 4, y(upper), 8, y(lower) - y(upper), "half") for x, point in known if (lower := point.spread.lower) is not None and (upper := point.spread.upper) is not None]
    drawn.append(line(_path(xs, points, y), "median"))
    drawn += [mark(point.part, tag("circle", cx=f"{x:.1f}", cy=f"{y(point.spread.median or 0):.1f}", r="4.5", class_="hw-ink hw-ink--good")) for x, point in known]
    every = thinned([name for point in points for name in (point.name, f"n = {point.spread.n:,}")], step)
    for index, (x, point) in enumerate(zip(xs, points, strict=True)):
        if (len(points) - 1 - index) % every == 0:
            drawn += [words(point.name, x, base + 17, "tick", "middle"), words(f"n = {point.spread.n:,}", x, base + 31, "tick", "middle")]
    return picture(title, said, drawn, base + 37)


def _path(xs: Sequence[float], points: Sequence[Point], y: Callable[[float], float]) -> str:
    found, pen = [], "M"
    for x, point in zip(xs, points, strict=True):
        if point.spread.median is None:
            pen = "M"
            continue
        found.append(f"{pen}{x:.1f} {y(point.spread.median):.1f}")
        pen = "L"
    return "".join(found) or "M0 0"
