"""What a check says never depends on what it remembers, and it reads no more than it has to."""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path

import pytest
from helpers import LIGHT

from hotwash import cache, project, survey
from hotwash.clock import day
from hotwash.model import Failure
from hotwash.report import Report
from hotwash.rules import GROUPS

TODAY = day("2026-11-20")
REPEAT = LIGHT.replace("---\n", "---\nx-copy: yes\n", 1)


def check(root: Path, *given: str, groups: tuple[str, ...] = GROUPS) -> Report:
    """A check as the command makes it."""
    assert TODAY is not None
    return survey.survey(str(root), [str(root / word) for word in given], groups, TODAY)


def afresh(root: Path, *given: str) -> Report:
    """The same check, with nothing remembered."""
    (root / ".git" / "hotwash.sqlite").unlink(missing_ok=True)
    return check(root, *given)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with two postmortems of one class, the later one not linked."""
    folder = tmp_path / "postmortems"
    folder.mkdir()
    (tmp_path / ".git").mkdir()
    (folder / "2026-11-05-update-crashed.md").write_text(LIGHT, "utf-8")
    (folder / "2026-11-05-update-crashed-twice.md").write_text(REPEAT.replace("T1", "T2"), "utf-8")
    return tmp_path


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are parsed from here on."""
    import hotwash.parse

    paths: list[str] = []
    really = hotwash.parse.parse

    def counting(path: str, data: bytes) -> object:
        paths.append(path)
        return really(path, data)

    monkeypatch.setattr("hotwash.parse.parse", counting)
    return paths


def test_a_second_run_says_the_same_and_parses_nothing(repo: Path, parsed: list[str]) -> None:
    first = check(repo)
    parsed.clear()
    assert check(repo) == first
    assert parsed == []


def test_one_changed_file_is_the_only_one_that_is_parsed(repo: Path, parsed: list[str]) -> None:
    check(repo)
    for number in range(4):
        copy = repo / "postmortems" / f"2026-10-0{number + 1}-other-{number}.md"
        copy.write_text(LIGHT.replace("2026-11-05", f"2026-10-0{number + 1}").replace("class: ", f"class: other-{number}-"), "utf-8")
    check(repo)
    parsed.clear()
    with copy.open("a", encoding="utf-8") as text:
        text.write("One more sentence.\n")
    check(repo, f"postmortems/{copy.name}")
    assert parsed == [f"postmortems/{copy.name}"]


def test_a_touched_file_with_the_same_bytes_keeps_its_findings(repo: Path) -> None:
    before = check(repo)
    for path in (repo / "postmortems").iterdir():
        os.utime(path, (1, 1))
    assert check(repo) == before == afresh(repo)


def test_a_repeat_is_found_in_a_file_that_was_only_remembered(repo: Path) -> None:
    later = repo / "postmortems" / "2026-11-05-update-crashed-twice.md"
    text = later.read_text("utf-8")
    later.unlink()
    assert not any(found.rule == "unlinked-repeat" for found in check(repo).findings)
    later.write_text(text, "utf-8")
    again = check(repo)
    assert any(found.rule == "unlinked-repeat" for found in again.findings)
    assert again == afresh(repo)


def test_a_changed_policy_forgets_everything(repo: Path) -> None:
    assert any(found.rule == "unlinked-repeat" for found in check(repo).findings)
    (repo / "postmortems" / "policy.yml").write_text("rules: {unlinked-repeat: 'off'}\n", "utf-8")
    assert not any(found.rule == "unlinked-repeat" for found in check(repo).findings)


def test_only_the_groups_asked_for_are_reported_and_all_are_remembered(repo: Path) -> None:
    assert {found.group for found in check(repo, groups=("recurrence",)).findings} <= {"recurrence"}
    assert check(repo) == afresh(repo)


def test_a_deleted_file_is_forgotten(repo: Path) -> None:
    check(repo)
    for path in list((repo / "postmortems").iterdir()):
        path.unlink()
    assert check(repo).files == 0
    connection = sqlite3.connect(repo / ".git" / "hotwash.sqlite")
    assert connection.execute("SELECT count(*) FROM files").fetchone() == (0,)
    connection.close()


def test_remembered_and_fresh_agree_through_a_hundred_random_edits(repo: Path) -> None:
    chance = random.Random(4)
    names = [f"2026-11-0{number}-edit-{number}.md" for number in range(1, 6)]
    edits = (
        lambda text: text.replace("status: published", "status: filed"),
        lambda text: text.replace("status: filed", "status: published"),
        lambda text: text + "\nSee [the other](2026-11-01-edit-1.md).\n",
        lambda text: text.replace("---\n", "---\nrecurrence_of: [2026-11-01-edit-1]\n", 1),
        lambda text: text.replace("severity:", "severty:"),
        lambda text: text.replace("class: ", "class: x-"),
        lambda text: LIGHT,
        lambda text: "no header at all",
    )
    for _ in range(100):
        path = repo / "postmortems" / chance.choice(names)
        if chance.random() < 0.15:
            path.unlink(missing_ok=True)
        else:
            path.write_text(chance.choice(edits)(path.read_text("utf-8") if path.exists() else LIGHT), "utf-8")
        remembered = check(repo)
        kept = (repo / ".git" / "hotwash.sqlite").read_bytes()
        assert remembered == afresh(repo)
        (repo / ".git" / "hotwash.sqlite").write_bytes(kept)


