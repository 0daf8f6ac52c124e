"""Findings about the header's shape, in a writer's words."""

from __future__ import annotations

import pytest
from helpers import findings, light, light_text, policy, post, said

from hotwash.wording import key_name, listed, near, short, shown, suggestion

SHAPES = [
    ("severty: P1", "`severty` is not a key hotwash knows; did you mean `severity`?", "write `severity:`", "error"),
    ("time-stamps: {}", "`time-stamps` is not a key hotwash knows; did you mean `timestamps`?", "write `timestamps:`", "error"),
    ("cost_centre: 4711", "`cost_centre` is not a key hotwash knows", "begin it with `x-` to keep it as your own: `x-cost_centre:`", "warning"),
    ("impact: {user: 3}", "`impact.user` is not a key hotwash knows; did you mean `users`?", "write `users:`", "error"),
    ("actions:\n  - {id: a1, own: me}", "`actions[0].own` is not a key hotwash knows; did you mean `owner`?", "write `owner:`", "error"),
    ("incidents: INC-1", "`incidents` is `INC-1`; it has to be a list", "", "error"),
    ("incidents: [4812]", "`incidents[0]` is `4812`; it has to be text", "put it in quotes to keep it as text", "error"),
    ("timestamps: 2026-11-05", "`timestamps` is `2026-11-05`; it has to be keys with values", "", "error"),
    ("impact: {users: many}", "`impact.users` is `many`; it has to be a whole number, or `unknown`", "", "error"),
    ("impact: {users: -1}", "`impact.users` is `-1`; it has to be at least 0", "", "error"),
    ("impact: {share: [3]}", "`impact.share` is a list; it has to be text with a unit, a number, or `unknown`", "", "error"),
    ("effectiveness: [{about: fixes}]", "`effectiveness[0].about` is `fixes`; did you mean `fix`?", "write `publication` or `fix`", "error"),
    ("visibility: everybody", "`visibility` is `everybody`, which is not one of its words", "write `internal`, `public` or `restricted`", "error"),
    ("effectiveness: [{aware: yes}]", "`effectiveness[0].aware` is `yes`; it has to be true or false", "", "error"),
    ("title: ''", "`title` is empty; it has to be given", "", "error"),
    ("fix: []", "`fix` is empty; it has to be keys with values", "", "error"),
    ("roles: {on_call: [3]}", "`roles.on_call[0]` is `3`; it has to be text", "put it in quotes to keep it as text", "error"),
    ("schema: one", "`schema` is `one`; it has to be a whole number", "", "error"),
    ("parked: [true]", "`parked[0]` is `true`; it has to be text", "", "error"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "message", "help", "level"), SHAPES, ids=[row[0] for row in SHAPES])
def test_what_is_wrong_with_a_value_is_said_in_words(line: str, message: str, help: str, level: str) -> None:
    (found,) = (one for one in findings(light(line)) if one.rule == "header-shape")
    assert (found.message, found.level) == (message, level)
    assert help in found.help


def test_every_fault_is_said_at_once_and_at_its_line() -> None:
    text = light_text("severty: P2\nincidents: INC-1\nvisibility: secret\nimpact:\n  users: many\n  nobody: 3")
    found = [(one.line, one.column) for one in findings(post(text)) if one.rule == "header-shape"]
    lines = text.split("\n")
    starts = {"severty": 1, "incidents": 12, "visibility": 13, "  users": 10, "  nobody": 3}
    assert found == sorted((number, starts[line.split(":")[0]]) for number, line in enumerate(lines, 1) if line.split(":")[0] in starts)


def test_a_key_without_a_value_counts_as_not_written() -> None:
    assert "header-shape" not in {one.rule for one in findings(light("versions:\nimpact:\n  users:\nactions: [~]\nreview: ~"))} - {"header-shape"}
    assert [one.message for one in findings(light("versions:\nimpact:\n  users:\nreview: ~")) if one.rule == "header-shape"] == []


def test_a_vocabulary_word_is_suggested_and_the_choice_is_listed() -> None:
    (found,) = findings(light("kind: bad_relese"), groups=["complete"])
    assert found.message == "`kind` says `bad_relese`, which the policy does not declare; did you mean `bad-release`?"
    assert found.help.startswith("write `outage`, `degradation`, `bad-release`")
    (found,) = findings(light("roles: {on_cal: '@a'}"), groups=["complete"])
    assert found.message == "`roles` says `on_cal`, which the policy does not declare; did you mean `on_call`?"


def test_a_team_without_services_may_name_any() -> None:
    assert "undeclared-value" in said(light("services: [anything]"))
    team = policy("classes: {untested-device: {title: A device outside the test matrix}}\n")
    assert findings(light("services: [anything]"), team, groups=["complete", "actions", "recurrence"]) == ()


WORDS = [
    ("severty", ["severity", "services"], "severity"), ("SERVICES", ["services"], "services"), ("on-call", ["on_call"], "on_call"), ("xyz", ["services"], ""), ("", ["a"], ""), ("a", [], ""),
]  # fmt: skip


@pytest.mark.parametrize(("word", "words", "meant"), WORDS)
def test_the_nearest_word_is_found_or_none(word: str, words: list[str], meant: str) -> None:
    assert near(word, words) == meant
    assert suggestion(word, words) == (f"; did you mean `{meant}`?" if meant else "")


def test_values_are_shown_short_and_on_one_line() -> None:
    assert [shown(value) for value in (True, None, [1], {"a": 1}, 3.5, "a\nb  `c`")] == [
        "`true`",
        "nothing",
        "a list",
        "a mapping",
        "`3.5`",
        "`a b 'c'`",
    ]
    assert short("x" * 61) == "x" * 59 + "…"
    assert short("x" * 60) == "x" * 60


def test_choices_are_listed_as_one_speaks() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "`a`", "`a` or `b`", "`a`, `b` or `c`"]
    assert listed("abcdefghij", last="and") == "`a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` and one of 2 more"


def test_a_key_is_named_as_it_is_written() -> None:
    assert key_name(("actions", 0, "owner")) == "actions[0].owner"
    assert key_name(("title",)) == "title"
    assert key_name(()) == ""
