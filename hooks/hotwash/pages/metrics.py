"""Metrics: the last four quarters for whoever leads on Monday, and the whole archive for whoever plans the year."""

from __future__ import annotations

from collections.abc import Iterator

from hotwash.metrics.period import latest, whole
from hotwash.model import Page
from hotwash.pages import Site
from hotwash.pages.parts.frame import heading, lead, nothing, page, unfiled
from hotwash.pages.parts.html import Html, tag
from hotwash.pages.parts.measures.back import back
from hotwash.pages.parts.measures.causes import causes
from hotwash.pages.parts.measures.chain import chain, noticed
from hotwash.pages.parts.measures.fast import fast
from hotwash.pages.parts.measures.figures import figures
from hotwash.pages.parts.measures.often import often
from hotwash.pages.parts.measures.paper import paper
from hotwash.pages.parts.measures.promised import promised
from hotwash.pages.parts.measures.reading import reading
from hotwash.pages.parts.measures.view import View, known, view
from hotwash.pages.parts.words import count, day_words

LATEST, WHOLE = "metrics.md", "metrics/all.md"
_SECTIONS = (
    ("How often", often), ("What came back, and which fixes held", back), ("How fast", fast), ("What noticed it first", noticed), ("What was promised", promised),
    ("Published in time", paper), ("Triggers and root causes", causes), ("Where the chain broke", chain),
)  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """One page per stretch of time; none for a public site, where a postmortem not shown could make any of the numbers false."""
    if site.public:
        return
    everything = whole(site.archive, site.as_of)
    told = known(site, everything.posts)
    for here, title, period in ((LATEST, "Metrics", latest(everything)), (WHOLE, "Metrics of the whole archive", everything)):
        seen = view(site, here, period, told)
        blocks = (_lead(seen), _periods(site, here), *(_sections(seen) if period.posts else [nothing("No incident has been filed in this time.") if everything.posts else unfiled(site)]))
        yield page(site, here, title, blocks, searched=False, hide=("navigation",))


def _lead(seen: View) -> Html:
    period = seen.period
    since = f"{day_words(period.first)} to {day_words(period.last)}" if period.first else "the whole archive"
    part = ", the last four quarters, the one that is running included" if period.quarters else ", all that is in the archive"
    return lead(f"{count(len(period.posts), 'incident')} from {since}{part}. Every mark leads to the postmortems behind it.")


def _periods(site: Site, here: str) -> Html:
    links = (tag("a", label, href=site.address(here, there), aria_current="page" if here == there else None) for there, label in ((LATEST, "Last four quarters"), (WHOLE, "Whole archive")))
    return tag("nav", *links, class_="hw-tabs", aria_label="Period")


def _sections(seen: View) -> Iterator[str]:
    yield figures(seen)
    for title, section in _SECTIONS:
        yield heading(title)
        yield section(seen)
    yield reading(seen)
