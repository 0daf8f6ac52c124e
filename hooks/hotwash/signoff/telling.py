"""A verdict in words, as JSON, and as findings at their lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hotwash.model import Diagnostic, Postmortem
from hotwash.policy import Policy
from hotwash.signoff.verdict import Signature, SignOff

RULE = "missing-sign-off"
_SOURCES = {"review": "approved", "author": "opened the pull request", "trailer": "trailer, not authenticated", "sign_off": "recorded"}
_NEEDED = {
    "roles": "{severity} is signed by its roles, and by somebody other than the author",
    "approval": "a file that is {status} needs the approval of somebody other than the author",
    "none": "no new round: only states, effectiveness checks or sign-off differ from what was published",
}


def told(post: Postmortem, outcome: SignOff, policy: Policy) -> Iterator[str]:
    """The lines for a reader."""
    yield f"{post.path}: {_NEEDED[outcome.needed].format(severity=policy.gravest(post), status=post.status or 'of no status')}"
    width = max((len(verdict.role) for verdict in outcome.roles), default=0)
    for verdict in outcome.roles:
        yield f"  {'signed ' if verdict.signed else 'missing'}  {verdict.role:<{width}}  {_signature(verdict.signed) if verdict.signed else verdict.why}"
    if outcome.needed != "none" and not (outcome.roles and outcome.other):
        yield f"  {'signed ' if outcome.other else 'missing'}  {_signature(outcome.other) if outcome.other else outcome.why}"


def _signature(signed: Signature) -> str:
    right = f" {signed.right}" if signed.right else ""
    on = f", {signed.on}" if signed.on else ""
    return f"{signed.by}{right} ({_SOURCES[signed.source]}{on})"


def as_data(post: Postmortem, outcome: SignOff) -> dict[str, Any]:
    """The verdict for programs."""
    roles = [
        {"role": one.role, "holders": list(one.holders), "signed": one.signed._asdict() if one.signed else None, "why": one.why} for one in outcome.roles
    ]
    other = outcome.other._asdict() if outcome.other else None
    return {"path": post.path, "needed": outcome.needed, "complete": outcome.complete, "roles": roles, "other": other, "why": outcome.why}


def findings(post: Postmortem, outcome: SignOff) -> Iterator[Diagnostic]:
    """A finding for each role that is missing, where its holder is named, and for the approval of somebody else."""
    if outcome.complete:
        return
    for verdict in outcome.roles:
        if not verdict.signed:
            yield _finding(post, ("roles", verdict.role), f"{verdict.role} has not signed", verdict.why)
    if outcome.other is None:
        yield _finding(post, ("status",), "nobody but the author has approved", outcome.why)


def _finding(post: Postmortem, way: tuple[str, ...], message: str, help: str) -> Diagnostic:
    span = post.where(*way)
    return Diagnostic(RULE, "signoff", "error", post.path, span.line, span.column, span.end_line or span.line, span.end_column or span.column, message, help)
