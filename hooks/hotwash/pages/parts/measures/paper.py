"""Whether postmortems were published by their deadline, measured from Git."""

from __future__ import annotations

from collections.abc import Sequence

from hotwash.clock import spoken
from hotwash.lateness import Punctuality
from hotwash.metrics.period import steps
from hotwash.metrics.spread import spread
from hotwash.model import Postmortem
from hotwash.pages import page_of
from hotwash.pages.parts.charts.canvas import Numbers, cards, chart, keys, linked
from hotwash.pages.parts.charts.columns import Column, columns
from hotwash.pages.parts.charts.rows import Row, rows
from hotwash.pages.parts.html import Html, join, plain, tag
from hotwash.pages.parts.measures.view import View, small, step_words
from hotwash.pages.parts.words import count, day_of, title_of

_DAY = 86_400
STEPS = ((-_DAY, "more than a day early"), (0, "up to a day early"), (_DAY, "up to a day late"), (3 * _DAY, "1 to 3 days late"), (7 * _DAY, "3 to 7 days late"), (10**12, "over 7 days late"))
"""Steps of lateness by their last second."""
_LISTED = 100
OUT = ("published", "retired")
"""What the filter page is asked for: there, a stub past its deadline is late too."""


def paper(view: View) -> Html:
    """Both charts; where Git knows no day, the words that say so."""
    told = view.punctual(view.period.posts)
    return cards(*((_through_time(view, told), _how_late(view, told)) if told.late else (_through_time(view, told),)))


def _through_time(view: View, told: Punctuality) -> Html:
    size, found = steps(view.period, "quarter")
    drawn, data = [], []
    for step in found:
        one = view.punctual(step.posts)
        punctual, late = [post for post, seconds in one.late if seconds <= 0], [post for post, seconds in one.late if seconds > 0]
        parts = (view.part(punctual, "good", f"{step.name}, published by the deadline", **{size: step.name, "filed": "on-time", "status": OUT}),
                 view.part(late, "warn", f"{step.name}, published late", **{size: step.name, "filed": "late", "status": OUT}))
        drawn.append(Column(step_words(step.name), f"{one.on_time.part}/{one.on_time.whole}" if one.late else "", parts))
        data.append((step.name, linked(len(punctual), parts[0].href), linked(len(late), parts[1].href), one.unknown, one.waiting))
    title, share = "Published by the deadline", told.on_time
    headline = join((tag("b", f"{share.part:,} of {share.whole:,}"), f" whose day Git knows, {share.percent:.0f} %")) if share.whole else "Git knows the day of none of them." if told.unknown else "None is published yet."
    said = f"A column for every {size} of the incident: published by the deadline, and late."
    asked = told.late or told.unknown or told.waiting
    pictures = [columns(title, said, drawn)] if share.whole else []
    legend = keys((("good", "by the deadline"), ("warn", "late"))) if share.whole else None
    return chart(title, pictures, Numbers((size.title(), "By the deadline", "Late", "Not known", "Being written"), data if asked else []), headline=headline, keys=legend, notes=(known(view, told), small(share)))


def known(view: View, told: Punctuality) -> str:
    """For how many a deadline was set, of how many of those Git knows the day, and why not of the others."""
    asked = len(told.late) + told.unknown
    overdue = f", {told.overdue:,} past the deadline" if told.overdue else ""
    waiting = f"; {told.waiting:,} of them {'is' if told.waiting == 1 else 'are'} being written{overdue}" if told.waiting else ""
    said = f"The policy set a deadline for {asked + told.waiting:,} of {count(len(view.period.posts), 'incident')}{waiting}."
    if asked:
        rest = f"the other {asked:,}" if told.waiting else f"{asked:,}"
        said += f" When it was published is known from Git for {len(told.late):,} of {rest}."
    if told.unknown:
        said += " Not known is what came onto the branch after the day of this page, what was taken over more than a year after its incident, and what Git's history does not reach."
    return f"{said} Git says: {view.site.history.note}." if view.site.history.note else said


def _how_late(view: View, told: Punctuality) -> Html:
    title, groups = "How late, how early", {name: list[tuple[Postmortem, int]]() for _, name in STEPS}
    for post, seconds in told.late:
        groups[next(name for last, name in STEPS if seconds <= last)].append((post, seconds))
    drawn = []
    for name, posts in groups.items():
        late = name.endswith("late")
        part = view.part([post for post, _ in posts], "warn" if late else "good", name, filed="late" if late else "on-time", status=OUT)
        drawn.append(Row(name, f"{len(posts):,}", (part,)))
    median = spread(seconds for _, seconds in told.late)
    headline = join((tag("b", in_words(median.median)), f" median of {median.n:,}")) if median.median is not None else "Nothing to measure yet"
    said = "A bar for each step of time between the deadline and the publication."
    rows_ = _listed(view, told.late)
    more = f"The table lists the {_LISTED} latest." if len(told.late) > _LISTED else ""
    return chart(title, [rows(title, said, drawn)] if told.late else [], Numbers(("Postmortem", "Day of the incident", "Published"), rows_), headline=headline, notes=(more,))


def _listed(view: View, late: Sequence[tuple[Postmortem, int]]) -> list[tuple[object, ...]]:
    return [(linked(plain(title_of(post)), view.site.address(view.here, page_of(post))), day_of(post), in_words(seconds)) for post, seconds in late[: -_LISTED - 1 : -1]]


def in_words(seconds: float | None) -> str:
    """`2 h late`, `1 d early`."""
    if seconds is None:
        return ""
    return f"{spoken(round(seconds))} late" if seconds > 0 else f"{spoken(round(-seconds))} early" if seconds < 0 else "to the second"
