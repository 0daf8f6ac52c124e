"""Fixes and actions as rows: the open ones with their age and how late they are, the closed ones with proof or reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from hotwash.clock import day
from hotwash.due import Owed
from hotwash.model import Postmortem
from hotwash.pages import Site
from hotwash.pages.parts import chips
from hotwash.pages.parts.fate import when
from hotwash.pages.parts.html import Html, chip, join, sentence, table, tag, text
from hotwash.pages.parts.links import is_address, outward
from hotwash.pages.parts.owing import row
from hotwash.pages.parts.words import count, day_words, days


class Closed(NamedTuple):
    """A fix or an action that is done or dropped."""

    post: Postmortem
    name: str
    """`fix`, or the action's id; its number from 1 where it has none."""
    task: Mapping[str, Any]
    day: date | None

    @property
    def is_fix(self) -> bool:
        """Whether it is the structural fix."""
        return self.name == "fix"


def age(item: Owed, site: Site) -> int | None:
    """Days since the incident that asked for it."""
    came = when(item.post)
    return max((site.as_of - came).days, 0) if came else None


def todo(items: Sequence[Owed], site: Site, here: str) -> Html:
    """Open tasks as a list."""
    return tag("ol", *(_open(item, site, here) for item in items), class_="hw-owing")


def _open(item: Owed, site: Site, here: str) -> Html:
    old = age(item, site)
    return row(item, site, here, tag("span", f"open for {days(old)}", class_="hw-quiet hw-nowrap") if old is not None else None)


def total(items: Sequence[Owed], site: Site) -> str:
    """How many are open, how many of them overdue, and the age of the oldest."""
    late, oldest = sum(item.late for item in items), max((old for item in items if (old := age(item, site)) is not None), default=0)
    if len(items) == 1:
        return f"1 {'overdue, open' if late else 'open'} for {days(oldest)}"
    said = f"{len(items):,} overdue" if late == len(items) else f"{len(items):,} open" + (f", {late:,} overdue" if late else "")
    return f"{said}; the oldest open for {days(oldest)}"


def closed(site: Site) -> list[Closed]:
    """Everything that is done or dropped, the latest first."""
    found: list[Closed] = []
    for post in site.archive.posts.values():
        tasks = [("fix", post.get("fix"))] if post.text("fix", "change") else []
        tasks += [(str(action.get("id") or index + 1), action) for index, action in post.entries("actions")]
        found += [Closed(post, name, task, day(str(task.get("closed", "")))) for name, task in tasks if task.get("state") in ("done", "wont-do")]
    return sorted(found, key=lambda one: (-(one.day or date.min).toordinal(), one.post.id, one.name != "fix", one.name))


def done_table(found: Sequence[Closed], site: Site, here: str, label: str) -> Html:
    """What is done, when, whether by its day, and what shows it; a structural fix with its verdict."""
    return table(("Done", "What", "Owner", "Evidence"), (_done(one, site, here) for one in found), label, "hw-grid--cards hw-grid--closed")


def _done(one: Closed, site: Site, here: str) -> tuple[object, ...]:
    return _day(one), _what(one, site, here), _owner(one), _proof(one.task)


def dropped_table(found: Sequence[Closed], site: Site, here: str, label: str) -> Html:
    """What will not be done, why, and who accepted that."""
    return table(("Dropped", "What", "Owner", "Why"), (_dropped(one, site, here) for one in found), label, "hw-grid--cards hw-grid--closed")


def _dropped(one: Closed, site: Site, here: str) -> tuple[object, ...]:
    why, by = str(one.task.get("why") or ""), str(one.task.get("accepted_by") or "")
    reason = sentence(why) if why else tag("span", "no reason is written", class_="hw-quiet")
    accepted = tag("span", "accepted by ", tag("span", by, class_="hw-owner"), class_="hw-quiet hw-block") if by else None
    return _day(one), _what(one, site, here), _owner(one), join((reason, accepted))


def _day(one: Closed) -> Html:
    if not one.day:
        return tag("span", "day unknown", class_="hw-quiet")
    due = day(str(one.task.get("due", "")))
    late = (one.day - due).days if due and one.task.get("state") == "done" else 0
    shown = tag("time", day_words(one.day), datetime=one.day.isoformat(), class_="hw-nowrap")
    return join((shown, tag("span", f"{days(late)} late", class_="hw-quiet hw-block") if late > 0 else None))


def _what(one: Closed, site: Site, here: str) -> Html:
    said = sentence(one.task.get("change" if one.is_fix else "do", ""))
    judged = join((" ", chips.verdict(site.verdicts[one.post.id]))) if one.is_fix and one.task.get("state") == "done" else None
    return join((tag("span", said, judged), tag("span", chips.post_link(one.post, site, here), class_="hw-owed__from")))


def _owner(one: Closed) -> Html:
    return tag("span", one.task.get("owner") or "", class_="hw-owner hw-nowrap")


def _proof(task: Mapping[str, Any]) -> Html:
    """What shows that it was done, else its ticket; an address as a link."""
    proof = str(task.get("evidence") or "")
    if proof:
        return outward(proof) if is_address(proof) else text(proof)
    return chip("no evidence is written", "plain") if not task.get("tracking") else join(("ticket ", outward(task["tracking"])))


def capped(number: int, most: int, *, listed: str = "hotwash due") -> Html | None:
    """What is said where a page does not list everything."""
    return tag("p", f"The first {most:,} of {count(number, 'entry', 'entries')} are listed here; ", tag("code", listed), " lists all.", class_="hw-quiet") if number > most else None
