"""What a person at a terminal gets beside the result: a count while waiting, and completed words."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from hotwash import progress
from hotwash.cli import COMMANDS, main


class Terminal(io.StringIO):
    """A stderr that says it is one."""

    def isatty(self) -> bool:
        return True


def test_nothing_is_counted_where_no_terminal_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "_AFTER", 0)
    assert list(progress.counted([1, 2, 3], "reading")) == [1, 2, 3]
    assert capsys.readouterr().err == ""


def test_a_short_wait_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert list(progress.counted([1, 2, 3], "reading")) == [1, 2, 3]
    assert terminal.getvalue() == ""


def test_a_long_wait_counts_and_wipes_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setattr(progress, "_AFTER", 0)
    monkeypatch.setattr(progress, "_EVERY", 0)
    assert list(progress.counted(range(2_000), "reading")) == list(range(2_000))
    assert "\rreading 1,999 of 2,000" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\033[K")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_is_completed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(command in script for command in COMMANDS)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [(["ch"], "check"), (["check", "--form"], "--format"), (["schema", "pol"], "policy"), (["action", "wo"], "wont-do"), (["action", "wont-do", "cart", "--acc"], "--accepted-by"), (["nothing", "x"], "")],
)
def test_bash_offers_what_fits(typed: list[str], offered: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["completion", "bash"])
    words = " ".join(["hotwash", *typed])
    script = f'{capsys.readouterr().out}\nCOMP_WORDS=({words}); COMP_CWORD={len(typed)}; _hotwash; echo "${{COMPREPLY[@]}}"'
    assert subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.strip() == offered
