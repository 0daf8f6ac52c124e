"""What is owed, as a terminal, a program, an issue or a pull request shows it.

Everything but the policy's words comes from postmortems, so nothing of it may act: no terminal codes, no markup, no mention of a person or an issue.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from hotwash.due import SOON, Owed, foremost
from hotwash.formats.github import attribute, data
from hotwash.formats.text import printable

NAMES = {
    "filing": "postmortem to publish", "review": "review to hold", "fix": "structural fix", "came-back": "fix to look at again", "action": "action",
    "effectiveness": "effectiveness check",
}  # fmt: skip
GROUPS = ("Overdue, and the class has come back since", "Overdue", "Came back", f"Due within {SOON} days", "Later, or without a day")
_LATE = 2
"""The first groups are overdue."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+.!|~&$:-])")
_MENTION = re.compile(r"(?<=[@#])(?=\w)|(?<=/)(?=/)")
_JOINER = "\u2060"
"""Put between a sign and its word, it is not seen, and a forge reads neither a mention nor a number nor an address."""
_RED, _YELLOW, _BOLD, _DIM, _PLAIN = "\033[31m", "\033[33m", "\033[1m", "\033[2m", "\033[0m"


class Reminder(NamedTuple):
    """What is owed on a day, most urgent first, and how many postmortems were left out with a reason."""

    owed: tuple[Owed, ...]
    as_of: date
    skipped: int = 0

    @property
    def overdue(self) -> int:
        """How many things are late."""
        return sum(item.late for item in self.owed)


def text(reminder: Reminder, colour: bool) -> str:
    """For a terminal: groups, each thing with what to do next."""
    lines = [f"{summary(reminder)}\n"]
    for group, items in _grouped(reminder):
        shade = (_RED if group < _LATE else _YELLOW if group < _LATE + 2 else "") if colour else ""
        lines.append(f"\n{shade}{_BOLD if colour else ''}{GROUPS[group]}{_PLAIN if colour else ''}\n")
        for item in items:
            head = printable(f"{NAMES[item.what]}, {when(item, reminder.as_of)}, {_whose(item)}: {_said(item)}")
            about = printable(f"{item.post.id}{_again(item)}")
            lines.append(f"  {head}\n    {_DIM if colour else ''}{about}{_PLAIN if colour else ''}\n    next: {printable(item.next)}\n")
    return "".join(lines)


def markdown(reminder: Reminder, colour: bool) -> str:  # noqa: ARG001 - all renderers take the same
    """For an issue or a job's summary: a list of tasks under headings."""
    lines = [f"{summary(reminder)}\n"]
    for group, items in _grouped(reminder):
        lines.append(f"\n### {GROUPS[group]}\n\n")
        for item in items:
            said = f"**{NAMES[item.what]}**, {when(item, reminder.as_of)}, {_code(_whose(item))}: {_plain(_said(item))}"
            lines.append(f"- [ ] {said}<br>{_code(item.post.id)}{_plain(_again(item))}<br>next: {_code(item.next)}\n")
    return "".join(lines)


def github(reminder: Reminder, colour: bool) -> str:  # noqa: ARG001
    """For a job on GitHub: a warning for what is overdue or came back, a notice for what is due soon; what is later says nothing."""
    lines = []
    for group, items in _grouped(reminder):
        level = "warning" if group <= _LATE else "notice"
        for item in items if group < len(GROUPS) - 1 else ():
            title = attribute(f"{NAMES[item.what]}, {when(item, reminder.as_of)}")
            lines.append(f"::{level} file={attribute(item.post.path)},title={title}::{data(f'{_said(item)} ({_whose(item)}){_again(item)}')}%0A{data(item.next)}\n")
    return "".join(lines)


def as_json(reminder: Reminder, colour: bool) -> str:  # noqa: ARG001
    """For a program."""
    items = [
        {
            "what": item.what, "id": item.post.id, "path": item.post.path, "title": item.post.title, "text": item.text, "owner": item.owner,
            "due": item.due.isoformat() if item.due else None, "late": item.late, "days_left": (item.due - reminder.as_of).days if item.due else None,
            "action": item.action, "about": item.about, "came_back_with": item.again, "group": GROUPS[_group(item, reminder.as_of)], "next": item.next,
        }
        for item in reminder.owed
    ]  # fmt: skip
    known = {"version": 1, "as_of": reminder.as_of.isoformat(), "overdue": reminder.overdue, "skipped": reminder.skipped, "owed": items}
    return json.dumps(known, indent=2, ensure_ascii=False) + "\n"


RENDERERS: Mapping[str, Callable[[Reminder, bool], str]] = {"text": text, "json": as_json, "markdown": markdown, "github": github}


def summary(reminder: Reminder) -> str:
    """One line: how much, by urgency, and what was left out with a reason."""
    counts = [0] * len(GROUPS)
    for item in reminder.owed:
        counts[_group(item, reminder.as_of)] += 1
    words = ("overdue after the class came back", "overdue", "failed fixes without an answer", f"due within {SOON} days", "later")
    said = ", ".join(f"{count} {word}" for count, word in zip(counts, words, strict=True) if count) or "nothing is owed"
    left_out = f"; {reminder.skipped} not written, with a reason" if reminder.skipped else ""
    return f"As of {reminder.as_of}: {said}{left_out}."


def when(item: Owed, as_of: date) -> str:
    """How late it is, or when it is due."""
    if not item.due:
        return "no day yet" if item.what != "came-back" else "to be answered"
    left = (item.due - as_of).days
    span = f"{abs(left)} day{'s' if abs(left) != 1 else ''}"
    return f"{span} late" if left < 0 else f"due in {span}" if left else "due today"


def _grouped(reminder: Reminder) -> Iterator[tuple[int, list[Owed]]]:
    for group, items in groupby(reminder.owed, key=lambda item: _group(item, reminder.as_of)):
        yield group, list(items)


def _group(item: Owed, as_of: date) -> int:
    if item.late:
        return 0 if foremost(item) else 1
    if item.what == "came-back":
        return 2
    return 3 if item.due and (item.due - as_of).days <= SOON else 4


def _said(item: Owed) -> str:
    return item.post.title if item.what == "filing" else item.text


def _whose(item: Owed) -> str:
    return item.owner or "nobody yet"


def _again(item: Owed) -> str:
    return f"; its class came back with {item.again}" if item.again else ""


def _plain(said: str) -> str:
    """Text that Markdown shows as it is written, on one line."""
    return _MENTION.sub(_JOINER, _SPECIAL.sub(r"\\\1", " ".join(printable(" ".join(said.split())).split())))


def _code(said: str) -> str:
    """Text in a code span, whatever backticks it has."""
    inner = printable(" ".join(said.split()))
    fence = "`" * (max((len(run) for run in re.findall("`+", inner)), default=0) + 1)
    pad = " " if inner.startswith("`") or inner.endswith("`") else ""
    return f"{fence}{pad}{inner}{pad}{fence}"
