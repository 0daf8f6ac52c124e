"""Levels by status and policy, waivers, one finding per rule and position."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import earlier, findings, light, light_text, policy, post, said, with_words

from hotwash.archive import gather
from hotwash.check import MOST, active, check_file, check_in_archive
from hotwash.model import Diagnostic, Failure, Hit, Span
from hotwash.past import History
from hotwash.report import in_order, most_useful
from hotwash.rules import ARCHIVE, FILE, GROUPS, HISTORY, Rule, load

BROKEN = "schema: 1\nschema: 1"


def rule(id: str, *hits: Hit, level: str = "error", reach: int = FILE, always: bool = False) -> Rule:
    finds = {
        FILE: lambda post, policy: hits,
        ARCHIVE: lambda post, policy, archive: hits,
        HISTORY: lambda post, policy, archive, history, as_of: hits,
    }
    return Rule(id, "complete", level, gap=False, always=always, reach=reach, find=finds[reach])


# --- levels


@pytest.mark.parametrize(("status", "level"), [("filed", "warning"), ("published", "error"), ("retired", "error"), ("nonsense", "error")])
def test_the_status_decides_how_much_a_finding_weighs(status: str, level: str) -> None:
    assert said(light(f"status: {status}", "\nTBD\n"))["placeholder-left"] == level


def test_a_file_without_a_status_is_judged_as_if_published() -> None:
    assert said(light(without="status", body="\nTBD\n"))["placeholder-left"] == "error"


def test_an_unreadable_header_fails_in_a_stub_too() -> None:
    assert said(post(light_text("status: filed\n" + BROKEN)))["unreadable-header"] == "error"


def test_a_rule_that_always_bites_is_not_softened() -> None:
    levels = [
        check_file(light("status: filed"), policy(), [rule("file-name", Hit(Span(1), "x"), always=always)])[0].level for always in (True, False)
    ]
    assert levels == ["error", "warning"]


@pytest.mark.parametrize(("team", "level"), [("error", "error"), ("warning", "warning"), ("info", "info"), ("'off'", None), ("off", None)])
def test_the_team_sets_the_level_of_a_rule(team: str, level: str | None) -> None:
    assert said(light(body="\nTBD\n"), with_words(f"rules: {{placeholder-left: {team}}}\n")).get("placeholder-left") == level


def test_a_team_may_make_a_rule_stricter_and_a_stub_is_still_softened() -> None:
    strict = with_words("rules: {unsafe-markup: error}\n")
    assert said(light(body="\nA <br/> here.\n"), strict) == {"unsafe-markup": "error"}
    assert said(light("status: filed", "\nA <br/> here.\n"), strict) == {"unsafe-markup": "warning"}


def test_a_hit_may_be_weaker_than_its_rule_and_never_stronger() -> None:
    hits = (Hit(Span(1), "a", level="warning"), Hit(Span(2), "b"))
    levels = [
        [one.level for one in check_file(light(), policy(), [rule("header-shape", *hits, level=level)])] for level in ("error", "warning", "info")
    ]
    assert levels == [["warning", "error"], ["warning", "warning"], ["info", "info"]]


def test_a_level_for_a_rule_that_is_not_there_is_told_with_a_suggestion() -> None:
    with pytest.raises(Failure, match="names `promt-left`, and there is no such rule; did you mean `prompt-left`"):
        active(with_words("rules: {promt-left: warning}\n"), GROUPS)


def test_only_the_rules_of_the_groups_asked_for_run() -> None:
    assert {one.group for one in active(policy(), ("actions",))} == {"actions"}
    assert len(active(policy(), GROUPS)) == len(load())


# --- waivers

QUOTED = "\n\nThe page said TBD.\n\nAnd TBD again.\n"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (f"\n<!-- hotwash: allow placeholder-left: quoted -->{QUOTED}", 1),
        (f"\n<!-- hotwash: allow placeholder-left: quoted, at\nsome length -->{QUOTED}", 1),
        (f"\n<!--\nhotwash: allow placeholder-left: quoted\n-->{QUOTED}", 1),
        ("\n<!-- hotwash: allow placeholder-left: quoted --> The page said TBD.\nTBD\n\nTBD\n", 1),
        ("\n<!-- hotwash: allow placeholder-left: quoted -->\nTBD\nTBD\n", 0),
        ("\n<!--hotwash:allow placeholder-left:quoted-->\n- TBD\n- TBD\n\n- TBD\n", 1),
        (f"\n<!-- hotwash: allow placeholder-left -->{QUOTED}", 2),
        (f"\n<!-- hotwash: allow prompt-left: another rule -->{QUOTED}", 2),
        (f"\n<!-- hotwash: deny placeholder-left: x -->{QUOTED}", 2),
        (f"\n`<!-- hotwash: allow placeholder-left: quoted -->`{QUOTED}", 2),
        ("\nTBD\n\n<!-- hotwash: allow placeholder-left: too late -->\n", 1),
        ("\n<!-- hotwash: allow placeholder-left: a --><!-- hotwash: allow unsafe-markup: b -->\nTBD <br/>\n", 0),
    ],
)
def test_a_waiver_covers_the_next_block_and_no_more(body: str, lines: int) -> None:
    found = [one.rule for one in findings(light(body=body)) if one.rule in ("placeholder-left", "unsafe-markup")]
    assert len(found) == lines


def test_a_waiver_in_the_header_covers_its_own_line() -> None:
    waived = light("title: TBD  # hotwash: allow placeholder-left: the product is called so\nparked:\n  - TBD")
    (found,) = (one for one in findings(waived) if one.rule == "placeholder-left")
    assert "parked" in found.message


def test_a_waiver_without_a_reason_waives_nothing_and_is_a_finding_of_its_own() -> None:
    found = said(light(body="\n<!-- hotwash: allow placeholder-left: -->\nTBD\n"))
    assert {"bare-waiver", "placeholder-left"} <= set(found)


def test_some_findings_cannot_be_waived() -> None:
    waived = "title: a  # hotwash: allow unreadable-header: we like it so\ntitle: b  # hotwash: allow unreadable-header: so"
    assert "unreadable-header" in said(post(light_text(waived)))
    assert "bare-waiver" in said(light(body="\n<!-- hotwash: allow bare-waiver: we like it so -->\n<!-- hotwash: allow prompt-left -->\nText.\n"))


# --- one per position, in order, and never too many


def test_one_finding_stands_at_a_position_for_each_rule() -> None:
    hits = [Hit(Span(3, 1), "first"), Hit(Span(3, 1), "second"), Hit(Span(3, 2), "third")]
    found = check_file(light(), policy(), [rule("file-name", *hits), rule("wrong-time", hits[0])])
    assert [(one.rule, one.message) for one in found] == [("file-name", "first"), ("file-name", "third"), ("wrong-time", "first")]


def test_an_end_that_is_not_given_is_the_beginning() -> None:
    (found,) = check_file(light(), policy(), [rule("file-name", Hit(Span(3, 4), "x"))])
    assert (found.end_line, found.end_column) == (3, 4)


def test_a_rule_is_heard_a_thousand_times_in_one_file() -> None:
    found = check_file(light(), policy(), [rule("file-name", *(Hit(Span(line), "x") for line in range(1, 3_000)))])
    assert len(found) == MOST


def test_rules_run_where_what_they_need_is_given() -> None:
    rules = [
        rule("file-name", Hit(Span(1), "x")),
        rule("dangling-link", Hit(Span(1), "x"), reach=ARCHIVE),
        rule("not-earlier", Hit(Span(1), "x"), reach=HISTORY),
    ]
    one, archive = light(), gather(earlier())
    assert [found.rule for found in check_file(one, policy(), rules)] == ["file-name"]
    assert [found.rule for found in check_in_archive(one, policy(), rules, archive)] == ["dangling-link"]
    assert [found.rule for found in check_in_archive(one, policy(), rules, archive, History(), date(2026, 11, 21))] == [
        "dangling-link",
        "not-earlier",
    ]


def diagnostic(line: int, level: str = "warning", rule: str = "a", path: str = "p", column: int = 1) -> Diagnostic:
    return Diagnostic(rule, "complete", level, path, line, column, line, column, "m", "h")


def test_findings_stand_in_reading_order() -> None:
    mixed = [diagnostic(9, path="b"), diagnostic(2, column=7), diagnostic(2, column=3, rule="z"), diagnostic(2, column=3), diagnostic(10)]
    assert [(one.path, one.line, one.column, one.rule) for one in in_order(mixed)] == [
        ("b", 9, 1, "a"),
        ("p", 2, 3, "a"),
        ("p", 2, 3, "z"),
        ("p", 2, 7, "a"),
        ("p", 10, 1, "a"),
    ]


def test_of_a_stub_the_most_useful_come_first_and_stand_in_reading_order() -> None:
    many = [
        diagnostic(1, rule="gap"),
        diagnostic(2, rule="gap"),
        diagnostic(30, rule="wrong"),
        diagnostic(40, "error", rule="gap"),
        diagnostic(50, "info", rule="wrong"),
    ]
    assert [one.line for one in most_useful(many, frozenset({"gap"}), 3)] == [1, 30, 40]
    assert [one.line for one in most_useful(many, frozenset({"gap"}), 9)] == [1, 2, 30, 40, 50]
