"""Links of built pages that lead nowhere: MkDocs follows what it converts itself, and not one address that stands in finished markup."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

_LINK = re.compile(r'<a (?:[^>"]|"[^"]*")*?href="([^"]*)"')
_OUTWARD = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/")


class DeadEnds:
    """The links of all pages of one build, each read once while its page passes by.

    Args:
        places: every address of the site, relative to its root; a page in a folder of its own is `x/`.
    """

    def __init__(self, places: Iterable[str]) -> None:
        self.places = {unquote(place).removeprefix("./") for place in places}
        self.nowhere: dict[str, str] = {}
        """A link that leads nowhere, with the first page that has it."""
        self.parts: dict[tuple[str, str], str] = {}
        """A part of a page (its place and the id that is wanted there), with the first page that leads to it."""

    def read(self, here: str, links: Iterable[str], *, written: bool = False) -> None:
        """Note where a page leads.

        Args:
            here: the page's own address, relative to the root.
            links: those of its article, see `leads`.
            written: whether its body was written by anybody. Then links within the page are left alone: what had to be taken out of a body leads to no part.
        """
        whole = unquote(here).removeprefix("./")
        above = list(_above(posixpath.dirname(whole)))
        for link in links:
            self._follow(html.unescape(link), whole, above, written)

    def _follow(self, link: str, whole: str, above: list[str], written: bool) -> None:
        path, _, part = link.partition("#")
        path = path.partition("?")[0]
        place = _resolved(unquote(path), above) if path else whole
        if place not in self.places:
            self.nowhere.setdefault(link, whole)
        elif part and (path or not written):
            self.parts.setdefault((place, unquote(part)), whole)

    def found(self, text_of: Callable[[str], str]) -> Iterator[str]:
        """What leads nowhere, in one line each, the page first.

        Args:
            text_of: the built HTML of a place, empty where there is none. It is asked only for pages to whose parts a link leads.
        """
        yield from (f'{here or "the home page"}: the link "{link}" leads to no page of this site' for link, here in sorted(self.nowhere.items()))
        wanted: dict[str, list[tuple[str, str]]] = {}
        for (place, part), here in sorted(self.parts.items()):
            wanted.setdefault(place, []).append((part, here))
        for place, parts in wanted.items():
            text = text_of(place)
            missing = [(part, here) for part, here in parts if text and not _has(text, part)]
            yield from (f'{here or "the home page"}: the link to "#{part}" of {place or "the home page"} leads to no part of that page' for part, here in missing)


def leads(page: str) -> set[str]:
    """The links of a built page that stay within the site, as they are written. Only the article is read: the theme's own navigation is the theme's care."""
    return {link for link in _LINK.findall(page, max(page.find("<article"), 0)) if not _OUTWARD.match(link)}


def _above(folder: str) -> Iterator[str]:
    """A folder, the one above it, and so on up to the root, each with its slash."""
    while folder:
        yield f"{folder}/"
        folder = posixpath.dirname(folder)
    yield ""


def _resolved(path: str, above: list[str]) -> str:
    """Where a relative address leads; only steps upward at its beginning are ours, the rest is seen through in full."""
    up = 0
    while path.startswith("../", 3 * up):
        up += 1
    rest = path[3 * up :]
    if up >= len(above):
        return path
    if rest in ("..", ".", "./") or "/." in rest or "./" in rest:
        joined = posixpath.normpath(posixpath.join("/", above[up], rest)).lstrip("/")
        return f"{joined}/" if joined and rest.endswith(("/", ".")) else joined
    return above[up] + rest


def _has(text: str, part: str) -> bool:
    escaped = html.escape(part)
    return any(f'{name}="{said}"' in text for name in ("id", "name") for said in (part, escaped))
