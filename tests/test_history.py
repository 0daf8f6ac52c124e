"""What Git is asked: when a file came onto the branch, when it last changed, what is there and what is gone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from gitted import Repo

from hotwash.history import load_history
from hotwash.past import FileHistory, History


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An empty repository."""
    return Repo(tmp_path / "r")


def days(history: History) -> dict[str, tuple[str, str]]:
    """The days on which each file came and last changed."""
    return {path: (file.filed[:10], file.changed[:10]) for path, file in history.files.items()}


def test_a_file_has_its_first_and_its_last_day(repo: Repo) -> None:
    repo.commit("2026-11-03", postmortems__a="one")
    repo.commit("2026-11-05", postmortems__a="two")
    history = load_history(repo.folder)
    assert history.complete
    assert days(history) == {"postmortems/a": ("2026-11-03", "2026-11-05")}
    assert (history.branch, history.note) == ("main", "")
    assert history.head == repo.git("rev-parse", "HEAD").strip()


def test_the_day_that_counts_is_when_it_came_onto_the_branch(repo: Repo) -> None:
    repo.commit("2026-11-01", readme="x")
    repo.git("checkout", "--quiet", "-b", "topic")
    repo.commit("2026-11-02", postmortems__a="draft")
    repo.git("checkout", "--quiet", "main")
    repo.commit("2026-11-03", readme="y")
    repo.git("merge", "--quiet", "--no-ff", "--message", "m", "topic", when="2026-11-09T12:00:00Z")
    assert days(load_history(repo.folder)) == {"postmortems/a": ("2026-11-09", "2026-11-09")}


def test_days_are_counted_in_utc(repo: Repo) -> None:
    (repo.folder / "postmortems").mkdir()
    (repo.folder / "postmortems" / "a").write_text("x")
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "--message", "late in New York", when="2026-11-03T22:00:00-05:00")
    assert load_history(repo.folder).of("postmortems/a").filed == "2026-11-04T03:00:00Z"


def test_an_artefact_that_was_removed_is_gone_and_one_that_never_was_is_not(repo: Repo) -> None:
    repo.commit("2026-11-01", tests__guard="x", tests__kept="y")
    repo.commit("2026-11-02", tests__guard=None)
    history = load_history(repo.folder, ["tests/guard", "tests/kept", "elsewhere/never"])
    assert history.gone == {"tests/guard": "2026-11-02T12:00:00Z"}
    assert "tests/kept" in history.tree


def test_a_folder_stands_as_long_as_anything_in_it(repo: Repo) -> None:
    repo.commit("2026-11-01", kept__deep__guard="x", kept__deep__other="y", lost__deep__guard="x", tests="y")
    repo.commit("2026-11-02", kept__deep__guard=None, lost__deep__guard=None)
    guards = ["kept", "kept/deep", "kept/deep/guard", "kep", "lost", "lost/deep"]
    assert load_history(repo.folder, guards).gone == dict.fromkeys(["kept/deep/guard", "lost", "lost/deep"], "2026-11-02T12:00:00Z")


def test_what_came_back_is_not_gone(repo: Repo) -> None:
    for day, text in (("2026-11-01", "x"), ("2026-11-02", None), ("2026-11-03", "x")):
        repo.commit(day, guard=text)
    assert load_history(repo.folder, ["guard"]).gone == {}


@pytest.mark.parametrize("name", ["with space.md", "ünïcode.md", "quote\"d.md", "-dash.md", ":(top)x.md", "star*.md", "line\nbreak.md"])
def test_any_name_is_read_as_it_is(repo: Repo, name: str) -> None:
    repo.commit("2026-11-03", **{f"postmortems__{name}": "x", "postmortems__other": "y"})
    history = load_history(repo.folder)
    assert days(history)[f"postmortems/{name}"] == ("2026-11-03", "2026-11-03")
    assert f"postmortems/{name}" in history.tree


def test_a_project_may_be_a_folder_of_a_larger_repository(repo: Repo) -> None:
    repo.commit("2026-11-03", docs__postmortems__a="x", postmortems__b="y")
    history = load_history(repo.folder / "docs")
    assert history.files.keys() == {"postmortems/a"}
    assert history.tree == {"postmortems/a"}


def test_a_shallow_clone_has_a_tree_and_no_days(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2026-11-01", postmortems__a="x")
    repo.commit("2026-11-02", postmortems__a="y")
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.folder}", str(tmp_path / "shallow"))
    history = load_history(tmp_path / "shallow")
    assert not history.complete
    assert (history.files, history.tree) == ({"postmortems/a": FileHistory()}, {"postmortems/a"})
    assert "shallow" in history.note


def test_without_git_or_commits_nothing_is_known(tmp_path: Path, repo: Repo) -> None:
    outside = tmp_path / "plain"
    outside.mkdir()
    assert load_history(outside) == History(note="this folder is in no Git repository, so nothing is known of its past: `git init`, and commit")
    assert load_history(repo.folder) == History(note="nothing is committed yet, so there is no past to tell")


def test_variables_of_a_running_hook_do_not_mislead(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2026-11-03", postmortems__a="x")
    other = Repo(tmp_path / "other")
    other.commit("2026-01-01", postmortems__z="z")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert days(load_history(repo.folder)) == {"postmortems/a": ("2026-11-03", "2026-11-03")}
    assert os.environ["GIT_INDEX_FILE"] == "/nowhere/index"
