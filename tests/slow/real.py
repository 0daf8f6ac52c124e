"""Real Git, real pre-commit and a hotwash installed from its wheel, each in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).parents[2]
SITE_PINS = CHECKOUT / "requirements" / "site.txt"
FOREIGN = ("GIT_", "PYTHON", "COV", "PRE_COMMIT", "SOURCE_DATE_EPOCH", "VIRTUAL_ENV", "PYTEST")
IDENTITY = {f"GIT_{who}_{what}": f"cache-lead{at}" for who in ("AUTHOR", "COMMITTER") for what, at in (("NAME", ""), ("EMAIL", "@example.com"))}


class Result(NamedTuple):
    """How a process ended, and all that it said."""

    status: int
    said: str


def environment(**more: str) -> dict[str, str]:
    """The environment of a fresh shell: nothing of this test run, nor of anybody's Git configuration, is left in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1", "LC_ALL": "C.UTF-8"}
    return {**kept, **own, **IDENTITY, **more}


def run(*words: str | Path, at: Path, env: Mapping[str, str], feed: str | None = None) -> Result:
    """Run a process to its end; it has no terminal."""
    given: dict[str, object] = {"input": feed} if feed is not None else {"stdin": subprocess.DEVNULL}
    done = subprocess.run(  # noqa: PLW1510
        [str(word) for word in words], cwd=at, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=300, **given
    )
    return Result(done.returncode, done.stdout)


def must(*words: str | Path, at: Path, env: Mapping[str, str]) -> str:
    """Run a process that has to succeed; what it said."""
    done = run(*words, at=at, env=env)
    assert done.status == 0, f"{' '.join(map(str, words))} ended with {done.status}:\n{done.said}"
    return done.said


class Repo:
    """A Git repository in which pre-commit is installed."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self.folder, self.env = folder, env

    def git(self, *words: str) -> str:
        """Git, which has to succeed."""
        return must("git", *words, at=self.folder, env=self.env)

    def run(self, *words: str) -> Result:
        """Any program in this repository."""
        return run(*words, at=self.folder, env=self.env)

    def pre_commit(self, *words: str) -> Result:
        """pre-commit, of the Python that runs the tests."""
        return self.run(sys.executable, "-m", "pre_commit", *words)

    def hooked(self) -> Repo:
        """The same, with its hook installed."""
        done = self.pre_commit("install")
        assert done.status == 0, done.said
        return self

    def write(self, name: str, text: str) -> Path:
        """Write a file; a bare name ending in .md is a postmortem's."""
        path = self.folder / (f"postmortems/{name}" if "/" not in name and name.endswith(".md") else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def stage(self, *files: tuple[str, str]) -> None:
        """Write files and stage everything."""
        for name, text in files:
            self.write(name, text)
        self.git("add", "--all")

    def commit(self, *files: tuple[str, str]) -> Result:
        """Write and stage files, if any are given, and commit what is staged."""
        if files:
            self.stage(*files)
        return self.run("git", "commit", "--message", "a postmortem")

    def tracked(self) -> set[str]:
        """What HEAD holds."""
        return set(self.git("ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0")) - {""}


def empty(folder: Path, env: Mapping[str, str]) -> Repo:
    """A new repository without a commit."""
    folder.mkdir(parents=True)
    must("git", "init", "--quiet", "--initial-branch=main", at=folder, env=env)
    return Repo(folder, env)


def line_of(text: str, start: str) -> int:
    """The number of the one line that begins so."""
    (number,) = (number for number, line in enumerate(text.split("\n"), 1) if line.startswith(start))
    return number
