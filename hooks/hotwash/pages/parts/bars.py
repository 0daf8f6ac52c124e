"""The phases of one incident as a bar: from the beginning of the impact to the end, with the same facts in words below."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from hotwash.clock import moment, spoken
from hotwash.model import Postmortem
from hotwash.pages.parts.html import Html, join, tag
from hotwash.pages.parts.words import day_words

_PHASES = (
    ("detected", "until detected"),
    ("acknowledged", "until a person engaged"),
    ("mitigated", "until users stopped being hurt"),
    ("resolved", "until it was over"),
)
_WIDTH, _LEAST = 1000, 14


class Phase(NamedTuple):
    """A stretch of the incident: what ended it, in what words, when, and how many seconds it took."""

    name: str
    words: str
    end: datetime
    seconds: int


def phases(post: Postmortem) -> list[Phase]:
    """The phases whose ends are known, in the order in which they happened."""
    start = moment(post.text("timestamps", "started"))
    ends = [(moment(post.text("timestamps", name)), name, words) for name, words in _PHASES]
    known = sorted(((when, name, words) for when, name, words in ends if when), key=lambda entry: entry[0])
    if not start or not known:
        return []
    found, before = list[Phase](), start
    for when, name, words in known:
        found.append(Phase(name, words, when, int((when - before).total_seconds())))
        before = max(before, when)
    return found


def phase_bar(post: Postmortem) -> Html:
    """The bar with its legend; nothing where too little is known."""
    found = phases(post)
    start = moment(post.text("timestamps", "started"))
    if not start or not found:
        return Html("")
    whole = spoken(int((found[-1].end - start).total_seconds()))
    label = f"Phases of the incident, {whole} in all: " + ", ".join(f"{spoken(phase.seconds)} {phase.words}" for phase in found)
    shapes = _shapes(found)
    drawn = tag("svg", tag("title", label), *shapes, viewBox=f"0 0 {_WIDTH} 18", preserveAspectRatio="none", role="img", class_="hw-bar")
    legend = [_step("started", start, "impact began"), *(_step(phase.name, phase.end, _since(phase, start), start) for phase in found)]
    return tag("div", drawn, tag("ol", *legend, class_="hw-phases"), class_="hw-bar-box")


def _shapes(found: list[Phase]) -> list[Html]:
    """Rectangles in proportion, but none too narrow to be seen."""
    total = sum(max(phase.seconds, 0) for phase in found) or 1
    widths = [max(_LEAST, _WIDTH * max(phase.seconds, 0) / total) for phase in found]
    scale, left = _WIDTH / sum(widths), 0.0
    shapes = []
    for phase, width in zip(found, widths, strict=True):
        wide = width * scale
        shapes.append(tag("rect", x=f"{left:.1f}", y="0", width=f"{max(wide - 3, 1):.1f}", height="18", class_=f"hw-phase--{phase.name}"))
        left += wide
    return shapes


def _step(name: str, when: datetime, words: str, start: datetime | None = None) -> Html:
    other_day = start is not None and when.date() != start.date()
    minute = f"{when.hour:02d}:{when.minute:02d}"
    clock = tag("time", f"{day_words(when.date())[:-5]}, {minute}" if other_day else minute, datetime=f"{when:%Y-%m-%dT%H:%M:%SZ}")
    return tag("li", _named(name), " ", join((clock, " · ", words)), class_="hw-step")


@lru_cache
def _named(phase: str) -> Html:
    return tag("b", tag("span", class_=f"hw-dot hw-phase--{phase}", aria_hidden="true"), phase)


def _since(phase: Phase, start: datetime) -> str:
    """The clock that matters at this point: everything from the start of the impact, acknowledgement from detection."""
    if phase.name == "acknowledged":
        return f"+{spoken(phase.seconds)}" if phase.seconds >= 0 else spoken(phase.seconds)
    return f"after {spoken(int((phase.end - start).total_seconds()))}"
