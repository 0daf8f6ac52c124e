"""What an auditor asks of each postmortem: when it was filed, reviewed and published, who approved in which role, what was closed, what changed since.

Git and the header are the only sources. What Git does not know, as in a shallow clone, is None and said so: an unknown is never told as a no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from hotwash.archive import Archive
from hotwash.audience.mentions import Hidden, unlisted
from hotwash.clock import moment
from hotwash.closing import OPEN, tasks
from hotwash.due import checks
from hotwash.effectiveness import QUESTIONS
from hotwash.freeze import notes, unmarked
from hotwash.lateness import filed_after, published_late
from hotwash.model import Postmortem
from hotwash.need import deadline
from hotwash.parse import parse
from hotwash.past import FileHistory, History
from hotwash.policy import Policy
from hotwash.signoff.people import people
from hotwash.signoff.rounds import roles_asked, same_text
from hotwash.signoff.verdict import Evidence, sign_off

OUT = ("published", "retired")
"""Statuses of a postmortem that was published."""
_NOTHING = Hidden({}, {})


class Approved(NamedTuple):
    """One approval: the role it signs (empty where it signs none), whose it is, the day, where that is said, and the commit that says so."""

    role: str
    by: str
    on: str
    source: str
    """`trailer` (of a commit's message) or `sign_off` (the header). Git checks no signature here."""
    commit: str = ""


class Closed(NamedTuple):
    """The structural fix or an action: its name and state, and where it has ended the day, the evidence, or why not and who accepted that."""

    name: str
    state: str
    closed: str
    evidence: str
    why: str
    accepted_by: str


class Since(NamedTuple):
    """What became of the text after its publication."""

    commits: tuple[str, ...]
    """The commits of the default branch that changed the file since, oldest first."""
    differs: bool | None
    """Whether what was signed reads otherwise now; states, checks and sign-off do not count. None where the published text is not known."""
    notes: tuple[str, ...]
    """The dated lines of its amendments that came since."""
    unmarked: tuple[str, ...]
    """Changes of times and time line that no dated line says."""


class Check(NamedTuple):
    """An effectiveness check: what about, the day it was answered (or is due), by whom, and the questions that were answered with no."""

    about: str
    on: str
    by: str = ""
    noes: tuple[str, ...] = ()


class Record(NamedTuple):
    """One postmortem. Moments are RFC 3339 in UTC, durations seconds; empty is nothing, None is not known."""

    post: Postmortem
    severity: str
    filed: str | None
    filed_commit: str
    filed_by: str
    filed_after: int | None
    """From the incident's end to the filing."""
    reviewed: str
    """The day of the review, as the header says."""
    deadline: str
    published: str | None
    published_commit: str
    late: int | None
    """From the deadline to the publication; 0 or less is on time."""
    approvals: tuple[Approved, ...]
    unsigned: tuple[str, ...] | None
    """Roles that the severity asks for and nobody has signed; None where nobody knows when it was published, and so what came with it."""
    tasks: tuple[Closed, ...]
    since: Since | None
    """None where it is not published, or where nobody knows when it was."""
    checked: tuple[Check, ...]
    owed: tuple[Check, ...] | None
    unknown: tuple[str, ...]
    """What Git does not know of it, each in a sentence."""


def audit(archive: Archive, policy: Policy, history: History, as_of: date, hidden: Hidden = _NOTHING) -> tuple[Record, ...]:
    """The record of every postmortem, by id.

    Args:
        archive: the postmortems, cut to those who will read of them.
        policy: the team's policy.
        history: with the bytes of every file as it was published; without them `Since.differs` is not known.
        as_of: the day up to which effectiveness checks are owed. What Git dates later had not happened by then.
        hidden: what was cut off: a published text is cut in the same way before it is compared.
    """
    return tuple(_record(post, policy, history, as_of, hidden) for post in archive.posts.values())


def _record(post: Postmortem, policy: Policy, history: History, as_of: date, hidden: Hidden) -> Record:
    told, until = history.of(post.path), deadline(post, policy)
    out, late = post.status in OUT and not _later(told.published, as_of), published_late(post, policy, history, as_of)
    known = bool(told.published) or not out
    approvals = tuple(_approvals(post, policy, told))
    return Record(
        post=post, severity=policy.severity(post), filed="" if _later(told.filed, as_of) else _moment(told.filed, history, post), filed_commit=told.filed_commit, filed_by=told.author,
        filed_after=filed_after(post, history, as_of), reviewed=post.text("review", "held"), deadline=until.isoformat().replace("+00:00", "Z") if until else "",
        published=_moment(told.published, history, post) if out else "", published_commit=told.published_commit if out else "", late=late if out else None,
        approvals=approvals, unsigned=tuple(_unsigned(post, policy, approvals) if out else ()) if known else None, tasks=tuple(_tasks(post)),
        since=_since(post, policy, told, hidden) if out and told.published else None, checked=tuple(_checked(post)),
        owed=tuple(_owed(post, policy, history, as_of)) if known else None, unknown=tuple(_unknown(post, told, history, late, out=out, asked=until is not None)),
    )  # fmt: skip


def _later(told: str, as_of: date) -> bool:
    at = moment(told)
    return bool(at and at.date() > as_of)


def _moment(told: str, history: History, post: Postmortem) -> str | None:
    """A moment that Git tells; empty for a file that is not on the default branch, None where Git does not know."""
    return told or ("" if history.head and post.path not in history.files else None)


def _approvals(post: Postmortem, policy: Policy, told: FileHistory) -> Iterator[Approved]:
    """Each role that is signed, then every other approval of the file's life that signs none."""
    known, recorded = people(policy), [dict(entry) for _, entry in post.entries("sign_off")]
    evidence = Evidence(trailers=told.signatures, wrote=told.author, recorded=tuple(recorded))
    used = set[tuple[str, str]]()
    for verdict in sign_off(post, policy, evidence, "roles" if post.status in OUT else "none").roles:
        if signed := verdict.signed:
            used.add((known.handle(signed.by), signed.on))
            commits = (found.commit for found in told.signatures if signed.source == "trailer" and known.handle(found.by) == known.handle(signed.by))
            yield Approved(verdict.role, signed.by, signed.on, signed.source, next(commits, ""))
    for found in told.approvals:
        if (known.handle(found.by), found.on[:10]) not in used:
            yield Approved("", found.by, found.on[:10], "trailer", found.commit)
    for entry in recorded:
        if (known.handle(str(entry.get("by", ""))), str(entry.get("on", ""))) not in used:
            yield Approved(str(entry.get("role", "")), str(entry.get("by", "")), str(entry.get("on", "")), "sign_off")


def _unsigned(post: Postmortem, policy: Policy, approvals: tuple[Approved, ...]) -> Iterator[str]:
    signed = {approval.role for approval in approvals}
    return (role for role in roles_asked(post, policy) if role not in signed)


def _tasks(post: Postmortem) -> Iterator[Closed]:
    for task in tasks(post):
        said = {key: post.text(*task.way, key) for key in ("evidence", "why", "accepted_by")}
        yield Closed(task.name, task.state or "open", "" if task.state in OPEN else task.closed, **said)


def _since(post: Postmortem, policy: Policy, told: FileHistory, hidden: Hidden) -> Since:
    place = told.commits.index(told.published_commit) + 1 if told.published_commit in told.commits else len(told.commits)
    if told.frozen is None:
        return Since(told.commits[place:], None, (), ())
    before = unlisted(parse(told.published_path or post.path, told.frozen), hidden)
    new = sorted(notes(post, policy) - notes(before, policy))
    return Since(told.commits[place:], not same_text(before, post), tuple(new), tuple(hit.message for hit in unmarked(before, post, policy)))


def _checked(post: Postmortem) -> Iterator[Check]:
    for _, entry in post.entries("effectiveness"):
        yield Check(str(entry.get("about", "publication")), str(entry.get("on", "")), str(entry.get("by", "")), tuple(key for key in QUESTIONS if entry.get(key) is False))


def _owed(post: Postmortem, policy: Policy, history: History, as_of: date) -> Iterator[Check]:
    return (Check(about, when.isoformat()) for about, when in checks(post, policy, history) if when <= as_of)


def _unknown(post: Postmortem, told: FileHistory, history: History, late: int | None, *, out: bool, asked: bool) -> Iterator[str]:
    if history.head and post.path not in history.files:
        yield "it is not on the default branch yet"
        return
    if not told.filed:
        yield "when it was filed"
    if not out:
        return
    if not told.published:
        yield "when it was published, who approved it then, and what has changed since"
        return
    if asked and late is None:
        yield "whether it was late: an old file was taken over"
    if told.frozen is None:
        yield "whether its text is the one that was published"


def overview(records: tuple[Record, ...]) -> Mapping[str, Any]:
    """How many are published, late, unsigned in a role, changed since, and not known."""
    return {
        "postmortems": len(records),
        "published": sum(bool(record.published) for record in records),
        "late": sum(record.late is not None and record.late > 0 for record in records),
        "with_unsigned_roles": sum(bool(record.unsigned) for record in records),
        "changed_without_a_note": sum(bool(record.since and record.since.unmarked) for record in records),
        "with_something_unknown": sum(bool(record.unknown) for record in records),
    }

