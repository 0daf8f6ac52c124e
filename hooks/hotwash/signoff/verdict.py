"""The roles that a severity asks for, against who has approved: evidence in, a verdict for each role out.

What counts: an approval of the text as it stands, by whoever holds the role, is of the team that holds it, or is named as a delegate. Whoever opens the
pull request signs the roles that name them, and somebody else has to approve as well. One approval signs every role that its giver holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from hotwash.clock import moment
from hotwash.model import Postmortem
from hotwash.past import Approval
from hotwash.policy import Policy
from hotwash.reviews import Review
from hotwash.signoff.people import People, Signer, named, people, signers
from hotwash.signoff.rounds import Round, roles_asked
from hotwash.wording import listed

Source = Literal["review", "author", "trailer", "sign_off"]


class Signature(NamedTuple):
    """A role signed: by whom (as the header or the policy writes the handle), on which day (empty where unknown), and where that is said."""

    by: str
    on: str
    source: Source
    right: str = ""


class Verdict(NamedTuple):
    """One role: who may sign it, who did, or why nobody did yet."""

    role: str
    holders: tuple[str, ...]
    signed: Signature | None
    why: str = ""


class Evidence(NamedTuple):
    """All that speaks for one file."""

    reviews: tuple[Review, ...] = ()
    author: str = ""
    """The account that opened the pull request; it signs its own roles."""
    outdated: frozenset[str] = frozenset()
    """Commits in which this file said something else, or which nobody can look into."""
    trailers: tuple[Approval, ...] = ()
    wrote: str = ""
    """Who wrote the file by its history, `Name <address>`: their own trailer is not somebody else's. It signs nothing."""
    recorded: tuple[Mapping[str, Any], ...] = ()
    """The entries of `sign_off` that are on the default branch."""


class SignOff(NamedTuple):
    """What a file needs, and what it has. `other` is the approval of somebody who is not the author, `why` what keeps it from being there."""

    needed: Round
    roles: tuple[Verdict, ...] = ()
    other: Signature | None = None
    why: str = ""

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return self.needed == "none" or (self.other is not None and all(verdict.signed for verdict in self.roles))


def sign_off(post: Postmortem, policy: Policy, evidence: Evidence, needed: Round) -> SignOff:
    """The verdict on one file."""
    if needed == "none":
        return SignOff(needed)
    case = _Case(people(policy), evidence, _latest(evidence.reviews, people(policy)), policy.words("approval_trailers"))
    asked = roles_asked(post, policy) if needed == "roles" else []
    lone = len(asked) == 1
    verdicts = tuple(_verdict(case, post, policy, role, lone) for role in asked)
    other = _other(case)
    return SignOff(needed, verdicts, other, "" if other else _nobody_else(case))


class _Opinion(NamedTuple):
    review: Review
    handle: str


class _Case(NamedTuple):
    """Evidence with everybody under one name: the last opinion of each, by folded handle."""

    people: People
    evidence: Evidence
    opinions: Mapping[str, _Opinion]
    trailers_for: Mapping[str, str]
    """The role that each trailer speaks for, or `any`."""

    @property
    def author(self) -> str:
        return self.people.handle(self.evidence.author) if self.evidence.author else ""

    @property
    def writers(self) -> set[str]:
        return {self.people.handle(name) for name in (self.evidence.author, self.evidence.wrote) if name}

    def approves(self, opinion: _Opinion) -> bool:
        return opinion.review.state == "approved" and opinion.review.commit not in self.evidence.outdated

    def trailers(self, role: str = "") -> Iterator[tuple[str, Approval]]:
        """The trailers that speak for a role, each with its giver; without one, all."""
        heard = (found for found in self.evidence.trailers if not role or self.trailers_for.get(found.trailer, "any") in ("any", role))
        return ((self.people.handle(approval.by), approval) for approval in heard)


def _latest(reviews: Sequence[Review], known: People) -> dict[str, _Opinion]:
    """What each person said last: a request for changes, or a dismissal, takes an earlier approval back."""
    if all(moment(review.at) for review in reviews):
        reviews = sorted(reviews, key=lambda review: str(moment(review.at)))
    return {handle: _Opinion(review, handle) for review in reviews for handle in [known.handle(review.by)]}


