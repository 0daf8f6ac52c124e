"""Words for days, quarters and durations, and the plain text of a piece of Markdown."""

from __future__ import annotations

import html
import re
from datetime import date, datetime

from hotwash.archive import began
from hotwash.model import Postmortem
from hotwash.pages.parts.html import plain
from hotwash.policy import Policy

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-\d\d\Z", re.ASCII)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_LINE_MARK = re.compile(r"^\s*(?:[-+>]|#+|\d+[.)])\s+", re.MULTILINE)
_MARKS = re.compile(rf"[*`]+|(?<!\w)_+|_+(?!\w)|{_LINE_MARK.pattern}", re.MULTILINE)


def day_words(when: date) -> str:
    """`2 Nov 2026`."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(when: date) -> str:
    """`Nov`."""
    return _MONTHS[when.month - 1]


def moment_words(when: datetime) -> str:
    """`2 Nov 2026, 14:37 UTC`."""
    return f"{day_words(when.date())}, {when:%H:%M} UTC"


def quarter(when: str) -> str:
    """The quarter of an ISO day: `2026 Q4`."""
    return f"{when[:4]} Q{(int(when[5:7]) + 2) // 3}" if when else "Day unknown"


def day_of(post: Postmortem) -> str:
    """The day of a postmortem, from its id, else from its timestamps; ISO, empty where neither names one."""
    said = post.id[:10]
    if not _DAY.match(said):
        said = began(post)[0][:10]
    return said if _DAY.match(said) else ""


def title_of(post: Postmortem) -> str:
    """The title as a reader sees it; the id where nothing of it can be seen."""
    return plain(post.title) or post.id


def days(count: int) -> str:
    """`1 day`, `12 days`."""
    return f"{count} day" if count == 1 else f"{count:,} days"


def count(number: int, one: str, many: str = "") -> str:
    """`1 action`, `3 actions`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def from_markdown(text: str) -> str:
    """A piece of Markdown as plain text on one line."""
    unlinked = _LINK.sub(r"\1", uncommented(text)) if "[" in text else uncommented(text)
    # Most text has no marks inside a line, and then only the beginnings of its lines have to be looked at.
    unmarked = (_MARKS if any(mark in unlinked for mark in "*`_") else _LINE_MARK).sub("", unlinked)
    return plain(html.unescape(unmarked))


def uncommented(text: str) -> str:
    """Markdown without its comments."""
    return _COMMENT.sub("", text) if "<!--" in text else text


def summary(post: Postmortem, policy: Policy) -> str:
    """What happened: the summary's first paragraph, else the first of the body, else the cause."""
    own = (section.own_text for section in post.sections if "summary" in policy.sections_named(section.title))
    start = post.body if not post.body.lstrip().startswith("#") else ""
    for text in (*own, start.split("\n#", 1)[0], post.text("cause", "what"), *(section.own_text for section in post.sections[:1])):
        # A quotation at the head of a text is a remark about it, not what happened.
        paragraphs = (part for part in uncommented(text).strip().split("\n\n") if not part.lstrip().startswith(">"))
        if said := from_markdown(next(paragraphs, "")):
            return said[0].upper() + said[1:]
    return ""


def shorten(said: str, longest: int = 230) -> str:
    """The text, cut at a word where it is too long."""
    return said if len(said) <= longest else said[:longest].rsplit(" ", 1)[0].rstrip(",.;: ") + " …"
