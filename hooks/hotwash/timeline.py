"""One entry more on the time line of a postmortem that is being written, in the form that the section has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hotwash.clock import day as parsed_day
from hotwash.clock import local, moment
from hotwash.model import Failure, Postmortem, Section
from hotwash.policy import Policy

SECTION = "timeline"
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_STAMP = (
    r"(?:(?P<day>\d{4}-\d\d-\d\d)[T,]?\s*|(?P<date>\d{1,2})\.?\s+(?P<month>[A-Za-z]{3,9})\.?,?\s+)?"
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?(?:\s*(?P<zone>UTC|GMT|Z|[+-]\d\d:?\d\d))?"
)
_ITEM = re.compile(rf"(?P<lead>\s{{0,3}}[-*+]\s+)(?P<bold>\*\*|__)?{_STAMP}(?P<sign>:?(?P=bold)?|)(?P<gap>\s*[:–—-]\s+|\s+|$)")
_ROW = re.compile(rf"(?P<lead>\s{{0,3}}\|\s*)(?P<bold>\*\*|__)?{_STAMP}[^|]*\|")


class _Entry(NamedTuple):
    """A line of the file with a time on it, and when that is."""

    line: int
    when: datetime
    match: re.Match[str]


def logged(text: str, post: Postmortem, policy: Policy, when: datetime, said: str) -> str:
    """The text with an entry in its place by time; nothing else changes.

    Args:
        text: the whole file.
        post: the same, read.
        policy: names the section and gives the time zone.
        when: the moment of the entry.
        said: what happened, on one line.
    """
    new_line = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    at, new = _place(post, policy, when, _harmless(said))
    if at == len(lines):  # the file's last line has no end yet
        lines = [*lines[:-1], lines[-1] + new_line.removesuffix("\n"), ""]
    return "\n".join([*lines[:at], *(line + new_line.removesuffix("\n") for line in new), *lines[at:]])


def _place(post: Postmortem, policy: Policy, when: datetime, said: str) -> tuple[int, list[str]]:
    """The number of the line, from 0, before which new lines go, and the lines."""
    zone = policy.data["timezone"]
    section = next((part for part in post.sections if SECTION in policy.sections_named(part.title)), None)
    if section is None:
        return _new_section(post, policy, f"- {stamp(when, zone, first_day(post, zone))} {said}")
    first, last = _extent(post, section)
    entries = list(_entries(post, first, last, zone))
    before = [entry for entry in entries if entry.when <= when]
    after = next((entry for entry in entries if entry.when > when), None)
    day = local(before[-1].when, zone).date() if before else first_day(post, zone)
    if not entries:
        return _first_entry(post, first, last, stamp(when, zone, day), said)
    like = (before or entries)[-1 if before else 0]
    line = _written(post, like, stamp(when, zone, day, named=any(entry.match["month"] for entry in entries)), said)
    if after and before and after.line > before[-1].line:
        loose = _blank(post, after.line - 1)
        return after.line, [line, *([""] if loose else [])]
    return (_end_of(post, before[-1].line, last) if before else entries[0].line), [line]


def _first_entry(post: Postmortem, first: int, last: int, time: str, said: str) -> tuple[int, list[str]]:
    """An entry below all that a section holds: a row where that ends in a table's head, else an item of a list."""
    at = _content_end(post, first, last)
    above = _line(post, at - 1) if at > first else ""
    below = [] if _blank(post, at) else [""]
    if above.lstrip().startswith("|"):
        return at, [_row("| ", time, said, _cells(above)), *below]
    return at, [*([] if re.match(r"\s{0,3}[-*+]\s", above) else [""]), f"- {time} {said}", *below]


def stamp(when: datetime, zone: str, day: date | None, *, named: bool = False) -> str:
    """A time as entries show it: `14:02 UTC`, `15:02 +01:00`, with its day in front where that is another than the entry's above.

    Args:
        when: the moment.
        zone: the policy's.
        day: that of the entry above.
        named: days are written as `3 November`, not as `2026-11-03`.
    """
    there = local(when, zone)
    offset = "UTC" if zone == "UTC" or not there.utcoffset() else f"{there:%z}"[:3] + ":" + f"{there:%z}"[3:5]
    shown = f"{there.day} {_MONTHS[there.month - 1].capitalize()}" if named else f"{there.date()}"
    return f"{'' if there.date() == day else f'{shown} '}{there:%H:%M} {offset}"


def first_day(post: Postmortem, zone: str) -> date | None:
    """The day on which the time line begins, in the policy's time zone: the incident's, else the one in the id."""
    start = moment(post.text("timestamps", "started")) or moment(post.text("timestamps", "resolved"))
    if start:
        return local(start, zone).date()
    try:
        return date.fromisoformat(post.id[:10])
    except ValueError:
        return None


def _extent(post: Postmortem, section: Section) -> tuple[int, int]:
    """The lines of a section from 0: the first below its heading, and the first beyond it."""
    underlined = re.match(r" {0,3}(=+|-{2,})\s*$", _line(post, section.span.line))
    first = section.span.line + (1 if underlined else 0)
    beyond = (other.span.line - 1 for other in post.sections if other.span.line > section.span.line and other.level <= section.level)
    return first, min(beyond, default=post.body_line - 1 + len(post.body.split("\n")))


