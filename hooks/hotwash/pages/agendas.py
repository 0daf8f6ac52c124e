"""The agenda of each review that is still to be held: what the facilitator opens on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hotwash.agenda import MINUTES, OPENING, Agenda, Item, agenda
from hotwash.model import Page
from hotwash.pages import Single, Site, agenda_of, meets
from hotwash.pages.parts import chips
from hotwash.pages.parts.frame import heading, page
from hotwash.pages.parts.html import Html, facts, items, join, sentence, tag, text
from hotwash.pages.parts.links import outward
from hotwash.pages.parts.words import moment_words, title_of


def singly(site: Site) -> Iterator[Single]:
    """One page for each postmortem whose review has not been held. A postmortem changes its own."""
    for post in filter(meets, () if site.public else site.newest()):
        yield Single(agenda_of(post), partial(_page, post.id))


def _page(id: str, site: Site) -> Page:
    post = site.archive.posts[id]
    meeting, here = agenda(post, site.archive, site.policy, site.history, site.as_of), agenda_of(post)
    blocks = (_when(meeting, site, here), _inputs(meeting), tag("blockquote", tag("p", text(OPENING)), class_="hw-opening"), *_parts(meeting))
    return page(site, here, f"Review: {title_of(post)}", blocks, searched=False, hide=("navigation",))


def _when(meeting: Agenda, site: Site, here: str) -> Html:
    at = f"{moment_words(meeting.at)}, {MINUTES} minutes" if meeting.at else join((f"{MINUTES} minutes; no date yet: set ", tag("code", "review.at")))
    invited = [join((tag("span", handle, class_="hw-owner"), tag("span", roles, class_="hw-quiet")), " ") for handle, roles in meeting.invited]
    return tag(
        "section",
        facts([("About", chips.post_link(meeting.post, site, here)), ("When", at), ("Who", items(invited, "hw-plain") if invited else text("nobody is named yet"))]),
        class_="hw-card", aria_label="The meeting",
    )  # fmt: skip


def _inputs(meeting: Agenda) -> Html:
    pairs = [(kind, items((outward(entry) for entry in found), "hw-plain") if found else tag("span", "none named", class_="hw-quiet")) for kind, found in meeting.inputs]
    return tag("section", tag("p", "To have at hand", class_="hw-label"), facts(pairs), class_="hw-card", aria_label="To have at hand")


def _parts(meeting: Agenda) -> Iterator[str]:
    for item in meeting.items:
        yield heading(f"{item.minutes} {item.name}")
        yield _part(item)


def _part(item: Item) -> Html:
    known = items(sentence(fact) for fact in item.facts) if item.facts else tag("p", "The file says nothing on this yet.", class_="hw-quiet")
    columns = (("What the file says", known), ("What to ask", items(text(question) for question in item.questions)))
    shown = (tag("div", tag("p", label, class_="hw-label"), column, class_="hw-column") for label, column in columns)
    return tag("section", tag("div", *shown, class_="hw-cards hw-agenda"), tag("p", f"Ends with: {item.ends_with}.", class_="hw-quiet"), aria_label=item.name)
