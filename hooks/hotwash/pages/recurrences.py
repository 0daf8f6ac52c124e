"""Recurrences: every class as a lane through time, ordered by count, by cost and by the latest incident."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from hotwash.model import Page, Postmortem
from hotwash.pages import Site, page_of, page_of_class
from hotwash.pages.parts import chips
from hotwash.pages.parts.fate import when
from hotwash.pages.parts.frame import heading, lead, not_yet, page
from hotwash.pages.parts.html import Html, items, join, table, tag
from hotwash.pages.parts.lane import each, lane, ruler
from hotwash.pages.parts.legend import legend
from hotwash.pages.parts.span import Span, spanning
from hotwash.pages.parts.toll import Toll, toll
from hotwash.pages.parts.words import count, day_words

_DRAWN, _LISTED, _RULER, _SHOWN = 40, 500, 14, 6
"""Classes that one picture draws and one table lists, after how many lanes the days stand again, and incidents of a class that a row shows."""


class Class(NamedTuple):
    """A class with what it is ordered by."""

    slug: str
    title: str
    posts: tuple[Postmortem, ...]
    toll: Toll
    last: date
    """The day of its latest incident."""


class _Order(NamedTuple):
    path: str
    label: str
    by: Callable[[Class], tuple[object, ...]]


_ORDERS = (
    _Order("recurrences/index.md", "By count", lambda one: (-len(one.posts), -one.last.toordinal())),
    _Order("recurrences/by-cost.md", "By cost", lambda one: (-one.toll.seconds, -one.toll.users)),
    _Order("recurrences/by-date.md", "By date", lambda one: (-one.last.toordinal(),)),
)


def pages(site: Site) -> Iterator[Page]:
    """The same classes in three orders; for the public in one, by name: how often one came, a postmortem not shown could make false."""
    found = [_class(slug, posts, site) for slug, posts in site.classes.items()]
    if site.public or not found:
        yield _overview(site, _Order(_ORDERS[0].path, "By name", lambda one: (one.title.casefold(),)), found)
        return
    for order in _ORDERS:
        yield _overview(site, order, found)


def _class(slug: str, posts: tuple[Postmortem, ...], site: Site) -> Class:
    return Class(slug, site.policy.title("classes", slug), posts, toll(posts), max((found for post in posts if (found := when(post))), default=date.min))


def _overview(site: Site, order: _Order, found: Sequence[Class]) -> Page:
    ordered = sorted(found, key=lambda one: (*order.by(one), one.slug))
    span = spanning([day for one in ordered for post in one.posts if (day := when(post))], site.as_of)
    asked = "" if site.public else " When it comes back, the question is what became of the fix."
    said: list[str] = [lead(f"A class is the flaw that allowed an incident.{asked}")]
    blocks = _public(ordered, site, order.path, span) if site.public else _internal(ordered, site, order, span)
    return page(site, order.path, "Recurrences", [*said, *blocks] if found else _none(site), searched=False, hide=("navigation", "toc"))


def _none(site: Site) -> Iterator[str]:
    """What stands here while no incident has a class, and how it gets one."""
    yield lead("A class is the flaw that allowed an incident.")
    yield not_yet("No incident names a class yet.") if site.public else not_yet("No incident names a class yet. Write it in the header, as ", tag("code", "cause.class"), ": when the same flaw lets another incident through, it stands here with what became of the fix.")


def _public(ordered: Sequence[Class], site: Site, here: str, span: Span) -> Iterator[str]:
    yield _picture(ordered, site, here, span, "Incidents by class")
    yield legend(site)
    yield heading("The same as a list")
    yield items((_listed(one, site, here) for one in ordered), "hw-once")


def _listed(one: Class, site: Site, here: str) -> Html:
    """A class with the days of its latest incidents."""
    days = ((tag("a", day_words(day) if (day := when(post)) else "day unknown", href=site.address(here, page_of(post)), class_="hw-nowrap")) for post in one.posts[-_SHOWN:])
    return join((tag("a", one.title, href=site.address(here, page_of_class(one.slug))), tag("span", join(days, ", "), class_="hw-quiet")))


def _internal(ordered: Sequence[Class], site: Site, order: _Order, span: Span) -> Iterator[str]:
    came_back = [one for one in ordered if len(one.posts) > 1]
    once = [one for one in ordered if len(one.posts) == 1]
    yield _tabs(site, order.path)
    if came_back:
        yield _picture(came_back, site, order.path, span, "Classes that came back")
        yield legend(site)
    if once:
        summary = tag("summary", f"Seen once: {count(len(once), 'class', 'classes')}")
        yield tag("details", summary, _picture(once, site, order.path, span, "Classes seen once"), class_="hw-fold", open="" if came_back else "open")
    yield heading("The same in a table")
    yield _table([*came_back, *once], site, order.path)


def _tabs(site: Site, here: str) -> Html:
    links = (tag("a", order.label, href=site.address(here, order.path), aria_current="page" if order.path == here else None) for order in _ORDERS)
    return tag("nav", join(links, " "), class_="hw-tabs", aria_label="Order")


def _picture(classes: Sequence[Class], site: Site, here: str, span: Span, label: str) -> Html:
    """Lanes below each other in a box that scrolls, each under the name of its class."""
    rows: list[Html] = []
    drawn, most = classes[:_DRAWN], each(min(len(classes), _DRAWN))
    for index, one in enumerate(drawn):
        rows += [_days(site, span)] if index % _RULER == 0 else []
        rows.append(tag("li", _head(one, site, here), lane(one.posts, site, here, span, one.title, most), class_="hw-swims__row"))
    said = [f"The first {_DRAWN} of {len(classes):,} are drawn; the others stand below." if len(classes) > _DRAWN else "",
            f"Of each class the latest {most} incidents are drawn; all are on its page." if any(len(one.posts) > most for one in drawn) else ""]
    more = tag("p", " ".join(part for part in said if part), class_="hw-quiet") if any(said) else None
    return join((tag("div", tag("ol", *rows, _days(site, span), class_="hw-swims"), class_="hw-scroll hw-scroll--latest", tabindex="0", role="region", aria_label=label), more))


def _days(site: Site, span: Span) -> Html:
    said = tag("span", "as of ", tag("time", day_words(site.as_of), datetime=site.as_of.isoformat()), class_="hw-swims__head hw-quiet")
    return tag("li", said, ruler(span, site.as_of), class_="hw-swims__days", aria_hidden="true")


def _head(one: Class, site: Site, here: str) -> Html:
    name = tag("a", one.title, href=site.address(here, page_of_class(one.slug)), class_="hw-swims__name")
    said = f"{count(len(one.posts), 'incident')} · {one.toll.time()} of impact" if one.toll.timed else count(len(one.posts), "incident")
    return tag("div", name, None if site.public else tag("span", said, class_="hw-quiet hw-block"), class_="hw-swims__head")


def _table(classes: Sequence[Class], site: Site, here: str) -> Html:
    heads = ("Class", "Incidents", "Time of impact", "Users", "Latest", "Fixes, the latest last")
    said = "Time of impact is from the start to the mitigation, summed over the incidents; users are summed as they were written, so that somebody met twice counts twice."
    rest = len(classes) - _LISTED
    more = f" The first {_LISTED} of {len(classes):,} are listed." if rest > 0 else ""
    return join((tag("p", said, more, class_="hw-quiet"), table(heads, (_row(one, site, here) for one in classes[:_LISTED]), "Classes", "hw-grid--cards hw-grid--told hw-grid--classes", told=True)))


def _row(one: Class, site: Site, here: str) -> tuple[object, ...]:
    latest = one.posts[-1]
    day = tag("time", day_words(one.last), datetime=one.last.isoformat(), class_="hw-nowrap") if one.last != date.min else "unknown"
    link = tag("a", day, href=site.address(here, f"postmortems/{latest.id}.md"))
    fixes = join((chips.standing(post, site) for post in one.posts[-_SHOWN:]), " ")
    return chips.class_link(one.slug, site, here), len(one.posts), one.toll.time(), one.toll.people(), link, fixes

