"""What every chart has in common: a picture with a name, marks that lead to what is behind them, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hotwash.pages.parts.html import Html, join, sentence, table, tag

HALF, WIDE = 360, 760
"""Units across: two charts of the one stand side by side on a desk and below each other on a phone, where a unit is about a pixel."""
_LETTER, _BOLD = 6.3, 7.3
"""How wide a letter of 12 units is, about."""


class Part(NamedTuple):
    """One mark: how many, in what colour, in what words, and where it leads; without an address it is drawn alone."""

    size: float
    look: str
    said: str
    href: str = ""


class Numbers(NamedTuple):
    """The data of a chart as a table."""

    heads: Sequence[object]
    rows: Sequence[Sequence[object]]
    label: str = "Numbers"


def picture(title: str, said: str, marks: Iterable[Html], height: float, width: int = HALF) -> Html:
    """A drawing with its name and its description. It is a group and no image, because its marks are links."""
    ratio = f"0 0 {width} {height:.0f}"
    drawn = tag("svg", tag("title", title), tag("desc", said), *marks, viewBox=ratio, role="group", aria_label=f"{title}. {said}", class_=f"hw-plot hw-plot--{'half' if width == HALF else 'wide'}")
    return tag("div", drawn, class_="hw-scroll", role="region", aria_label=f"Picture: {title}", tabindex="0") if width != HALF else drawn


def chart(
    title: str, drawn: Iterable[Html], numbers: Numbers, *, headline: object = None, notes: Iterable[object] = (), keys: Html | None = None,
    wide: bool = False, more: Numbers | None = None,
) -> Html:
    """A card: what is shown, what it says in a line, the drawing, what the colours mean, what to mind, and the numbers."""
    head = (tag("h3", title, class_="hw-chart__title"), tag("p", headline, class_="hw-chart__headline") if headline else None)
    minded = [tag("p", note if isinstance(note, Html) else sentence(note), class_="hw-chart__note") for note in notes if note]
    tables = [table(found.heads, found.rows, f"{found.label}: {title}", "hw-grid--numbers") for found in (numbers, more) if found and found.rows]
    data = tag("details", tag("summary", "The numbers"), *tables, class_="hw-chart__data") if tables else None
    return tag("article", *head, *drawn, keys, *minded, data, class_="hw-chart" + (" hw-chart--wide" if wide else ""))


def cards(*charts: Html) -> Html:
    """Charts side by side where there is room."""
    return tag("div", *charts, class_="hw-charts")


def mark(part: Part, *shapes: Html, reachable: bool = True) -> Html:
    """Shapes that lead somewhere. Where there are too many to step through, the keyboard reaches the same places in the table."""
    name = tag("title", part.said)
    if not part.href:
        return tag("g", name, *shapes)
    return tag("a", name, *shapes, href=part.href, class_="hw-mark", tabindex=None if reachable else "-1")


def bar(x: float, y: float, wide: float, high: float, look: str) -> Html:
    """A rectangle, never too thin to be seen."""
    return tag("rect", x=f"{x:.1f}", y=f"{y:.1f}", width=f"{max(wide, 1):.1f}", height=f"{max(high, 1):.1f}", class_=f"hw-ink hw-ink--{look}")


def line(d: str, look: str) -> Html:
    """A line of the grid, an axis, a whisker."""
    return tag("path", d=d, class_=f"hw-line hw-line--{look}")


def words(said: object, x: float, y: float, look: str = "", anchor: str = "") -> Html:
    """Text in a drawing; `anchor` is `end` or `middle`."""
    looks = ["hw-said", f"hw-said--{look}" if look else "", f"hw-said--{anchor}" if anchor else ""]
    return tag("text", said, x=f"{x:.1f}", y=f"{y:.1f}", class_=" ".join(filter(None, looks)))


def wide_of(said: str, *, bold: bool = False) -> float:
    """How wide words are drawn, about."""
    return (_BOLD if bold else _LETTER) * len(said)


def cut(said: str, width: float) -> str:
    """Words that fit into a width; what is cut off stands in the title and the table."""
    most = int(width / _LETTER)
    return said if len(said) <= most else said[: max(most - 1, 1)].rstrip() + "…"


def keys(pairs: Iterable[tuple[str, str]]) -> Html:
    """What the colours mean."""
    return tag("ul", *(tag("li", tag("span", class_=f"hw-swatch hw-ink--{look}", aria_hidden="true"), said) for look, said in pairs), class_="hw-swatches", aria_label="Legend")


def linked(said: object, href: str) -> Html:
    """A number of the table, leading where its mark leads."""
    return tag("a", said, href=href) if href else join((said,))
