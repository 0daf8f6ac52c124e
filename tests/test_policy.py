"""The team's policy over the shipped defaults: what it may say, what it may not, and where that is told."""

from __future__ import annotations

import json

import pytest
from helpers import TEAM, findings, light, policy, with_words

from hotwash import project
from hotwash.model import Failure, Postmortem
from hotwash.policy import Policy, merge, normal_heading


def about(**header: object) -> Postmortem:
    return Postmortem("", header=header)


def test_without_a_policy_the_defaults_hold() -> None:
    shipped = policy("")
    assert list(shipped.words("severities")) == ["P0", "P1", "P2", "P3"]
    assert shipped.data["timezone"] == "UTC"
    assert shipped.words("classes") == {}
    assert policy("# nothing but a comment\n").data == shipped.data


MERGED = [
    ("another key is kept", {"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
    ("mappings go key by key", {"a": {"x": 1, "y": 2}}, {"a": {"y": 3}}, {"a": {"x": 1, "y": 3}}),
    ("lists are replaced", {"a": [1, 2]}, {"a": [3]}, {"a": [3]}),
    ("null removes", {"a": {"x": 1, "y": 2}}, {"a": {"x": None}}, {"a": {"y": 2}}),
    ("null of nothing is nothing", {"a": 1}, {"b": None}, {"a": 1}),
    ("a mapping takes a text's place", {"a": "x"}, {"a": {"y": 1}}, {"a": {"y": 1}}),
    ("nulls inside new mappings go too", {}, {"a": {"x": None, "y": 1}}, {"a": {"y": 1}}),
]


@pytest.mark.parametrize(("before", "team", "after"), [row[1:] for row in MERGED], ids=[row[0] for row in MERGED])
def test_the_teams_words_are_laid_over_the_defaults(before: dict, team: dict, after: dict) -> None:
    kept = repr(before)
    assert merge(before, team) == after
    assert repr(before) == kept


GOOD = {
    "a severity renamed": "severities:\n  P1: {name: Sev One}\n",
    "a severity dropped": "severities:\n  P3: null\n",
    "a section of one's own, asked for": "sections:\n  customers: {title: What we told customers}\ntemplates:\n  standard: {sections: [summary, customers]}\n",
    "a class with nothing but its name": "classes:\n  cache-key-collision:\n    title: Two writers\n",
    "a kind removed": "kinds:\n  delivery: null\n",
    "levels of rules": "rules: {prompt-left: warning, many-actions: 'off'}\n",
    "a time zone": "timezone: Europe/Berlin\n",
    "Windows line ends": "timezone: UTC\r\nmost_actions: 7\r\n",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_what_a_team_may_say(text: str) -> None:
    assert isinstance(policy(text), Policy)


WRONG = [
    ("a key misspelt", "schema: 1\nseverites: {}\n", "2:1", "did you mean `severities`"),
    ("an inner key misspelt", "severities:\n  P1:\n    tempalte: full\n", "3:5", "did you mean `template`"),
    ("a template that is not one", "severities:\n  P1: {template: huge}\n", "2:18", "write `light`, `standard` or `full`"),
    ("a level that is not one", "rules:\n  prompt-left: fatal\n", "2:16", "write `error`, `warning`, `info` or `off`"),
    ("a number as text", "most_actions: five\n", "1:15", "a whole number"),
    ("a number out of range", "repeat_window: 0\n", "1:16", "at least 1"),
    ("a list where words belong", "services: [checkout]\n", "1:11", "keys with values"),
    ("a class that is no slug", "classes:\n  Cache Key: {title: x}\n", "2:3", "`Cache Key`"),
    ("a class of no category", "classes:\n  a-b: {title: x, category: softwear}\n", "2:19", "did you mean `software`"),
    ("a class of no level", "classes:\n  a-b: {title: x, level: excution}\n", "2:19", "did you mean `execution`"),
    ("a class of no label", "classes:\n  a-b: {title: x, label: gap}\n", "2:19", "`gap` is not one of `labels`"),
    ("a template with a section that is not there", "templates:\n  light: {sections: [sumary]}\n", "2:11", "asks for the section `sumary`"),
    ("a section removed that a template asks for", "sections:\n  lessons: null\n", "1:1", "asks for the section `lessons`"),
    ("a category removed that a class has", f"{TEAM}causes:\n  software: null\n", "", "`software` is not one of `causes`"),
    ("a newer schema", "schema: 2\n", "1:9", "written for schema 2; this hotwash reads up to 1"),
    ("no YAML", "severities: [\n", "2:1", "cannot be read"),
    ("a key twice", "people: []\npeople: []\n", "2:1", "on line 1 already"),
    ("a list", "- a\n", "1:1", "a policy is keys with values"),
    ("a sentence", "We have no policy.\n", "1:1", "a policy is keys with values"),
    ("an anchor", "people: &a []\n", "1:9", "an anchor (&a)"),
]


@pytest.mark.parametrize(("text", "place", "says"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_a_team_may_not_say_is_told_with_its_place(text: str, place: str, says: str) -> None:
    with pytest.raises(Failure) as told:
        policy(text)
    message = str(told.value)
    assert message.startswith(f"postmortems/policy.yml:{place}")
    assert says in message
    assert "\n" not in message


def test_a_time_zone_that_is_nowhere_is_told() -> None:
    timestamps = "timestamps: {started: 2026-11-05T10:00:00Z, resolved: 2026-11-05T16:40:00Z}"
    with pytest.raises(Failure, match="Europe/Berln"):
        findings(light(timestamps), policy("timezone: Europe/Berln\n"))


HEADINGS = [
    ("Timeline", "timeline"), ("TIMELINE", "timeline"), ("timeline of events", "timeline"), ("🕐 Timeline (UTC):", "timeline"), ("4. Timeline", "timeline"),
    ("IV) Timeline", "timeline"), ("Section 4: Timeline", "timeline"), ("4.2. Timeline", "timeline"), ("a) Timeline", "timeline"), ("**Timeline**", "timeline"), ("_Timeline_", "timeline"),
    ("Timeline {#timeline}", "timeline"), ("Timeline [all times in UTC]", "timeline"), ("Timeline.", "timeline"), ("  Timeline  ", "timeline"), ("Time  line", "timeline"),
    ("What happened", "summary description"), ("What Happened?", "summary description"), ("TL;DR", "summary"), ("tldr", "summary"), ("Executive Summary", "summary"),
    ("3. Root cause", "why"), ("Root Cause(s)", "why"), ("5 Whys", "why"), ("Why did this happen?", "why"), ("Contributing factor(s)", "why"),
    ("Follow-ups", "actions"), ("Follow–ups", "actions"), ("Follow ups", "actions"), ("Action Items", "actions"), ("Corrective and Preventative Measures", "actions"), ("To-do", "actions"),
    ("What didn't go well", "lessons"), ("What didn’t go well", "lessons"), ("What went well", "lessons"), ("Where we got lucky", "lessons"), ("Lessons learnt", "lessons"),
    ("Detection and Response", "detection"), ("How we responded", "response resolution"), ("Recovery", "resolution"), ("Open questions", "questions"),
    ("Why the earlier fix did not hold", "why-again"), ("why again", "why-again"), ("Why it came back?", "why-again"),
    *((name, "timeline") for name in (
        "2 Timeline", "2.1 Timeline", "(2) Timeline", "[2] Timeline", "2 - Timeline", "Step 2 - Timeline", "1️⃣ Timeline", "#1 Timeline", "Timeline UTC", "Timeline, UTC",
        "Timeline - UTC", "Time-line", "Timeline (UTC) (draft)", "`Timeline`",
    )),
    ("Detection & containment", "detection"), ("Root-cause", "why"), ("5-Whys", "why"), ("3. 5 Whys", "why"),
    ("Timelines", ""), ("The timeline of our roll-out plans", ""), ("Für Eilige", ""), ("", ""), ("🕐", ""), ("3.", ""), ("(UTC)", ""), ("x" * 100_000, ""),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "sections"), HEADINGS, ids=[row[0][:40] or "empty" for row in HEADINGS])
def test_headings_are_found_as_real_folders_write_them(heading: str, sections: str) -> None:
    assert policy().sections_named(heading) == frozenset(sections.split())


def test_a_heading_keeps_its_letters_whatever_their_script() -> None:
    assert normal_heading("2) Ursachen & Folgen (intern)") == "ursachen and folgen"
    assert normal_heading("## タイムライン:") == "タイムライン"


def test_other_languages_come_in_through_aliases() -> None:
    german = policy("sections:\n  timeline: {title: Zeitverlauf, aliases: [ablauf]}\n")
    assert {german.sections_named(name) for name in ("Zeitverlauf (UTC)", "1. Ablauf", "TIMELINE")} == {frozenset({"timeline"})}


SEVERITIES = [
    ("P1", "P1"), ("p1", "P1"), ("P-1", "P1"), ("SEV2", "P1"), ("sev-2", "P1"), ("Sev 2", "P1"), ("SEV_2", "P1"), ("High", "P1"), ("HIGH", "P1"), ("SEV0", "P0"), ("sev1", "P0"),
    ("medium", "P2"), ("P4", ""), ("SEV9", ""), ("unknown", ""), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("word", "severity"), SEVERITIES)
def test_a_severity_is_known_by_its_aliases(word: str, severity: str) -> None:
    assert policy().canonical_severity(word) == severity


def test_the_graver_of_what_was_and_what_could_have_been_sets_the_deadline() -> None:
    assert policy().gravest(about(severity="P3", potential_severity="SEV1")) == "P0"
    assert policy().gravest(about(severity="high")) == "P1"
    assert policy().gravest(about(severity="P3", potential_severity="who knows")) == "P3"


TEMPLATES = [
    ({"severity": "P0"}, "full"), ({"severity": "P1"}, "standard"), ({"severity": "SEV3"}, "light"), ({"severity": "P3"}, "light"), ({}, "light"), ({"severity": "P9"}, "light"),
    ({"severity": "P0", "kind": "near-miss"}, "light"), ({"severity": "P0", "kind": "outage"}, "full"), ({"severity": ["P0"]}, "light"), ({"severity": "P1", "kind": {"a": 1}}, "standard"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "template"), TEMPLATES)
def test_the_template_follows_kind_then_severity(header: dict, template: str) -> None:
    assert policy().template(about(**header)) == template


def test_a_kind_asks_for_more_and_spares_what_it_cannot_have() -> None:
    asked = policy().keys
    assert "potential_severity" in asked(about(severity="P1", kind="near-miss"))
    assert "impact.users|impact.share" in asked(about(severity="P1", kind="outage"))
    spared = {"timestamps.mitigated", "impact.users|impact.share", "detection.source"}
    assert spared & set(asked(about(severity="P1", kind="delivery"))) == set()
    assert "detection.source" in asked(about(severity="P1", kind="process-failure"))


def test_a_skipped_postmortem_is_asked_for_its_reason_only() -> None:
    skipped = about(severity="P0", status="skipped")
    assert {"skipped.why", "skipped.by"} <= set(policy().keys(skipped))
    assert policy().section_ids(skipped) == []
    assert policy().section_ids(about(severity="P0"))[0] == "summary"


def test_what_is_asked_for_is_in_the_schema() -> None:
    schema = json.loads(project.shipped("postmortem.schema.json"))
    asked = {option for template in policy().words("templates").values() for key in template["keys"] for option in key.split("|")}
    for key in sorted(asked | {*policy().data["file"], *policy().data["skip"]}):
        part = schema
        for step in key.split("."):
            part = part["properties"].get(step) or part["additionalProperties"] if "properties" in part else part["additionalProperties"]
        assert part, key


def test_words_are_shown_by_their_titles() -> None:
    team = with_words("roles:\n  buddy: Goes along\n  quiet: null\n")
    shown = [
        team.title("classes", "cache-key-collision"),
        team.title("severities", "P1"),
        team.title("roles", "buddy"),
        team.title("roles", "quiet"),
        team.title("nowhere", "x"),
    ]
    assert shown == ["Two writers share one cache key", "High", "Goes along", "quiet", "x"]


def test_the_levels_of_rules_are_the_teams() -> None:
    assert policy("rules: {prompt-left: warning}\n").level("prompt-left") == "warning"
    assert policy().level("prompt-left") is None


@pytest.mark.parametrize("key", ["severities", "classes", "sections", "templates", "timezone", "repeat_window", "rules", "kinds", "site"])
def test_a_key_whose_entries_are_still_commented_out_leaves_the_default(key: str) -> None:
    assert policy(f"{key}:\n  # nothing yet\n").data == policy("").data


@pytest.mark.parametrize(
    ("team", "said"),
    [
        ("templates: {light: null}\n", "the template `light` cannot be removed"),
        ("severities: {P0: null, P1: null, P2: null, P3: null}\n", "at least one severity has to be left"),
        ("severities: {P0: {within: 99999999999999}}\n", "it has to be at most 8760"),
    ],
)
def test_what_cannot_be_removed_or_is_out_of_bounds_is_said(team: str, said: str) -> None:
    with pytest.raises(Failure, match=said):
        policy(team)
