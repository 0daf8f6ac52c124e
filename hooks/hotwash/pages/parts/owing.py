"""What is late, what comes next, and what a stub still lacks, as rows for several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotwash.due import Owed, foremost
from hotwash.model import Postmortem
from hotwash.pages import CALENDAR, Site
from hotwash.pages.parts import chips
from hotwash.pages.parts.html import Html, chip, join, sentence, tag, text
from hotwash.pages.parts.words import day_words, days

NAMES = {
    "filing": "Postmortem to publish", "review": "Review to hold", "fix": "Structural fix", "came-back": "Came back", "action": "Action",
    "effectiveness": "Effectiveness check",
}  # fmt: skip
TASKS = ("fix", "action")
"""What the page of fixes and actions lists."""


def when(item: Owed, site: Site) -> Html:
    """How late it is, or when it is due."""
    if not item.due:
        if item.what == "came-back":
            return chip("to be answered", "bad")
        return tag("span", "no date yet", class_="hw-quiet")
    left = (item.due - site.as_of).days
    if left < 0:
        return chip(f"{days(-left)} late", "warn")
    return text("today" if left == 0 else f"in {days(left)}")


def row(item: Owed, site: Site, here: str, more: Html | None = None) -> Html:
    """One thing owed as an entry of a list: what, from which incident, whose, and how late; `more` stands behind the incident."""
    again = bool(item.again) and item.what in TASKS
    label = tag("span", NAMES[item.what], " · its class came back" if again else None, class_="hw-label")
    said = sentence(item.text) if item.what != "filing" else chips.post_link(item.post, site, here)
    source = None if item.what == "filing" else tag("span", chips.post_link(item.post, site, here), " · " if more else None, more, class_="hw-owed__from")
    owner = tag("span", item.owner or "no owner yet", class_="hw-owner")
    due = tag("span", "due ", day_words(item.due), class_="hw-quiet") if item.due else None
    parts = (tag("div", label, tag("span", said, class_="hw-owed__what"), source, class_="hw-owed__text"),
             tag("div", when(item, site), owner, due, class_="hw-owed__when"))
    return tag("li", *parts, class_="hw-owed" + (" hw-owed--again" if foremost(item) or item.what == "came-back" else " hw-owed--late" if item.late else ""))


def rows(items: Sequence[Owed], site: Site, here: str) -> Html:
    """Things owed as a list."""
    return tag("ol", *(row(item, site, here) for item in items), class_="hw-owing")


def missing(post: Postmortem, site: Site) -> Iterator[str]:
    """What its template asks for and is not there yet: sections by their titles, then groups of header keys."""
    present = {name for section in post.sections for name in site.policy.sections_named(section.title)}
    # A stub is a stub in the template of what it will be: the questions are those of publication.
    for name in site.policy.section_ids(post):
        if name not in present:
            yield site.policy.title("sections", name)
    asked = (key.split("|") for key in site.policy.keys(post))
    lacking = [keys[0] for keys in asked if not any(_written(post, key) for key in keys)]
    yield from dict.fromkeys(key.split(".")[0].replace("_", " ") for key in lacking)
    if not post.get("fix"):
        yield "structural fix"


def _written(post: Postmortem, key: str) -> bool:
    return post.get(*key.split(".")) not in (None, "", {}, "unknown")


def lacking(post: Postmortem, site: Site) -> Html:
    """What is still to be written, in one line."""
    found = [word[0].upper() + word[1:] for word in missing(post, site)]
    return join(found, ", ") if found else text("nothing: set the status to published")


def subscription(site: Site, here: str) -> Html:
    """The way to the dates as a file that a calendar can follow."""
    return tag("a", "All dates as a calendar", href=site.address(here, CALENDAR))
