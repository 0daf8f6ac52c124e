"""Where links lead: to pages of the site, to files of the repository, or out; never to a scheme that runs something."""

from __future__ import annotations

import html
import posixpath
import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from hotwash.pages.parts.html import Html, plain, tag, text

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SAFE = ("http:", "https:", "mailto:")


class Links(NamedTuple):
    """Addresses of the repository, as patterns of `{repository}` and `{path}`. Without a repository there are none."""

    repository: str = ""
    edit: str = "{repository}/edit/main/{path}"
    history: str = "{repository}/commits/main/{path}"
    file: str = "{repository}/blob/main/{path}"

    def to(self, pattern: str, path: str) -> str:
        """The address of a path under one of the patterns; empty where there is no repository."""
        if not self.repository or not path:
            return ""
        return pattern.replace("{repository}", self.repository.rstrip("/")).replace("{path}", quote(path))


def is_safe(target: str) -> bool:
    """Whether a link may lead there: http, https, mailto, or a place on this site. Entities and spaces are seen through."""
    bare = "".join(char for char in html.unescape(html.unescape(target)) if char.isprintable() and not char.isspace())
    if bare.startswith(("//", "\\", "/\\")):
        return False
    scheme = _SCHEME.match(bare)
    return not scheme or scheme[0].lower() in _SAFE


def is_address(value: str) -> bool:
    """Whether a value is a whole address that may be followed."""
    return is_safe(value) and value.strip().lower().startswith(_SAFE)


def outward(value: object, label: object = "") -> Html:
    """A link where the value is an address that may be followed, else the value as text."""
    said = plain(value)
    return tag("a", label or shown(said), href=said, rel="noopener") if is_address(said) else text(label or said)


def shown(address: str) -> str:
    """An address as a reader wants it: its last two steps, which name a ticket or a page well enough."""
    bare = address.split("://", 1)[-1].split("?", 1)[0].rstrip("/")
    steps = bare.split("/")
    return bare if len(steps) < 3 else "/".join(steps[-2:])


def address(here: str, there: str, directories: bool = True) -> str:
    """The relative address from one page to another, both named by their Markdown paths.

    Markup is written by us, not by the generator, so it carries final addresses; `directories` says whether a page is a folder.
    """
    folder, end = _folder(here, directories), _end(there, directories)
    if not end.path or f"{folder}/".startswith(f"{end.path}/"):  # up to a page above this one, or to this one itself
        return quote(posixpath.relpath(f"/{end.path}", f"/{folder}") + end.slash)
    return _way(folder, end.parent) + end.name


class _End(NamedTuple):
    """Where a page stands: its folder's path and its own, without the last slash; its name quoted, with it."""

    parent: str
    path: str
    name: str
    slash: str


@lru_cache(maxsize=16_384)
def _end(there: str, directories: bool) -> _End:
    place = _place(there, directories)
    path, slash = place.rstrip("/"), "/" if place[-1:] in ("", "/") else ""
    parent, _, name = path.rpartition("/")
    return _End(parent, path, quote(name) + slash, slash)


@lru_cache(maxsize=16_384)
def _folder(here: str, directories: bool) -> str:
    return posixpath.dirname(_place(here, directories))


@lru_cache(maxsize=16_384)
def _way(folder: str, parent: str) -> str:
    """From one folder to another: empty where they are the same, else with its last slash."""
    found = posixpath.relpath(f"/{parent}", f"/{folder}")
    return "" if found == "." else f"{quote(found)}/"


def _place(path: str, directories: bool) -> str:
    stem = path.removesuffix(".md")
    if stem == path:
        return path
    if posixpath.basename(stem) == "index":
        return stem.removesuffix("index") if directories else f"{stem}.html"
    return f"{stem}/" if directories else f"{stem}.html"
