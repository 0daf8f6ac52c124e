"""Two words crossed: a field for each pair, the darker the more incidents, with the count in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from textwrap import wrap

from hotwash.pages.parts.charts.canvas import WIDE, Part, bar, cut, mark, picture, words
from hotwash.pages.parts.html import Html

_LEFT, _TOP, _ROW, _RIGHT, _DEGREES, _LINES, _LETTER = 164, 56, 28, 44, 5, 3, 7.4


def heat(title: str, said: str, rows: Sequence[tuple[str, str]], columns: Sequence[tuple[str, str]], fields: Mapping[tuple[str, str], Part]) -> Html:
    """The drawing: rows and columns as words with their names; a pair that never occurred stays empty."""
    wide, most = (WIDE - _LEFT - _RIGHT) / max(len(columns), 1), max((part.size for part in fields.values()), default=1)
    drawn = [text for index, (_, name) in enumerate(columns) for text in _head(name, _LEFT + (index + 0.5) * wide, wide)]
    for number, (row, name) in enumerate(rows):
        y = _TOP + number * _ROW
        drawn.append(words(cut(name, _LEFT - 12), _LEFT - 10, y + 18, "name", "end"))
        for index, (column, _) in enumerate(columns):
            x, part = _LEFT + index * wide, fields.get((row, column))
            if part is None:
                drawn.append(bar(x + 1, y + 1, wide - 2, _ROW - 2, "none"))
                continue
            degree = ceil(_DEGREES * part.size / most)
            drawn.append(mark(part, bar(x + 1, y + 1, wide - 2, _ROW - 2, f"heat{degree}"), words(f"{part.size:,.0f}", x + wide / 2, y + 18, f"heat{degree}", "middle")))
        drawn.append(words(f"{sum(part.size for (one, _), part in fields.items() if one == row):,.0f}", WIDE - 6, y + 18, "value", "end"))
    foot = _TOP + len(rows) * _ROW + 16
    drawn += [words("All", WIDE - 6, _TOP - 8, "tick", "end"), words("All", _LEFT - 10, foot, "tick", "end")]
    for index, (column, _) in enumerate(columns):
        drawn.append(words(f"{sum(part.size for (_, one), part in fields.items() if one == column):,.0f}", _LEFT + (index + 0.5) * wide, foot, "value", "middle"))
    return picture(title, said, drawn, foot + 8, WIDE)


def _head(name: str, x: float, wide: float) -> list[Html]:
    """A column's name in up to three lines, the last of them above the fields."""
    lines = wrap(name, max(int((wide - 6) / _LETTER), 1), break_long_words=False)[:_LINES]
    first = _TOP - 8 - 14 * (len(lines) - 1)
    return [words(cut(line, wide), x, first + 14 * index, "tick", "middle") for index, line in enumerate(lines)]
