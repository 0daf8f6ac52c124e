"""A year of a team's history, made with real Git: every day, name and approval is held to what is written here by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from gitted import Repo
from helpers import HERE
from hypothesis import given
from hypothesis import strategies as st

from hotwash.history import load_history
from hotwash.history.reading import status
from hotwash.parse import parse
from hotwash.past import Approval, FileHistory, History

FILED, PUBLISHED = "---\ntitle: {0}\nstatus: filed\n---\n\n{1}", "---\ntitle: {0}\nstatus: published\n---\n\n{1}"
PROSE = "The queue filled and the orders waited. A limit was missing where two services meet.\n" * 6


def stub(title: str) -> str:
    return FILED.format(title, PROSE)


def whole(title: str) -> str:
    return PUBLISHED.format(title, PROSE)


def topic(repo: Repo, name: str) -> None:
    repo.git("checkout", "--quiet", "-B", name, "main")


def merge(repo: Repo, name: str, when: str, message: str = "merge") -> str:
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "--message", message, name, when=f"{when}T12:00:00Z", by="merger")
    return repo.head()


class Year:
    """The repository, and the commits that the expectations name."""

    def __init__(self, folder: Path) -> None:
        repo = self.repo = Repo(folder)
        repo.commit("2026-01-01", readme="x")
        self.by_merge()
        self.by_squash()
        self.by_rebase()
        self.taken_back()
        self.renamed()
        self.still_open()

    def by_merge(self) -> None:
        repo = self.repo
        topic(repo, "merge-file")
        repo.commit("2026-01-10", "draft", "writer", **{"postmortems__2026-01-09-draft-name.md": stub("merged")})
        repo.git("mv", "postmortems/2026-01-09-draft-name.md", "postmortems/2026-01-09-merged.md")
        repo.commit("2026-01-11", "name it\n\nReviewed-by: Stub Reader <stub@example.com>", "renamer")
        self.merge_filed = merge(repo, "merge-file", "2026-01-12")
        topic(repo, "merge-publish")
        self.merge_written = repo.commit("2026-01-20", "write\n\nReviewed-by: Tech Lead <tl@example.com>\nSigned-off-by: Writer <writer@example.com>", "writer", **{"postmortems__2026-01-09-merged.md": whole("merged")})
        repo.commit("2026-01-21", "code\n\nReviewed-by: Code Reader <code@example.com>", "writer", src__queue="limit")
        self.merge_signed = repo.commit("2026-01-22", "I have read all\n\napproved-by: @checkout-po", "writer")
        self.merge_published = merge(repo, "merge-publish", "2026-01-23", "merge\n\nbody, not a trailer:\nReviewed-by: Nobody <n@example.com>\nis said here\n\nApproved-by: On Call <oc@example.com>")

    def by_squash(self) -> None:
        repo = self.repo
        topic(repo, "squash")
        repo.commit("2026-02-01", "one\n\nReviewed-by: Lost In Squash <lost@example.com>", "writer", **{"postmortems__2026-02-01-squashed.md": stub("squashed")})
        repo.commit("2026-02-02", "two", "writer", **{"postmortems__2026-02-01-squashed.md": whole("squashed")})
        repo.git("checkout", "--quiet", "main")
        repo.git("merge", "--quiet", "--squash", "squash")
        self.squashed = repo.commit("2026-02-03", "squashed\n\nReviewed-by: Tech Lead <tl@example.com>", "writer")

    def by_rebase(self) -> None:
        repo = self.repo
        topic(repo, "rebase")
        repo.commit("2026-03-01", "stub", "writer", **{"postmortems__2026-03-01-rebased.md": stub("rebased")})
        repo.commit("2026-03-02", "write\n\nReviewed-by: Tech Lead <tl@example.com>", "writer", **{"postmortems__2026-03-01-rebased.md": whole("rebased")})
        repo.git("checkout", "--quiet", "main")
        repo.commit("2026-03-03", readme="y")
        repo.git("checkout", "--quiet", "rebase")
        repo.git("rebase", "--quiet", "main", when="2026-03-04T12:00:00Z")
        repo.git("checkout", "--quiet", "main")
        repo.git("merge", "--quiet", "--ff-only", "rebase")
        self.rebased = repo.head()

    def taken_back(self) -> None:
        """Published, reverted to filed, published again; and another removed and brought back."""
        repo, name = self.repo, "postmortems__2026-04-01-reverted.md"
        repo.commit("2026-04-01", **{name: stub("reverted")})
        self.first_published = repo.commit("2026-04-02", **{name: whole("reverted")})
        repo.git("revert", "--no-edit", "HEAD", when="2026-04-03T12:00:00Z")
        repo.commit("2026-04-05", **{name: whole("reverted").replace("queue", "line")})
        repo.commit("2026-05-01", "lost", "writer", **{"postmortems__2026-05-01-lost.md": stub("lost")})
        repo.git("revert", "--no-edit", "HEAD", when="2026-05-02T12:00:00Z")
        repo.git("revert", "--no-edit", "HEAD", when="2026-05-03T12:00:00Z")

    def renamed(self) -> None:
        repo, name = self.repo, "postmortems__2026-06-01-old.md"
        repo.commit("2026-06-01", **{name: stub("renamed"), "postmortems__2026-06-01-gone.md": stub("gone")})
        repo.commit("2026-06-02", **{name: whole("renamed")})
        repo.git("mv", "postmortems/2026-06-01-old.md", "postmortems/2026-06-01-new.md")
        repo.commit("2026-06-03", **{"postmortems__2026-06-01-new.md": whole("renamed").replace("title: renamed", "title: amended\nseverity: P2")})
        repo.commit("2026-06-04", **{"postmortems__2026-06-01-gone.md": None, "postmortems__2026-06-04-another.md": FILED.format("another", "Nothing alike.\n" * 9)})

    def still_open(self) -> None:
        topic(self.repo, "open")
        self.repo.commit("2026-12-01", **{"postmortems__2026-12-01-open.md": stub("open")})


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The year, with an unmerged branch checked out."""
    return Year(tmp_path_factory.mktemp("year") / "r")


