"""Runs rules over postmortems: levels by status and policy, waivers, one finding per rule and position."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from hotwash.archive import Archive
from hotwash.model import LEVELS, Diagnostic, Failure, History, Hit, Level, Postmortem
from hotwash.policy import PATH, Policy
from hotwash.rules import ARCHIVE, FILE, HISTORY, Rule, load
from hotwash.wording import suggestion

UNWAIVABLE = frozenset({"unreadable-header", "bare-waiver"})


class Report(NamedTuple):
    """What a check found. `not_run` names the rules that lacked the archive's history; `gaps` are the rules that find what is still missing."""

    findings: tuple[Diagnostic, ...]
    files: int
    as_of: date
    not_run: tuple[str, ...] = ()
    stubs: frozenset[str] = frozenset()
    """Paths of filed postmortems: their findings are many and mild, and shown a few at a time."""
    gaps: frozenset[str] = frozenset()

    def count(self, level: Level) -> int:
        """How many findings stand at a level."""
        return sum(finding.level == level for finding in self.findings)


def check_file(post: Postmortem, policy: Policy, rules: Iterable[Rule]) -> list[Diagnostic]:
    """The findings of the rules that need the file alone."""
    return _run(post, policy, (rule for rule in rules if rule.reach == FILE), ())


def check_in_archive(
    post: Postmortem, policy: Policy, rules: Iterable[Rule], archive: Archive, history: History | None = None, as_of: date | None = None
) -> list[Diagnostic]:
    """The findings of the rules that need the archive, and of those that need its history where that is given."""
    found = _run(post, policy, (rule for rule in rules if rule.reach == ARCHIVE), (archive,))
    if history is not None:
        found += _run(post, policy, (rule for rule in rules if rule.reach == HISTORY), (archive, history, as_of))
    return found


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings by path, line and column, as a reader goes through them."""
    return tuple(sorted(findings, key=lambda found: (found.path, found.line, found.column, found.rule)))


def most_useful(findings: Sequence[Diagnostic], gaps: frozenset[str], most: int) -> list[Diagnostic]:
    """The few findings of a stub that help most: what cannot be read, then what is written and wrong, then what is not there yet."""
    ranked = sorted(findings, key=lambda found: (LEVELS.index(found.level), found.rule in gaps, found.line, found.column))
    return sorted(ranked[:most], key=lambda found: (found.line, found.column))


def active(policy: Policy, groups: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of the groups that the policy does not switch off.

    Raises:
        Failure: the policy gives a level to a rule that does not exist.
    """
    configured = policy.data.get("rules", {})
    if configured:
        known = {rule.id for rule in load()}
        for id in configured:
            if id not in known:
                raise Failure(f"{PATH}: `rules` names `{id}`, and there is no such rule{suggestion(id, known)}")
    return tuple(rule for rule in load(groups) if policy.level(rule.id) != "off")


def _run(post: Postmortem, policy: Policy, rules: Iterable[Rule], more: tuple[object, ...]) -> list[Diagnostic]:
    found: dict[tuple[str, int, int], Diagnostic] = {}
    for rule in rules:
        for hit in rule.find(post, policy, *more):
            if not _waived(post, rule, hit):
                place = (rule.id, hit.span.line, hit.span.column)
                found.setdefault(place, _diagnostic(post, policy, rule, hit))
    return list(found.values())


def _diagnostic(post: Postmortem, policy: Policy, rule: Rule, hit: Hit) -> Diagnostic:
    span = hit.span
    end_line = span.end_line or span.line
    end_column = span.end_column or span.column
    level = _level(post, policy, rule, hit)
    return Diagnostic(rule.id, rule.group, level, post.path, span.line, span.column, end_line, end_column, hit.message, hit.help)


def _level(post: Postmortem, policy: Policy, rule: Rule, hit: Hit) -> Level:
    """The team's level or the rule's, a hit's weaker one, and in a stub at most a warning."""
    configured = policy.level(rule.id)
    ranks = [LEVELS.index(configured) if configured in LEVELS else LEVELS.index(rule.level)]
    if hit.level:
        ranks.append(LEVELS.index(hit.level))
    if post.status == "filed" and not rule.always:
        ranks.append(LEVELS.index("warning"))
    return LEVELS[max(ranks)]


def _waived(post: Postmortem, rule: Rule, hit: Hit) -> bool:
    return rule.id not in UNWAIVABLE and any(
        waiver.rule == rule.id and waiver.reason and waiver.first <= hit.span.line <= waiver.last for waiver in post.waivers
    )