def _verdict(case: _Case, post: Postmortem, policy: Policy, role: str, lone: bool) -> Verdict:
    may = signers(post, role, policy)
    by_handle: dict[str, Signer] = {}
    for signer in may:
        by_handle.setdefault(case.people.handle(signer.handle), signer)
    holders = tuple(signer.handle for signer in may)
    if not may and lone:
        found = _other(case) or next(_recorded(case, role), None)
        return Verdict(role, (), found, "" if found else _nobody_else(case))
    against = [by_handle[handle].handle for handle, opinion in case.opinions.items() if handle in by_handle and opinion.review.state == "changes"]
    if against:
        return Verdict(role, holders, None, f"{listed(against, last='and')} asks for changes; once they are made, ask for another look")
    signed = next(_signatures(case, role, by_handle, named(post, role)), None)
    return Verdict(role, holders, signed, "" if signed else _unsigned(case, role, by_handle))


def _signatures(case: _Case, role: str, may: Mapping[str, Signer], holders: Sequence[str]) -> Iterator[Signature]:
    """The signatures of a role, what a forge has checked before what was written by hand."""
    for handle, signer in may.items():
        opinion = case.opinions.get(handle)
        if opinion and handle != case.author and case.approves(opinion):
            yield Signature(signer.handle, opinion.review.at[:10], "review", signer.right)
    for holder in holders:
        if case.author and case.people.handle(holder) == case.author and not may[case.author].right:
            yield Signature(holder, "", "author")
    for handle, approval in case.trailers(role):
        if handle in may and not (handle in case.writers and may[handle].right):
            yield Signature(may[handle].handle, approval.on[:10], "trailer", may[handle].right)
    yield from _recorded(case, role)


def _recorded(case: _Case, role: str) -> Iterator[Signature]:
    for entry in case.evidence.recorded:
        if entry.get("role") == role and str(entry.get("by") or ""):
            yield Signature(str(entry["by"]), str(entry.get("on") or ""), "sign_off")


def _other(case: _Case) -> Signature | None:
    """An approval by somebody who did not write it."""
    for handle, opinion in case.opinions.items():
        if handle not in case.writers and case.approves(opinion):
            return Signature(case.people.spelt(opinion.review.by), opinion.review.at[:10], "review")
    for handle, approval in case.trailers():
        if handle not in case.writers:
            return Signature(case.people.spelt(approval.by), approval.on[:10], "trailer")
    recorded = (str(entry.get("by") or "") for entry in case.evidence.recorded)
    by = next((by for by in recorded if by and case.people.handle(by) not in case.writers), "")
    entry = next((entry for entry in case.evidence.recorded if entry.get("by") == by), {})
    return Signature(by, str(entry.get("on") or ""), "sign_off") if by else None


def _unsigned(case: _Case, role: str, may: Mapping[str, Signer]) -> str:
    """Why nobody has signed a role, and what to do."""
    if not may:
        return f"nobody is named for it: name one in `roles.{role}`, or a delegate in the policy"
    for handle, signer in may.items():
        opinion = case.opinions.get(handle)
        if handle == case.author:
            continue
        if opinion and opinion.review.state == "dismissed":
            return f"the approval of {signer.handle} was dismissed; ask for another look"
        if opinion and opinion.review.state == "approved":
            commit = opinion.review.commit[:12]
            return f"{signer.handle} approved commit {commit}, in which this file says something else; ask for another look"
    return f"no approval yet by {listed(signer.handle for signer in may.values())}"


def _nobody_else(case: _Case) -> str:
    others = [opinion for handle, opinion in case.opinions.items() if handle not in case.writers]
    if any(opinion.review.state == "approved" for opinion in others):
        return "what was approved is an earlier text; ask for another look"
    if any(opinion.review.state == "dismissed" for opinion in others):
        return "the approval was dismissed; ask for another look"
    return "no approval yet by somebody other than the author"
