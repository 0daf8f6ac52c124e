"""The command line: what each command answers, with which status, and what happens when it cannot."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import FIXTURES, LIGHT, LIGHT_ID, light_text

from hotwash import __version__, cli
from hotwash.cli import COMMANDS, check, main
from hotwash.model import Failure
from hotwash.rules import documented

Make = Callable[..., Path]
NAME = f"{LIGHT_ID}.md"
CART = (FIXTURES / "archive" / "2026-02-03-cart-mixed-up.md").read_text()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str, capsys) -> None:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    out, err = capsys.readouterr()
    assert (left.value.code, err) == (0, "")
    assert out.startswith(f"usage: hotwash {command}")
    assert len(out.split("\n\n")) > 2


def test_the_help_of_all_names_every_command(capsys) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    out = capsys.readouterr().out
    assert left.value.code == 0
    assert set(COMMANDS) <= {line.split()[0] for line in out.splitlines() if line.startswith("    ")}


def test_the_version_is_told(capsys) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert (left.value.code, capsys.readouterr().out) == (0, f"hotwash {__version__}\n")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["chek"],
        ["check", "--formt", "json"],
        ["check", "--format", "xml"],
        ["check", "--only", "blame"],
        ["check", "--for", "json"],
        ["new", "Title"],
        ["new"],
        ["--nonsense"],
        ["action"],
        ["action", "close", "cart", "a1"],
        ["action", "done", "cart", "a1"],
        ["action", "done", "cart", "a1", "--evid", "x"],
        ["action", "wont-do", "cart", "a1", "--why", "x"],
        ["action", "sync"],
        ["action", "sync", "--from", "x", "--kind", "paper"],
    ],
)
def test_a_line_that_is_not_understood_is_status_2_and_one_line_that_says_where_help_is(words: list[str], capsys) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    out, err = capsys.readouterr()
    assert (left.value.code, out) == (2, "")
    assert err.startswith("hotwash")
    assert err.endswith("--help` shows how\n")
    assert err.count("\n") == 1


# --- check


def test_a_clean_project_is_silent(project: Make, capsys) -> None:
    project({NAME: LIGHT.replace("we did not test X", "no test covered X")})
    assert main(["check"]) == 0
    assert capsys.readouterr() == ("", "")


def test_an_empty_project_and_an_empty_folder_are_clean(project: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    project()
    assert main(["check"]) == 0
    (tmp_path / "elsewhere").mkdir()
    assert main(["check", "--root", str(tmp_path / "elsewhere")]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("status", "code"), [("published", 1), ("filed", 0)])
def test_an_error_is_status_1_and_a_warning_is_not(status: str, code: int, project: Make, capsys) -> None:
    project({NAME: light_text(f"status: {status}", "\nTBD\n")})
    assert main(["check"]) == code
    out, err = capsys.readouterr()
    assert ("placeholder-left" in out, err) == (True, "")


def test_only_the_files_named_are_checked_against_the_whole_archive(project: Make, capsys) -> None:
    repeat = light_text('cause: {class: cache-key-collision, what: "two services share one key space"}\nservices: [cache]')
    project({NAME: repeat, "2026-02-03-cart-mixed-up.md": CART, "2026-11-06-other.md": "no header"})
    assert main(["check", f"postmortems/{NAME}"]) == 1
    out = capsys.readouterr().out
    assert "unlinked-repeat" in out
    assert "2026-11-06-other" not in out
    assert main(["check", "--only", "actions", f"postmortems/{NAME}"]) == 0


def test_what_is_elsewhere_is_checked_from_there(project: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    root = project({NAME: "no header"})
    (tmp_path / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "er")
    assert main(["check"]) == 1
    assert main(["check", "--root", str(root)]) == 1
    assert capsys.readouterr().out.count(f"postmortems/{NAME}:1:1: unreadable-header") == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["check", "postmortems/nothing.md"], "postmortems/nothing.md: there is no such file"),
        (["check", "--root", "nowhere"], "--root nowhere: there is no such folder"),
        (["check", "--as-of", "soon"], "--as-of soon: not a day"),
        (["explain", "prompt-lft"], "there is no rule `prompt-lft`; did you mean `prompt-left`?"),
        (["explain", "xyz"], "`hotwash explain` lists them"),
        (["new", "x", "--severity", "P7"], "--severity P7: write `P0`, `P1`, `P2` or `P3`"),
        (["new", "x", "--severity", "P1", "--kind", "outrage"], "did you mean `outage`?"),
        (["new", "x", "--severity", "P1", "--service", "chekout"], "did you mean `checkout`?"),
        (["new", "x", "--severity", "P1", "--resolved", "14:00"], "--resolved 14:00: write a time with its offset"),
        (["new", "x", "--severity", "P1", "--started", "2026-11-02T14:00:00"], "--started 2026-11-02T14:00:00"),
    ],
)
def test_what_cannot_be_done_is_one_line_on_stderr_and_status_2(words: list[str], says: str, project: Make, capsys) -> None:
    project({NAME: LIGHT})
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n"), err.startswith("hotwash: ")) == ("", 1, True)
    assert says in err


@pytest.mark.parametrize("command", [["check"], ["new", "x", "--severity", "P1"], ["schema"]])
def test_a_policy_that_is_wrong_stops_every_command_at_its_line(command: list[str], project: Make, capsys) -> None:
    project({NAME: LIGHT}, policy="severites: {}\n")
    assert main(command) == 2
    assert capsys.readouterr().err.startswith("hotwash: postmortems/policy.yml:1:1: `severites` is not a key")


def test_a_policy_that_is_not_utf8_or_a_folder_is_told(project: Make, capsys) -> None:
    root = project({NAME: LIGHT})
    (root / "postmortems" / "policy.yml").write_bytes(b"people: [\xff]\n")
    assert main(["check"]) == 2
    assert "policy.yml: the file is not UTF-8" in capsys.readouterr().err


# --- when it goes wrong


def explode(error: BaseException) -> Callable[..., int]:
    def run(options: object) -> int:
        raise error

    return run


def test_a_bug_leaves_a_log_and_one_line(project: Make, monkeypatch: pytest.MonkeyPatch, capsys, tmp_path: Path) -> None:
    project()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(check, "run", explode(RuntimeError("the sky\nfell")))
    assert main(["check", "--all"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    log = Path(re.search(r"report it with (\S+\.log)", err)[1])
    text = log.read_text()
    assert "this is a bug in hotwash (RuntimeError)" in err
    assert __version__ in text
    assert "['check', '--all']" in text
    assert "RuntimeError: the sky" in text


def test_an_interruption_is_status_130(project: Make, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    project()
    monkeypatch.setattr(check, "run", explode(KeyboardInterrupt()))
    assert main(["check"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_who_leaves_is_no_error(project: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    project()
    closed = []
    monkeypatch.setattr(check, "run", explode(BrokenPipeError()))
    monkeypatch.setattr(cli.os, "dup2", lambda source, target: closed.append(target))
    monkeypatch.setattr(cli.sys, "stdout", type("Out", (), {"fileno": lambda self: 77})())
    assert main(["check"]) == 0
    assert closed == [77]


def test_a_failure_of_many_lines_is_told_in_one(project: Make, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    project()
    monkeypatch.setattr(check, "run", explode(Failure("one\ntwo \udce9")))
    assert main(["check"]) == 2
    assert capsys.readouterr().err == "hotwash: one two \\udce9\n"


# --- explain and schema


def test_explain_lists_every_rule_with_its_group(capsys) -> None:
    assert main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [[doc.group, doc.id] for doc in documented()]


@pytest.mark.parametrize("doc", documented(), ids=lambda doc: doc.id)
def test_explain_shows_the_whole_page_of_a_rule(doc, capsys) -> None:
    assert main(["explain", doc.id]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{doc.id} ({doc.group}, {doc.level})\n\n{doc.summary}\n")
    assert doc.why in out
    assert all(line.strip() in out for line in f"{doc.bad}\n{doc.good}".splitlines())


def test_the_schema_for_editors_holds_the_teams_words(project: Make, capsys) -> None:
    project()
    assert main(["schema"]) == 0
    assert "checkout" in json.loads(capsys.readouterr().out)["properties"]["services"]["items"]["enum"]
    assert main(["schema", "policy"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "The policy of a team"


# --- new

NEW = ["new", "Checkout returned 503", "--severity", "P1", "--resolved", "2026-11-19T23:30:00Z"]


def test_new_writes_a_file_that_can_be_committed_at_once(project: Make, capsys) -> None:
    root = project()
    assert main([*NEW, "--stub", "--service", "checkout"]) == 0
    out, err = capsys.readouterr()
    assert out == "postmortems/2026-11-19-checkout-returned-503.md\n"
    assert "it has to be published by 2026-11-21 23:30 UTC" in err
    assert (root / out.strip()).is_file()
    assert main(["check", "--format", "json"]) == 0
    assert {found["level"] for found in json.loads(capsys.readouterr().out)["findings"]} == {"warning"}


def test_new_never_writes_over_a_file(project: Make, capsys) -> None:
    root = project()
    assert main(NEW) == 0
    path = root / "postmortems" / "2026-11-19-checkout-returned-503.md"
    before = path.read_bytes()
    assert main([*NEW, "--stub"]) == 2
    assert path.read_bytes() == before
    assert "is there already; give another title" in capsys.readouterr().err


def test_a_dry_run_prints_and_writes_nothing(project: Make, capsys) -> None:
    root = project()
    assert main([*NEW, "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert (out.startswith("---\nschema: 1\n"), err) == (True, "")
    assert [path.name for path in (root / "postmortems").iterdir()] == ["policy.yml"]


def test_the_day_in_the_name_is_the_teams(project: Make, capsys) -> None:
    project(policy="timezone: Europe/Berlin\n")
    assert main(NEW) == 0
    assert capsys.readouterr().out == "postmortems/2026-11-20-checkout-returned-503.md\n"


def test_without_a_time_the_name_bears_today(project: Make, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    project()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")
    assert main(["new", "x", "--severity", "sev-2"]) == 0
    assert capsys.readouterr().out == "postmortems/2026-11-21-x.md\n"
    assert main(["new", "y", "--severity", "sev-2", "--resolved", "now", "--dry-run"]) == 0
    assert "resolved: 2026-11-21T12:00:00Z" in capsys.readouterr().out


def test_a_class_that_occurred_before_is_linked(project: Make, capsys) -> None:
    project({"2026-02-03-cart-mixed-up.md": CART})
    assert main([*NEW, "--class", "cache-key-collision", "--started", "2026-11-19T22:00:00Z", "--kind", "outage", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "recurrence_of: [2026-02-03-cart-mixed-up]" in out
    assert "## Why the earlier fix did not hold" in out


def test_new_makes_the_folder_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(NEW) == 0
    assert (tmp_path / capsys.readouterr().out.strip()).is_file()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "postmortems").write_text("a file stands here")
    assert main(NEW) == 2
    assert capsys.readouterr().err.startswith("hotwash: ")


# --- init


def test_init_puts_what_is_missing_and_leaves_what_is_there(tmp_path: Path, capsys) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Ours\n")
    assert main(["init", str(tmp_path), "--dry-run"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["mkdocs.yml"]
    assert "keep  mkdocs.yml" in capsys.readouterr().out
    assert main(["init", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert (tmp_path / "mkdocs.yml").read_text() == "site_name: Ours\n"
    assert (tmp_path / "postmortems" / "policy.yml").is_file()
    assert "kept  mkdocs.yml, which was there already" in out
    assert "for mkdocs.yml, add what you need of:" in err
    assert main(["check", "--root", str(tmp_path)]) == 0


@pytest.mark.parametrize(("forge", "written"), [("github", ".github/workflows/postmortems.yml"), ("gitlab", ".gitlab-ci.yml"), ("none", "")])
def test_init_writes_the_workflow_of_the_forge(forge: str, written: str, tmp_path: Path, capsys) -> None:
    assert main(["init", str(tmp_path), "--forge", forge, "--source", "https://example.com/hotwash.git", "--rev", "v9"]) == 0
    assert "v9" in (tmp_path / ".pre-commit-config.yaml").read_text()
    paths = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.yml")}
    assert {name for name in (".github/workflows/postmortems.yml", ".gitlab-ci.yml") if name in paths} == ({written} if written else set())
    assert (".github/workflows/postmortem-actions.yml" in paths) == (forge == "github")
    assert all("{package" not in path.read_text() for path in tmp_path.rglob("*.yml"))


def test_init_refuses_a_file(tmp_path: Path, capsys) -> None:
    (tmp_path / "x").write_text("")
    assert main(["init", str(tmp_path / "x")]) == 2
    assert "not a folder" in capsys.readouterr().err


def test_explain_knows_the_teams_own_phrases(tmp_path, capsys) -> None:
    (tmp_path / "postmortems").mkdir()
    (tmp_path / "postmortems" / "policy.yml").write_text("schema: 1\nphrases:\n  jargon: {message: 'say it plainly', patterns: [synergy]}\n", "utf-8")
    assert main(["explain", "jargon", "--root", str(tmp_path)]) == 0
    assert "say it plainly" in capsys.readouterr().out


def test_an_option_that_a_command_lacks_leads_to_that_commands_help(capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["similar", "x", "--colour", "red"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.endswith("; `hotwash similar --help` shows how\n")
