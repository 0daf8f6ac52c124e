"""A review as Markdown, to be read from a terminal or pasted into a document, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hotwash.quarter.facts import Row, day_said

if TYPE_CHECKING:
    from hotwash.quarter import Review

COLUMNS = ("this quarter", "the quarter before", "a year ago")
_MOST = 4
"""Ids behind a sentence. The page leads to all of them, and JSON names them."""


def markdown(review: Review) -> str:
    """The review as Markdown. Texts of the archive stand in it as they are written: whoever shows them on a page escapes them."""
    lines = [f"# {title(review)}", "", span(review), "", " ".join(review.opening), ""]
    for part in review.parts:
        lines += [f"## {part.title}", ""]
        if part.name == "incidents" and review.counts:
            lines += [*_table(review), ""]
        lines += [f"- {fact.text}{_see(fact.posts)}" for fact in part.facts] or [part.nothing]
        lines.append("")
    lines += ["## Questions for the meeting", ""]
    lines += [f"{number}. {question.text}{_see(question.posts)}" for number, question in enumerate(review.questions, 1)] or ["The archive asks nothing. What does the room ask?"]
    return "\n".join([*lines, "", f"As of {review.as_of.isoformat()}."]) + "\n"


def title(review: Review) -> str:
    """`Quarterly review 2026-Q4`."""
    return f"Quarterly review {review.quarter.name}"


def span(review: Review) -> str:
    """Which days it speaks of."""
    first, last = day_said(review.quarter.first), day_said(review.quarter.last)
    return f"{first} to {last}{f', as it stands on {day_said(review.as_of)}' if review.running else ''}."


def _see(posts: tuple[str, ...]) -> str:
    more = f" and {len(posts) - _MOST} more" if len(posts) > _MOST else ""
    return f" ({', '.join(posts[:_MOST])}{more})" if posts else ""


def _table(review: Review) -> Iterator[str]:
    yield f"| Severity | {' | '.join(column.capitalize() for column in COLUMNS)} |"
    yield "|---|---:|---:|---:|"
    for row, word in (*((row, row.severity or "Unknown") for row in review.counts), (total(review.counts), "All")):
        yield f"| {word} | {row.now} | {row.before} | {row.year_before} |"


def total(rows: tuple[Row, ...]) -> Row:
    """All severities together."""
    return Row("", *(sum(column) for column in list(zip(*rows, strict=True))[1:]))


def as_json(review: Review) -> str:
    """The review as JSON, UTF-8, one object."""
    return json.dumps(
        {
            "quarter": review.quarter.name, "first": review.quarter.first.isoformat(), "last": review.quarter.last.isoformat(), "as_of": review.as_of.isoformat(),
            "running": review.running, "opening": list(review.opening), "counts": [row._asdict() for row in review.counts],
            "parts": [{"name": part.name, "title": part.title, "facts": [{"text": fact.text, "postmortems": fact.posts, "mark": fact.mark} for fact in part.facts]} for part in review.parts],
            "questions": [{"text": question.text, "postmortems": question.posts} for question in review.questions],
        }, indent=2, ensure_ascii=False,
    ) + "\n"  # fmt: skip
