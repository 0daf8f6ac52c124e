"""The theme's frame as a mould: what it puts around a page is the same for thousands of them, but for a title, a few addresses and the table of contents.

The first page of a shape that the frame takes is framed once more with marks in these places, and later pages are put between the pieces. Whether that
gives what the theme gives is looked at with the second page, to the byte. Where it does not, the theme frames every page itself.
"""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

from jinja2 import Environment, Template
from jinja2.filters import do_striptags
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from hotwash.plugin.surroundings import team_folders

_MARK = "\ufdd4"
"""A character that no text has: Unicode keeps it for a program's own use."""
_PLACE = re.compile(f"{_MARK}(\\d)(<i>|&lt;i&gt;|)(?:<h1)?{_MARK}")
_WAYS: Mapping[str, Callable[[str], str]] = {"<i>": str, "": do_striptags, "&lt;i&gt;": lambda said: str(escape(said))}
"""How a text is written in a place, by what became of the element in its mark: as it is, as bare text, escaped."""
_FRONT = ("title", "description")
"""What a frame shows of a page's front matter."""
_NAMES = ("front_title", "front_description", "title", "content", "canonical", "edit", "skip", "contents")
"""What stands in a place. Its mark bears a number: a template may look for words in an address."""
_MOST_CONTENTS = 500
"""Tables of contents that are held at the same time."""


class Shape(NamedTuple):
    """The frame in pieces, and what stands between one and the next: its name, and how it is written there."""

    pieces: tuple[str, ...]
    places: tuple[tuple[str, str], ...]

    def filled(self, said: Mapping[str, str]) -> str:
        """The frame with a page in it."""
        parts = [self.pieces[0]]
        for (name, way), piece in zip(self.places, self.pieces[1:], strict=True):
            parts += (_WAYS[way](said[name]), piece)
        return "".join(parts)


class Mould:
    """The frame of one build. A team's own templates may look at anything of a page, so that with any of them it is the theme that frames."""

    def __init__(self, env: Environment, config: MkDocsConfig, nav: Navigation) -> None:
        self.able = config.theme.name == "material" and not any(team_folders(config))
        linked = (*(page.url for page in nav.pages), *(str(other.get("link", "")) for other in config.extra.get("alternate") or ()))
        self.above = {above for url in linked for above in accumulate(url.split("/"), "{}/{}".format)}
        self.env, self.frame = env, env.get_template("main.html")
        self.words: Any = None
        self.met, self.shapes = dict[object, dict[str, Any]](), dict[object, Shape | None]()
        self.contents = dict[object, str]()
        self.template = Template("")
        vars(self.template)["render"] = self.render

    def render(self, context: dict[str, Any]) -> str:
        """A page in its frame: what MkDocs calls of a template."""
        key = (_key(context["page"]), self._folder(context["page"].url))
        if shape := self.shapes.get(key):
            return shape.filled(self._said(context))
        output = self.frame.render(context)
        if self.able and key not in self.met:
            self.met[key] = {**context, "page": _marked(context["page"])}
        elif self.able and key not in self.shapes:
            shape = self._cast(self.met[key])
            self.shapes[key] = shape if shape and shape.filled(self._said(context)) == output else None
        return output

    def _folder(self, url: str) -> str:
        """What the frame's own links follow from, which are relative: the page's folder; or the page, where the frame leads to something below it."""
        return url if url.endswith("/") and url.rstrip("/") in self.above else posixpath.dirname(url.rstrip("/"))

    def _said(self, context: dict[str, Any]) -> dict[str, str]:
        page: SitePage = context["page"]
        front = {f"front_{name}": str(page.meta.get(name)) for name in _FRONT}
        first = next(iter(page.toc), None)
        return {**front, "title": str(page.title), "content": page.content or "", "canonical": page.canonical_url or "", "edit": page.edit_url or "",
                "skip": first.id if first else "", "contents": self._contents(context)}  # fmt: skip

    def _contents(self, context: dict[str, Any]) -> str:
        """The table of contents, in the theme's words, which are the same on every page. Most accounts have the same headings."""
        first = next(iter(context["page"].toc), None)
        told = _told(first.children if first and first.level == 1 else context["page"].toc)  # which is what the theme shows, see `_cast`
        if told is None or told not in self.contents:
            self.words = self.words or self.env.get_template("partials/language.html").make_module(context)
            if len(self.contents) >= _MOST_CONTENTS:
                self.contents.clear()
            self.contents[told] = self.env.get_template("partials/toc.html").render({**context, "lang": self.words})
        return self.contents[told]

    def _cast(self, marked: dict[str, Any]) -> Shape | None:
        """The frame around a page with marks in the place of everything that is its own."""
        contents, framed = self._contents(marked), self.frame.render(marked)
        names_page = _MARK in contents and all(head.level == 1 for head in marked["page"].toc)
        if framed.count(contents) != 1 or names_page:
            return None
        found = _PLACE.split(framed.replace(contents, _mark("contents")))
        pieces, places = tuple(found[::3]), tuple((_NAMES[int(number)], way) for number, way in zip(found[1::3], found[2::3], strict=True))
        return None if any(_MARK in piece for piece in pieces) else Shape(pieces, places)


def _key(page: SitePage) -> object:
    """All that a frame may look at and not merely show."""
    first = next(iter(page.toc), None)
    meta = {name: value for name, value in page.meta.items() if name not in (*_FRONT, "template")}
    shown = [bool(page.meta.get(name)) for name in _FRONT]
    return (page.url.endswith("/"), repr(meta), *shown, bool(page.title), bool(page.canonical_url), bool(page.edit_url), first and first.level == 1, "<h1" in (page.content or ""), page.is_homepage)


def _told(toc: Iterable[AnchorLink]) -> object:
    """All that a table of contents shows; None where a plugin has given a heading more than words and numbers, which may be anything."""
    heads = []
    for head in toc:
        below, said = _told(head.children), [pair for pair in vars(head).items() if pair[0] != "children"]
        if below is None or not all(isinstance(value, str | int) for _, value in said):
            return None
        heads.append((*said, below))
    return tuple(heads)


def _mark(name: str, heading: str = "") -> str:
    return f"{_MARK}{_NAMES.index(name)}<i>{heading}{_MARK}"


def _marked(page: SitePage) -> SitePage:
    marked = copy.copy(page)
    marked.meta = {**page.meta, **{name: _mark(f"front_{name}") for name in _FRONT if page.meta.get(name)}}
    own = {"canonical_url": _mark("canonical") if page.canonical_url else page.canonical_url, "edit_url": _mark("edit") if page.edit_url else page.edit_url}
    vars(marked).update(title=_mark("title") if page.title else page.title, **own)
    marked.content = _mark("content", "<h1" if "<h1" in (page.content or "") else "")
    first = next(iter(page.toc), None)
    marked.toc = TableOfContents([AnchorLink(_MARK, _mark("skip"), first.level)] if first else [])
    return marked
