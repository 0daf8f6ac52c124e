"""A page per postmortem: a banner where one is due, the panel of facts, the account itself, and what it is related to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hotwash.model import Page, Postmortem
from hotwash.need import deadline
from hotwash.pages import Single, Site, agenda_of, meets, page_of
from hotwash.pages.parts import chips
from hotwash.pages.parts.body import body
from hotwash.pages.parts.frame import page
from hotwash.pages.parts.html import Html, join, sentence, tag
from hotwash.pages.parts.kin import kin, neighbours
from hotwash.pages.parts.owing import lacking
from hotwash.pages.parts.panel import panel
from hotwash.pages.parts.words import days, moment_words, title_of
from hotwash.related import Related, related


def singly(site: Site) -> Iterator[Single]:
    """One page for each postmortem of the archive. One of ten thousand changes, and a few that lead to it."""
    known = related(site.archive, site.policy)
    for post in site.archive.posts.values():
        yield Single(page_of(post), partial(_page, post.id, known.get(post.id) or Related()), known.get(post.id))


def _page(id: str, known: Related, site: Site) -> Page:
    post = site.archive.posts[id]
    here = page_of(post)
    blocks = (_way_back(post, site, here), _notice(site), _banner(post, site, here), panel(post, site, here), body(post, site), neighbours(post, site, here), kin(known, site, here))
    return page(site, here, title_of(post), blocks, source=post.path, hide=("navigation",))


def _way_back(post: Postmortem, site: Site, here: str) -> Html:
    """Up to the list, out to the file and to its history."""
    links = [tag("a", "All postmortems", href=site.address(here, "postmortems/index.md"))]
    if meets(post):
        links.append(tag("a", "Agenda of the review", href=site.address(here, agenda_of(post))))
    for pattern, label in ((site.links.edit, "Edit this file"), (site.links.history, "History")):
        if where := site.links.to(pattern, post.path):
            links.append(tag("a", label, href=where))
    return tag("nav", join(links, " "), class_="hw-ways", aria_label="This file", data_search_exclude="true")


def _notice(site: Site) -> Html:
    return tag("p", site.notice, class_="hw-notice", data_search_exclude="true") if site.notice else Html("")


def _banner(post: Postmortem, site: Site, here: str) -> Html:
    """What a reader has to know before trusting the page."""
    if post.problems:
        problem = post.problems[0]
        return _said("bad", tag("b", "The header could not be read."), f" Line {problem.span.line}: {problem.message}.")
    if post.status == "filed":
        return _stub(post, site)
    if post.status == "skipped":
        by = "" if site.public else f" Decided by {post.text('skipped', 'by') or 'unknown'}."
        return _said("plain", tag("b", "No postmortem is written."), " ", sentence(post.text("skipped", "why")), by)
    if post.status == "retired":
        return _said("plain", tag("b", "Retired."), " Kept for memory; what it describes is no longer current.")
    judged = site.verdicts[post.id]
    if judged.word in ("did not hold", "not in place", "guard removed"):
        look = "bad" if judged.word != "not in place" else "warn"
        return _said(look, tag("b", f"The fix: {judged.word}."), " ", chips.explained(judged, post, site, here), data_search_exclude="true")
    return Html("")


def _stub(post: Postmortem, site: Site) -> Html:
    until = deadline(post, site.policy)
    if not until:
        return _said("plain", tag("b", "Filed, being written."), " No date is set for its publication.")
    late = (site.as_of - until.date()).days
    due = f"It was to be published by {moment_words(until)}, {days(late)} ago." if late > 0 else f"It is to be published by {moment_words(until)}."
    owed = tag("p", "Still to write: ", lacking(post, site), ".", class_="hw-quiet", data_search_exclude="true")
    return join((_said("warn" if late > 0 else "plain", tag("b", "Filed, being written."), f" {due}", data_search_exclude="true"), owed))


def _said(look: str, *children: object, **attributes: object) -> Html:
    return tag("div", tag("p", *children), class_=f"hw-banner hw-banner--{look}", role="note", **attributes)
