"""Our shares beside published ones: a bar with the interval in which it may lie, and a mark for theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hotwash.metrics.shares import Share, wilson
from hotwash.pages.parts.charts.canvas import HALF, Part, bar, cut, line, mark, picture, wide_of, words
from hotwash.pages.parts.html import Html, tag

_ROW, _TOP, _THICK = 38, 14, 12


class Pair(NamedTuple):
    """One word: our share, theirs in percent (None where they do not have it), and where it leads."""

    name: str
    ours: Share
    theirs: float | None
    href: str


def versus(title: str, said: str, pairs: Sequence[Pair]) -> Html:
    """The drawing, all rows on one scale."""
    most = max([10.0, *(max(wilson(pair.ours)[1] if pair.ours.whole else 0, pair.theirs or 0) for pair in pairs)])
    unit = (HALF - 4) / most
    drawn = [line(f"M0.5 2V{len(pairs) * _ROW}", "axis")]
    for index, pair in enumerate(pairs):
        y = index * _ROW + _TOP
        value = told(pair)
        drawn += [words(cut(pair.name, HALF - wide_of(value, bold=True) - 14), 4, y, "name"), words(value, HALF, y, "value", "end")]
        if pair.ours.part:
            drawn.append(mark(Part(pair.ours.part, "good", f"{pair.name}: {value}", pair.href), bar(1, y + 5, pair.ours.percent * unit, _THICK, "good")))
        if pair.ours.whole:
            low, high = wilson(pair.ours)
            drawn.append(line(f"M{1 + low * unit:.1f} {y + 11}H{1 + high * unit:.1f}M{1 + low * unit:.1f} {y + 8}v6M{1 + high * unit:.1f} {y + 8}v6", "whisker"))
        if pair.theirs is not None:
            x = 1 + pair.theirs * unit
            drawn.append(tag("path", d=f"M{x:.1f} {y + 3}l4.5 8l-4.5 8l-4.5-8Z", class_="hw-ink hw-ink--theirs"))
    return picture(title, said, drawn, len(pairs) * _ROW + 4)


def told(pair: Pair) -> str:
    """Both shares in words."""
    theirs = f"theirs {one(pair.theirs)} %" if pair.theirs is not None else "not in theirs"
    return f"{pair.ours.percent:.0f} % ({pair.ours.part:,}) · {theirs}"


def one(percent: float) -> str:
    """With one digit after the point where it has any: `37`, `41.4`."""
    return f"{percent:.1f}".removesuffix(".0")
