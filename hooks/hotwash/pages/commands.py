"""The reference of the commands, in the words of their own help."""

from __future__ import annotations

from collections.abc import Iterator

from hotwash.model import Page
from hotwash.pages import Site
from hotwash.pages.parts.frame import page
from hotwash.pages.parts.html import block, tag


def pages(site: Site) -> Iterator[Page]:
    """The one page of commands, where they are known."""
    if site.commands:
        yield page(site, "reference/commands.md", "Commands", _blocks(site))


def _blocks(site: Site) -> Iterator[str]:
    yield ("Exit status: 0 nothing at error level, 1 findings, 2 could not run, 130 interrupted. Results go to standard output, everything else to standard error.")
    for name, said in site.commands:
        yield f"## `hotwash {name}`"
        yield tag("div", block(said), class_="hw-help")
