"""The hooks, run by the real pre-commit at real commits."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from helpers import LIGHT, light_text
from real import Repo, empty, line_of, must

HONEST = LIGHT.replace("untested-device", "phone-left-out")  # a class that no archive has seen yet
GOOD = ("2026-11-05-update-crashed.md", HONEST)
STUB = ("2026-11-05-update-crashed.md", "---\ntitle: The update crashed\nstatus: filed\nseverity: P2\n---\n")
BAD = ("2026-11-05-update-crashed.md", light_text("severty: P2\n", without="severity fix"))
GROUPS = ("complete", "actions", "recurrence")


@pytest.fixture(params=["this repository", "another repository", "the wheel"])
def repo(request: pytest.FixtureRequest, tmp_path: Path, checkout: Repo) -> Repo:
    """A repository that has its hook in each of the three ways."""
    if request.param == "the wheel":
        return request.getfixturevalue("project")
    if request.param == "another repository":
        return referring(tmp_path / "shop", checkout, "postmortem")
    must("git", "clone", "--quiet", checkout.folder, tmp_path / "shop", at=tmp_path, env=checkout.env)
    return Repo(tmp_path / "shop", checkout.env).hooked()


def referring(folder: Path, checkout: Repo, *ids: str) -> Repo:
    """A repository whose configuration names the checkout by its path and revision."""
    hooks = {"repo": str(checkout.folder), "rev": checkout.git("rev-parse", "HEAD").strip(), "hooks": [{"id": id} for id in ids]}
    repo = empty(folder, checkout.env)
    repo.commit((".pre-commit-config.yaml", yaml.safe_dump({"repos": [hooks]})), ("docs/read.me", "A shop.\n"))
    return repo.hooked()


def places(said: str) -> list[tuple[str, int]]:
    """Each finding's file and line."""
    return [(path, int(line)) for path, line in re.findall(r"^(postmortems/[^\n]+?\.md):(\d+):\d+: ", said, re.MULTILINE)]


# --- the three ways ---------------------------------------------------------------------------------------------------


def test_four_honest_sentences_are_committed(repo: Repo) -> None:
    done = repo.commit(GOOD)
    assert done.status == 0, done.said
    assert f"postmortems/{GOOD[0]}" in repo.tracked()


def test_a_stub_is_committed_at_once_and_says_what_is_still_owed(repo: Repo) -> None:
    done = repo.commit(STUB)
    assert done.status == 0, done.said
    assert "missing-key (warning): the header lacks" in done.said
    assert f"postmortems/{STUB[0]}" in repo.tracked()


def test_a_published_file_with_findings_is_stopped_and_all_of_them_are_named_with_their_lines(repo: Repo) -> None:
    done = repo.commit(BAD)
    path = f"postmortems/{BAD[0]}"
    assert done.status == 1, done.said
    assert {(path, line_of(BAD[1], "severty")), (path, 1)} <= set(places(done.said))
    assert "did you mean `severity`" in done.said
    assert "no structural fix" in done.said
    assert path not in repo.tracked()


def test_a_commit_without_a_postmortem_starts_no_hook(repo: Repo) -> None:
    done = repo.commit(("postmortems/README.md", "# How we keep them\n"), ("src/shop.md", "---\n"))
    assert done.status == 0, done.said
    assert "(no files to check)Skipped" in done.said


def test_one_hook_per_group_says_only_what_belongs_to_its_group(tmp_path: Path, checkout: Repo) -> None:
    repo = referring(tmp_path / "shop", checkout, *(f"postmortem-{group}" for group in GROUPS))
    done = repo.commit((GOOD[0], light_text(without="fix")))
    outcome = dict(re.findall(r"^postmortem \((\w+)\)\.+(Passed|Failed)$", done.said, re.MULTILINE))
    assert outcome == {"complete": "Passed", "actions": "Failed", "recurrence": "Passed"}
    assert done.status == 1


def test_the_wheels_hook_needs_nothing_of_the_checkout(project: Repo) -> None:
    where = shutil.which("hotwash", path=project.env["PATH"])
    assert where is not None
    found = must(Path(where).parent / "python", "-c", "import hotwash; print(hotwash.__file__)", at=project.folder, env=project.env)
    assert found.startswith(str(Path(where).parents[1]))


# --- what is staged is what is checked --------------------------------------------------------------------------------


def test_of_a_partly_staged_file_only_the_staged_text_is_checked(project: Repo) -> None:
    project.stage(GOOD)
    later = project.write(*BAD)
    done = project.commit()
    assert done.status == 0, done.said
    assert later.read_text(encoding="utf-8") == BAD[1]
    assert project.git("show", f"HEAD:postmortems/{GOOD[0]}") == GOOD[1]


def test_a_mended_file_that_is_not_staged_does_not_help(project: Repo) -> None:
    project.stage(BAD)
    mended = project.write(*GOOD)
    done = project.commit()
    assert done.status == 1
    assert "did you mean `severity`" in done.said
    assert mended.read_text(encoding="utf-8") == GOOD[1]


def test_the_hook_changes_no_file(project: Repo) -> None:
    project.stage(BAD)
    before = project.git("status", "--porcelain")
    assert project.commit().status == 1
    assert project.git("status", "--porcelain") == before


# --- renames, deletions, worktrees ------------------------------------------------------------------------------------

LINKED = ("2026-11-09-update-crashed-again.md", light_text(
    "recurrence_of: [2026-11-05-update-crashed]\ntimestamps: {resolved: 2026-11-09T08:00:00Z}\ncause: {class: phone-left-out, what: the list is old}\n",
    "This update crashed again. The checklist was followed.\n\n## Why the earlier fix did not hold\n\nIt named one device and this was another.\n",
))  # fmt: skip


