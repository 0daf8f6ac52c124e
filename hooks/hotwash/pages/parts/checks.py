"""The effectiveness checks of a postmortem as a table: five answers each, and what they left open."""

from __future__ import annotations

from hotwash.clock import day
from hotwash.model import Postmortem
from hotwash.pages.parts.html import Html, join, sentence, table, tag, text
from hotwash.pages.parts.words import day_words

_ANSWERS = (("completed", "actions completed"), ("documented", "documented"), ("implemented", "in place"), ("no_recurrence", "no recurrence"), ("aware", "team aware"))


def checks(post: Postmortem) -> Html:
    """The answers as they were written; nothing where nobody has answered yet."""
    rows = [_check(entry) for _, entry in post.entries("effectiveness")]
    heads = ("Effectiveness check", *(label for _, label in _ANSWERS), "Note")
    return table(heads, rows, "Effectiveness checks", "hw-grid--cards hw-grid--told hw-grid--checks", told=True) if rows else Html("")


def _check(entry: object) -> tuple[object, ...]:
    answers = dict(entry) if isinstance(entry, dict) else {}
    about = "after the fix" if answers.get("about") == "fix" else "after publication"
    written = str(answers.get("on", ""))
    said = join((f"{about}, ", tag("span", day_words(when) if (when := day(written)) else written, class_="hw-nowrap"), tag("span", answers.get("by", ""), class_="hw-quiet hw-block")))
    return said, *(_answer(answers.get(key)) for key, _ in _ANSWERS), sentence(answers.get("note", ""))


def _answer(given: object) -> Html:
    if not isinstance(given, bool):
        return text("–")
    return tag("span", "yes", class_="hw-yes") if given else tag("span", "no", class_="hw-no")
