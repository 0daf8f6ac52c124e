"""The kinds of page that the example archive's site has, found in the house itself: a new module of pages is looked at without a line here."""

from __future__ import annotations

import pkgutil
import posixpath
from collections.abc import Iterable, Mapping
from pathlib import Path

from sites import AS_OF, REPOSITORY

from hotwash import pages
from hotwash.model import Page
from hotwash.pages.parts.links import Links
from hotwash.site import load_site

CHECKOUT = Path(__file__).parents[1]
FEW = 4
"""So many pages of one module in one folder are told apart; of more, such as the postmortems, the longest stands for all."""


def kinds(audience: str = "internal") -> Mapping[str, str]:
    """The address of a page of each kind: whatever the modules of pages make, the longest of each folder, the longest page of the handbook, and the page for nothing found."""
    site = load_site(CHECKOUT, AS_OF, Links(REPOSITORY), audience=audience)
    found = {"nothing found": "404.html", "handbook": _address(_longest(_handbook()).path)}
    for module in (module.name for module in pkgutil.iter_modules(pages.__path__) if not module.ispkg):
        made = [page for piece in pages.pieces(site, module) for page in piece() if page.path.endswith(".md")]
        for folder in {posixpath.dirname(page.path) for page in made}:
            lists, rest = _apart([page for page in made if posixpath.dirname(page.path) == folder])
            found.update({page.path.removesuffix(".md"): _address(page.path) for page in (*lists, *(rest if len(rest) <= FEW else [_longest(rest)]))})
    return found


def _apart(made: Iterable[Page]) -> tuple[list[Page], list[Page]]:
    """The page of a folder itself, which is of its own kind, and the rest."""
    made = list(made)
    return [page for page in made if posixpath.basename(page.path) == "index.md"], [page for page in made if posixpath.basename(page.path) != "index.md"]


def _longest(made: Iterable[Page]) -> Page:
    return max(made, key=lambda page: len(page.text))


def _handbook() -> list[Page]:
    return [Page(path.relative_to(CHECKOUT / "docs").as_posix(), path.read_text(encoding="utf-8")) for path in (CHECKOUT / "docs" / "handbook").glob("*.md")]


def _address(path: str) -> str:
    return path.removesuffix("index.md") if posixpath.basename(path) == "index.md" else f"{path.removesuffix('.md')}/"
