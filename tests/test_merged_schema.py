"""The schema for editors says what the rules say: no word passes one and is stopped by the other."""

from __future__ import annotations

import json
from typing import Any

import pytest
from helpers import light_text, policy, post, said, with_words
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from hotwash import yaml12
from hotwash.merged_schema import merged_schema
from hotwash.policy import VOCABULARIES

TEAM = with_words(
    "roles: {buddy: Goes along}\ntriggers: {moon: The moon}\nhorizons: {immediate: null}\nseverities: {P1: {aliases: [Rot, SEV2]}}\nkinds: {delivery: null}\n"
)
MERGED = merged_schema(TEAM)
VALIDATOR = Draft202012Validator(MERGED)
SHAPE_RULES = {"header-shape", "undeclared-value"}


def placed(way: tuple[str, ...], word: str) -> str:
    """Lines of a header that hold a word where a vocabulary reaches."""
    value: Any = word
    for step in reversed(way):
        value = [value] if step == "*" else {word: "@a-lead"} if step == "@" else {step: value}
    return yaml_line(value)


def yaml_line(value: dict[str, Any]) -> str:
    (key, inner), *_ = value.items()
    return f"{key}: {json.dumps(inner, ensure_ascii=False)}"


def agree(header: str, *, status: str = "filed") -> bool:
    """Whether the merged schema and the rules say the same of a header; both verdicts are returned equal or the test fails."""
    text = light_text(f"status: {status}\n{header}")
    valid = VALIDATOR.is_valid(yaml12.read(text.split("---\n")[1]).data)
    spoke = set(said(post(text), TEAM)) & (SHAPE_RULES | ({"missing-key"} if status == "published" else set()))
    assert valid == (not spoke), (header, spoke, [error.message for error in VALIDATOR.iter_errors(yaml12.read(text.split("---\n")[1]).data)])
    return valid


def test_the_merged_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(MERGED)
    Draft202012Validator.check_schema(merged_schema(policy("")))


@pytest.mark.parametrize("way", VOCABULARIES, ids=".".join)
def test_every_declared_word_passes_both(way: tuple[str, ...]) -> None:
    for word in TEAM.words(VOCABULARIES[way]):
        assert agree(placed(way, word)), word


@pytest.mark.parametrize("way", VOCABULARIES, ids=".".join)
@pytest.mark.parametrize("word", ["moonlight", "P1x", "bad_release", "", "UNKNOWN", "immediate", "Checkout"])
def test_no_other_word_passes_either(way: tuple[str, ...], word: str) -> None:
    assert word not in TEAM.words(VOCABULARIES[way])
    if word or way[-1] != "@":
        assert not agree(placed(way, word))


@pytest.mark.parametrize("word", ["unknown", "Rot", "SEV2", "High", "Critical", "x-own"])
@pytest.mark.parametrize("way", VOCABULARIES, ids=".".join)
def test_aliases_and_unknown_are_judged_alike(way: tuple[str, ...], word: str) -> None:
    agree(placed(way, word))


ALL_WORDS = sorted({word for vocabulary in VOCABULARIES.values() for word in TEAM.words(vocabulary)})


@given(st.sampled_from(list(VOCABULARIES)), st.sampled_from(ALL_WORDS) | st.from_regex(r"[a-z]{1,4}(-[a-z]{1,4})?", fullmatch=True))
def test_any_word_anywhere_is_judged_alike(way: tuple[str, ...], word: str) -> None:
    agree(placed(way, word))


@pytest.mark.parametrize("severity", ["P0", "P1", "P2", "P3"])
@pytest.mark.parametrize("kind", ["outage", "near-miss", "process-failure"])
def test_what_is_asked_for_at_publication_is_required_by_both(severity: str, kind: str) -> None:
    assert agree(f"severity: {severity}\nkind: {kind}", status="published") == (severity in ("P2", "P3") and kind != "near-miss")
    assert agree(f"severity: {severity}\nkind: {kind}", status="filed")


def test_one_of_two_keys_is_enough_where_either_is_asked_for() -> None:
    (then,) = (
        one["then"] for one in MERGED["allOf"] if {"properties": {"severity": {"const": "P1"}, "kind": {"const": "outage"}}} in one["if"]["anyOf"]
    )
    assert {"anyOf": [_required("impact", "users"), _required("impact", "share")]} in then["allOf"]


def _required(parent: str, key: str) -> dict[str, Any]:
    return {"required": [parent], "properties": {parent: {"required": [key]}}}


def test_classes_are_offered_and_new_ones_allowed() -> None:
    assert "cache-key-collision" in MERGED["properties"]["cause"]["properties"]["class"]["examples"]
    assert agree("cause: {class: never-seen-before, what: something new}")


def test_a_team_without_services_leaves_them_open() -> None:
    assert "enum" not in merged_schema(policy(""))["properties"]["services"]["items"]
    assert MERGED["properties"]["services"]["items"]["enum"][0] == "checkout"
