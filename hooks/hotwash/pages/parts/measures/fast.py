"""How fast: the four clocks of an incident, every one as a dot, and their medians through time."""

from __future__ import annotations

from collections.abc import Sequence

from hotwash.clock import spoken
from hotwash.metrics import Clocks
from hotwash.metrics.period import Step, steps
from hotwash.metrics.spread import Spread, Timed, timed
from hotwash.model import Postmortem
from hotwash.pages import page_of
from hotwash.pages.parts.charts.canvas import Numbers, Part, cards, chart, keys, linked
from hotwash.pages.parts.charts.scale import Times, times
from hotwash.pages.parts.charts.strip import strip
from hotwash.pages.parts.charts.trend import Point, trend
from hotwash.pages.parts.html import Html, join, plain, tag
from hotwash.pages.parts.measures.view import SILENT, View, looks, step_words
from hotwash.pages.parts.words import count, day_of, title_of

CLOCKS = (
    ("detect", "Time to detect", "from the beginning of the impact until it was noticed"),
    ("acknowledge", "Time to acknowledge", "from then until an engineer engaged"),
    ("mitigate", "Time to mitigate", "from the beginning until users stopped being hurt"),
    ("resolve", "Time to resolve", "from the beginning until it was over"),
)
LATEST, LONGEST = 300, 60
"""Of very many incidents, how many of the latest and of the longest are drawn as dots."""


def fast(view: View) -> Html:
    """A card for each clock, all on one scale."""
    read = view.known.clocks
    told = timed((post, read[post.id]) for post in view.period.posts)
    axis = times([seconds for one in told for _, seconds in one.known])
    size, found = steps(view.period, "quarter")
    through = [(step, timed((post, read[post.id]) for post in step.posts)) for step in found]
    return cards(*(_clock(view, place, told[place], [(step, each[place]) for step, each in through], size, axis) for place in range(len(Clocks._fields))))


def _clock(view: View, place: int, told: Timed, through: Sequence[tuple[Step, Timed]], size: str, axis: Times) -> Html:
    _, title, meaning = CLOCKS[place]
    shown = drawn(told)
    dots = [_dot(post, seconds, view) for post, seconds in shown]
    points = [Point(step_words(step.name), found.spread, _point(view, step, found, size)) for step, found in through]
    pictures = [strip(f"{title}, every incident", f"Each dot is an incident, {meaning}; the scale is logarithmic.", dots, told.spread, axis)] if told.known else []
    if any(found.known for _, found in through):
        pictures += [tag("p", f"Median by {size}", class_="hw-chart__label"), trend(f"{title}, median by {size}", "A point for the median, a bar for the middle half.", points, axis)]
    rows = [(name, found.n, _said(found.median), _said(found.lower), _said(found.upper), _said(found.ninetieth)) for name, found in (("All", told.spread), *((step.name, found.spread) for step, found in through))]
    slowest = [(linked(plain(title_of(post)), view.site.address(view.here, page_of(post))), day_of(post), spoken(seconds)) for post, seconds in reversed(shown)]
    numbers = Numbers((size.title(), "n", "Median", "1st quartile", "3rd quartile", "90th percentile"), rows)
    return chart(title, [tag("p", meaning, class_="hw-chart__about"), *pictures], numbers, headline=headline(told.spread), keys=_legend(shown, view), notes=(_left_out(told), _thinned(told, len(shown))), more=Numbers(("Incident", "Day", title), slowest, "Incident by incident"))


def drawn(told: Timed) -> list[tuple[Postmortem, int]]:
    """The incidents that are drawn: all, or where they are very many the latest and the longest; the shortest first."""
    if len(told.known) <= LATEST + LONGEST:
        return list(told.known)
    late = sorted(told.known, key=lambda pair: (day_of(pair[0]), pair[0].id))[-LATEST:]
    chosen = {post.id for post, _ in (*late, *told.known[-LONGEST:])}
    return [(post, seconds) for post, seconds in told.known if post.id in chosen]


def headline(found: Spread) -> Html:
    """The spread in words, never without the number it stands on."""
    if found.median is None:
        return tag("span", SILENT)
    if found.n == 1:
        return join((tag("b", _said(found.median)), " · one incident"))
    half = join((" · half between ", _whole(found.lower), " and ", _whole(found.upper))) if found.lower is not None else None
    most = join((" · nine in ten within ", _whole(found.ninetieth))) if found.ninetieth is not None else None
    return join((tag("b", _said(found.median)), f" median of {found.n:,}", half, most))


def _whole(seconds: float | None) -> Html:
    """A duration that stays on one line."""
    return tag("span", _said(seconds), class_="hw-nowrap")


def _said(seconds: float | None) -> str:
    return "–" if seconds is None else spoken(round(seconds))


def _dot(post: Postmortem, seconds: int, view: View) -> Part:
    severity = view.site.policy.severity(post)
    said = f"{spoken(seconds)}, {severity or 'severity unknown'}: {plain(title_of(post))}, {day_of(post)}"
    return Part(seconds, looks(list(view.site.policy.words("severities"))).get(severity, "sev0"), said, view.site.address(view.here, page_of(post)))


def _legend(shown: Sequence[tuple[Postmortem, int]], view: View) -> Html | None:
    """The severities of the dots; nothing where there are none."""
    policy = view.site.policy
    used = {policy.severity(post) for post, _ in shown}
    named = [(look, word) for word, look in looks(list(policy.words("severities"))).items() if word in used]
    return keys([*named, *([("sev0", "severity unknown")] if "" in used else [])]) if shown else None


def _point(view: View, step: Step, told: Timed, size: str) -> Part:
    found = told.spread
    half = f", half between {_said(found.lower)} and {_said(found.upper)}" if found.lower is not None else ""
    said = f"{step.name}: median {_said(found.median)} of {count(found.n, 'incident')}{half}"
    return Part(found.n, "good", said, view.leads([post for post, _ in told.known], **{size: step.name}))


def _left_out(told: Timed) -> str:
    parts = []
    if told.unknown:
        parts.append(f"{count(told.unknown, 'incident')} {'does' if told.unknown == 1 else 'do'} not say it")
    if told.negative:
        parts.append(f"{count(told.negative, 'incident')} {'says' if told.negative == 1 else 'say'} times in an order that cannot be")
    return f"Left out: {'; '.join(parts)}." if parts else ""


def _thinned(told: Timed, shown: int) -> str:
    return f"Drawn are {shown:,} of {len(told.known):,} incidents, the {LATEST} latest and the {LONGEST} longest; median and quartiles count all." if shown < len(told.known) else ""
