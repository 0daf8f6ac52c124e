"""What became of each structural fix of a class, as stretches of days and marks: what a lane draws and a table says in words."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from hotwash.clock import day, moment
from hotwash.model import Postmortem
from hotwash.pages import Site
from hotwash.pages.parts.words import day_of, days
from hotwash.recurrence import Verdict, started, whose_fix


class Stretch(NamedTuple):
    """Days of which one thing can be said: `look` is waiting (promised), late (promised and past its day), or held (in place)."""

    look: str
    first: date
    last: date


class Mark(NamedTuple):
    """What happened on a day: `look` is broke, absent, removed, dropped, accepted or unknown; `said` is the word for it."""

    look: str
    when: date
    said: str


class Fate(NamedTuple):
    """One fix: the incident whose file holds it, the first day of the lane on which it counts, and its life in stretches and marks."""

    fixed: Postmortem
    came: date
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    said: str
    """How it stands in words."""

    @property
    def last(self) -> date:
        """The last day that is drawn."""
        return max([self.came, *(stretch.last for stretch in self.stretches), *(mark.when for mark in self.marks)])


def when(post: Postmortem) -> date | None:
    """The day an incident stands at: when it began, else the day of its file. None where nobody knows."""
    start = started(post)
    return start.date() if start else day(day_of(post))


def fates(posts: Sequence[Postmortem], site: Site) -> list[Fate]:
    """The fixes of a class, in the order of its incidents. One that several incidents share is told once.

    Args:
        posts: the incidents of the class, oldest first.
        site: whose verdicts are told, and on what day.
    """
    sharing: dict[str, list[Postmortem]] = {}
    for post in posts:
        if when(post):
            sharing.setdefault((whose_fix(post, site.archive) or post).id, []).append(post)
    return [_fate(site.archive.posts[id], sharers, site) for id, sharers in sharing.items()]


def _fate(fixed: Postmortem, sharers: Sequence[Postmortem], site: Site) -> Fate:
    """The verdicts of all incidents that rely on the fix, on one line: each says what came after it."""
    judged = [site.verdicts[post.id] for post in sharers]
    came = min(found for post in sharers if (found := when(post)))
    marks = [mark for verdict in judged if (mark := _mark(verdict, fixed, came, site))]
    over = [mark.when for mark in marks if mark.look in ("broke", "removed", "dropped")]
    stretches = () if judged[-1].word in ("accepted", "unknown") else _stretches(fixed, came, min([*over, max(site.as_of, came)]), site.as_of)
    return Fate(fixed, came, stretches, tuple(dict.fromkeys(marks)), _in_words(judged[-1]))


def _in_words(judged: Verdict) -> str:
    """The verdict in the words of a chip; a fix that is late says so."""
    return "overdue" if judged.word == "pending" and judged.overdue else f"holding {days(judged.days)}" if judged.word == "holding" else judged.word


def _mark(judged: Verdict, fixed: Postmortem, came: date, site: Site) -> Mark | None:
    """Where the verdict was decided, and how."""
    repeat = site.archive.get(judged.repeat)
    back = (when(repeat) if repeat else None) or site.as_of
    closed = day(fixed.text("fix", "closed"))
    match judged.word:
        case "did not hold":
            return Mark("broke", max(came, back), f"did not hold: {days(judged.days)}")
        case "not in place":
            return Mark("absent", max(came, back), "not in place, and overdue" if judged.overdue else "not in place")
        case "guard removed":
            removed = moment(site.history.gone.get(fixed.text("fix", "artefact", "path"), ""))
            return Mark("removed", max([came, *([closed] if closed else []), min(removed.date(), site.as_of) if removed else site.as_of]), "guard removed")
        case "dropped":
            return Mark("dropped", max(came, min(closed, site.as_of)) if closed else came, "dropped")
        case "accepted" | "unknown":
            return Mark(judged.word, came, "no fix: accepted" if judged.word == "accepted" else "fix unknown")
    return None


def _stretches(fixed: Postmortem, came: date, until: date, as_of: date) -> tuple[Stretch, ...]:
    """Promised from the incident on, late from its due day on, in place from the day it was done on."""
    due, closed = day(fixed.text("fix", "due")), day(fixed.text("fix", "closed"))
    if fixed.text("fix", "state") == "done" and not closed:
        return ()
    done = min(max(closed, came), until) if closed and closed <= as_of and fixed.text("fix", "state") == "done" else until
    late = min(max(due, came), done) if due else done
    found = (Stretch("waiting", came, late), Stretch("late", late, done), Stretch("held", done, until))
    return tuple(stretch for stretch in found if stretch.first < stretch.last)
