"""The rules, found by walking the folders: one folder a group, one file a rule, the file's name the rule's id.

Most rules are code, and the rules of phrases are data: in the group `blameless` each is a YAML file (see `hotwash.phrase_rules`).

A rule is a module with a docstring (its page: what it finds, why, bad and good), a `LEVEL`, and a `find` that yields Hits. What `find` takes says
how far it reaches: `(post, policy)`, `(post, policy, archive)` or `(post, policy, archive, history, as_of)`.
"""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from hotwash.model import Hit, Level

if TYPE_CHECKING:
    from hotwash.phrase_rules import PhraseRule

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
    return tuple(rule for group in groups for rule in [*(_rule(group, name) for name in names(group)), *of_phrases(phrase_rules(group))])


def names(group: str) -> list[str]:
    """The module names of a group's rules that are code."""
    return sorted(name[:-3] for name in os.listdir(_folder(group)) if name.endswith(".py") and name[0] != "_")


def shipped_ids() -> set[str]:
    """The ids of all rules that come with hotwash, by the names of their files: nothing is loaded."""
    return {name.rpartition(".")[0].replace("_", "-") for group in GROUPS for name in os.listdir(_folder(group)) if name.endswith((".py", ".yml")) and name[0] != "_"}


def _folder(group: str) -> str:
    return os.path.join(os.path.dirname(__file__), group)


def _module(group: str, name: str) -> Any:
    return import_module(f"{__name__}.{group}.{name}")


def _rule(group: str, name: str) -> Rule:
    module = _module(group, name)
    find, gap, always = module.find, getattr(module, "GAP", False), getattr(module, "ALWAYS", False)
    return Rule(name.replace("_", "-"), group, module.LEVEL, gap, always, find.__code__.co_argcount, find)


@lru_cache(maxsize=8)
def phrase_rules(group: str) -> tuple["PhraseRule", ...]:
    """The rules of a group that are data.

    They are kept compiled beside Python's own byte code, and by the same rules: under the stamps of what they were made from, where the folder can be
    written and nobody asked for no byte code.

    Raises:
        Failure: a file cannot be read as a rule, with its line.
    """
    folder = _folder(group)
    files = sorted(name for name in os.listdir(folder) if name.endswith(".yml"))
    if not files:
        return ()
    from hotwash.phrase_rules import packed, read_rule, unpacked

    code = os.path.join(os.path.dirname(os.path.dirname(__file__)), "language", "patterns.py")
    stamp = f"{[(path, stat.st_size, stat.st_mtime_ns) for path in (code, *(os.path.join(folder, name) for name in files)) for stat in (os.stat(path),)]}\n".encode()
    kept = os.path.join(folder, "__pycache__", f"phrases.{sys.implementation.cache_tag}")
    with suppress(OSError, ValueError, TypeError, EOFError), open(kept, "rb") as file:
        if file.readline() == stamp:
            return unpacked(file.read())
    rules = tuple(read_rule(_text(os.path.join(folder, name)), f"rules/{group}/{name}") for name in files)
    if not sys.dont_write_bytecode:
        _keep(kept, stamp + packed(rules))
    return rules


def _keep(path: str, data: bytes) -> None:
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        half = f"{path}.{os.getpid()}"
        with open(half, "wb") as file:
            file.write(data)
        os.replace(half, path)


def _text(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def of_phrases(rules: Sequence["PhraseRule"], group: str = "blameless") -> list[Rule]:
    """Rules of phrases among the others."""
    if not rules:
        return []
    from hotwash.phrase_search import finders

    return [Rule(rule.id, group, rule.level, False, False, FILE, find) for rule, find in zip(rules, finders(rules), strict=True)]


def documented() -> tuple[RuleDoc, ...]:
    """What every rule says of itself: code in its docstring, data in its file."""
    return tuple(doc for group in GROUPS for doc in [*(_doc(group, name) for name in names(group)), *map(_phrase_doc, phrase_rules(group))])


def documented_phrases(entries: "Mapping[str, Any]") -> tuple[RuleDoc, ...]:
    """What the rules of phrases that a team's policy adds say of themselves.

    Raises:
        Failure: a pattern of one cannot be read.
    """
    from hotwash.phrase_rules import team_rule

    return tuple(_phrase_doc(team_rule(id, entry)) for id, entry in entries.items())


def _phrase_doc(rule: "PhraseRule") -> RuleDoc:
    why = "\n\n".join([rule.why, *([f"Instead: {rule.help.rstrip('.')}."] if rule.help else []), *(f"Source: {source}." for source in rule.sources)])
    return RuleDoc(rule.id, "blameless", rule.level, rule.summary, why, "\n".join(rule.bad), "\n".join(rule.good), _REACH[FILE])


_REACH = {FILE: "the file alone", ARCHIVE: "the file and the archive", HISTORY: "the archive and its Git history"}


def _doc(group: str, name: str) -> RuleDoc:
    from inspect import cleandoc

    module, rule = _module(group, name), _rule(group, name)
    text, _, examples = cleandoc(module.__doc__ or "").partition("\nBad:\n")
    bad, _, good = (cleandoc("\n" + part).strip("\n") for part in examples.partition("\nGood:\n"))
    summary, _, why = text.partition("\n\n")
    return RuleDoc(rule.id, group, rule.level, " ".join(summary.split()), why.strip(), bad, good, _REACH[rule.reach])
