"""A real repository whose commits bear the days and the authors that a test says."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


class Repo:
    """A repository whose commits bear the days we say."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words: str, when: str = "2026-11-01T12:00:00Z", by: str = "t") -> str:
        """Run Git as the only one who knows no configuration of this machine; `by` writes and commits."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        who = {"GIT_AUTHOR_NAME": by, "GIT_AUTHOR_EMAIL": f"{by}@example.com", "GIT_COMMITTER_NAME": "merge-bot", "GIT_COMMITTER_EMAIL": "bot@example.com"}
        env = {**clean, **who, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        return subprocess.run(["git", *words], cwd=self.folder, env=env, check=True, capture_output=True, text=True).stdout

    def commit(self, when: str, message: str = "c", by: str = "t", **files: str | None) -> str:
        """Write files (`a__b` is `a/b`, None removes) and commit them at noon of a day; the commit's id."""
        for name, text in files.items():
            path = self.folder / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, when=f"{when}T12:00:00Z", by=by)
        return self.head()

    def head(self) -> str:
        """The id of what is checked out."""
        return self.git("rev-parse", "HEAD").strip()
