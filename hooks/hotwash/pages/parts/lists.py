"""Postmortems as rows of a table, the same on every list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from hotwash.clock import day
from hotwash.model import Postmortem
from hotwash.pages import Site
from hotwash.pages.parts import chips
from hotwash.pages.parts.finding import FIND
from hotwash.pages.parts.frame import heading
from hotwash.pages.parts.html import Html, join, table, tag
from hotwash.pages.parts.words import count, day_of

_HEADS = ("Date", "Severity", "Postmortem", "Services", "Class")


def ways(site: Site, here: str) -> Html:
    """The same list, ordered otherwise."""
    others = (("postmortems/index.md", "By date"), ("postmortems/by-severity.md", "By severity"), ("postmortems/by-service.md", "By service"), ("filed.md", "Being written"), (FIND, "Find"))
    links = []
    for there, label in (way for way in others if not site.public or way[0] != "filed.md"):
        links.append(tag("a", label, href=site.address(here, there), aria_current="page" if here == there else None))
    return tag("nav", join(links, " "), class_="hw-tabs", aria_label="Order")


def groups(posts: Iterable[Postmortem], of: Callable[[Postmortem], str], site: Site, here: str) -> Iterator[str]:
    """A heading and a table for each run of postmortems that share a word."""
    for name, found in groupby(posts, of):
        same = list(found)
        yield heading(name)
        yield listing(same, site, here, f"Postmortems: {name}")


def listing(posts: list[Postmortem], site: Site, here: str, label: str) -> Html:
    """A table of postmortems, said to be how many."""
    return join((tag("p", count(len(posts), "postmortem"), class_="hw-quiet hw-count"), table(_HEADS if site.public else (*_HEADS, "Fix"), (_row(post, site, here) for post in posts), label, "hw-grid--cards hw-grid--posts")))


def _row(post: Postmortem, site: Site, here: str) -> tuple[object, ...]:
    when = day_of(post)
    shown = tag("time", when, datetime=when if day(when) else None, class_="hw-nowrap") if when else tag("span", "unknown", class_="hw-quiet")
    title = join((chips.post_link(post, site, here), chips.status(post) or None), " ")
    shared = shown, chips.severity(post, site), title, chips.services(post, site), chips.class_link(post.text("cause", "class"), site, here)
    if site.public:
        return shared
    return *shared, chips.standing(post, site)
