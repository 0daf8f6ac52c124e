"""The edge where a check meets the disk: which files, read how, against which archive."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from hotwash import project
from hotwash.archive import gather
from hotwash.check import Report, active, check_file, check_in_archive, in_order
from hotwash.model import Diagnostic, Failure
from hotwash.rules import HISTORY


def survey(root: Path, given: Iterable[str], groups: Iterable[str], as_of: date) -> Report:
    """Check files against the archive they belong to.

    Args:
        root: the project's root.
        given: files and folders as the user wrote them; none means every postmortem.
        groups: the groups of rules to run.

    Raises:
        Failure: a file cannot be read, or the policy is not usable.
    """
    policy = project.load_policy(root)
    rules = active(policy, groups)
    everything = {path: project.read_postmortem(root, path) for path, _ in project.postmortem_paths(root)}
    asked = chosen(root, given) if given else sorted(everything)
    posts = {path: everything.get(path) or project.read_postmortem(root, path) for path in asked}
    archive = gather({**everything, **posts}.values())
    found: list[Diagnostic] = []
    for post in posts.values():
        found += check_file(post, policy, rules)
        found += check_in_archive(post, policy, rules, archive)
    return Report(
        in_order(found), len(posts), as_of,
        not_run=tuple(rule.id for rule in rules if rule.reach == HISTORY),
        stubs=frozenset(post.path for post in posts.values() if post.status == "filed"),
        gaps=frozenset(rule.id for rule in rules if rule.gap),
    )  # fmt: skip


def chosen(root: Path, given: Iterable[str]) -> list[str]:
    """The files that the user's words name, relative to the root: a folder stands for the postmortems in it."""
    found: dict[str, None] = {}
    for word in given:
        if os.path.isdir(word):
            names = sorted(os.listdir(word))
            found |= {project.relative(root, os.path.join(word, name)): None for name in names if project.is_postmortem_name(name)}
        elif os.path.lexists(word):
            found[project.relative(root, word)] = None
        else:
            raise Failure(f"{word}: there is no such file")
    return list(found)
