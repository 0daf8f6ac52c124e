"""The commands that close things, on real files, and some of them as real processes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import ID, LIGHT, STANDARD

from hotwash.cli import main
from hotwash.parse import parse

Make = Callable[..., Path]
NAME = f"{ID}.md"
LINK = "https://example.com/pulls/91"
HOOKS = Path(__file__).parent.parent / "hooks"


@pytest.fixture
def archive(project: Make, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one published postmortem, a light one and a stub, on 2026-11-20."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795176000")
    return project({NAME: STANDARD, "2026-11-05-update-crashed.md": LIGHT, "2026-11-20-mail-late.md": STUB})


STUB = "---\ntitle: Mail late\nstatus: filed\nseverity: P2\ntimestamps: {resolved: 2026-11-20T09:00:00Z}\n---\n\nNotes.\n"


def header(root: Path, name: str = NAME):
    return parse(name, (root / "postmortems" / name).read_bytes()).header


def added(before: str, root: Path, name: str = NAME) -> list[str]:
    after = (root / "postmortems" / name).read_text()
    return [line for line in after.split("\n") if line not in before.split("\n")]


# --- action


def test_the_fix_is_done(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["action", "done", "checkout", "fix", "--evidence", LINK, "--on", "2026-11-16"]) == 0
    assert added(STANDARD, archive) == ["  state: done", "  closed: 2026-11-16", f"  evidence: {LINK}"]
    assert capsys.readouterr() == (f"postmortems/{NAME}: fix closed on 2026-11-16\n", "commit it; still open here: `a1`\n")


def test_an_action_is_done_today(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["action", "done", ID, "a1", "--evidence", LINK]) == 0
    assert [header(archive)["actions"][0][key] for key in ("state", "closed", "evidence")] == ["done", "2026-11-20", LINK]
    assert main(["check", "--only", "actions"]) == 0


def test_an_action_will_not_be_done(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["action", "wont-do", f"postmortems/{NAME}", "a1", "--why", "the service: it ends in May", "--accepted-by", "@checkout-po"]) == 0
    assert header(archive)["actions"][0]["why"] == "the service: it ends in May"
    assert main(["check", "--only", "actions"]) == 0


def test_a_dry_run_shows_the_change_and_makes_none(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["action", "done", "checkout", "fix", "--evidence", LINK, "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert [line for line in out.split("\n") if line[:1] in "+-" and line[:3] not in ("+++", "---")][:2] == ["-  state: open", "+  state: done"]
    assert (err, (archive / "postmortems" / NAME).read_text()) == ("", STANDARD)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["checkout", "a2"], f"postmortems/{NAME}: there is no action `a2`; it has `fix` and `a1`"),
        (["mail", "fix"], "postmortems/2026-11-20-mail-late.md: there is no action `fix`; it has none"),
        (["chekout", "fix"], f"there is no postmortem `chekout`; near it is `{ID}`"),
        (["2026-11", "fix"], f"`2026-11` stands in `{ID}`, `2026-11-05-update-crashed` and `2026-11-20-mail-late`; write more of the one that is meant"),
        (["checkout", "fix", "--on", "soon"], "--on soon: not a day; write YYYY-MM-DD"),
        (["checkout", "fix", "--on", "2026-11-21"], "fix cannot be closed: 2026-11-21 has not come yet; today is 2026-11-20; give the day with --on"),
        (["checkout", "fix", "--on", "2026-11-01"], "fix cannot be closed: 2026-11-01 lies before the incident, which began on 2026-11-02; give the day with --on"),
        (["checkout", "fix", "--evidence", "  "], "--evidence is empty; say it in a few words"),
    ],
)
def test_what_cannot_be_closed_is_one_line_and_changes_nothing(words: list[str], says: str, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["action", "done", "--evidence", LINK, *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.rstrip("\n").endswith(says)
    assert (archive / "postmortems" / NAME).read_text() == STANDARD


def test_what_is_closed_stays_as_it_was(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["action", "done", "checkout", "fix", "--evidence", LINK, "--on", "2026-11-16"])
    assert main(["action", "wont-do", "checkout", "fix", "--why", "x", "--accepted-by", "@a"]) == 2
    assert capsys.readouterr().err.endswith(f"postmortems/{NAME}: fix is `done` already, since 2026-11-16; nothing was changed\n")
    assert main(["action", "wont-do", "checkout", "a1", "--why", "x", "--accepted-by", "the whole team"]) == 2
    assert "--accepted-by the whole team: write one person's handle" in capsys.readouterr().err


def test_a_fix_that_is_another_files_is_closed_there(project: Make, capsys: pytest.CaptureFixture[str]) -> None:
    project({NAME: STUB.replace("---\n\n", "fix: {same_as: 2026-02-03-cart}\n---\n\n")})
    assert main(["action", "done", "checkout", "fix", "--evidence", LINK]) == 2
    assert capsys.readouterr().err.endswith("its fix is the one of `2026-02-03-cart`; close it there\n")


# --- sync

ISSUES = [{"number": 812, "url": "https://example.com/issues/812", "state": "CLOSED", "stateReason": "COMPLETED", "closedAt": "2026-11-16T10:00:00Z"}]


def test_an_export_closes_what_it_knows_as_closed(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (archive / "issues.json").write_text(json.dumps(ISSUES))
    assert main(["action", "sync", "--from", "issues.json", "--dry-run"]) == 0
    assert "+  closed: 2026-11-16" in capsys.readouterr().out
    assert main(["action", "sync", "--from", "issues.json"]) == 0
    assert added(STANDARD, archive) == ["  state: done", "  closed: 2026-11-16", "  evidence: https://example.com/issues/812"]
    out, err = capsys.readouterr()
    assert out == f"postmortems/{NAME}: fix closed on 2026-11-16 (https://example.com/issues/812)\n"
    assert err.endswith("changed 1 task in 1 file; look at them with git diff, and commit\n")
    assert main(["action", "sync", "--from", "issues.json"]) == 0
    assert capsys.readouterr().err.endswith("nothing to change\n")


def test_a_file_that_cannot_be_read_or_changed_holds_up_no_other(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (archive / "issues.json").write_text(json.dumps(ISSUES))
    (archive / "postmortems" / "2026-01-01-broken.md").write_text("---\ntitle: [\n---\n")
    flow = STANDARD.split("---\n")[2]
    (archive / "postmortems" / "2026-01-02-odd.md").write_text(f"---\nstatus: published\nfix: {{change: x, state: [open], tracking: https://example.com/issues/812}}\n---\n{flow}")
    (archive / "postmortems" / "2026-01-03-odder.md").write_text(f"---\nstatus: published\nfix:\n  change: x\n  state:\n    - open\n  tracking: https://example.com/issues/812\n---\n{flow}")
    assert main(["action", "sync", "--from", "issues.json"]) == 1
    assert header(archive)["fix"]["state"] == "done"
    err = capsys.readouterr().err
    assert "left as it is: postmortems/2026-01-01-broken.md:" in err
    assert "postmortems/2026-01-03-odder.md: line 6: `fix.state` cannot be changed without touching what stands beside it; change it by hand" in err


def test_an_export_comes_from_standard_input_too(archive: Path) -> None:
    done = run(["action", "sync", "--from", "-"], stdin=json.dumps(ISSUES))
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert header(archive)["fix"]["closed"] == "2026-11-16"
    refused = run(["action", "sync", "--from", "-"], stdin="<html>")
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert refused.stderr.startswith("hotwash: standard input: not an export that is known")


# --- effectiveness

YES = ["--documented", "yes", "--implemented", "yes", "--aware", "yes"]


def test_the_archive_answers_what_it_knows(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["effectiveness", "checkout", "--about", "publication", "--by", "@checkout-po", *YES, "--note", "the test runs  nightly"]) == 0
    assert header(archive)["effectiveness"] == [
        {"on": "2026-11-20", "by": "@checkout-po", "about": "publication", "completed": False, "documented": True, "implemented": True, "no_recurrence": True, "aware": True, "note": "the test runs nightly"}
    ]
    assert capsys.readouterr() == (f"postmortems/{NAME}: answered about the publication on 2026-11-20\n", "commit it; a no is worth an action with an owner, or a line in `note`\n")
    assert main(["check", "--only", "complete", f"postmortems/{NAME}"]) == 0


def test_an_answer_against_the_archive_is_taken_and_said(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["action", "done", "checkout", "fix", "--evidence", LINK, "--on", "2026-11-16"])
    assert main(["effectiveness", "checkout", "--about", "fix", "--by", "@checkout-po", *YES, "--completed", "yes"]) == 0
    assert "completed is answered with yes; the archive says otherwise, open: `a1`" in capsys.readouterr().err
    assert header(archive)["effectiveness"][0]["completed"] is True


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["checkout", *YES], "without a terminal, give --about, --by as well"),
        (["checkout", "--about", "fix", "--by", "@a"], "without a terminal, give --documented, --implemented, --aware as well"),
        (["checkout", "--about", "fix", "--by", "@a", *YES], f"its fix is `open`; answer --about publication, or close it first: hotwash action done {ID} fix --evidence LINK"),
        (["mail", "--about", "fix", "--by", "@a", "--no-recurrence", "yes", *YES], "it is `filed`; the check comes after publication"),
    ],
)
def test_a_check_that_cannot_be_is_one_line(words: list[str], says: str, archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert main(["effectiveness", *words]) == 2
    assert capsys.readouterr().err.endswith(f"{says}\n")
    assert (archive / "postmortems" / NAME).read_text() == STANDARD


def test_the_same_answer_twice_is_refused(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["effectiveness", "checkout", "--about", "publication", "--by", "@checkout-po", *YES]
    assert [main(words), main(words)] == [0, 2]
    assert capsys.readouterr().err.endswith("@checkout-po has answered about the publication on 2026-11-20 already; change that entry by hand\n")


def test_on_a_terminal_the_questions_are_asked(archive: Path) -> None:
    """A real terminal: a wrong answer is asked again, an empty one takes what is proposed."""
    ours, theirs = pty.openpty()
    words = [sys.executable, str(HOOKS), "effectiveness", "checkout"]
    os.write(ours, b"\n@checkout-po\n\nmaybe\nyes\nno\n\ny\nruns nightly\n")
    done = subprocess.run(words, stdin=theirs, capture_output=True, text=True, timeout=30, check=False)
    os.close(ours)
    os.close(theirs)
    assert (done.returncode, done.stdout) == (0, f"postmortems/{NAME}: answered about the publication on 2026-11-20\n")
    assert "are all actions completed? (open: `fix` and `a1`) yes or no [no]: is the documentation updated? yes or no: is the documentation updated?" in done.stderr
    check = header(archive)["effectiveness"][0]
    assert [check[key] for key in ("completed", "documented", "implemented", "no_recurrence", "aware", "note")] == [False, True, False, True, True, "runs nightly"]


def test_questions_that_are_broken_off_write_nothing(archive: Path) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"\n@checkout-po\n\x04")
    done = subprocess.run([sys.executable, str(HOOKS), "effectiveness", "checkout"], stdin=theirs, capture_output=True, text=True, timeout=30, check=False)
    os.close(ours)
    os.close(theirs)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("hotwash: the questions ended at `completed`; nothing was written\n")
    assert (archive / "postmortems" / NAME).read_text() == STANDARD


# --- log


def test_an_entry_is_logged_now(archive: Path) -> None:
    done = run(["log", "mail", "queue is\nempty again", "--by", "@mail-oncall"])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "postmortems/2026-11-20-mail-late.md: 2026-11-20 12:00 UTC queue is empty again (@mail-oncall)\n"
    assert (archive / "postmortems" / "2026-11-20-mail-late.md").read_text() == f"{STUB}\n## Timeline\n\n- 12:00 UTC queue is empty again (@mail-oncall)\n"


def test_entries_stand_in_order_whenever_they_are_logged(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for time, said in (("2026-11-20T10:00:00+01:00", "second"), ("11:30", "third"), ("8:15", "first")):
        assert main(["log", "mail", said, "--at", time]) == 0
    assert added(STUB, archive, "2026-11-20-mail-late.md") == ["## Timeline", "- 08:15 UTC first", "- 09:00 UTC second", "- 11:30 UTC third"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["checkout", "x"], 'it is published, and its time line stays as it is; write under `## Amendments` instead: "- 2026-11-20: what was found, and what it changes"'),
        (["mail", " "], "TEXT is empty; say it in a few words"),
        (["mail", "x", "--at", "noon"], "--at noon: write 14:02, or a time with its offset such as 2026-11-02T14:02:00Z"),
        (["mail", "x", "--at", "25:00"], "--at 25:00: write 14:02, or a time with its offset such as 2026-11-02T14:02:00Z"),
        (["mail", "x", "--at", "23:00"], "--at 23:00: that time has not come yet; now it is 2026-11-20 12:00 UTC"),
    ],
)
def test_what_cannot_be_logged_is_one_line(words: list[str], says: str, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.endswith(f"{says}\n")


@pytest.mark.parametrize("words", [["log", "mail", "x"], ["effectiveness", "checkout", "--about", "publication", "--by", "@a", *YES]])
def test_a_dry_run_of_any_command_shows_and_writes_nothing(words: list[str], archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path.name: path.read_bytes() for path in (archive / "postmortems").iterdir()}
    assert main([*words, "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("--- a/postmortems/")
    assert {path.name: path.read_bytes() for path in (archive / "postmortems").iterdir()} == before


def test_a_file_saved_while_a_question_waits_is_not_overwritten(archive: Path) -> None:
    """A real process at a real terminal, and an editor that saves in between."""
    path = archive / "postmortems" / NAME
    ours, theirs = pty.openpty()
    asking = subprocess.Popen([sys.executable, str(HOOKS), "effectiveness", "checkout"], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert asking.stderr.read(1) == "w"  # the first question stands there
    path.write_text(STANDARD.replace("The release was", "By then the release was"))
    os.write(ours, b"\n@checkout-po\n\nyes\nyes\n\nyes\n\n")
    said = asking.communicate(timeout=30)
    os.close(ours)
    os.close(theirs)
    assert (asking.returncode, said[0]) == (2, "")
    assert said[1].endswith(f"hotwash: postmortems/{NAME}: it changed meanwhile, and nothing was written; run the command again\n")
    assert path.read_text() == STANDARD.replace("The release was", "By then the release was")


def test_the_root_may_stand_before_and_after_the_subcommand(archive: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert main(["action", "--root", str(archive), "done", "checkout", "fix", "--evidence", LINK]) == 0
    assert main(["action", "done", "--root", str(archive), "checkout", "a1", "--evidence", LINK]) == 0


def test_the_hooks_road_does_not_load_ruamel(archive: Path) -> None:
    code = "import sys; from hotwash.cli import main; main(['check']); print('ruamel.yaml' in sys.modules, 'hotwash.edit' in sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(HOOKS)}, check=False)
    assert done.stderr.endswith("False False\n")


def run(words: list[str], stdin: str = "") -> subprocess.CompletedProcess[str]:
    """A real process, as a shell or a chat bot starts it."""
    return subprocess.run([sys.executable, str(HOOKS), *words], input=stdin, capture_output=True, text=True, timeout=30, check=False)
