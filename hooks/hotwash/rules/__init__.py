"""The rules, found by walking the folders: one folder a group, one file a rule, the file's name the rule's id.

A rule is a module with a docstring (its page: what it finds, why, bad and good), a `LEVEL`, and a `find` that yields Hits. What `find` takes says
how far it reaches: `(post, policy)`, `(post, policy, archive)` or `(post, policy, archive, history, as_of)`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, NamedTuple

from hotwash.model import Hit, Level

GROUPS = tuple(sorted(name for name in os.listdir(os.path.dirname(__file__)) if name[0] not in "_." and "." not in name))
FILE, ARCHIVE, HISTORY = 2, 3, 5
"""How many arguments `find` takes: the file alone, the archive too, the archive and its history."""


class Rule(NamedTuple):
    """One rule. `gap`: it finds what is not there yet, rather than what is wrong. `always`: a stub does not soften it."""

    id: str
    group: str
    level: Level
    gap: bool
    always: bool
    reach: int
    find: Callable[..., Iterable[Hit]]


class RuleDoc(NamedTuple):
    """A rule's own words, for its page and for `hotwash explain`. `bad` and `good` are executed as tests."""

    id: str
    group: str
    level: Level
    summary: str
    why: str
    bad: str
    good: str
    reach: str


def load(groups: Iterable[str] = GROUPS) -> tuple[Rule, ...]:
    """The rules of the groups, by group and id."""
    return tuple(_rule(group, name) for group in groups for name in names(group))


def names(group: str) -> list[str]:
    """The module names of a group's rules."""
    folder = os.path.join(os.path.dirname(__file__), group)
    return sorted(name[:-3] for name in os.listdir(folder) if name.endswith(".py") and name[0] != "_")


def _module(group: str, name: str) -> Any:
    return import_module(f"{__name__}.{group}.{name}")


def _rule(group: str, name: str) -> Rule:
    module = _module(group, name)
    find, gap, always = module.find, getattr(module, "GAP", False), getattr(module, "ALWAYS", False)
    return Rule(name.replace("_", "-"), group, module.LEVEL, gap, always, find.__code__.co_argcount, find)


def documented() -> tuple[RuleDoc, ...]:
    """What every rule says of itself, read from its docstring."""
    return tuple(_doc(group, name) for group in GROUPS for name in names(group))


def _doc(group: str, name: str) -> RuleDoc:
    from inspect import cleandoc

    module, rule = _module(group, name), _rule(group, name)
    text, _, examples = cleandoc(module.__doc__ or "").partition("\nBad:\n")
    bad, _, good = examples.partition("\nGood:\n")
    summary, _, why = text.partition("\n\n")
    reach = {FILE: "the file alone", ARCHIVE: "the file and the archive", HISTORY: "the archive and its Git history"}[rule.reach]
    return RuleDoc(rule.id, group, rule.level, " ".join(summary.split()), why.strip(), cleandoc("\n" + bad).strip("\n"), cleandoc("\n" + good).strip("\n"), reach)
