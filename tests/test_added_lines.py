"""`check --diff REV`: a finding on a line that was there before is not this change's."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hotwash.cli import main
from hotwash.history import added_lines
from hotwash.model import Failure


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an old text that judges somebody, and a line added since."""
    for words in (["init", "-q"], ["config", "user.email", "a@example.com"], ["config", "user.name", "a"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    old = "# Notes\n\nThe engineer should have checked the lag.\n"
    (tmp_path / "old é.md").write_text(old, "utf-8")
    subprocess.run(["git", "add", "-A"], cwd=tmp_path, check=True)
    subprocess.run(["git", "commit", "-qm", "old"], cwd=tmp_path, check=True)
    (tmp_path / "old é.md").write_text(f"{old}\nThe operator should have waited.\n", "utf-8")
    (tmp_path / "new.md").write_text("The operator should have waited.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_only_lines_added_since_the_revision_are_reported(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--only", "blameless", "--diff", "HEAD", "old é.md", "new.md"]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if "counterfactual:" in line]
    assert [line.split(": ")[0] for line in lines] == ["new.md:1:1:"[:-1], "old é.md:5:1:"[:-1]]


def test_without_new_lines_nothing_is_reported(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "commit", "-qam", "more"], cwd=repo, check=True)
    assert main(["check", "--only", "blameless", "--diff", "HEAD", "old é.md"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("revision", ["nothing", "--output=x", "HEAD~9"])
def test_a_revision_that_git_does_not_know_is_said(repo: Path, revision: str) -> None:
    with pytest.raises(Failure, match="Git knows no such revision"):
        added_lines(repo, revision, ["old é.md"])
    assert not (repo / "x").exists()
