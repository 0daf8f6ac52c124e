"""The shipped workflow's own scripts, run by a shell: a pull request is judged, merged, and its sign-off recorded on a branch. Only the forge is played."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from helpers import ID, STANDARD
from test_signoff_command import ALL, FILE, STUB, Repo, reviews

from hotwash.project import shipped

TOP = Path(__file__).parents[1]
GH = """#!/bin/sh
case "$*" in
  *commits/*) echo 7 ;;
  *reviews*) cat "$ANSWERS/reviews.json" ;;
  *.user.login*) echo sre-lead ;;
  *.head.sha*) cat "$ANSWERS/head" ;;
  "pr create"*) echo "$*" > "$ANSWERS/created" ;;
  *) exit 9 ;;
esac
"""


def script(job: str) -> str:
    return str(yaml.safe_load(shipped("starter/github.yml"))["jobs"][job]["steps"][-1]["run"])


class Forge:
    """A repository with a remote, and a shell in which the workflow's steps run."""

    def __init__(self, folder: Path, repo: Repo) -> None:
        self.repo, self.answers, self.tools, self.scratch = repo, folder / "answers", folder / "tools", folder / "scratch"
        for made in (self.answers, self.tools, self.scratch):
            made.mkdir()
        self.tool("gh", GH)
        self.tool("hotwash", f'#!/bin/sh\nexec "{sys.executable}" "{TOP}/hooks" "$@"\n')
        repo.git("init", "--quiet", "--bare", str(folder / "remote"))
        repo.git("remote", "add", "origin", str(folder / "remote"))
        repo.git("push", "--quiet", "origin", "main")

    def tool(self, name: str, text: str) -> None:
        (self.tools / name).write_text(text)
        (self.tools / name).chmod(0o755)

    def say(self, head: str, *names: str) -> None:
        """What the forge will answer about the pull request, whose newest commit is given."""
        (self.answers / "reviews.json").write_text(json.dumps(reviews(head, *names)))
        (self.answers / "head").write_text(f"{head}\n")
        self.repo.git("push", "--quiet", "--force", "origin", f"{head}:refs/pull/7/head")

    def run(self, job: str, **variables: str) -> subprocess.CompletedProcess[str]:
        env = {"PATH": f"{self.tools}:/usr/local/bin:/usr/bin:/bin", "ANSWERS": str(self.answers), "RUNNER_TEMP": str(self.scratch), "GITHUB_REPOSITORY": "o/r", "HOME": str(self.answers)}
        return subprocess.run(["bash", "-e", "-c", script(job)], cwd=self.repo.folder, env={**env, **variables}, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """A stub on `main`, here and at the remote."""
    if not shutil.which("bash") or not shutil.which("xargs"):
        pytest.skip("the workflow's steps need bash and xargs")
    (tmp_path / "work").mkdir()
    repo = Repo(tmp_path / "work")
    repo.write("postmortems/README.md", "# Postmortems\n")
    repo.commit(STUB)
    return Forge(tmp_path, repo)


def judge(forge: Forge, head: str) -> subprocess.CompletedProcess[str]:
    return forge.run("sign-off", NUMBER="7", AUTHOR="sre-lead", HEAD_SHA=head, BASE="origin/main")


def test_a_pull_request_is_judged_merged_and_recorded(forge: Forge) -> None:
    repo = forge.repo
    before = repo.git("rev-parse", "main")
    repo.git("checkout", "--quiet", "-b", "topic")
    repo.write("postmortems/README.md", "# Postmortems, and how to read them\n")
    head = repo.commit(STANDARD)
    forge.say(head, *ALL[:2])
    waiting = judge(forge, head)
    assert (waiting.returncode, waiting.stdout.count("::error"), "product_owner has not signed" in waiting.stdout) == (1, 1, True), waiting
    forge.say(head, *ALL)
    assert (judge(forge, head).returncode, judge(forge, head).stdout) == (0, "")

    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--squash", "topic")
    merged = repo.commit(message="Publish (#7)")
    repo.git("push", "--quiet", "origin", "main")
    done = forge.run("record", BEFORE=before, GITHUB_SHA=merged)
    assert done.returncode == 0, done
    assert repo.git("rev-parse", "--abbrev-ref", "HEAD") == "sign-off/7"
    assert repo.git("diff", "--name-only", "main") == FILE
    assert repo.read().count("  - {role: ") == 3 + STANDARD.count("  - {role: ")
    assert "--head sign-off/7" in (forge.answers / "created").read_text()

    record = repo.git("rev-parse", "HEAD")
    forge.say(record)
    assert judge(forge, record).returncode == 0, "the record itself needs no round"
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--ff-only", "sign-off/7")
    again = forge.run("record", BEFORE=merged, GITHUB_SHA=record)
    assert (again.returncode, repo.git("status", "--porcelain")) == (0, ""), "and is not recorded once more"


def test_a_time_that_changed_after_publication_fails_the_job(forge: Forge) -> None:
    forge.repo.commit(STANDARD)
    forge.repo.git("push", "--quiet", "origin", "main")
    forge.repo.git("checkout", "--quiet", "-b", "later")
    head = forge.repo.commit(STANDARD.replace("T13:55:00Z", "T13:40:00Z"))
    forge.say(head, *ALL)
    found = judge(forge, head)
    assert (found.returncode, "title=unmarked-amendment" in found.stdout, "missing-sign-off" in found.stdout) == (1, True, False), found


def test_a_push_without_postmortems_leaves_everything_as_it_is(forge: Forge) -> None:
    repo = forge.repo
    before = repo.git("rev-parse", "HEAD")
    after = repo.commit("x", path="notes.txt")
    forge.say(after)
    assert forge.run("record", BEFORE=before, GITHUB_SHA=after).returncode == 0
    assert (repo.git("rev-parse", "--abbrev-ref", "HEAD"), (forge.answers / "created").exists(), ID in repo.git("ls-files")) == ("main", False, True)


def test_this_repositorys_workflow_takes_the_same_steps() -> None:
    own = yaml.safe_load((TOP / ".github" / "workflows" / "postmortems.yml").read_text(encoding="utf-8"))["jobs"]
    for job in ("sign-off", "record"):
        assert own[job]["steps"][-1]["run"].replace("python hooks", "hotwash") == script(job)
