"""Columns through time, each piled up of parts, with one number on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hotwash.pages.parts.charts.canvas import HALF, Part, bar, line, mark, picture, wide_of, words
from hotwash.pages.parts.charts.scale import counts
from hotwash.pages.parts.html import Html

_TOP, _FOOT, _WIDEST = 20, 22, 36


class Column(NamedTuple):
    """A step of time: its name below, what stands above it, and its parts from the bottom up."""

    name: str
    top: str
    parts: tuple[Part, ...]


def columns(title: str, said: str, found: Sequence[Column], *, high: int = 120, width: int = HALF) -> Html:
    """The drawing, `high` units from the line of zero to the top. Names and numbers are thinned where they would touch."""
    ticks = counts(max((sum(part.size for part in column.parts) for column in found), default=1))
    left = max(wide_of(f"{ticks[-1]:,}"), 14) + 9
    step, base, unit = (width - left) / max(len(found), 1), _TOP + high, high / ticks[-1]
    drawn = [shape for tick in ticks for shape in (line(f"M{left:.1f} {base - tick * unit:.1f}H{width}", "grid" if tick else "axis"), words(f"{tick:,}", left - 5, base - tick * unit + 4, "tick", "end"))]
    every = thinned([column.name for column in found], step)
    crowded = any(wide_of(column.top) > step + 1 for column in found)
    for index, column in enumerate(found):
        thick = min(step * 0.72, _WIDEST)
        x, y = left + (index + 0.5) * step - thick / 2, float(base)
        for part in (part for part in column.parts if part.size):
            y -= part.size * unit
            drawn.append(mark(part, bar(x, y + 0.6, thick, part.size * unit - 1.2, part.look)))
        middle = x + thick / 2
        if column.top and not crowded:
            drawn.append(words(column.top, middle, y - 4, "value", "middle"))
        if (len(found) - 1 - index) % every == 0:
            drawn.append(words(column.name, middle, base + 16, "tick", "middle"))
    return picture(title, said, drawn, base + _FOOT, width)


def thinned(names: Sequence[str], step: float) -> int:
    """Every how many steps a name fits."""
    widest = max((wide_of(name) for name in names), default=0) + 10
    return max(1, -(-int(widest) // max(int(step), 1)))
