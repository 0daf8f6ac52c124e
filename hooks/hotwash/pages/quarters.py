"""The quarterly review: a page for each quarter with incidents and for the running one, and a list of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotwash.model import Page, Postmortem
from hotwash.pages import Site
from hotwash.pages.parts.frame import heading, lead, nothing, page
from hotwash.pages.parts.html import Html, join, table, tag, text
from hotwash.pages.parts.lists import listing
from hotwash.pages.parts.telling import asked_for, asking, telling
from hotwash.quarter import Review, review, standing
from hotwash.quarter.facts import Part, Row
from hotwash.quarter.patterns import AGAIN, SOON
from hotwash.quarter.scope import quarters
from hotwash.quarter.span import Quarter
from hotwash.quarter.written import COLUMNS, span, title, total

_INDEX = "quarters/index.md"
_LISTED = 25
"""Incidents that stand on a page, the latest ones; more are a click away."""
_HEADS = ("Quarter", "Incidents", "Classes that came back", "Fixes that did not hold", "Fixes not in place", "Questions")


def pages(site: Site) -> Iterator[Page]:
    """The list, then a page per quarter. A public site has none: what a review says, a postmortem that is not shown could make false."""
    if site.public:
        return
    known = standing(site.archive, site.policy, site.history, site.as_of, site.verdicts, site.owing)._replace(filled=lambda post: site.briefs[post.id].filled)
    reviews = [review(known, quarter) for quarter in quarters(known.calendar, site.as_of)]
    yield _list(site, reviews)
    for index, one in enumerate(reviews):
        after, before = (reviews[near].quarter if 0 <= near < len(reviews) else None for near in (index - 1, index + 1))
        yield _review(site, one, before, after)


def page_of_quarter(quarter: Quarter) -> str:
    """The Markdown path of a quarter's page."""
    return f"quarters/{quarter.name}.md"


def _list(site: Site, reviews: Sequence[Review]) -> Page:
    said = lead("Once in three months: what repeats, which fixes held, and what to change in how we work. Each page is ready to read aloud.")
    rows = (_row(one, site) for one in reviews)
    return page(site, _INDEX, "Quarters", (said, table(_HEADS, rows, "Quarters", "hw-grid--counts")), searched=False, hide=("navigation", "toc"))


def _row(one: Review, site: Site) -> tuple[object, ...]:
    name = join((tag("a", one.quarter.name, href=site.address(_INDEX, page_of_quarter(one.quarter)), class_="hw-nowrap"), tag("span", "running", class_="hw-quiet") if one.running else None), " ")
    whole = total(one.counts).now if one.counts else 0
    return name, whole, one.marked("patterns", AGAIN, SOON), one.marked("fixes", "did not hold", "guard removed"), one.marked("fixes", "not in place"), len(one.questions)


def _review(site: Site, one: Review, before: Quarter | None, after: Quarter | None) -> Page:
    here = page_of_quarter(one.quarter)
    blocks: list[str] = [_ways(site, here, before, after), lead(span(one)), tag("p", " ".join(one.opening), class_="hw-opened")]
    for part in one.parts:
        blocks += [heading(part.title), *_part(site, one, part, here)]
    asked = asking(one.questions, site, here) if one.questions else nothing("The archive asks nothing. What does the room ask?")
    return page(site, here, title(one), (*blocks, heading("Questions for the meeting"), asked), searched=False, hide=("navigation",))


def _ways(site: Site, here: str, before: Quarter | None, after: Quarter | None) -> Html:
    near = [(f"← {before.name}", before)] if before else []
    near += [(f"{after.name} →", after)] if after else []
    links = [tag("a", "All quarters", href=site.address(here, _INDEX)), *(tag("a", label, href=site.address(here, page_of_quarter(other))) for label, other in near)]
    return tag("nav", join(links, " "), class_="hw-ways", aria_label="Quarters", data_search_exclude="true")


def _part(site: Site, one: Review, part: Part, here: str) -> Iterator[str]:
    if not part.facts:
        yield tag("p", part.nothing, class_="hw-quiet")
    elif part.name == "incidents":
        yield _counts(one, site, here)
        posts = _posts(site, part)
        yield listing(posts[-_LISTED:], site, here, "Incidents of the quarter")
        if len(posts) > _LISTED:
            yield tag("p", tag("a", f"All {len(posts):,} incidents of the quarter", href=asked_for([("quarter", one.quarter.name)], site, here)), class_="hw-onward")
    else:
        yield telling(part.facts, site, here)


def _posts(site: Site, part: Part) -> list[Postmortem]:
    return [site.archive.posts[id] for fact in part.facts for id in fact.posts]


def _counts(one: Review, site: Site, here: str) -> Html:
    heads = ("Severity", *(column.capitalize() for column in COLUMNS))
    spans = (one.quarter, one.quarter.before, one.quarter.year_before)
    rows = [(label, *(_number(count, span, wanted, site, here) for count, span in zip(row[1:], spans, strict=True))) for row, label, wanted in _worded(one)]
    return table(heads, rows, "Incidents by severity", "hw-grid--counts")


def _worded(one: Review) -> Iterator[tuple[Row, str, str]]:
    """Each row with its label, and the severity to ask for."""
    yield from ((row, row.severity or "unknown", row.severity or "none") for row in one.counts)
    yield total(one.counts), "All", ""


def _number(count: int, span: Quarter, severity: str, site: Site, here: str) -> Html:
    """A count that leads to the postmortems behind it."""
    wanted = [("quarter", span.name), *([("severity", severity)] if severity else [])]
    return tag("a", count, href=asked_for(wanted, site, here)) if count else text(count)
