"""Filed stubs: what is owed and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

from hotwash.clock import moment
from hotwash.model import Page, Postmortem
from hotwash.need import deadline
from hotwash.pages import Site
from hotwash.pages.parts import chips
from hotwash.pages.parts.frame import lead, nothing, page, unfiled
from hotwash.pages.parts.html import Html, chip, join, table, tag
from hotwash.pages.parts.lists import ways
from hotwash.pages.parts.owing import lacking, subscription
from hotwash.pages.parts.words import days, moment_words

_HEADS = ("Publish by", "Severity", "Postmortem", "Over since", "Whose", "Still to write")


def pages(site: Site) -> Iterator[Page]:
    """The one page of stubs."""
    if site.public:
        return
    here = "filed.md"
    far = datetime.max.replace(tzinfo=timezone.utc)
    filed = sorted((post for post in site.newest() if post.status == "filed"), key=lambda post: deadline(post, site.policy) or far)
    said = lead("Filed as soon as the incident was over, and being written. The date was fixed at that moment and is not renegotiated. ", subscription(site, here))
    rows = (_row(post, site, here) for post in filed)
    shown = table(_HEADS, rows, "Filed postmortems", "hw-grid--cards hw-grid--filed", told=True) if filed else nothing("Everything that was filed is published.") if site.archive.posts else unfiled(site)
    yield page(site, here, "Being written", (said, ways(site, here), shown), searched=False, hide=("navigation", "toc"))


def _row(post: Postmortem, site: Site, here: str) -> tuple[object, ...]:
    over = moment(post.text("timestamps", "resolved"))
    owner = post.text("roles", "incident_commander") or post.text("roles", "tech_lead")
    return (
        _until(post, site), chips.severity(post, site), chips.post_link(post, site, here), moment_words(over) if over else "unknown",
        tag("span", owner, class_="hw-owner hw-nowrap") if owner else tag("span", "nobody yet", class_="hw-quiet"), lacking(post, site),
    )


def _until(post: Postmortem, site: Site) -> Html:
    until = deadline(post, site.policy)
    if not until:
        return tag("span", "no date", class_="hw-quiet")
    late = (site.as_of - until.date()).days
    return join((tag("span", moment_words(until), class_="hw-nowrap"), chip(f"{days(late)} late", "warn") if late > 0 else None), " ")
