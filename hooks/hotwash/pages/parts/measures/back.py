"""What came back, and which fixes held."""

from __future__ import annotations

from collections.abc import Mapping

from hotwash.metrics.fixes import WORDS, fixes, recurrence, returned, worked
from hotwash.metrics.period import steps
from hotwash.metrics.shares import Share
from hotwash.model import UNKNOWN, Postmortem
from hotwash.pages.parts.charts.canvas import Numbers, Part, cards, chart, keys, linked
from hotwash.pages.parts.charts.columns import Column, columns
from hotwash.pages.parts.charts.rows import Row, rows
from hotwash.pages.parts.html import Html, join, tag
from hotwash.pages.parts.measures.view import View, silent, small, step_words
from hotwash.pages.parts.words import days

_LOOKS = {
    "held": "good", "holding": "young", "did not hold": "bad", "guard removed": "bad", "not in place": "warn", "pending": "pale", "dropped": "plain", "accepted": "plain",
    "unknown": "none",
}  # fmt: skip

_HIGH = 170
"""As high as the fixes beside it, about."""


def back(view: View) -> Html:
    """Both charts."""
    return cards(_repeats(view), _held(view))


def _repeats(view: View) -> Html:
    size, found = steps(view.period, "quarter")
    window = days(view.site.policy.data["repeat_window"])
    share = recurrence(view.period.posts, view.known.again, view.site.archive)
    drawn, data = [], []
    for step in found:
        named = [post for post in step.posts if view.site.archive.classes(post)]
        again, new = [post for post in named if post.id in view.known.again], [post for post in named if post.id not in view.known.again]
        classes = sorted({slug for post in named for slug in view.site.archive.classes(post)})
        parts = (view.part(again, "bad", f"{step.name}, came back within {window}", **{size: step.name, "repeat": "yes"}),
                 view.part(new, "pale", f"{step.name}, first time or later than that", **{size: step.name, "repeat": "no", "class": classes}))
        of = Share(len(again), len(named))
        drawn.append(Column(step_words(step.name), f"{of.part}/{of.whole}" if of.whole else "", parts))
        data.append((step.name, len(named), linked(len(again), parts[0].href), str(of)))
    title, said = f"Came back within {window}", f"A column for every {size}; at the bottom the incidents whose class had occurred before, and was over, at most {window} earlier."
    legend = keys((("bad", f"came back within {window}"), ("pale", "first of its class, or later than that"))) if share.whole else None
    headline = join((tag("b", f"{share.part:,} of {share.whole:,}"), f" incidents with a known class, {share.percent:.0f} %")) if share.whole else "No incident names a class."
    before = returned(view.site.archive) - view.known.again
    later = sum(post.id in before for post in view.period.posts)
    longer = f"{later} more had an incident of their class before, longer ago." if later else ""
    notes = (longer, silent(len(view.period.posts) - share.whole, "a class"), small(share))
    return chart(title, [columns(title, said, drawn, high=_HIGH)] if share.whole else [], Numbers((size.title(), "With a class", "Came back", "Share"), data if share.whole else []), headline=headline, keys=legend, notes=notes)


def _held(view: View) -> Html:
    window = days(view.site.policy.data["repeat_window"])
    found = fixes(view.period.posts, view.site.verdicts, view.site.policy)
    names = words(window)
    used = [word for word in WORDS if any(found[kind][word] for kind in found)]
    drawn, data = [], []
    for kind, standings in found.items():
        name, share, number = _kind(kind, view), worked(standings), sum(map(len, standings.values()))
        parts = tuple(_part(view, kind, standings[word], word, names[word]) for word in used)
        drawn.append(Row(name, f"{share.part} of {share.whole} held" if share.whole else f"{number}, none tried yet", parts))
        data.append((name, number, *(linked(len(standings[word]), part.href) for word, part in zip(used, parts, strict=True))))
    title = "Which fixes held"
    said = f"A bar for each kind of artefact that structural fixes changed, parted by how they stand. Held means in place for {window} or more without a repeat."
    share = worked(_all(found))
    headline = join((tag("b", f"{share.part:,} of {share.whole:,}"), " fixes that have been tried held")) if share.whole else "No fix has been tried yet."
    notes = (f"Tried means: in place for {window}, or come back or removed since.{' The right-hand numbers count those.' if drawn else ''}", small(share))
    return chart(title, [rows(title, said, drawn)] if drawn else [], Numbers(("Artefact", "Fixes", *(names[word] for word in used)), data), headline=headline, keys=keys((_LOOKS[word], names[word]) for word in used), notes=notes)


def _part(view: View, kind: str, posts: tuple[Postmortem, ...], word: str, said: str) -> Part:
    return view.part(posts, _LOOKS[word], f"{_kind(kind, view)}, {said}", fix="holding" if word == "held" else word, artefact=kind or UNKNOWN)


def words(window: str) -> Mapping[str, str]:
    """How fixes stand, for a reader."""
    return {**{word: word for word in WORDS}, "held": f"held {window} or more", "holding": f"in place, not yet {window}", "not in place": "not in place when it came back"}


def _kind(kind: str, view: View) -> str:
    return view.site.policy.title("artefacts", kind) if kind else "artefact not said"


def _all(found: Mapping[str, Mapping[str, tuple[Postmortem, ...]]]) -> Mapping[str, tuple[Postmortem, ...]]:
    return {word: tuple(post for standings in found.values() for post in standings[word]) for word in WORDS}
