"""What the pages look like: the style sheet and the pictures that are shipped with hotwash."""

from __future__ import annotations

from collections.abc import Iterator

from hotwash.model import Page
from hotwash.pages import Site

FOLDER = "assets/hotwash"
STYLE = f"{FOLDER}/hotwash.css"
SCRIPT = f"{FOLDER}/theme.js"
"""What the theme itself lacks on every page: names and keys."""


def pages(site: Site) -> Iterator[Page]:
    """Every asset as it is shipped; the style sheets, of which each part of the site has its own, as one, since a page asks for one file rather than ten."""
    sheets = [text for name, text in site.assets.items() if name.endswith(".css")]
    if sheets:
        yield Page(STYLE, "\n".join(sheets))
    for name, text in site.assets.items():
        if not name.endswith(".css"):
            yield Page(f"{FOLDER}/{name}", text)
