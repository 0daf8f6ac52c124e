"""The filter page over the whole archive: the newest postmortems as they stand, and a script that filters and sorts all of them where scripts run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotwash.clock import day, spoken
from hotwash.model import Page, Postmortem
from hotwash.pages import Site
from hotwash.pages.look import FOLDER
from hotwash.pages.parts import chips
from hotwash.pages.parts.columns import columns
from hotwash.pages.parts.finding import FIND
from hotwash.pages.parts.frame import lead, page, unfiled
from hotwash.pages.parts.html import Html, chip, join, tag
from hotwash.pages.parts.lists import ways
from hotwash.pages.parts.record import Record
from hotwash.pages.parts.words import count

ROWS = "find.json"
_NEWEST = 50
_HEADS = (("date", "Date"), ("severity", "Severity"), ("title", "Postmortem"), ("service", "Services"), ("class", "Class"), ("mitigate", "Mitigated"), ("fix", "Fix"))


def pages(site: Site, found: list[Record]) -> Iterator[Page]:
    """The filter page, and what it fetches."""
    yield page(site, FIND, "Find", _blocks(site, found) if found else (unfiled(site),), searched=False, hide=("navigation", "toc"))
    yield Page(ROWS, columns(found, site))


def _blocks(site: Site, found: Sequence[Record]) -> Iterator[Html]:
    posts = {post.id: post for post in site.newest()}
    rows = [_row(record, posts[record.id], site) for record in found[:_NEWEST]]
    heads = [tag("th", tag("span", name), scope="col", data_sort=key) for key, name in _heads(site)]
    grid = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="hw-grid hw-find__grid")
    told = tag("p", f"The newest {len(rows)} of {count(len(found), 'postmortem')}", class_="hw-find__told", role="status")
    results = tag("section", told, tag("div", grid, class_="hw-find__table"), class_="hw-find__results", aria_label="Postmortems")
    yield lead("The address of this page keeps what you ask for: send it to somebody.")
    yield ways(site, FIND)
    without = tag("p", "Filtering needs JavaScript. The lists above show every postmortem without it, and the newest stand below.", class_="hw-notice hw-find__without")
    yield tag("div", without, _box(), tag("div", class_="hw-find__facets"), results, class_="hw-find", data_rows=site.address(FIND, ROWS))
    yield tag("script", src=site.address(FIND, f"{FOLDER}/find.js"), type="module")


def _box() -> Html:
    """Where a reader types, and what is asked for so far. The script shows it."""
    label = tag("label", "Words of the title, the cause, the summary, services and class", for_="hw-find-words", class_="hw-label")
    typed = tag("input", type="search", id="hw-find-words", class_="hw-find__words", autocomplete="off", spellcheck="false", placeholder="certificate checkout")
    return tag("div", label, typed, tag("div", class_="hw-find__chips"), class_="hw-find__box", role="search", aria_label="Postmortems by their words")


def _heads(site: Site) -> Sequence[tuple[str, str]]:
    return _HEADS[:-1] if site.public else _HEADS


def _row(record: Record, post: Postmortem, site: Site) -> Html:
    """A row as the script makes it too."""
    when = tag("time", record.day or "unknown", datetime=record.day if day(record.day) else None)
    again = chip("came back", "bad") if record.repeat else None
    title = join((chips.post_link(post, site, FIND), chips.status(post) or None, again), " ")
    lasted = record.clocks.mitigate
    classes = join((chips.class_link(slug, site, FIND) for slug in record.classes), ", ")
    cells = [when, chips.severity(post, site), title, chips.services(post, site), classes, spoken(lasted) if lasted is not None else None]
    if not site.public:
        cells.append(chips.standing(post, site))
    return tag("tr", *(tag("td", cell, class_=f"hw-find__{key}") for cell, (key, _) in zip(cells, _heads(site), strict=True)))
