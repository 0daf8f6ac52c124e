"""Lying bars, one below the other: the name above the bar, so that long names fit on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hotwash.pages.parts.charts.canvas import HALF, Part, bar, cut, line, mark, picture, wide_of, words
from hotwash.pages.parts.html import Html

_ROW, _THICK, _TOP = 33, 11, 14


class Row(NamedTuple):
    """A bar: its name, what is said at its right, its parts from the left."""

    name: str
    value: str
    parts: tuple[Part, ...]


def rows(title: str, said: str, found: Sequence[Row], *, whole: float = 0) -> Html:
    """The drawing, every bar on the same scale: of a whole, or of the longest."""
    most = whole or max((sum(part.size for part in row.parts) for row in found), default=1) or 1
    drawn = [line(f"M0.5 2V{len(found) * _ROW}", "axis")]
    for index, row in enumerate(found):
        y, x = index * _ROW + _TOP, 1.0
        drawn += [words(cut(row.name, HALF - wide_of(row.value, bold=True) - 16), 4, y, "name"), words(row.value, HALF, y, "value", "end")]
        for part in (part for part in row.parts if part.size):
            wide = (HALF - 1) * part.size / most
            drawn.append(mark(part, bar(x, y + 4, wide - 1, _THICK, part.look)))
            x += wide
    return picture(title, said, drawn, len(found) * _ROW + 4)
