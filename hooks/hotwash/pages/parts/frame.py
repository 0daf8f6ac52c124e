"""A page put together: front matter that any generator reads, one heading, blocks, and the day it speaks of."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from itertools import accumulate

from hotwash.model import Page
from hotwash.pages import Site
from hotwash.pages.parts.html import Html, plain, tag

_BLOCK = re.compile(r"<(?:article|details|div|dl|figure|form|nav|ol|p|section|table|ul)\b")
"""What Markdown leaves as it is, where nothing stands around it."""
_SPEAKS_OF = {"public": "of what was made public", "internal": "restricted postmortems left out", "restricted": "restricted postmortems included"}
_SPECIAL = re.compile(r"[\\*_{}\[\]|!~^=#]")


def page(site: Site, path: str, title: str, blocks: Iterable[str], *, source: str = "", searched: bool = True, hide: tuple[str, ...] = ()) -> Page:
    """A page of Markdown.

    Args:
        site: what it is made from.
        path: where it stands, relative to the site's source folder.
        title: its heading, as it was written; it is escaped here.
        blocks: what it consists of; empty ones are left out.
        source: the file that an edit link opens.
        searched: whether the search may find it. Lists stay out, so that a search finds postmortems and not lists of them.
        hide: parts of the theme that this page does without.
    """
    said = plain(title) or path
    front = _front_matter(html.escape(said), searched, hide)
    found = [block for block in (f"# {markdown(said)}", *blocks, as_of(site)) if block]
    bare = [block.rstrip("\n") for block in found]
    ends = list(accumulate(len(block) + 2 for block in bare))
    markup = tuple(
        (len(front) + end - 2 - len(shown), len(front) + end - 2) for block, shown, end in zip(found, bare, ends, strict=True) if isinstance(block, Html) and _BLOCK.match(shown)
    )
    return Page(path, front + "\n\n".join(bare) + "\n", said, source, markup)


def _front_matter(title: str, searched: bool, hide: tuple[str, ...]) -> str:
    """JSON is YAML, in both its versions, and survives every title. The title is escaped, because themes print it as it is."""
    lines = [f"title: {json.dumps(title, ensure_ascii=False)}"]
    if hide:
        lines.append(f"hide: {json.dumps(hide)}")
    if not searched:
        lines.append('search: {"exclude": true}')
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def markdown(text: str) -> str:
    """A value inside a line of Markdown: nothing in it is markup. What stands in backticks loses them."""
    return _SPECIAL.sub(lambda char: f"&#{ord(char[0])};", html.escape(plain(text).replace("`", ""), quote=False))


def heading(text: str, level: int = 2) -> str:
    """A heading inside a page."""
    return f"{'#' * level} {markdown(text)}"


def as_of(site: Site) -> Html:
    """The day the page speaks of, and of which postmortems: the same words whether or not there are others."""
    day = tag("time", site.as_of.isoformat(), datetime=site.as_of.isoformat())
    return tag("p", "as of ", day, f" · {_SPEAKS_OF[site.audience]}", class_="hw-asof", data_search_exclude="true")


def lead(*children: object, **attributes: object) -> Html:
    """The sentence under a heading."""
    return tag("p", *children, class_="hw-lead", **attributes)


def nothing(text: str) -> Html:
    """What is said where a list is empty, which is often good news."""
    return tag("p", text, class_="hw-nothing")


def not_yet(*children: object) -> Html:
    """What is said where a page has nothing to speak of so far, which is neither good nor bad."""
    return tag("p", *children, class_="hw-nothing hw-nothing--yet")


def unfiled(site: Site) -> Html:
    """What an archive without a postmortem says on every page that would list some."""
    return not_yet("Nothing is public yet.") if site.public else not_yet("Nothing is filed yet. The first postmortem: ", tag("code", 'hotwash new "What happened" --stub'))