@pytest.fixture(scope="module")
def history(year: Year) -> History:
    """What is told of it, from the beginning."""
    return load_history(year.repo.folder, frozen=["postmortems/2026-06-01-new.md", "postmortems/2026-04-01-reverted.md"])


def noon(day: str) -> str:
    return f"{day}T12:00:00Z"


DAYS = {
    "2026-01-09-merged": ("2026-01-12", "2026-01-23", "2026-01-23", "writer"),
    "2026-02-01-squashed": ("2026-02-03", "2026-02-03", "2026-02-03", "writer"),
    "2026-03-01-rebased": ("2026-03-04", "2026-03-04", "2026-03-04", "writer"),
    "2026-04-01-reverted": ("2026-04-01", "2026-04-02", "2026-04-05", "t"),
    "2026-05-01-lost": ("2026-05-01", "", "2026-05-03", "writer"),
    "2026-06-01-new": ("2026-06-01", "2026-06-02", "2026-06-03", "t"),
    "2026-06-04-another": ("2026-06-04", "", "2026-06-04", "t"),
}
"""Filed, published and last changed, and the author."""


@pytest.mark.parametrize("id", DAYS)
def test_every_file_has_its_days_and_its_author(history: History, id: str) -> None:
    file = history.of(f"postmortems/{id}.md")
    days = (file.filed.removesuffix("T12:00:00Z"), file.published.removesuffix("T12:00:00Z"), file.changed.removesuffix("T12:00:00Z"))
    assert (*days, file.author) == (*DAYS[id][:3], f"{DAYS[id][3]} <{DAYS[id][3]}@example.com>")


def test_nothing_else_is_told(year: Year, history: History) -> None:
    assert {path.removeprefix("postmortems/").removesuffix(".md") for path in history.files} == set(DAYS)
    assert (history.branch, history.note, history.complete) == ("main", "", True)
    assert history.head == year.repo.git("rev-parse", "main").strip()
    assert history.of("postmortems/2026-12-01-open.md") == FileHistory()
    assert history.gone == {"postmortems/2026-06-01-old.md": noon("2026-06-03"), "postmortems/2026-06-01-gone.md": noon("2026-06-04")}


def test_commits_are_those_of_the_branch(year: Year, history: History) -> None:
    merged = history.of("postmortems/2026-01-09-merged.md")
    assert (merged.filed_commit, merged.published_commit, merged.changed_commit) == (year.merge_filed, year.merge_published, year.merge_published)
    assert merged.commits == (year.merge_filed, year.merge_published)
    assert history.of("postmortems/2026-02-01-squashed.md").commits == (year.squashed,)
    assert history.of("postmortems/2026-04-01-reverted.md").published_commit == year.first_published
    assert len(history.of("postmortems/2026-04-01-reverted.md").commits) == 4


