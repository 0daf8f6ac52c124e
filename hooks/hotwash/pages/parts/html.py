"""Markup built from values, so that a value of a header can never become markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

_BLOCKS = frozenset({
    "article", "dd", "details", "div", "dl", "dt", "li", "nav", "ol", "p", "section", "summary", "svg", "table", "tbody", "td", "th", "thead", "tr", "ul",
})
_VOID = frozenset({"br", "col", "hr", "img", "input"})
_CODE = re.compile(r"`([^`]+)`")


class Html(str):
    """Markup that may stand on a page as it is. Only this module makes it from values."""

    __slots__ = ()


def text(value: object) -> Html:
    """A value, escaped and on one line: a blank line would end a block of markup, a control character may hide something."""
    return _text(str(value))


@lru_cache(maxsize=16_384)
def _text(said: str) -> Html:
    """Most of what stands on a page stands on others too: a label, a title in a list."""
    return Html(html.escape(plain(said)))


def plain(value: object) -> str:
    """A value on one line without control characters, not escaped."""
    return _plain(str(value))


@lru_cache(maxsize=16_384)
def _plain(value: str) -> str:
    said = " ".join(value.split())
    return said if said.isprintable() else " ".join("".join(char if char.isprintable() else " " for char in said).split())


def sentence(value: object) -> Html:
    """A sentence of the header: escaped, with `code` shown as code, and beginning as sentences do where it begins with a common word."""
    said = plain(value)
    first = said.split(" ", 1)[0].rstrip(",;:")
    if first.isalpha() and first.islower():
        said = said[0].upper() + said[1:]
    return Html(_CODE.sub(r"<code>\1</code>", text(said)))


def join(children: Iterable[object], between: str = "") -> Html:
    """Children one after another: markup as it is, anything else escaped, nothing for None and empty text."""
    return Html(between.join([child if child.__class__ is Html else _child(str(child)) for child in children if child is not None and child != ""]))


@lru_cache(maxsize=16_384)
def _child(said: str) -> Html:
    """Text between elements keeps the space before and after it."""
    bare = text(said)
    return Html(f"{' ' if said[:1] == ' ' else ''}{bare}{' ' if said[-1:] == ' ' and bare else ''}")


def tag(name: str, *children: object, **attributes: object) -> Html:
    """An element. An attribute that is a word of Python takes a trailing underscore, `_` inside a name is a hyphen; None and "" are left out."""
    # Plain loops, and `join` spelt out: a site of a thousand postmortems has half a million elements.
    pairs = ""
    for key, value in attributes.items():
        if value is not None and value != "":
            pairs += _pair(key, str(value))
    if name in _VOID:
        return Html(f"<{name}{pairs}>")
    pieces = []
    for child in children:
        if child.__class__ is Html:
            pieces.append(child)
        elif child is not None and child != "":
            pieces.append(_child(str(child)))
    inside = "".join(pieces)
    # A search reads the text alone: without white space between blocks the last word of one would grow together with the first of the next.
    return Html(f"<{name}{pairs}>{inside}</{name}>\n" if name in _BLOCKS else f"<{name}{pairs}>{inside}</{name}>")


def _around(name: str, child: object) -> str:
    """A block without attributes around one child: what lists, facts and tables consist of, a third of all elements."""
    return f"<{name}>{child if child.__class__ is Html else '' if child is None else _child(str(child))}</{name}>\n"


@lru_cache(maxsize=32_768)
def _pair(key: str, value: str) -> str:
    """An attribute as it is written; most of them are written thousands of times."""
    return f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'


def table(heads: Sequence[object], rows: Iterable[Sequence[object]], label: str, look: str = "", *, told: bool = False) -> Html:
    """A table that scrolls inside itself, named for those who hear it. Where its rows become cards on a phone, each cell of one that is `told` says what it is."""
    head = tag("tr", *(tag("th", cell, scope="col") for cell in heads))
    cells = _told(heads, rows) if told else ("".join([_around("td", cell) for cell in row]) for row in rows)
    body = Html("".join([f"<tr>{row}</tr>\n" for row in cells]))
    whole = tag("table", tag("thead", head), tag("tbody", body), class_=f"hw-grid {look}".strip())
    return tag("div", whole, class_="hw-table", role="group", aria_label=label, tabindex="0")


def _told(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The cells of each row, with the heads of their columns."""
    for row in rows:
        yield "".join([tag("td", cell, data_head=head) for head, cell in zip(heads, row, strict=True)])


def chip(label: object, look: str, title: str = "", **attributes: object) -> Html:
    """A short word in a coloured lozenge. The word says it all: colour only helps."""
    return tag("span", label, class_=f"hw-chip hw-chip--{look}", title=title, **attributes)


def items(entries: Iterable[object], look: str = "hw-list") -> Html:
    """A list."""
    return tag("ul", Html("".join([_around("li", entry) for entry in entries])), class_=look)


def facts(pairs: Iterable[tuple[object, object]]) -> Html:
    """Terms with their values; pairs without a value are left out."""
    told = [f"<div>{_around('dt', term)}{_around('dd', value)}</div>\n" for term, value in pairs if value]
    return tag("dl", Html("".join(told)), class_="hw-facts")


def block(said: str) -> Html:
    """Text shown as it is written, line for line. Line ends are entities, because an empty line would end the markup around it."""
    return Html(f"<pre><code>{html.escape(said).replace(chr(10), '&#10;')}</code></pre>")
