"""A lane: the incidents of one class on a line through time, and below them each fix as a bar that waits, holds or breaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from hotwash.model import Postmortem
from hotwash.pages import Site, page_of
from hotwash.pages.parts.chips import rank
from hotwash.pages.parts.fate import Fate, Mark, fates, when
from hotwash.pages.parts.html import Html, join, tag
from hotwash.pages.parts.span import EDGE, WIDTH, Span, apart
from hotwash.pages.parts.words import day_words, days, title_of
from hotwash.recurrence import is_repeat

MOST, _ALL = 60, 600
"""Incidents that one lane draws at most, the latest, and those that a picture of many lanes draws."""
_LINE, _TRACK, _LETTER, _LEAST = 26, 27, 5.9, 27
"""Where the incidents stand from above, the height of a track of fixes, the width of a letter, the distance of two incidents; units of the picture."""
_OVER = 60
"""How far the lines of the days reach beyond a lane, which may stand beside a long name: what is too long is cut off by the row."""
SHAPES = ("M0-6.5A6.5 6.5 0 1 1 0 6.5A6.5 6.5 0 1 1 0-6.5Z", "M0-10L10 0L0 10L-10 0Z", "M-7-7H7V7H-7Z", "M0-7.5A7.5 7.5 0 1 1 0 7.5A7.5 7.5 0 1 1 0-7.5Z", "M0-8L8 6.5H-8Z")
"""By the place of a severity: the unknown first, then the gravest."""
MARKS = {
    "broke": "M-5-5L5 5M5-5L-5 5", "absent": "M0-8V8M-4-4L4 4M4-4L-4 4", "removed": "M-5-6H0V6H-5", "dropped": "M-5 0A5 5 0 1 1 5 0A5 5 0 1 1-5 0M-3.5 3.5L3.5-3.5",
    "accepted": "M-5 0L-1 4L6-5", "unknown": "M-3-3A3.2 3.2 0 1 1 1 1Q0 2 0 3M0 6V7",
}  # fmt: skip
"""How each mark is drawn, around its place."""


def each(lanes: int) -> int:
    """How many incidents each of so many lanes draws, so that a page stays small."""
    return min(max(_ALL // max(lanes, 1), 8), MOST)


def lane(posts: Sequence[Postmortem], site: Site, here: str, span: Span, label: str, most: int = MOST) -> Html:
    """The lane of one class. A public site draws its incidents alone: what became of a fix, a postmortem not shown could make false.

    Args:
        posts: the incidents, oldest first.
        site: what they are part of.
        here: the page that shows it.
        span: the days, the same for all lanes of a page so that they can be compared.
        label: the name of the class.
        most: how many incidents it draws, the latest.
    """
    dated = [(post, found) for post in posts if (found := when(post))][-most:]
    xs = apart([span.x(found) for _, found in dated], _LEAST)
    placed = {found: x for (_, found), x in zip(reversed(dated), reversed(xs), strict=True)}

    def at(day: date) -> float:
        return placed[day] if day in placed else span.x(day)

    tracks = [] if site.public else _tracks(fates([post for post, _ in dated], site), at)
    fixes = [mark for number, track in enumerate(tracks) for mark in _track(track, _LINE + number * _TRACK, at)]
    dots = [_dot(post, dated[index - 1][0] if index else None, xs[index], site, here) for index, (post, _) in enumerate(dated)]
    height = _LINE + 23 + max(len(tracks) - 1, 0) * _TRACK
    return tag("svg", _grid(span, height), _today(site, span, height), *fixes, *dots, viewBox=f"0 0 {WIDTH} {height}", role="group", aria_label=f"Time line: {label}", class_="hw-swim")


def _tracks(found: Sequence[Fate], at: Callable[[date], float]) -> list[list[Fate]]:
    """Fixes in as few tracks as they fit in without lying on each other. One that ends where the next begins leaves its track to it."""
    tracks: list[list[Fate]] = []
    for fate in found:
        free = next((track for track in tracks if at(track[-1].last) <= at(fate.came)), None)
        if free is None:
            tracks.append([fate])
        else:
            free.append(fate)
    return tracks


def _track(track: Sequence[Fate], y: int, at: Callable[[date], float]) -> list[Html]:
    """Every fix of a track, then the words that fit below them."""
    drawn, free = [mark for fate in track for mark in _fate(fate, y, at)], 0.0
    for start, words, look in sorted((caption for fate in track for caption in _captions(fate, at)), key=lambda caption: caption[0]):
        wide = len(words) * _LETTER
        x = min(start, WIDTH - EDGE - 3 - wide)
        if x >= free:
            drawn.append(tag("text", words, x=f"{x:.1f}", y=y + 20, class_=f"hw-swim__word hw-swim__word--{look}"))
            free = x + wide + 8
    return drawn


def _fate(fate: Fate, y: int, at: Callable[[date], float]) -> list[Html]:
    """A fix on its track; a stem leads down to it from its incident where the track is not the first."""
    start = at(fate.came)
    drawn = [tag("path", d=f"M{start:.1f} {_LINE}V{y}", class_="hw-swim__stem")] if y > _LINE else []
    for stretch in fate.stretches:
        first, last = at(stretch.first), at(stretch.last)
        if last <= first:
            continue
        look = f"hw-swim__{stretch.look}"
        drawn.append(_held(first, last, y, torn=stretch.last == fate.last and any(mark.look == "broke" for mark in fate.marks)) if stretch.look == "held"
                     else tag("path", d=f"M{first:.1f} {y}H{last:.1f}", class_=look))
    return drawn + [sign(mark.look, _beside(mark, at), y, mark.said) for mark in fate.marks]


def _held(first: float, last: float, y: int, *, torn: bool) -> Html:
    """A bar; where the fix did not hold, its end is torn."""
    end = f"H{max(first, last - 14):.1f}l3 2l-3 2l3 2l-3 2" if torn else f"H{last:.1f}V{y + 4}"
    return tag("path", d=f"M{first:.1f} {y - 4}{end}H{first:.1f}Z", class_="hw-swim__held")


def _beside(mark: Mark, at: Callable[[date], float]) -> float:
    """A mark stands before the incident that decided, or behind the one that it speaks of."""
    x = at(mark.when)
    moved = {"broke": x - 14, "absent": x - 14, "accepted": x + 16, "unknown": x + 16}.get(mark.look, x)
    return min(max(moved, EDGE / 2), WIDTH - EDGE / 2)


def sign(look: str, x: float, y: float, said: str = "") -> Html:
    """One mark, named for those who point at it."""
    return tag("path", tag("title", said) if said else None, d=MARKS[look], transform=f"translate({x:.1f} {y:g})", class_=f"hw-swim__mark hw-swim__mark--{look}")


def _captions(fate: Fate, at: Callable[[date], float]) -> list[tuple[float, str, str]]:
    """The words of a fix, each at the place it speaks of: its marks, and how it stands on the day of the page."""
    marks = [(max(at(mark.when) - (len(mark.said) * _LETTER if mark.look in ("broke", "absent", "dropped") else -8), at(fate.came)), mark.said, mark.look) for mark in fate.marks]
    if fate.said.startswith(("holding", "overdue", "pending")) and fate.stretches:
        last = fate.stretches[-1]
        marks.append((max(at(last.first), at(last.last) - len(fate.said) * _LETTER), fate.said, fate.said.split()[0]))
    return marks


def _dot(post: Postmortem, before: Postmortem | None, x: float, site: Site, here: str) -> Html:
    """An incident as a link to its account; one that came back within the window has a ring and says after how long."""
    repeat = not site.public and before is not None and is_repeat(post, before, site.policy)
    gap, said = "", f"{day_words(found) if (found := when(post)) else post.id}, {site.policy.severity(post) or 'severity unknown'}: {title_of(post)}"
    if repeat and before and found and (earlier := when(before)):
        gap = f"after {days((found - earlier).days)}"
        said = f"{said}; came back {gap}"
    place = rank(post, site)
    ring = tag("circle", r="12", class_="hw-swim__ring") if repeat else None
    wide = len(gap) * _LETTER
    words = tag("text", gap, x=f"{min(max(-wide / 2, -x), WIDTH - wide - x):.1f}", y="-16", class_="hw-swim__word hw-swim__word--broke") if gap else None
    shape = join((tag("title", said), tag("circle", r="14", class_="hw-swim__touch"), ring, words, tag("path", d=SHAPES[place], class_=f"hw-swim__dot hw-fill-sev{place}")))
    return tag("a", shape, href=site.address(here, page_of(post)), transform=f"translate({x:.1f} {_LINE})")


def _grid(span: Span, height: int) -> Html:
    return tag("path", d="".join(f"M{tick.x:.1f} {-_OVER}V{height + _OVER}" for tick in span.ticks()), class_="hw-swim__grid")


def _today(site: Site, span: Span, height: int) -> Html:
    return tag("path", d=f"M{span.x(site.as_of):.1f} {-_OVER}V{height + _OVER}", class_="hw-swim__today")


def ruler(span: Span, as_of: date) -> Html:
    """The days above or below the lanes."""
    names = [tag("text", tick.name, x=f"{tick.x + 4:.1f}", y="16", class_="hw-swim__name" + (" hw-swim__name--strong" if tick.strong else "")) for tick in span.ticks() if tick.name]
    ticks = tag("path", d="".join(f"M{tick.x:.1f} 0V22" for tick in span.ticks()), class_="hw-swim__grid")
    today = tag("path", d=f"M{span.x(as_of):.1f} 0V22", class_="hw-swim__today")
    return tag("svg", ticks, *names, today, viewBox=f"0 0 {WIDTH} 22", aria_hidden="true", class_="hw-swim")