def test_who_approved_a_merge_said_so_on_it_on_a_commit_of_the_file_or_on_one_that_changes_nothing(year: Year, history: History) -> None:
    when, onto = noon("2026-01-23"), year.merge_published
    assert history.of("postmortems/2026-01-09-merged.md").signatures == (
        Approval("Reviewed-by", "Tech Lead <tl@example.com>", when, year.merge_written, onto),
        Approval("Approved-by", "@checkout-po", when, year.merge_signed, onto),
        Approval("Approved-by", "On Call <oc@example.com>", when, onto, onto),
    )


def test_approval_of_a_stub_does_not_sign_its_publication(history: History) -> None:
    names = [approval.by for approval in history.of("postmortems/2026-01-09-merged.md").approvals]
    assert names == ["Stub Reader <stub@example.com>", "Tech Lead <tl@example.com>", "@checkout-po", "On Call <oc@example.com>"]


@pytest.mark.parametrize("id", ["2026-02-01-squashed", "2026-03-01-rebased"])
def test_a_squash_and_a_rebase_keep_the_trailers_of_the_commit_that_lands(history: History, id: str) -> None:
    assert [approval.by for approval in history.of(f"postmortems/{id}.md").signatures] == ["Tech Lead <tl@example.com>"]


def test_what_was_published_is_given_byte_for_byte(history: History) -> None:
    renamed, reverted = history.of("postmortems/2026-06-01-new.md"), history.of("postmortems/2026-04-01-reverted.md")
    assert (renamed.was, renamed.published_path) == (("postmortems/2026-06-01-old.md",), "postmortems/2026-06-01-old.md")
    assert (renamed.frozen, reverted.frozen) == (whole("renamed").encode(), whole("reverted").encode())
    assert history.of("postmortems/2026-01-09-merged.md").frozen is None


def test_other_trailers_count_where_the_policy_says_so(year: Year) -> None:
    told = load_history(year.repo.folder, trailers=["Signed-off-by"])
    assert [approval.by for approval in told.of("postmortems/2026-01-09-merged.md").approvals] == ["Writer <writer@example.com>"]


def test_what_is_continued_is_what_is_told_anew(year: Year, tmp_path: Path) -> None:
    year.repo.git("clone", "--quiet", "--branch", "main", str(year.repo.folder), str(tmp_path / "c"))
    clone = Repo(tmp_path / "c")
    last = clone.git("rev-list", "--first-parent", "--reverse", "main").split()
    clone.git("remote", "remove", "origin")
    for id in last:
        clone.git("reset", "--quiet", "--hard", id)
        continued = load_history(clone.folder)
    kept = clone.folder / ".git" / "hotwash-history.json"
    again = load_history(clone.folder)
    kept.unlink()
    assert continued == again == load_history(clone.folder)


def test_a_branch_that_was_rewritten_and_a_spoilt_cache_are_told_anew(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    first = repo.commit("2026-01-01", postmortems__a="x")
    repo.commit("2026-01-02", postmortems__b="x")
    assert load_history(repo.folder).files.keys() == {"postmortems/a", "postmortems/b"}
    repo.git("reset", "--quiet", "--hard", first)
    repo.commit("2026-01-03", postmortems__c="x")
    assert load_history(repo.folder).files.keys() == {"postmortems/a", "postmortems/c"}
    for spoilt in (b"", b"{", b"[]", b'{"format": 1}', b"\xff"):
        (repo.folder / ".git" / "hotwash-history.json").write_bytes(spoilt)
        assert load_history(repo.folder).files.keys() == {"postmortems/a", "postmortems/c"}


def test_a_merge_made_the_wrong_way_round_is_told_anew(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    repo.commit("2026-01-01", readme="x")
    topic(repo, "side")
    repo.commit("2026-01-02", postmortems__b="x")
    repo.git("checkout", "--quiet", "main")
    repo.commit("2026-01-03", postmortems__a="x")
    assert load_history(repo.folder).of("postmortems/a").filed == noon("2026-01-03")
    repo.git("checkout", "--quiet", "side")
    repo.git("merge", "--quiet", "--message", "m", "main", when=noon("2026-01-04"))
    repo.git("branch", "--force", "main", "side")
    told = load_history(repo.folder)
    assert (told.of("postmortems/a").filed, told.of("postmortems/b").filed) == (noon("2026-01-04"), noon("2026-01-02"))


HOSTILE = {
    "log.showSignature": "true", "diff.renames": "copies", "log.follow": "true", "core.quotePath": "true", "log.showRoot": "false", "diff.relative": "true",
    "diff.renameLimit": "1", "color.ui": "always", "core.abbrev": "5", "log.diffMerges": "combined", "format.pretty": "oneline", "diff.noprefix": "true",
    "trailer.separators": "=", "trailer.review.key": "Reviewed-by", "i18n.logOutputEncoding": "UTF-16", "log.date": "relative", "diff.orderFile": "/nowhere",
    "diff.external": "false", "log.decorate": "full", "core.commitGraph": "false", "core.pager": "false", "pager.log": "true", "diff.interHunkContext": "9",
}  # fmt: skip


def test_a_users_configuration_changes_nothing(year: Year, history: History, tmp_path: Path) -> None:
    year.repo.git("clone", "--quiet", "--branch", "main", str(year.repo.folder), str(tmp_path / "c"))
    clone = Repo(tmp_path / "c")
    clone.git("remote", "remove", "origin")  # its HEAD is the open branch
    for name, value in HOSTILE.items():
        clone.git("config", name, value)
    assert load_history(clone.folder).files == {path: file._replace(frozen=None) for path, file in history.files.items()}


def test_a_detached_head_and_a_worktree_see_the_same_branch(year: Year, history: History, tmp_path: Path) -> None:
    year.repo.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "w"), year.merge_filed)
    told = load_history(tmp_path / "w")
    assert (told.branch, told.files.keys(), told.head) == ("main", history.files.keys(), history.head)


