"""What the sections of metrics share: which incidents they count, and where a number leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from hotwash.lateness import Publication, Punctuality, publications, punctuality
from hotwash.metrics import Clocks, clocks
from hotwash.metrics.fixes import repeated
from hotwash.metrics.period import Period, Step, undrawn
from hotwash.metrics.shares import SMALL, Share
from hotwash.metrics.tasks import Task, tasks
from hotwash.model import Postmortem
from hotwash.pages import Site, page_of
from hotwash.pages.parts.charts.canvas import Part
from hotwash.pages.parts.finding import found
from hotwash.pages.parts.html import Html, join, plain, tag
from hotwash.pages.parts.words import count, day_of, month, title_of
from hotwash.recurrence import LIVE

_LONGEST = 120
"""Words of one key that an address asks for at most; with more, it asks for all, and shows more than is behind the number."""

SILENT = "No incident says it."
"""What a chart says of which no incident knows anything."""


class Known(NamedTuple):
    """What is read once of every incident, for all pages, by id."""

    clocks: Mapping[str, Clocks]
    publications: Mapping[str, Publication]
    tasks: Mapping[str, tuple[Task, ...]]
    again: frozenset[str]
    """Those that came back within the policy's window."""


class View(NamedTuple):
    """A page of metrics: its site, its place, its stretch of time, and what is known of its incidents."""

    site: Site
    here: str
    period: Period
    known: Known
    skipping: bool
    """Whether the filter page holds more than what is counted: then addresses name the statuses that count."""

    @property
    def tasks(self) -> list[Task]:
        """The fixes and actions of its incidents."""
        return [task for post in self.period.posts for task in self.known.tasks[post.id]]

    def punctual(self, posts: Sequence[Postmortem]) -> Punctuality:
        """How punctually the postmortems of incidents were published."""
        return punctuality(found for post in posts if (found := self.known.publications.get(post.id)))

    def leads(self, posts: Sequence[Postmortem], **wanted: str | Sequence[str]) -> str:
        """The address behind a number: the one incident, or the filter page; empty where there is none."""
        if len(posts) == 1:
            return self.site.address(self.here, page_of(posts[0]))
        if not posts:
            return ""
        asked = {key: [value] if isinstance(value, str) else list(value) for key, value in wanted.items()}
        asked = {key: words for key, words in asked.items() if len(words) <= _LONGEST}
        if self.period.quarters and not {"month", "quarter", "year"} & set(asked):
            asked["quarter"] = list(self.period.quarters)
        if self.skipping and "status" not in asked:
            asked["status"] = list(LIVE)
        return found(self.site, self.here, **asked)

    def part(self, posts: Sequence[Postmortem], look: str, said: str, **wanted: str | Sequence[str]) -> Part:
        """A mark for incidents: how many, what they are, and where they are."""
        name = f"{said}: {plain(title_of(posts[0]))}, {day_of(posts[0])}" if len(posts) == 1 else f"{said}: {count(len(posts), 'incident')}"
        return Part(len(posts), look, name, self.leads(posts, **wanted))

    def undrawn(self, drawn: Sequence[Step]) -> str:
        """What is not drawn through time, in words; empty where all is."""
        left = undrawn(self.period, drawn)
        return f"{count(left, 'incident')} of an unknown day or of long ago {'is' if left == 1 else 'are'} not drawn." if left else ""


def known(site: Site, posts: Sequence[Postmortem]) -> Known:
    """Read incidents once."""
    found = {one.post.id: one for one in publications(posts, site.policy, site.history, site.as_of)}
    return Known({post.id: clocks(post) for post in posts}, found, {post.id: tuple(tasks(post, site.as_of)) for post in posts}, repeated(site.archive, site.policy))


def view(site: Site, here: str, period: Period, told: Known) -> View:
    """Bundle what sections need."""
    return View(site, here, period, told, any(post.status not in LIVE for post in site.archive.posts.values()))


def step_words(name: str) -> str:
    """A step as a reader wants it below a column: `Nov 26`, `Q4 26`, `2026`."""
    if "Q" in name:
        return f"{name[5:]} {name[2:4]}"
    return f"{month(date(int(name[:4]), int(name[5:7]), 1))} {name[2:4]}" if "-" in name else name


def small(share: Share) -> str:
    """A warning where a percentage stands on few."""
    return f"Only {share.whole:,} in all, fewer than {SMALL}: one more or less moves the percentage by {100 / share.whole:.0f} points." if 0 < share.whole < SMALL else ""


def silent(number: int, what: str) -> str:
    """How many do not say something."""
    return f"{count(number, 'incident')} without {what} {'is' if number == 1 else 'are'} left out." if number else ""


def told_by(number: int, view: View) -> Html | str:
    """On how many of the incidents a chart stands."""
    return join((tag("b", f"n = {number:,}"), f" of {count(len(view.period.posts), 'incident')}")) if number else SILENT


def looks(words: Sequence[str]) -> Mapping[str, str]:
    """A colour for each severity, the gravest first; there are four."""
    return {word: f"sev{min(place, 4)}" for place, word in enumerate(words, 1)}
