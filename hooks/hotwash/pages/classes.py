"""A page per class: its story in order, each incident with its fix and what became of it; for the public the incidents alone.

The search finds a class by its name and by what the policy says of it. What its incidents say is found on their own pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from hotwash.model import Page, Postmortem
from hotwash.pages import Single, Site, page_of_class
from hotwash.pages.parts.chapter import incident, newest_first, opening, still_open
from hotwash.pages.parts.fate import when
from hotwash.pages.parts.finding import found
from hotwash.pages.parts.frame import heading, lead, page
from hotwash.pages.parts.html import Html, facts, items, join, tag, text
from hotwash.pages.parts.lane import lane, ruler
from hotwash.pages.parts.legend import legend
from hotwash.pages.parts.span import spanning
from hotwash.pages.parts.toll import toll

_TOLD = 25
"""Incidents of which the story is told, the latest; earlier ones stand in a list."""


def singly(site: Site) -> Iterator[Single]:
    """A page for each class. A postmortem changes those of its classes alone."""
    for slug in site.classes:
        yield Single(page_of_class(slug), partial(_public if site.public else _chapter, slug))


def _public(slug: str, site: Site) -> Page:
    posts, here = site.classes[slug], page_of_class(slug)
    blocks = (_up(site, here), items(newest_first(posts, site, here), "hw-once"))
    return page(site, here, site.policy.title("classes", slug), blocks, hide=("navigation",))


def _chapter(slug: str, site: Site) -> Page:
    posts, here = site.classes[slug], page_of_class(slug)
    first = max(len(posts) - _TOLD, 0)
    blocks: list[str] = [_up(site, here), lead(opening(posts, site), data_search_exclude="true"), _picture(slug, posts, site, here), legend(site), _about(slug, posts, site, here), heading("The story")]
    if first:
        blocks.append(tag("details", tag("summary", f"{first:,} earlier ones"), items(newest_first(posts[:first], site, here)), data_search_exclude="true"))
    blocks += [incident(posts[index], posts[first:index], site, here) for index in range(first, len(posts))]
    if left := still_open(posts, site, here):
        blocks += [heading("Still open"), tag("div", items(left), data_search_exclude="true")]
    return page(site, here, site.policy.title("classes", slug), blocks, hide=("navigation",))


def _up(site: Site, here: str) -> Html:
    return tag("nav", tag("a", "All recurrences", href=site.address(here, "recurrences/index.md")), class_="hw-ways", aria_label="Up", data_search_exclude="true")


def _picture(slug: str, posts: Sequence[Postmortem], site: Site, here: str) -> Html:
    title, span = site.policy.title("classes", slug), spanning([day for post in posts if (day := when(post))], site.as_of)
    drawn = tag("div", lane(posts, site, here, span, title), ruler(span, site.as_of), class_="hw-swims hw-swims--one")
    return tag("div", drawn, class_="hw-scroll hw-scroll--latest", tabindex="0", role="region", aria_label="Time line")


def _about(slug: str, posts: Sequence[Postmortem], site: Site, here: str) -> Html:
    """What the policy says of the class, what it cost, and what it hit."""
    entry, cost = site.policy.words("classes").get(slug) or {}, toll(posts)
    services = dict.fromkeys(word for post in posts for word in post.items("services") if isinstance(word, str))
    return facts([
        ("Class", tag("code", slug)),
        ("Merged into it", join((tag("code", old) for old, now in site.policy.merged.items() if now == slug), ", ")),
        ("Incidents", tag("a", f"{len(posts):,}", href=found(site, here, class_=slug))),
        ("Time of impact", text(cost.time())),
        ("Users", text(cost.people())),
        ("Services hit", join((tag("a", site.policy.title("services", word), href=found(site, here, service=word)) for word in services), ", ")),
        ("Category", text(site.policy.title("causes", entry.get("category", "")))),
        ("Level that was missing", text(site.policy.title("chain_levels", entry.get("level", "")))),
        ("What was missing", text(site.policy.title("labels", entry.get("label", "")))),
    ])
