"""Whole postmortems as teams have them, with what is expected said on the line.

`tests/fixtures/<group>/<rule>/**/quiet-ID.md` and `speaks-ID.md`: the rest of the file's name is the postmortem's id. A mark stands at the end of the
line where the rule speaks, once for each finding: `# expect: RULE` in a header, `<!-- expect: RULE -->` in a body. Marks are taken off before the
file is read, so they change nothing that is tested. The nearest `policy.yml` above decides.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from helpers import FIXTURES, LIGHT, LIGHT_ID, earlier, findings, policy, post

from hotwash.rules import HISTORY, load

RULES = tuple(rule for rule in load() if rule.group != "blameless" and rule.reach < HISTORY)
"""Rules of phrases bring their bad and good sentences with them, and a rule of history needs a repository (`test_freeze`)."""
FILES = [(rule.id, path) for rule in RULES for path in sorted((FIXTURES / rule.group / rule.id).rglob("*.md"))]
_MARK = re.compile(r"[ \t]*(?:# expect: ([\w-]+)|<!-- expect: ([\w-]+) -->)")


def unmarked(text: str) -> tuple[str, Counter[tuple[int, str]]]:
    """The text without its marks, and what they expect: line and rule."""
    expected = Counter((number, found[1] or found[2]) for number, line in enumerate(text.split("\n"), 1) for found in _MARK.finditer(line))
    return _MARK.sub("", text), expected


def nearest_policy(path: Path) -> str:
    return next(folder / "policy.yml" for folder in path.parents if (folder / "policy.yml").is_file()).read_text(encoding="utf-8")


@pytest.mark.parametrize(("rule", "path"), FILES, ids=lambda part: getattr(part, "stem", part))
def test_a_rule_speaks_where_the_fixture_says_and_nowhere_else(rule: str, path: Path) -> None:
    kind, _, id = path.stem.partition("-")
    text, expected = unmarked(path.read_bytes().decode())
    assert {marked for _, marked in expected} == ({rule} if kind == "speaks" else set()), (
        "a speaking fixture is marked, for its own rule; a quiet one is not"
    )
    others = (other for other in earlier() if other.id != id)
    found = findings(post(text, id), policy(nearest_policy(path)), others=others)
    assert Counter((one.line, one.rule) for one in found if one.rule == rule) == expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_has_as_many_quiet_fixtures_as_it_needs_to_be_trusted(rule) -> None:
    kinds = Counter(path.stem.partition("-")[0] for path in (FIXTURES / rule.group / rule.id).glob("*.md"))
    assert set(kinds) == {"quiet", "speaks"}
    assert min(kinds.values()) >= 2


def test_no_fixture_stands_without_a_rule() -> None:
    groups = {rule.group for rule in RULES}
    folders = {f"{path.parent.name}/{path.name}" for group in groups for path in (FIXTURES / group).iterdir()}
    assert folders == {f"{rule.group}/{rule.id}" for rule in RULES}


def test_the_smallest_honest_postmortem_passes_with_a_warning_at_most() -> None:
    assert "caused a crash spike because we did not test X; we will add X to the checklist" in LIGHT
    (found,) = findings(post(LIGHT, LIGHT_ID), others=earlier())
    assert (found.rule, found.level) == ("omission", "warning")


def test_the_fixtures_own_archive_is_clean() -> None:
    for one in earlier():
        assert findings(one, others=earlier()) == ()
