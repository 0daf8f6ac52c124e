"""What a postmortem's page leads to: its neighbours in the class, similar ones with the reason, and those before it at the same service."""

from __future__ import annotations

from bisect import bisect_left

from hotwash.model import Postmortem
from hotwash.pages import Site, page_of, page_of_class
from hotwash.pages.parts import chips
from hotwash.pages.parts.finding import found
from hotwash.pages.parts.html import Html, join, tag
from hotwash.pages.parts.words import day_of, title_of
from hotwash.related import Near, Related
from hotwash.similar import Reason


def neighbours(post: Postmortem, site: Site, here: str) -> Html:
    """The previous and the next incident of the same class. On a public site there may be others between, so it does not say so."""
    slug = next(iter(site.archive.classes(post)), "")
    same = site.classes.get(slug, ())
    order = site.archive.order
    place = bisect_left(same, order[post.id], key=lambda other: order[other.id])
    if place == len(same) or same[place].id != post.id:
        return Html("")
    labels = ("An earlier one of its class", "A later one of its class") if site.public else ("Previous of its class", "Next of its class")
    before = _neighbour(labels[0], same[place - 1], site, here) if place else None
    after = _neighbour(labels[1], same[place + 1], site, here) if place + 1 < len(same) else None
    middle = tag("a", tag("span", "Class", class_="hw-label"), site.policy.title("classes", slug), href=site.address(here, page_of_class(slug)))
    return tag("nav", before, middle, after, class_="hw-neighbours", aria_label="Incidents of the same class", data_search_exclude="true")


def _neighbour(label: str, post: Postmortem, site: Site, here: str) -> Html:
    return tag("a", tag("span", label, class_="hw-label"), title_of(post), href=site.address(here, page_of(post)))


def kin(known: Related, site: Site, here: str) -> Html:
    """Earlier ones that are worth reading beside it; nothing where there are none."""
    parts = (_similar(known, site, here), _service(known, site, here))
    return tag("nav", *parts, class_="hw-kin", aria_label="Related postmortems", data_search_exclude="true") if any(parts) else Html("")


def _similar(known: Related, site: Site, here: str) -> Html | None:
    rows = [tag("li", _line(near.post, site, here), tag("span", _because(near, site), class_="hw-quiet hw-block")) for near in known.similar]
    return tag("section", tag("p", "Similar, of other classes", class_="hw-label"), tag("ul", *rows), aria_label="Similar") if rows else None


def _because(near: Near, site: Site) -> Html:
    return join(("both: ", "; ".join(_said(reason, site) for reason in near.reasons)))


def _said(reason: Reason, site: Site) -> str:
    """A reason in words: what both say, touch, or were started by."""
    vocabulary = {"services": "services", "trigger": "triggers"}.get(reason.kind)
    return ", ".join(site.policy.title(vocabulary, value) if vocabulary else value for value in reason.values)


def _service(known: Related, site: Site, here: str) -> Html | None:
    if not known.before:
        return None
    name = site.policy.title("services", known.service)
    rows = [tag("li", _line(post, site, here)) for post in known.before]
    every = tag("p", tag("a", f"Everything at {name}", href=found(site, here, service=known.service)), class_="hw-onward")
    return tag("section", tag("p", f"Earlier at {name}", class_="hw-label"), tag("ul", *rows), every, aria_label=f"Earlier at {name}")


def _line(post: Postmortem, site: Site, here: str) -> Html:
    return join((chips.post_link(post, site, here), tag("span", day_of(post), class_="hw-quiet hw-nowrap")), " ")
