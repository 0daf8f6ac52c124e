"""What is owed, as a terminal, an issue, a pull request and a program show it; and whether one is needed, as the command says it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from helpers import HERE, policy
from hypothesis import given
from hypothesis import strategies as some

from hotwash.archive import gather
from hotwash.due import Owed, owed
from hotwash.model import Postmortem
from hotwash.past import History
from hotwash.reminder import RENDERERS, Reminder, summary

TODAY = date(2026, 11, 20)
HOOKS = HERE.parent / "hooks"


def about(id: str, status: str = "published", **header: object) -> Postmortem:
    times = {"started": f"{id[:10]}T08:00:00Z", "resolved": f"{id[:10]}T09:00:00Z"}
    return Postmortem(f"postmortems/{id}.md", header={"title": id, "status": status, "severity": "P1", "timestamps": times, **header})


def reminder(*posts: Postmortem) -> Reminder:
    return Reminder(owed(gather(posts), policy(), TODAY, History()), TODAY)


def fix(due: str, **more: object) -> dict[str, object]:
    return {"change": "a contract test", "owner": "@cache-lead", "due": due, "state": "open", **more}


BROKEN_PROMISE = (
    about("2026-05-01-first", cause={"class": "poison-message"}, fix=fix("2026-06-01"), review={"held": "2026-05-02"}),
    about("2026-11-01-again", cause={"class": "poison-message"}, fix=fix("2026-12-01"), review={"held": "2026-11-02"}),
)


def test_where_nothing_is_owed_one_line_says_so() -> None:
    done = about("2026-05-01-x", fix=fix("2026-06-01", state="done", closed="2026-05-20"), review={"held": "2026-05-02"})
    calm = Reminder(tuple(item for item in reminder(done).owed if item.what != "effectiveness"), TODAY)
    assert RENDERERS["text"](calm, False) == "As of 2026-11-20: nothing is owed.\n"
    assert RENDERERS["github"](calm, False) == ""
    assert json.loads(RENDERERS["json"](calm, False))["owed"] == []


def test_a_skipped_one_is_counted_and_never_nagged_about() -> None:
    skipped = about("2026-11-01-x", "skipped", skipped={"why": "the supplier's own covers it", "by": "@sre-lead"})
    assert reminder(skipped).owed == ()
    assert summary(Reminder((), TODAY, 1)) == "As of 2026-11-20: nothing is owed; 1 not written, with a reason."


def test_an_overdue_fix_whose_class_came_back_stands_first() -> None:
    late = about("2026-03-01-older", fix=fix("2026-03-10"), review={"held": "2026-03-02"})
    first = reminder(late, *BROKEN_PROMISE).owed[0]
    assert (first.post.id, first.what, first.again) == ("2026-05-01-first", "fix", "2026-11-01-again")
    said = RENDERERS["text"](reminder(late, *BROKEN_PROMISE), False)
    assert said.index("Overdue, and the class has come back since") < said.index("\nOverdue\n")
    assert "its class came back with 2026-11-01-again" in said
    assert "next: hotwash action done 2026-05-01-first fix --evidence LINK" in said


def test_colour_only_where_it_is_asked_for() -> None:
    assert "\033[" not in RENDERERS["text"](reminder(*BROKEN_PROMISE), False)
    assert "\033[31m" in RENDERERS["text"](reminder(*BROKEN_PROMISE), True)


def test_github_gets_a_warning_at_the_file() -> None:
    line = RENDERERS["github"](reminder(*BROKEN_PROMISE), False).splitlines()[0]
    assert line.startswith("::warning file=postmortems/2026-05-01-first.md,title=structural fix%2C 172 days late::")


@given(some.text(min_size=1))
def test_no_sentence_of_a_postmortem_acts_in_an_issue(said: str) -> None:
    item = Owed("action", about("2026-11-01-x"), said, "@ops", TODAY, False, "a1")
    text = RENDERERS["markdown"](Reminder((item,), TODAY), False)
    assert text.count("\n- [ ] ") == 1
    assert len(text.splitlines()) == 5
    assert "<script" not in text
    assert "](" not in text


def run(*words: str, root: Path = HERE.parent) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HOOKS), *words, "--root", str(root)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_due_fails_only_where_it_is_asked_to() -> None:
    assert run("due", "--as-of", "2026-11-20").returncode == 0
    assert run("due", "--as-of", "2026-11-20", "--fail-on", "overdue").returncode == 1


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["--severity", "P3"], "not needed"),
        (["--severity", "Medium"], "not needed, and welcome"),
        (["--severity", "SEV1"], "required"),
        (["--severity", "P3", "--criterion", "data-loss"], "required"),
        (["--severity", "P3", "--kind", "near-miss", "--potential-severity", "P0"], "required"),
        (["--severity", "P2", "--class", "poison-message", "--minutes", "40"], "required"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_strongest_reason_answers(words: list[str], answer: str) -> None:
    done = run("needed", *words)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, answer), done.stderr


def test_the_deadline_counts_from_the_end() -> None:
    assert "publish by 2026-11-04 14:37 UTC" in run("needed", "--severity", "P1", "--resolved", "2026-11-02T14:37:00Z").stdout


def project(tmp_path: Path) -> Path:
    (tmp_path / "postmortems").mkdir()
    (tmp_path / "postmortems" / "policy.yml").write_text("schema: 1\nservices: {mail: Mail}\n", encoding="utf-8")
    return tmp_path


SKIP = ("needed", "--severity", "P1", "--skip", "the supplier's own postmortem covers it", "--title", "Mail was late", "--by", "@sre-lead", "--service", "mail")


def test_a_decision_to_write_none_is_a_file_that_passes(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert run(*SKIP, "--resolved", "2026-11-02T14:37:00Z", "--dry-run", root=root).stdout.startswith("---\n")
    assert not list(root.glob("postmortems/*.md"))
    done = run(*SKIP, "--resolved", "2026-11-02T14:37:00Z", root=root)
    assert done.stdout.strip() == "postmortems/2026-11-02-mail-was-late.md", done.stderr
    checked = run("check", root=root)
    assert checked.returncode == 0, checked.stdout
    assert "1 not written, with a reason" in run("due", root=root).stdout


def test_a_reason_without_its_facts_is_refused_in_one_line(tmp_path: Path) -> None:
    done = run("needed", "--severity", "P1", "--skip", "no time", root=project(tmp_path))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "--title" in done.stderr


def test_what_git_cannot_tell_is_said_beside_the_list(tmp_path: Path) -> None:
    done = run("due", root=project(tmp_path))
    assert done.stdout.endswith("nothing is owed.\n")
    assert done.stderr.startswith("hotwash: ")
    assert "Git" in done.stderr


def test_a_file_that_cannot_be_read_is_named_and_not_passed_over(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "postmortems" / "2026-11-02-cut.md").write_text("---\ntitle: cut\n")
    for command in ("due", "calendar"):
        done = run(command, root=root)
        assert (done.returncode, "2026-11-02-cut.md:1: " in done.stderr, done.stderr.count("left out")) == (0, True, 1)