def test_variables_of_a_hook_in_a_worktree_do_not_mislead(year: Year, history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("GIT_DIR", "/nowhere"), ("GIT_WORK_TREE", "/nowhere"), ("GIT_INDEX_FILE", "x"), ("GIT_PREFIX", "y"), ("GIT_LITERAL_PATHSPECS", "1")):
        monkeypatch.setenv(name, value)
    assert load_history(year.repo.folder).files.keys() == history.files.keys()


@pytest.mark.parametrize(("here", "there", "read"), [("2", "1", "main"), ("1", "2", "origin/main"), ("", "1", "origin/main")])
def test_the_branch_here_counts_only_with_all_that_the_remote_has(tmp_path: Path, here: str, there: str, read: str) -> None:
    repo = Repo(tmp_path / "r")
    ids = {"1": repo.commit("2026-01-01", postmortems__a="x"), "2": repo.commit("2026-01-02", postmortems__b="x")}
    repo.git("checkout", "--quiet", "-b", "topic")
    repo.git("branch", "--force", "main", ids[here]) if here else repo.git("branch", "--delete", "--force", "main")
    repo.git("update-ref", "refs/remotes/origin/main", ids[there])
    assert load_history(repo.folder).branch == read


def test_the_default_branch_is_the_policys_then_the_remotes_then_a_usual_one(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    repo.commit("2026-01-01", postmortems__a="x")
    for name in ("trunk", "release/1"):
        repo.git("branch", name)
    assert load_history(repo.folder).branch == "main"
    repo.git("update-ref", "refs/remotes/origin/trunk", "HEAD")
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    assert load_history(repo.folder).branch == "trunk"
    assert load_history(repo.folder, branch="release/1").branch == "release/1"
    astray = load_history(repo.folder, branch="--output=x")
    assert (astray.branch, "is not here" in astray.note) == ("trunk", True)
    repo.git("symbolic-ref", "--delete", "refs/remotes/origin/HEAD")
    repo.git("branch", "--move", "main", "other")
    assert load_history(repo.folder).branch == "other"


def test_a_shallow_clone_tells_what_it_holds_and_says_what_it_does_not(year: Year, tmp_path: Path) -> None:
    year.repo.git("clone", "--quiet", "--depth=3", "--branch=main", f"file://{year.repo.folder}", str(tmp_path / "s"))
    told = load_history(tmp_path / "s")
    assert ("fetch-depth: 0" in told.note, told.complete) == (True, False)
    renamed, old, new = (told.of(f"postmortems/{id}.md") for id in ("2026-06-01-new", "2026-01-09-merged", "2026-06-04-another"))
    assert (renamed.filed, renamed.published, renamed.changed) == ("", "", noon("2026-06-03"))
    assert old == FileHistory()
    assert new.filed == noon("2026-06-04")
    assert not (tmp_path / "s" / ".git" / "hotwash-history.json").exists()


def test_a_clone_without_contents_knows_days_and_says_that_publications_are_missing(year: Year, tmp_path: Path) -> None:
    year.repo.git("config", "uploadpack.allowFilter", "true")
    year.repo.git("clone", "--quiet", "--filter=blob:none", "--branch=main", f"file://{year.repo.folder}", str(tmp_path / "p"))
    told = load_history(tmp_path / "p")
    assert (told.complete, "without a filter" in told.note) == (False, True)
    file = told.of("postmortems/2026-02-01-squashed.md")
    assert (file.filed, file.published) == (noon("2026-02-03"), "")


def test_without_the_program_git_nothing_is_known_and_that_is_said(year: Year) -> None:
    code = "import sys; from hotwash.history import load_history; print(load_history(sys.argv[1]).note)"
    env = {"PATH": "/nowhere", "PYTHONPATH": str(HERE.parent / "hooks"), "HOME": os.environ.get("HOME", "")}
    said = subprocess.run([sys.executable, "-c", code, str(year.repo.folder)], env=env, check=True, capture_output=True, text=True)
    assert "the program git is not here" in said.stdout
    assert said.stderr == ""


@pytest.mark.parametrize("name", ["with space", "ünïcode", 'quote"d', "-dash", ":(top)x", "star*", "tab\there", "line\nbreak", "\x01", "\udcff", ":100644 x"])
def test_names_of_every_kind_keep_their_past_through_a_rename(tmp_path: Path, name: str) -> None:
    repo = Repo(tmp_path / "r")
    repo.commit("2026-01-01", **{f"postmortems__{name}.md": stub("x"), "postmortems__other.md": stub("y")})
    repo.commit("2026-01-02", **{f"postmortems__{name}.md": whole("x")})
    repo.git("mv", f"postmortems/{name}.md", f"postmortems/{name}-2.md")
    repo.commit("2026-01-03")
    for told in (load_history(repo.folder), load_history(repo.folder)):
        file = told.of(f"postmortems/{name}-2.md")
        assert (file.filed, file.published, file.changed, file.was) == (noon("2026-01-01"), noon("2026-01-02"), noon("2026-01-03"), (f"postmortems/{name}.md",))


@pytest.mark.parametrize(("data", "said"), [
    (b"---\nstatus: published\n---\n", "published"),
    (b"\xef\xbb\xbf---\r\nstatus: filed  # for now\r\n---\r\n", "filed"),
    (b'---\ntitle: "status: no"\nstatus: "published"\n...\nstatus: filed\n', "published"),
    (b"---\n{title: x, status: published}\n---\n", "published"),
    (b"---\ntitle: |\n  status: filed\nstatus: published\n---\n", "published"),
    (b"---\nfix:\n  status: published\n---\n", ""),
    (b"---\nstatus: published\nnever closed", ""),
    (b"---\nstatus: [published]\n---\n", ""),
    (b"# No header\n\nstatus: published\n", ""),
    (b"---\n---\nstatus: published\n", ""),
    (b"---\nstatus: published\ntitle: [broken\n---\n", "published"),
    (b"---\nstatus: \xff\n---\n", ""),
    (b"", ""),
])  # fmt: skip
def test_the_status_is_read_from_the_header_alone(data: bytes, said: str) -> None:
    assert status(data) == said


@given(st.lists(st.sampled_from([
    "status: published", "status: filed", "status:", "  status: filed", "title: status", "title: |", "title: >-", "# status: filed", "", "x:", "- a", "status : filed",
    "'status': filed", "status: published # yes", "status: published#", "x: {status: filed}", "x: 'a", "b'", "\tstatus: filed", "---", "...",
]), max_size=7))  # fmt: skip
def test_the_quick_reading_of_a_status_agrees_with_the_full_one(lines: list[str]) -> None:
    data = "\n".join(["---", *lines, "---", "body"]).encode()
    full = parse("postmortems/x.md", data)
    if full.header:
        assert status(data) == full.status


@pytest.mark.parametrize("guard", ["../outside", "/absolute", "", ".", "a//b", "a\nb", "a\0b", "-x", ":(glob)**", "postmortems"])
def test_a_guard_that_is_no_path_of_the_repository_disturbs_nothing(tmp_path: Path, guard: str) -> None:
    repo = Repo(tmp_path / "r")
    repo.commit("2026-01-01", postmortems__a="x", tests__contract__keys="x", tests__kept="x")
    repo.commit("2026-01-02", tests__contract__keys=None)
    told = load_history(repo.folder, [guard, "tests/contract", "tests/contract/keys", "tests", "tests/never"])
    assert told.gone == dict.fromkeys(("tests/contract", "tests/contract/keys"), noon("2026-01-02"))
    assert told.of("postmortems/a").filed == noon("2026-01-01")
