"""Findings as people and programs read them. The snapshots were read; `UPDATE_SNAPSHOTS=1 pytest tests/test_formats.py` writes them anew."""

from __future__ import annotations

import json
import os
import re
from datetime import date

import pytest
from helpers import HERE, LIGHT_ID, STANDARD, earlier, findings, light, post

from hotwash.formats import NAMES, renderer
from hotwash.model import Diagnostic
from hotwash.report import Report, in_order

SNAPSHOTS = HERE / "snapshots"
ENDINGS = {"text": "txt", "github": "txt", "json": "json", "gitlab": "json", "sarif": "json"}
TODAY = date(2026, 11, 21)


def a(
    rule: str = "prompt-left", level: str = "error", *, path: str = "postmortems/a.md", line: int = 3, message: str = "m", help: str = "h"
) -> Diagnostic:
    return Diagnostic(rule, "complete", level, path, line, 2, line, 9, message, help)


def report(*found: Diagnostic, stubs: frozenset[str] = frozenset(), gaps: frozenset[str] = frozenset()) -> Report:
    return Report(in_order(found), 1, TODAY, stubs=stubs, gaps=gaps)


def real() -> Report:
    """A published postmortem with a dozen faults, and a stub."""
    broken = (
        STANDARD.replace("severity: P1", "severty: P1")
        .replace("kind: bad-release", "kind: bad-relase")
        .replace("resolved: 2026-11-02T14:37:00Z", "resolved: 2026-11-02 14:37")
    )
    broken = broken.replace('owner: "@cache-lead"', 'owner: "@team-cache"').replace("## Lessons", "## Lessns") + "\n<div>TBD</div> at 100 %\n"
    stub = light("status: filed\nseverity: SEV3\nservices: []", "\n## What happened\n\n<!-- prompt: say it -->\n", without="cause fix")
    found = findings(post(broken), others=earlier()) + findings(stub)
    return Report(
        in_order(found),
        2,
        TODAY,
        not_run=("late-publication",),
        stubs=frozenset({f"postmortems/{LIGHT_ID}.md"}),
        gaps=frozenset({"prompt-left", "missing-key"}),
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_format_says_what_its_snapshot_says(name: str) -> None:
    path = SNAPSHOTS / f"{name}.{ENDINGS[name]}"
    said = renderer(name)(real(), False, False)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_format_ends_its_last_line_and_nothing_found_is_silence_or_valid(name: str) -> None:
    render = renderer(name)
    assert render(real(), False, False).endswith("\n")
    nothing = render(report(), False, False)
    assert (nothing == "") == (name in ("text", "github"))
    assert nothing == "" or json.loads(nothing) is not None


# --- text


def test_a_finding_names_its_place_its_rule_and_what_to_do() -> None:
    assert renderer("text")(report(a(message="it is empty", help="say it")), False, False).split("\n")[:2] == [
        "postmortems/a.md:3:2: prompt-left: it is empty",
        "  help: say it",
    ]


def test_levels_below_error_are_named() -> None:
    said = renderer("text")(report(a(level="warning"), a("file-name", "info")), False, False)
    assert "prompt-left (warning): m" in said
    assert "file-name (info): m" in said
    assert said.endswith("1 warning, 1 for information in 1 file; `hotwash explain RULE` says why\n")


def test_lines_to_copy_stand_below_the_help() -> None:
    said = renderer("text")(report(a(help="add:\nclasses:\n  a-b:")), False, False)
    assert said.split("\n")[1:4] == ["  help: add:", "    classes:", "      a-b:"]


def test_without_help_there_is_no_help_line() -> None:
    assert "help" not in renderer("text")(report(a(help="")), False, False)


@pytest.mark.parametrize(
    ("errors", "warnings", "files", "words"),
    [(1, 0, 1, "1 error in 1 file"), (2, 1, 1, "2 errors, 1 warning in 1 file"), (2, 0, 2, "2 errors in 2 files")],
)
def test_the_last_line_counts(errors: int, warnings: int, files: int, words: str) -> None:
    found = [a(line=n, path=f"postmortems/{n % files}.md") for n in range(errors)] + [
        a(level="warning", line=90 + n, path="postmortems/0.md") for n in range(warnings)
    ]
    assert renderer("text")(report(*found), False, False).split("\n")[-2].startswith(f"{words};")


def test_a_stub_shows_its_five_most_useful_and_says_how_to_see_the_rest() -> None:
    many = [a("missing-key", "warning", line=1), *(a("wrong-time", "warning", line=n) for n in range(2, 9))]
    stub = report(*many, stubs=frozenset({"postmortems/a.md"}), gaps=frozenset({"missing-key"}))
    few, every = renderer("text")(stub, False, False), renderer("text")(stub, False, True)
    assert [line.split(":")[1] for line in few.split("\n") if "wrong-time" in line or "missing-key" in line] == ["2", "3", "4", "5", "6"]
    assert "postmortems/a.md: 3 more while it is being written; --all shows them" in few
    assert every.count("(warning): m") == 8
    assert "more while" not in every
    assert renderer("text")(report(*many), False, False).count("(warning): m") == 8
    assert few.split("\n")[-2].startswith("8 warnings")


def test_exactly_five_need_no_more() -> None:
    five = [a("wrong-time", "warning", line=n) for n in range(5)]
    assert "more while" not in renderer("text")(report(*five, stubs=frozenset({"postmortems/a.md"})), False, False)


def test_colour_comes_only_when_it_is_asked_for() -> None:
    found = report(a(), a(level="warning", line=4), a(level="info", line=5))
    assert "\033" not in renderer("text")(found, False, False)
    coloured = renderer("text")(found, True, False)
    assert {"\033[31m", "\033[33m", "\033[36m", "\033[1m", "\033[2m"} <= set(re.findall(r"\033\[\d+m", coloured))
    assert re.sub(r"\033\[\d*m", "", coloured) == renderer("text")(found, False, False)


@pytest.mark.parametrize("colour", [False, True], ids=["plain", "colour"])
@pytest.mark.parametrize("sign", ["\x1b[2J", "\x07", "\x9b31m", "\u202e", "\r", "\x00", "\udce9"], ids=ascii)
def test_what_a_file_holds_never_commands_the_terminal(sign: str, colour: bool) -> None:
    said = renderer("text")(report(a(path=f"postmortems/{sign}.md", message=f"m{sign}", help=f"h{sign}\nrest{sign}")), colour, False)
    assert sign not in said
    assert said.count(sign.encode("unicode_escape").decode()) == 4


# --- programs


def test_github_gets_its_signs_escaped() -> None:
    found = a(path="postmortems/a,b:c%.md", message="50 % of: a, b\r\nx", help="one\ntwo")
    (line,) = renderer("github")(report(found), False, False).splitlines()
    assert line == "::error file=postmortems/a%2Cb%3Ac%25.md,line=3,col=2,endLine=3,title=prompt-left::50 %25 of: a, b%0D%0Ax%0Aone%0Atwo"


def test_github_knows_three_levels() -> None:
    said = renderer("github")(report(a(), a(level="warning"), a(level="info")), False, False)
    assert sorted(line.split(" ")[0] for line in said.splitlines()) == ["::error", "::notice", "::warning"]


def test_json_has_its_version_every_finding_and_a_summary() -> None:
    said = json.loads(renderer("json")(real(), False, False))
    assert list(said) == ["version", "findings", "not_run", "summary"]
    assert list(said["findings"][0]) == ["rule", "group", "level", "path", "line", "column", "end_line", "end_column", "message", "help"]
    counted = {level: sum(found["level"] == level for found in said["findings"]) for level in ("error", "warning", "info")}
    assert said["summary"] == {
        "files": 2,
        "errors": counted["error"],
        "warnings": counted["warning"],
        "infos": counted["info"],
        "as_of": "2026-11-21",
    }
    assert (said["version"], said["not_run"]) == (1, ["late-publication"])


def test_gitlab_tells_issues_apart_by_a_fingerprint_that_stays() -> None:
    one, two = json.loads(renderer("gitlab")(report(a(), a(line=4)), False, False))
    assert one["fingerprint"] != two["fingerprint"]
    assert json.loads(renderer("gitlab")(report(a(help="other words")), False, False))[0]["fingerprint"] == one["fingerprint"]
    assert one["location"] == {"path": "postmortems/a.md", "lines": {"begin": 3, "end": 3}}
    assert [json.loads(renderer("gitlab")(report(a(level=level)), False, False))[0]["severity"] for level in ("error", "warning", "info")] == [
        "major",
        "minor",
        "info",
    ]


def test_sarif_has_the_structure_of_the_standard() -> None:
    said = json.loads(renderer("sarif")(real(), False, False))
    (run,) = said["runs"]
    assert said["version"] == "2.1.0"
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["level"] for result in run["results"]} <= {"error", "warning", "note"}
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        assert result["message"]["text"]


def test_sarif_writes_any_file_name_as_an_address() -> None:
    said = json.loads(renderer("sarif")(report(a(path="postmortems/a b#ü\udce9.md")), False, False))
    assert said["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "postmortems/a%20b%23%C3%BC%E9.md"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_that_is_not_utf8_can_be_written_out(name: str) -> None:
    said = renderer(name)(report(a(path="postmortems/\udce9.md")), False, False)
    assert said.encode("utf-8", "surrogateescape")
