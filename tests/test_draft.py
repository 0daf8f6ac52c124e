"""A new postmortem: what it asks for, what it allows, and that it is read back as it was meant."""

from __future__ import annotations

import re

import pytest
from helpers import findings, policy, post, said, with_words

from hotwash.draft import draft, skeleton, slug
from hotwash.policy import VOCABULARIES, Policy

ID = "2026-11-19-x"
KNOWN = {"title": "Checkout returned 503", "status": "filed", "severity": "P1", "timestamps.resolved": "2026-11-19T10:00:00Z"}
TEMPLATES = [("P0", "full"), ("P1", "standard"), ("P2", "light"), ("P3", "light")]


def drafted(under: Policy | None = None, *, stub: bool = False, **more: object) -> str:
    return draft({**KNOWN, **{key.replace("__", "."): value for key, value in more.items()}}, under or policy(), stub=stub)


def written(text: str) -> set[str]:
    """Every key of the header down to its leaves, dotted; the entries of lists left out."""
    keys = post(text, ID).keys
    leaves = {
        way for way in keys if not any(other[: len(way)] == way and len(other) > len(way) and isinstance(other[len(way)], str) for other in keys)
    }
    return {".".join(way) for way in leaves if all(isinstance(step, str) for step in way)}


@pytest.mark.parametrize(("severity", "template"), TEMPLATES)
@pytest.mark.parametrize("kind", ["outage", "near-miss", "delivery", "process-failure"])
def test_a_draft_is_readable_and_asks_for_just_its_templates_keys(severity: str, template: str, kind: str) -> None:
    text = drafted(severity=severity, kind=kind)
    read, team = post(text, ID), policy()
    assert read.problems == ()
    assert kind != "outage" or team.template(read) == template
    asked = {key.split("|")[0] for key in team.keys(read)} - {"factors", "detection.runbooks"}
    fix = {"fix.change", "fix.owner", "fix.due", "fix.state"}
    if "artefact" in team.fix_keys(read):
        fix |= {"fix.artefact.kind", "fix.artefact.path", "fix.tracking", "fix.success.what", "fix.success.until"}
    lists = {"factors", "detection.runbooks"} & {key.split("|")[0] for key in team.keys(read)}
    assert written(text) == asked | fix | lists | {"schema"}


def test_a_stub_asks_for_the_few_keys_to_file_it() -> None:
    text = drafted(stub=True)
    assert written(text) == {"schema", *policy().data["file"]}
    assert post(text, ID).comments != ()


@pytest.mark.parametrize(("severity", "template"), TEMPLATES)
@pytest.mark.parametrize("stub", [True, False], ids=["stub", "whole"])
def test_as_drafted_and_filed_it_gives_warnings_only(severity: str, template: str, stub: bool) -> None:
    assert template
    levels = said(post(drafted(severity=severity, stub=stub), ID)).values()
    assert set(levels) == {"warning"}


@pytest.mark.parametrize(("severity", "template"), TEMPLATES)
def test_as_drafted_and_published_each_prompt_and_each_gap_is_an_error(severity: str, template: str) -> None:
    assert template
    text = drafted(severity=severity).replace("status: filed", "status: published")
    read = post(text, ID)
    found = findings(read)
    prompts = {number for number, line in enumerate(text.split("\n"), 1) if "<!-- prompt:" in line}
    assert {one.line for one in found if one.rule == "prompt-left"} == prompts
    assert {one.rule for one in found if one.level == "error"} >= {"prompt-left", "missing-key", "missing-fix"}
    assert not {one.rule for one in found} & {"unreadable-header", "header-shape", "undeclared-value", "wrong-time"}


OFFERED = [(way, vocabulary) for way, vocabulary in VOCABULARIES.items() if way[-1] not in "*@" and "*" not in way]


@pytest.mark.parametrize(("way", "vocabulary"), OFFERED, ids=lambda part: ".".join(part) if isinstance(part, tuple) else part)
def test_every_word_that_a_draft_offers_is_allowed_where_it_is_offered(way: tuple[str, ...], vocabulary: str) -> None:
    key = ".".join(way)
    offered = "\n".join(skeleton([key], policy()))
    for word in policy().words(vocabulary):
        assert word in offered
        read = post(draft({**KNOWN, key: word}, policy(), stub=True), ID)
        assert read.get(*way) == word
        assert "undeclared-value" not in said(read)