def test_a_rename_is_checked_under_its_new_name(project: Repo) -> None:
    assert project.commit(GOOD).status == 0
    project.git("mv", f"postmortems/{GOOD[0]}", "postmortems/2026-12-24-update-crashed.md")
    done = project.commit()
    assert done.status == 1
    assert ("postmortems/2026-12-24-update-crashed.md", line_of(HONEST, "timestamps")) in places(done.said)


def test_a_link_to_a_renamed_file_is_found_when_the_linking_file_is_committed(project: Repo) -> None:
    first = project.commit(GOOD, LINKED)
    assert first.status == 0, first.said
    project.git("mv", f"postmortems/{GOOD[0]}", "postmortems/2026-11-05-phones-crashed.md")
    done = project.commit((LINKED[0], LINKED[1].replace("crashed again", "crashed once more")))
    assert done.status == 1
    assert (f"postmortems/{LINKED[0]}", line_of(LINKED[1], "recurrence_of")) in places(done.said)


def test_a_commit_that_only_deletes_starts_no_hook_and_the_next_check_finds_the_dangling_link(project: Repo) -> None:
    first = project.commit(GOOD, LINKED)
    assert first.status == 0, first.said
    project.git("rm", "--quiet", f"postmortems/{GOOD[0]}")
    done = project.commit()
    assert done.status == 0
    assert "(no files to check)Skipped" in done.said
    later = project.run("hotwash", "check")
    assert later.status == 1
    assert (f"postmortems/{LINKED[0]}", line_of(LINKED[1], "recurrence_of")) in places(later.said)


def test_in_a_worktree_the_hook_checks_the_files_of_the_worktree(project: Repo, tmp_path: Path) -> None:
    project.git("worktree", "add", "--quiet", "-b", "incident", str(tmp_path / "beside"))
    beside = Repo(tmp_path / "beside", project.env)
    stopped = beside.commit(BAD)
    assert stopped.status == 1
    assert (f"postmortems/{BAD[0]}", line_of(BAD[1], "severty")) in places(stopped.said)
    done = beside.commit(GOOD)
    assert done.status == 0, done.said
    assert f"postmortems/{GOOD[0]}" in beside.tracked()


# --- names and numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["2026-11-05-update crashed.md", "-2026-11-05-update.md", "2026-11-05-update;$(touch x).md", "notes.md"])
def test_an_awkward_name_is_a_finding_about_the_name(project: Repo, name: str) -> None:
    done = project.commit((name, HONEST))
    assert done.status == 1, done.said
    assert f"postmortems/{name}:1:1: file-name: " in done.said
    assert [line for line in done.said.splitlines() if "bug in hotwash" in line] == []


@pytest.mark.parametrize("name", ["2026-11-05-zahlung-fällt-aus.md", "2026-11-05-支払い.md"])
def test_a_name_in_any_language_is_a_good_name(project: Repo, name: str) -> None:
    done = project.commit((name, HONEST))
    assert done.status == 0, done.said
    assert f"postmortems/{name}" in project.tracked()


def test_several_incidents_of_a_day_stand_side_by_side(project: Repo) -> None:
    other = light_text("cause: {class: certificate-expiry, what: nobody was asked to renew it}\n")
    done = project.commit(GOOD, ("2026-11-05-mail-certificate.md", other))
    assert done.status == 0, done.said
    assert {f"postmortems/{GOOD[0]}", "postmortems/2026-11-05-mail-certificate.md"} <= project.tracked()


def test_many_files_are_checked_by_one_process_which_sees_them_all(project: Repo) -> None:
    many = [(f"2026-11-05-update-{number}.md", light_text(f"cause: {{class: class-{number}, what: none}}\n", without="fix")) for number in range(80)]
    done = project.commit(*many)
    assert done.status == 1
    assert len({path for path, _ in places(done.said)}) == len(many)
    assert len(re.findall(r"errors?, .* in \d+ files", done.said)) == 1


# --- what a change touches --------------------------------------------------------------------------------------------

WATCHING = (GOOD[0], light_text(
    'cause: {class: phone-left-out, what: the list names one phone}\npaths: ["src/phones/**"]\n'
    "fix: {change: a list of phones, artefact: {kind: checklist, path: docs/phones.md}, owner: '@qa-lead', due: 2026-11-20, state: done}\n",
))  # fmt: skip
ADVICE = f"postmortems/{GOOD[0]}: "


def test_a_commit_is_told_which_postmortem_it_touches_and_goes_through(tmp_path: Path, checkout: Repo) -> None:
    repo = referring(tmp_path / "shop", checkout, "postmortem-touches")
    quiet = repo.commit(WATCHING, ("docs/phones.txt", "none\n"))
    assert (quiet.status, ADVICE in quiet.said) == (0, False)
    done = repo.commit(("src/phones/new.py", "x = 1\n"), ("src/other.py", "y = 1\n"))
    assert done.status == 0, done.said
    assert ADVICE in done.said
    assert "touched by: src/phones/new.py\n" in done.said
    assert "lesson: the list names one phone" in done.said
    assert "guard: let it stand: docs/phones.md (a list of phones)" in done.said
    assert "src/phones/new.py" in repo.tracked()


def test_a_hook_that_cannot_work_lets_the_commit_through_and_says_so(tmp_path: Path, checkout: Repo) -> None:
    repo = referring(tmp_path / "shop", checkout, "postmortem-touches")
    (repo.folder / "postmortems").mkdir()
    (repo.folder / "postmortems" / "policy.yml").write_text("schema: 1\n")
    (repo.folder / "postmortems" / "2026-01-01-a.md").write_text("---\ntitle: [\n---\n")
    done = repo.commit(("src/phones/new.py", "x = 1\n"))
    assert done.status == 0, done.said
    assert "Traceback" not in done.said
