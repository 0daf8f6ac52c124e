"""What the converter would make again for every page: colours of code and who reads it, which are the same each time, and a table of contents that no text has a place for.

MkDocs draws the table of contents itself, beside the page; the converter's own drawing is only for a text that says where it is wanted.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import markdown  # type: ignore[import-untyped]
from markdown.extensions.toc import TocTreeprocessor  # type: ignore[import-untyped]


def unrepeated(converter: markdown.Markdown) -> markdown.Markdown:
    """The same converter, which makes the same of every text and leaves this out."""
    if "fenced_code_block" in converter.preprocessors:
        _colour_once()
        _look_up_once()
    for drawer in converter.treeprocessors:
        if type(drawer) is TocTreeprocessor and drawer.marker:
            _draw_if_wanted(drawer)
    return converter


def _draw_if_wanted(drawer: Any) -> None:
    whole, draw, marker = drawer.run, drawer.build_toc_div, drawer.marker

    def run(page: Any) -> Any:
        wanted = any(marker in text for text in page.itertext())
        drawer.marker, drawer.build_toc_div = (marker, draw) if wanted else ("", lambda _: ET.Element("div"))
        return whole(page)

    drawer.run = run


@cache
def _colour_once() -> None:
    """Have the sheet of a style written once in this process, and not for every block of code."""
    try:
        from pygments.formatters.html import HtmlFormatter  # type: ignore[import-untyped]

        write = HtmlFormatter._create_stylesheet  # noqa: SLF001
    except (ImportError, AttributeError):  # no colours, or another release's
        return
    sheets = dict[object, tuple[dict[Any, Any], dict[Any, Any]]]()

    def once(formatter: Any) -> None:
        key = (type(formatter), formatter.style, formatter.classprefix)
        if key not in sheets:
            write(formatter)
            sheets[key] = (formatter.ttype2class, formatter.class2style)
        formatter.ttype2class, formatter.class2style = (dict(sheet) for sheet in sheets[key])

    HtmlFormatter._create_stylesheet = once  # noqa: SLF001


@cache
def _look_up_once() -> None:
    """Have the lexer of a language looked for once in this process: Pygments goes through all that it has for every block of code."""
    try:
        from pymdownx import highlight  # type: ignore[import-untyped]

        look = highlight.get_lexer_by_name
    except (ImportError, AttributeError):  # none, or another release's
        return

    @cache
    def kind(language: str) -> Any:
        return type(look(language))

    highlight.get_lexer_by_name = lambda language, **options: kind(language)(**options)
