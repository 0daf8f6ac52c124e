"""What the pages look like: the style sheet and the pictures that are shipped with hotwash."""

from __future__ import annotations

from collections.abc import Iterator

from hotwash.model import Page
from hotwash.pages import Site

FOLDER = "assets/hotwash"
STYLE = f"{FOLDER}/hotwash.css"


def pages(site: Site) -> Iterator[Page]:
    """Every asset as it is shipped."""
    for name, text in site.assets.items():
        yield Page(f"{FOLDER}/{name}", text)
