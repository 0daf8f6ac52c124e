"""The records of an audit as JSON, everything, and as CSV, a line for each postmortem."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from hotwash import tabular
from hotwash.audit import Approved, Record, overview
from hotwash.past import History

COLUMNS = (
    "id", "title", "severity", "status", "filed", "filed_commit", "filed_by", "reviewed", "deadline", "published", "published_commit", "late_hours", "signed", "unsigned",
    "other_approvals", "closed", "open", "commits_since", "text_changed_since", "amendments", "unmarked_changes", "checks_answered", "checks_owed", "unknown",
)  # fmt: skip
"""The columns of the CSV. `unknown` stands in a cell where Git does not know; several values of a cell are parted by `; `."""
_UNKNOWN = "unknown"


def as_json(records: tuple[Record, ...], history: History, as_of: date) -> str:
    """All of it, one object: times in RFC 3339, durations in seconds, null for what is not known."""
    about = {"branch": history.branch, "head": history.head, "complete": history.complete, "note": history.note}
    data = {"version": 1, "as_of": as_of.isoformat(), "git": about, "overview": overview(records), "postmortems": [_told(record) for record in records]}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _told(record: Record) -> dict[str, Any]:
    post = record.post
    return {
        "id": post.id, "path": post.path, "title": post.title, "severity": record.severity, "status": post.status,
        "filed": {"at": record.filed, "commit": record.filed_commit, "by": record.filed_by, "seconds_after_the_end": record.filed_after},
        "reviewed": record.reviewed, "deadline": record.deadline,
        "published": {"at": record.published, "commit": record.published_commit, "late_seconds": record.late},
        "approvals": [found._asdict() for found in record.approvals], "unsigned_roles": _maybe(record.unsigned), "tasks": [task._asdict() for task in record.tasks],
        "since_publication": record.since._asdict() if record.since else None,
        "effectiveness": {"answered": [check._asdict() for check in record.checked], "owed": None if record.owed is None else [check._asdict() for check in record.owed]},
        "unknown": list(record.unknown),
    }  # fmt: skip


def _maybe(values: Iterable[str] | None) -> list[str] | None:
    return None if values is None else list(values)


def as_csv(records: tuple[Record, ...]) -> str:
    """A line for each postmortem, RFC 4180, in UTF-8."""
    return tabular.as_csv((dict(zip(COLUMNS, map(_cell, _row(record)), strict=True)) for record in records), COLUMNS)


def _cell(value: object) -> str:
    """A value on one line."""
    return _UNKNOWN if value is None else " ".join(str(value).split())


def _row(record: Record) -> Iterator[object]:
    post, since = record.post, record.since
    yield from (post.id, post.title, record.severity, post.status, record.filed, record.filed_commit, record.filed_by, record.reviewed, record.deadline)
    yield from (record.published, record.published_commit, "" if record.late is None else round(record.late / 3600, 1))
    yield _list(_approval(found) for found in record.approvals if found.role)
    yield None if record.unsigned is None else _list(record.unsigned)
    yield _list(_approval(found) for found in record.approvals if not found.role)
    yield _list(f"{task.name} {task.state} {task.closed}: {task.evidence or task.why or 'no evidence'}" for task in record.tasks if task.closed)
    yield _list(f"{task.name} {task.state}" for task in record.tasks if not task.closed)
    out = record.published != ""
    yield len(since.commits) if since else None if out else ""
    yield ("yes" if since.differs else "no") if since and since.differs is not None else None if out else ""
    yield _list(since.notes) if since else None if out else ""
    yield _list(since.unmarked) if since and since.differs is not None else None if out else ""
    yield _list(f"{check.about} {check.on} {check.by}: {', '.join(f'no to {key}' for key in check.noes) or 'yes to all'}" for check in record.checked)
    yield None if record.owed is None else _list(f"{check.about} since {check.on}" for check in record.owed)
    yield _list(record.unknown)


def _approval(found: Approved) -> str:
    where = f" at {found.commit[:12]}" if found.commit else " by the header" if found.source == "sign_off" else ""
    return f"{f'{found.role}: ' if found.role else ''}{found.by} on {found.on or 'an unknown day'}{where}"


def _list(values: Iterable[object]) -> str:
    return tabular.BETWEEN.join(str(value) for value in values)