def _entries(post: Postmortem, first: int, last: int, zone: str) -> Iterator[_Entry]:
    """The entries with their moments. One without a day is of the day of the one above, or of the next where its time has gone back by half a day."""
    day, previous = first_day(post, zone), None
    for number in range(first, last):
        line = _line(post, number, prose=True)
        found = _ITEM.match(line) or _ROW.match(line)
        if not found:
            continue
        named = _named_day(found, day)
        when = _moment(found, named or day, zone)
        if when and previous and not named and when.year < 9999 and previous - when > timedelta(hours=12):
            when += timedelta(days=1)
        if when:
            previous, day = when, _day_in(found, when, zone)
            yield _Entry(number, when, found)


def _named_day(found: re.Match[str], near: date | None) -> date | None:
    """The day that an entry names. One without its year is the nearest of that name: 2 January follows 31 December."""
    if found["day"]:
        return parsed_day(found["day"]) if "1970" <= found["day"] < "9" else None
    month = next((number for number, name in enumerate(_MONTHS, 1) if found["month"] and name.startswith(found["month"].casefold())), 0)
    if not month or not near:
        return None
    days = (parsed_day(f"{year:04d}-{month:02d}-{int(found['date']):02d}") for year in (near.year, near.year + 1))
    return min((day for day in days if day), key=lambda day: abs(day - near), default=None)


def _moment(found: re.Match[str], day: date | None, zone: str) -> datetime | None:
    """When an entry was; without an offset it counts in the policy's zone."""
    clock = f"{day}T{int(found['hour']):02d}:{found['minute']}"
    offset = found["zone"]
    if offset:
        return moment(clock + ("Z" if offset in ("UTC", "GMT", "Z") else f"{offset[:3]}:{offset[-2:]}"))
    naive = moment(f"{clock}Z")
    return naive - (local(naive, zone).utcoffset() or timedelta()) if naive else None


def _day_in(found: re.Match[str], when: datetime, zone: str) -> date:
    """The day that an entry's own clock showed."""
    offset = found["zone"]
    if not offset:
        return local(when, zone).date()
    if offset in ("UTC", "GMT", "Z"):
        return when.date()
    hours, minutes = int(offset[:3]), int(offset[0] + offset[-2:])
    return (when + timedelta(hours=hours, minutes=minutes)).date()


def _written(post: Postmortem, like: _Entry, time: str, said: str) -> str:
    """An entry in the form of another: its dash or its columns, its bold, what stands behind its time."""
    found = like.match
    bold = found["bold"] or ""
    if "|" in found["lead"]:
        return _row(found["lead"], f"{bold}{time}{bold}", said, _cells(_line(post, like.line)))
    return f"{found['lead']}{bold}{time}{found['sign'] or bold}{found['gap'] if found['gap'].strip() else ' '}{said}"


def _row(lead: str, time: str, said: str, cells: int) -> str:
    escaped = said.replace("|", "\\|")
    return f"{lead}{time} | {escaped} |" + "  |" * (cells - 2)


def _cells(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))) + 1


def _end_of(post: Postmortem, line: int, last: int) -> int:
    """The line behind an entry: behind the lines that go on with it."""
    number = line + 1
    while number < last and not _blank(post, number) and not _line(post, number).lstrip().startswith("<!--"):
        number += 1
    return number


def _content_end(post: Postmortem, first: int, last: int) -> int:
    """The line behind the last one of a section that is not empty."""
    return next((number + 1 for number in range(last - 1, first - 1, -1) if not _blank(post, number)), first)


def _new_section(post: Postmortem, policy: Policy, entry: str) -> tuple[int, list[str]]:
    """The section under the policy's name for it, before the sections that its template puts behind it, else at the end."""
    order = list(policy.data["templates"]["full"]["sections"])
    behind = set(order[order.index(SECTION) + 1 :]) if SECTION in order else set[str]()
    heading = ["## " + policy.title("sections", SECTION), "", entry]
    for section in post.sections:
        if (named := policy.sections_named(section.title)) and named <= behind and section.level < 7:
            return section.span.line - 1, [*heading, ""]
    end = post.body_line - 1
    at = _content_end(post, end, end + len(post.body.split("\n")))
    return at, ["", *heading]


def _line(post: Postmortem, number: int, *, prose: bool = False) -> str:
    lines = (post.prose if prose else post.body).split("\n")
    index = number - (post.body_line - 1)
    return lines[index] if 0 <= index < len(lines) else ""


def _blank(post: Postmortem, number: int) -> bool:
    return not _line(post, number).strip()


def _harmless(said: str) -> str:
    """A text that opens no comment, which would swallow the rest of the file."""
    return said.replace("<!--", "&lt;!--")


def frozen(post: Postmortem, today: date) -> None:
    """Whether the time line may still be written to.

    Raises:
        Failure: it may not, and what to write instead.
    """
    if post.status in ("published", "retired"):
        raise Failure(f"{post.path}: it is {post.status}, and its time line stays as it is; write under `## Amendments` instead: \"- {today}: what was found, and what it changes\"")
    if post.status == "skipped":
        raise Failure(f"{post.path}: it is skipped; set `status: filed` to write it after all")
