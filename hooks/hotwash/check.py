"""Runs rules over postmortems: levels by status and policy, waivers, one finding per rule and position."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from hotwash.archive import Archive
from hotwash.model import LEVELS, POLICY, Diagnostic, Failure, Hit, Level, Postmortem
from hotwash.policy import Policy
from hotwash.rules import ARCHIVE, FILE, HISTORY, Rule, load, of_phrases, shipped_ids
from hotwash.wording import suggestion

if TYPE_CHECKING:
    from hotwash.past import History

UNWAIVABLE = frozenset({"unreadable-header", "bare-waiver"})
MOST = 1_000
"""Hits of one rule in one file. Nobody reads more, and a megabyte of `<a` would have 350,000."""


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


def active(policy: Policy, groups: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of the groups that the policy does not switch off.

    Raises:
        Failure: the policy gives a level to a rule that does not exist.
    """
    configured, own = policy.data.get("rules", {}), of_the_team(policy)
    if configured:
        known = {rule.id for rule in (*load(), *own)}
        for id in configured:
            if id not in known:
                raise Failure(f"{POLICY}: `rules` names `{id}`, and there is no such rule{suggestion(id, known)}")
    found = (*load(groups), *(rule for rule in own if rule.group in groups))
    return tuple(rule for rule in found if policy.level(rule.id) != "off")


def of_the_team(policy: Policy) -> tuple[Rule, ...]:
    """The rules of phrases that the team's policy adds.

    Raises:
        Failure: a pattern of one cannot be read, or one bears the id of a rule that comes with hotwash.
    """
    if not policy.data.get("phrases"):
        return ()
    for id in policy.data["phrases"]:
        if id in shipped_ids():
            raise Failure(f"{POLICY}: `phrases.{id}` bears the id of a rule that comes with hotwash; give it another one, or set that rule's level under `rules`")
    from hotwash.phrase_rules import team_rule

    return tuple(of_phrases([team_rule(id, entry) for id, entry in policy.data["phrases"].items()]))


def _run(post: Postmortem, policy: Policy, rules: Iterable[Rule], more: tuple[object, ...]) -> list[Diagnostic]:
    found: dict[tuple[str, int, int], Diagnostic] = {}
    for rule in rules:
        waivers = [] if rule.id in UNWAIVABLE else [waiver for waiver in post.waivers if waiver.rule == rule.id and waiver.reason]
        for hit in islice(rule.find(post, policy, *more), MOST):
            if not any(waiver.first <= hit.span.line <= waiver.last for waiver in waivers):
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