@pytest.mark.parametrize("damage", [b"", b"not a database at all, and long enough to be looked at " * 40, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_cache_is_replaced_without_a_word(repo: Path, damage: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    before = check(repo)
    (repo / ".git" / "hotwash.sqlite").write_bytes(damage)
    assert check(repo) == before
    assert check(repo) == before
    assert capsys.readouterr() == ("", "")


def test_a_cache_of_other_columns_is_as_good_as_none(repo: Path) -> None:
    before = check(repo)
    connection = sqlite3.connect(repo / ".git" / "hotwash.sqlite")
    connection.executescript("DROP TABLE files; CREATE TABLE files (path TEXT)")
    connection.execute("DELETE FROM runs")
    connection.commit()
    connection.close()
    assert check(repo) == before


def test_a_locked_cache_does_not_stop_a_check(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = check(repo)
    really = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file, **more: really(file, timeout=0.05))
    holder = really(repo / ".git" / "hotwash.sqlite", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert check(repo) == before
    holder.close()


def test_a_worktree_has_a_cache_of_its_own(repo: Path, tmp_path: Path) -> None:
    tree = tmp_path / "elsewhere"
    (tree / "postmortems").mkdir(parents=True)
    (repo / ".git" / "worktrees" / "elsewhere").mkdir(parents=True)
    (tree / ".git").write_text(f"gitdir: {repo / '.git' / 'worktrees' / 'elsewhere'}\n", "utf-8")
    (tree / "postmortems" / "2026-11-05-update-crashed.md").write_text(LIGHT, "utf-8")
    check(tree)
    assert (repo / ".git" / "worktrees" / "elsewhere" / "hotwash.sqlite").is_file()


def test_the_git_directory_is_found_by_walking_up_whatever_git_dir_says(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert cache.git_directory(str(repo / "postmortems")) == str(repo / ".git")


def test_outside_git_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "postmortems").mkdir()
    (tmp_path / "postmortems" / "2026-11-05-update-crashed.md").write_text(LIGHT, "utf-8")
    monkeypatch.setattr(cache, "git_directory", lambda start: None)
    assert check(tmp_path).files == 1
    assert [path.name for path in tmp_path.rglob("*")] == ["postmortems", "2026-11-05-update-crashed.md"]


def test_a_folder_a_file_and_a_file_elsewhere_can_be_named(repo: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("No header here.\n", "utf-8")
    assert check(repo, "postmortems").files == 2
    assert check(repo, "postmortems/2026-11-05-update-crashed.md").files == 1
    assert {found.rule for found in check(repo, "notes.md").findings} == {"file-name", "unreadable-header"}


def test_a_file_that_is_not_there_is_named(repo: Path) -> None:
    with pytest.raises(Failure, match=r"nothing\.md: there is no such file"):
        check(repo, "nothing.md")


def test_readmes_links_and_hidden_files_are_no_postmortems(repo: Path) -> None:
    folder = repo / "postmortems"
    (folder / "README.md").write_text("About this folder.\n", "utf-8")
    (folder / ".draft.md").write_text("", "utf-8")
    (folder / "2026-01-01-link.md").symlink_to("/etc/hostname")
    assert [path for path, _ in sorted(project.postmortem_paths(str(repo)))] == [
        "postmortems/2026-11-05-update-crashed-twice.md",
        "postmortems/2026-11-05-update-crashed.md",
    ]


def test_a_name_that_is_not_utf_8_hinders_no_check(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from hotwash.cli import main

    before = check(repo, "postmortems/2026-11-05-update-crashed.md")
    (repo / "postmortems" / os.fsdecode(b"2026-01-05-\xff.md")).write_text("x", "utf-8")
    assert check(repo, "postmortems/2026-11-05-update-crashed.md") == before
    for format in ("text", "json", "github", "gitlab", "sarif"):
        assert main(["check", "--root", str(repo), "--format", format]) == 1
        assert "2026-01-05-" in capsys.readouterr().out


def test_new_bytes_under_an_old_time_are_noticed(repo: Path) -> None:
    path = repo / "postmortems" / "2026-11-05-update-crashed.md"
    before, stat = check(repo), path.stat()
    path.write_text(LIGHT.replace("severity:", "severtiy:"), "utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_size == stat.st_size
    assert check(repo) != before


@pytest.mark.parametrize("word", [".", "postmortems", "postmortems/.."])
def test_a_folder_stands_for_the_postmortems_in_it(repo: Path, word: str) -> None:
    assert check(repo, word).files == 2


def test_a_folder_without_postmortems_is_named(repo: Path) -> None:
    (repo / "docs").mkdir()
    with pytest.raises(Failure, match="docs: holds no postmortems"):
        check(repo, "docs")


@pytest.mark.parametrize("word", ["/dev/zero", "pipe"])
def test_what_is_not_a_file_is_not_read(repo: Path, word: str) -> None:
    os.mkfifo(repo / "pipe")
    with pytest.raises(Failure, match="not a file"):
        check(repo, word)


def test_a_file_of_which_no_word_can_be_read_is_told_whatever_was_asked_for(repo: Path) -> None:
    (repo / "postmortems" / "2026-11-06-latin.md").write_bytes(b"caf\xe9\n")
    for _ in range(2):  # and remembering changes nothing
        assert [found.rule for found in check(repo, groups=("blameless",)).findings if "latin" in found.path] == ["unreadable-header"]


def test_a_header_that_cannot_be_read_says_nothing_of_the_language(repo: Path) -> None:
    (repo / "postmortems" / "2026-11-06-wiki.md").write_text("# A page without a header\n\nThe pump stopped.\n", "utf-8")
    assert not [found for found in check(repo, groups=("blameless",)).findings if "wiki" in found.path]