def test_services_and_classes_of_the_policy_stand_in_comments() -> None:
    text = drafted()
    assert "checkout | cache | cart" in text
    assert "cache-key-collision | untested-device" in re.sub(r"\n# *", " ", text)


TITLES = [
    'Checkout said "sorry"', "Checkout: 503 again", "Zahlung für Bücher ging doppelt raus", "#1 customer could not order", "@checkout stopped answering", "- a dash first", "503", "no",
    "null", "2026-11-02", "It's over", "100 % of orders", "`cache` filled up", "{braces} and [brackets]", "& and * and ! and |", "注文が失敗した", "a # comment that is none", "ends with a colon:", "\\backslash\\", "🧯",
    "x" * 300, "question? yes", "key: {value: [1, 2]}", "%percent first", "tilde ~", "true", "3.10", "trailing spaces   ",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES, ids=lambda title: title[:30])
@pytest.mark.parametrize("stub", [True, False], ids=["stub", "whole"])
def test_any_title_is_read_back_as_it_was_given(title: str, stub: bool) -> None:
    read = post(drafted(title=title, stub=stub), ID)
    assert (read.problems, read.header["title"]) == ((), title)


def test_values_given_are_filled_in_where_they_belong() -> None:
    text = drafted(services=["checkout", "cache"], kind="outage", cause__class="cache-key-collision", recurrence_of=["2026-02-03-cart-mixed-up"])
    read = post(text, ID)
    assert read.get("services") == ["checkout", "cache"]
    assert read.get("cause", "class") == "cache-key-collision"
    assert read.get("recurrence_of") == ["2026-02-03-cart-mixed-up"]
    assert read.get("timestamps", "resolved") == "2026-11-19T10:00:00Z"


def test_only_a_repeat_is_asked_why_the_earlier_fix_did_not_hold() -> None:
    assert "Why the earlier fix did not hold" not in drafted()
    assert "## Why the earlier fix did not hold" in drafted(recurrence_of=["2026-02-03-cart-mixed-up"])


@pytest.mark.parametrize("severity", ["P0", "P1", "P2"])
def test_every_section_that_is_asked_for_is_in_the_draft(severity: str) -> None:
    team = with_words("sections:\n  timeline: {title: Zeitverlauf}\n  lessons: {title: Lehren}\n")
    read = post(drafted(team, severity=severity), ID)
    present = {name for section in read.sections for name in team.sections_named(section.title)}
    assert set(team.section_ids(read)) <= present
    assert severity == "P2" or {"Zeitverlauf", "Lehren"} <= {section.title for section in read.sections}


def test_no_line_of_a_draft_is_too_long_to_read() -> None:
    header = drafted(severity="P0").split("---\n")[1]
    assert [line for line in header.split("\n") if len(line) > 118] == []


def test_lines_to_add_are_the_same_lines_that_a_draft_has() -> None:
    assert skeleton(["trigger.kind", "fix.owner"], policy())[0] == "trigger:"
    assert [
        line.split("#")[0].rstrip() for line in skeleton(["fix.owner", "fix.due", "fix.state"], policy()) if not line.strip().startswith("#")
    ] == ["fix:", "  owner:", "  due:", "  state: open"]


SLUGS = [
    ("Checkout returned 503", "checkout-returned-503"), ("Zahlung für Bücher ging doppelt raus", "zahlung-fur-bucher-ging-doppelt-raus"), ("  What?! A -- mess…  ", "what-a-mess"),
    ("Straße gesperrt", "strasse-gesperrt"), ("注文が失敗した", "注文が失敗した"), ("주문 실패", "주문-실패"), ("🧯", "untitled"), ("", "untitled"), ("a_b", "a-b"), ("../../etc/passwd", "etc-passwd"), ("-rf", "rf"),
    ("one two three four five six seven eight nine ten", "one-two-three-four-five-six-seven-eight"), ("The cart was lost after the update of the", "the-cart-was-lost-after-the-update"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "expected"), SLUGS, ids=[row[0] or "empty" for row in SLUGS])
def test_a_title_becomes_a_file_name(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_a_slug_is_never_long_and_never_leaves_its_folder() -> None:
    for title in ("x" * 500, "word " * 100, "a/b\\c", "a\nb\0c", ". ."):
        made = slug(title)
        assert len(made) <= 70
        assert not set(made) & set("/\\. \n\0")
