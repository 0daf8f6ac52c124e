"""`hotwash signoff`, `freeze` and `codeowners` in real repositories: a pull request, its merge, and what is read back afterwards."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers import ID, STANDARD, TEAM, light_text

from hotwash.cli import main
from hotwash.parse import parse

FILE = f"postmortems/{ID}.md"
STUB = STANDARD.replace("status: published", "status: filed")
ALL = ("checkout-tl", "checkout-oncall", "checkout-po")
RENAMED = "postmortems/2026-11-02-checkout-refused.md"
TRAILERS = "Publish\n\n" + "".join(f"Reviewed-by: @{name}\n" for name in ALL)


class Repo:
    """A repository with a policy and a branch `main`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")
        self.write("postmortems/policy.yml", TEAM)

    def git(self, *words: str) -> str:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "Writer"), ("EMAIL", "w@example.com"), ("DATE", "2026-11-04T10:00:00Z"))}
        env = {**clean, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        return subprocess.run(["git", *words], cwd=self.folder, env=env, check=True, capture_output=True, text=True).stdout.strip()

    def write(self, path: str, text: str) -> None:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def read(self, path: str = FILE) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def commit(self, text: str | None = None, message: str = "c", path: str = FILE) -> str:
        """Commit a text of the postmortem; the commit's id."""
        if text is not None:
            self.write(path, text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository with a stub on `main`, in which we stand."""
    monkeypatch.chdir(tmp_path)
    made = Repo(tmp_path)
    made.commit(STUB)
    return made


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys) -> Callable[..., tuple[int, str, str]]:
    """Run a command line, with reviews on standard input; status, output, errors."""

    def go(*words: str, stdin: Any = None) -> tuple[int, str, str]:
        text = stdin if isinstance(stdin, str) else json.dumps(stdin)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        status = main(list(words))
        said = capsys.readouterr()
        return status, said.out, said.err

    return go


def reviews(commit: str, *names: str, state: str = "APPROVED") -> list[dict[str, Any]]:
    return [{"user": {"login": name, "type": "User"}, "state": state, "submitted_at": "2026-11-04T09:00:00Z", "commit_id": commit} for name in names]


def published(repo: Repo, text: str = STANDARD, message: str = "Publish") -> str:
    """A pull request that publishes, checked out as a branch."""
    repo.git("checkout", "--quiet", "-b", "topic")
    return repo.commit(text, message)


def test_quiet_where_everybody_has_approved_the_pull_request(repo: Repo, run) -> None:
    head = published(repo)
    status, out, err = run("signoff", FILE, "--reviews", "-", "--author", "sre-lead", stdin=reviews(head, *ALL))
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        f"{FILE}: P1 is signed by its roles, and by somebody other than the author",
        "  signed   tech_lead      @checkout-tl (approved, 2026-11-04)",
        "  signed   on_call        @checkout-oncall (approved, 2026-11-04)",
        "  signed   product_owner  @checkout-po (approved, 2026-11-04)",
    ]


def test_one_who_is_missing_is_status_1_in_every_format(repo: Repo, run) -> None:
    words = ("signoff", ID, "--reviews", "-", "--author", "checkout-tl")
    some = reviews(published(repo), "checkout-oncall")
    status, out, _ = run(*words, stdin=some)
    assert status == 1
    assert "  missing  product_owner  no approval yet by `@checkout-po`" in out.splitlines()
    assert "  signed   tech_lead      @checkout-tl (opened the pull request)" in out.splitlines()
    status, out, _ = run(*words, "--format", "json", stdin=some)
    (file,) = json.loads(out)["files"]
    assert (status, file["complete"], [role["signed"] is not None for role in file["roles"]]) == (1, False, [True, True, False])
    status, out, _ = run(*words, "--format", "github", stdin=some)
    assert (status, out.count("::error"), f"file={FILE},line=19," in out, "product_owner has not signed" in out) == (1, 1, True, True)


def test_an_approval_holds_while_the_text_is_the_same_and_no_longer(repo: Repo, run) -> None:
    first = published(repo)
    repo.commit(STANDARD.replace("state: open\n", "state: in-progress\n"))
    words = ("signoff", FILE, "--reviews", "-", "--author", "sre-lead")
    assert run(*words, stdin=reviews(first, *ALL))[0] == 0
    second = repo.commit(STANDARD.replace("by hand", "by whoever asks"))
    status, out, _ = run(*words, stdin=reviews(first, *ALL))
    assert status == 1
    assert f"@checkout-tl approved commit {first[:12]}, in which this file says something else; ask for another look" in out
    assert run(*words, stdin=reviews(second, *ALL))[0] == 0


def test_an_approval_of_a_commit_that_is_not_here_counts_only_as_the_head(repo: Repo, run) -> None:
    published(repo)
    away = "0123456789abcdef0123456789abcdef01234567"
    words = ("signoff", FILE, "--reviews", "-", "--author", "sre-lead")
    assert run(*words, stdin=reviews(away, *ALL))[0] == 1
    assert run(*words, "--head", away, stdin=reviews(away, *ALL))[0] == 0
    assert run(*words, stdin=reviews("HEAD", *ALL))[0] == 1, "a name is no id"


def test_what_the_pull_request_writes_itself_counts_for_nothing(repo: Repo, run) -> None:
    own = "".join(f"  - {{role: {role}, by: \"@{by}\", on: 2026-11-04}}\n" for role, by in zip(("tech_lead", "on_call", "product_owner"), ALL, strict=True))
    published(repo, STANDARD.replace("\n---\n\n##", f"\nsign_off:\n{own}---\n\n##", 1), TRAILERS)
    assert run("signoff", FILE)[0] == 1
    assert run("signoff", FILE, "--reviews", "-", "--author", "sre-lead", stdin=[])[0] == 1


def test_after_the_merge_trailers_are_read_back(repo: Repo, run) -> None:
    published(repo)
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "--message", TRAILERS, "topic")
    status, out, _ = run("signoff", FILE)
    assert (status, out.count("trailer, not authenticated, 2026-11-04")) == (0, 3)


def test_a_trailer_inside_a_merged_branch_is_read_back(repo: Repo, run) -> None:
    published(repo, message=TRAILERS)
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "--message", "merge", "topic")
    status, out, _ = run("signoff", FILE)
    assert (status, out.count("trailer, not authenticated, 2026-11-04")) == (0, 3)


def test_a_trailer_of_a_later_correction_signs_no_publication(repo: Repo, run) -> None:
    repo.commit(STANDARD)
    repo.commit(STANDARD.replace("by hand", "by whoever asks"), TRAILERS)
    status, out, _ = run("signoff", FILE)
    assert (status, "trailer" in out) == (1, False)


def test_a_renamed_file_keeps_the_trailers_of_its_publication(repo: Repo, run) -> None:
    repo.commit(STANDARD, TRAILERS)
    repo.git("mv", FILE, RENAMED)
    repo.commit()
    status, out, _ = run("signoff", RENAMED)
    assert (status, out.count("trailer, not authenticated, 2026-11-04")) == (0, 3)


def test_a_trailer_may_speak_for_one_role(repo: Repo, run) -> None:
    repo.write("postmortems/policy.yml", f"{TEAM}approval_trailers: {{Tech-Lead: tech_lead}}\ndelegates: {{'@checkout-po': ['@checkout-tl']}}\n")
    repo.commit(STANDARD, "Publish\n\nTech-Lead: @checkout-tl")
    _, out, _ = run("signoff", FILE)
    assert [line.split()[:2] for line in out.splitlines()[1:]] == [["signed", "tech_lead"], ["missing", "on_call"], ["missing", "product_owner"]]


def test_the_record_is_written_after_the_merge_and_needs_no_second_writing(repo: Repo, run) -> None:
    head = repo.commit(STANDARD)
    words = ("signoff", FILE, "--reviews", "-", "--author", "checkout-tl", "--record", "--as-of", "2026-11-05")
    given = reviews(head, "checkout-oncall", "checkout-po")
    status, out, _ = run(*words, "--dry-run", stdin=given)
    assert (status, out.count("\n+  - {role: ")) == (0, 3)
    assert repo.read() == STANDARD
    assert run(*words, stdin=given)[0] == 0
    assert parse(FILE, repo.read().encode()).get("sign_off") == [
        {"role": "tech_lead", "by": "@checkout-tl", "on": "2026-11-05"},
        {"role": "on_call", "by": "@checkout-oncall", "on": "2026-11-04"},
        {"role": "product_owner", "by": "@checkout-po", "on": "2026-11-04"},
    ]
    written = repo.read()
    assert run("signoff", FILE)[1].splitlines()[0].endswith("differ from what was published")
    repo.commit()
    assert run(*words[:-1], "2026-11-09", stdin=given)[0] == 0
    assert repo.read() == written
    assert run("signoff", FILE)[0] == 0, "and is read back"
    assert run("check", "--only", "signoff") == (0, "", "")


def test_whoever_approves_without_a_role_is_recorded_as_the_reviewer(repo: Repo, run) -> None:
    name = "postmortems/2026-11-05-update-crashed.md"
    head = repo.commit(light_text('roles: {tech_lead: "@apps-lead"}'), path=name)
    assert run("signoff", name, "--reviews", "-", "--author", "apps-lead", "--record", stdin=reviews(head, "QA-Lead"))[0] == 0
    assert [entry["role"] + " " + entry["by"] for entry in parse(name, repo.read(name).encode()).get("sign_off")] == ["tech_lead @apps-lead", "reviewer @QA-Lead"]
    repo.commit()
    assert run("signoff", name, "--author", "apps-lead")[0] == 0


def test_nothing_is_recorded_before_the_merge_or_for_a_stub(repo: Repo, run) -> None:
    head = repo.git("rev-parse", "HEAD")
    assert run("signoff", FILE, "--reviews", "-", "--author", "sre-lead", "--record", stdin=reviews(head, "checkout-tl"))[0] == 0
    assert repo.read() == STUB
    head = published(repo)
    status, _, err = run("signoff", FILE, "--reviews", "-", "--author", "sre-lead", "--record", stdin=reviews(head, *ALL))
    assert (status, "record after the merge" in err, repo.read()) == (2, True, STANDARD)


def test_an_edit_after_publication_needs_a_round_only_where_something_signed_changes(repo: Repo, run) -> None:
    repo.commit(STANDARD)
    repo.git("checkout", "--quiet", "-b", "later")
    repo.commit(STANDARD.replace("state: open}", "state: done, closed: 2026-11-18}"))
    assert run("signoff", FILE, "--base", "main", "--reviews", "-", stdin=[])[:2] == (0, f"{FILE}: no new round: only states, effectiveness checks or sign-off differ from what was published\n")
    repo.commit(STANDARD.replace("by hand", "by whoever asks"))
    assert run("signoff", FILE, "--base", "main", "--reviews", "-", stdin=[])[0] == 1


def test_the_merge_of_a_record_is_no_new_round_and_is_not_recorded_again(repo: Repo, run) -> None:
    merged = repo.commit(STANDARD)
    words = ("signoff", FILE, "--reviews", "-", "--author", "sre-lead", "--record")
    assert run(*words, "--base", f"{merged}~1", stdin=reviews(merged, *ALL))[0] == 0
    record = repo.commit()
    written = repo.read()
    assert written.count("role: ") == 3
    assert run(*words, "--base", f"{record}~1", "--head", record, stdin=reviews(record, "search-lead", *ALL))[0] == 0
    assert repo.read() == written


def test_a_stub_is_read_back_from_the_trailers_that_brought_it(repo: Repo, run) -> None:
    name = "postmortems/2026-11-05-update-crashed.md"
    repo.commit(light_text("status: filed"), "File it\n\nReviewed-by: Somebody <else@example.com>", name)
    assert run("signoff", name)[0] == 0
    repo.commit(light_text("status: filed"), "File it\n\nReviewed-by: Writer <w@example.com>", name.replace("update", "other"))
    assert run("signoff", name.replace("update", "other"))[0] == 1


def test_without_git_the_file_is_read_back_and_reviews_are_not_mixed_with_it(project, run) -> None:
    project({f"{ID}.md": STANDARD.replace("\n---\n\n##", "\nsign_off: [{role: tech_lead, by: '@checkout-tl', on: 2026-11-04}]\n---\n\n##", 1)})
    status, out, err = run("signoff", FILE)
    assert (status, "@checkout-tl (recorded, 2026-11-04)" in out, err.count("\n")) == (1, True, 1)
    assert "recorded" not in run("signoff", FILE, "--reviews", "-", stdin=[])[1]


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"message": "Not Found"}', "[" * 50_000, "\ufffd\x00", "[{}]"])
def test_hostile_json_is_status_2_and_one_line(text: str, repo: Repo, run) -> None:
    before = repo.read()
    status, out, err = run("signoff", FILE, "--reviews", "-", "--record", stdin=text)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("hotwash: standard input: ")
    assert repo.read() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["signoff", "nowhere-to-be-found"], "nowhere"), (["signoff", FILE, "--reviews", "missing.json"], "missing.json"),
        (["signoff", FILE, "--base", "--output=x"], "no such revision"), (["freeze", FILE, "--base", "no-such"], "no such revision"), (["freeze", "nowhere-to-be-found"], "nowhere"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_status_2_and_one_line(words: list[str], says: str, repo: Repo, run) -> None:
    if words[2:3] == ["--base"] and words[3].startswith("--"):
        words = [*words[:2], f"--base={words[3]}"]
    status, out, err = run(*words)
    assert (status, out, err.count("\n"), says in err) == (2, "", 1, True), err


def test_a_header_that_cannot_be_read_is_told(repo: Repo, run) -> None:
    repo.write(FILE, "---\ntitle: [\n---\n")
    status, out, err = run("signoff", FILE)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_freeze_is_quiet_before_and_speaks_after_publication(repo: Repo, run) -> None:
    repo.write(FILE, STUB.replace("T13:55:00Z", "T13:40:00Z"))
    assert run("freeze", FILE) == (0, "", "")
    repo.commit(STANDARD)
    assert run("freeze", FILE) == (0, "", "")
    repo.git("checkout", "--quiet", "-b", "later")
    repo.commit(STANDARD.replace("T13:55:00Z", "T13:40:00Z"))
    status, out, _ = run("freeze", FILE, "--base", "main")
    assert (status, f"{FILE}:12:12: unmarked-amendment" in out) == (1, True), out
    repo.commit(repo.read() + "\n## Amendments\n\n- 2026-11-20: started was 13:55\n")
    assert run("freeze", FILE) == (0, "", "")


def test_freeze_compares_with_what_was_published_first_and_with_the_last_amendment(repo: Repo, run) -> None:
    repo.commit(STANDARD)
    silent = STANDARD.replace("T13:55:00Z", "T13:40:00Z")
    repo.commit(silent)
    assert run("freeze", FILE)[0] == 1, "it came onto main unmarked, and the first publication still tells"
    amended = repo.read() + "\n## Amendments\n\n- 2026-11-20: started was 13:55\n"
    repo.commit(amended)
    assert run("freeze", FILE)[0] == 0
    repo.write(FILE, amended.replace("T14:31:00Z", "T14:30:00Z"))
    assert run("freeze", FILE)[0] == 1, "one note marks one change"


def test_freeze_follows_a_file_through_its_renaming(repo: Repo, run) -> None:
    repo.commit(STANDARD)
    repo.git("mv", FILE, RENAMED)
    repo.commit()
    assert run("freeze", RENAMED) == (0, "", "")
    repo.commit(STANDARD.replace("T13:55:00Z", "T13:40:00Z"), path=RENAMED)
    status, out, _ = run("freeze", RENAMED)
    assert (status, f"{RENAMED}:12:12: unmarked-amendment" in out) == (1, True), out


def test_freeze_follows_a_file_that_the_pull_request_renames(repo: Repo, run) -> None:
    repo.commit(STANDARD)
    repo.git("checkout", "--quiet", "-b", "later")
    repo.git("mv", FILE, RENAMED)
    repo.commit()
    assert run("freeze", RENAMED, "--base", "main") == (0, "", "")
    repo.commit(STANDARD.replace("T13:55:00Z", "T13:40:00Z"), path=RENAMED)
    for words in ((), ("--base", "main")):
        status, out, _ = run("freeze", RENAMED, *words)
        assert (status, f"{RENAMED}:12:12: unmarked-amendment" in out) == (1, True), out


def shallow(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a clone of `main` that holds its newest commit alone."""
    repo.git("clone", "--quiet", "--depth=1", "--branch=main", f"file://{repo.folder}", "shallow")
    monkeypatch.chdir(repo.folder / "shallow")


def test_in_a_shallow_clone_freeze_says_that_it_cannot_tell(repo: Repo, run, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(STANDARD)
    repo.commit(STANDARD.replace("T13:55:00Z", "T13:40:00Z"))
    shallow(repo, monkeypatch)
    status, out, err = run("freeze", FILE)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"hotwash: {FILE}: what was published first is not known here: ")
    assert "git fetch --unshallow" in err


def test_in_a_shallow_clone_a_stub_has_nothing_to_freeze(repo: Repo, run, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit()
    shallow(repo, monkeypatch)
    status, out, err = run("freeze", FILE)
    assert (status, out, err.count("\n"), "git fetch --unshallow" in err) == (0, "", 1, True)


def test_check_with_history_asks_what_freeze_asks_and_the_hook_does_not(repo: Repo, run) -> None:
    words = ("check", "--history", "--only", "signoff")
    assert run(*words) == (0, "", "")
    repo.commit(STANDARD)
    assert run(*words) == (0, "", "")
    repo.write(FILE, STANDARD.replace("T13:55:00Z", "T13:40:00Z"))
    assert run("check", "--only", "signoff") == (0, "", "")
    for asked in ((), (FILE,)):
        status, out, err = run(*words, *asked)
        assert (status, f"{FILE}:12:12: unmarked-amendment" in out, err) == (1, True, ""), out
    repo.write(FILE, repo.read() + "\n## Amendments\n\n- 2026-11-20: started was 13:55\n")
    assert run(*words) == (0, "", "")


def test_check_with_history_says_what_a_shallow_clone_does_not_hold(repo: Repo, run, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(STANDARD)
    shallow(repo, monkeypatch)
    status, out, err = run("check", "--history", "--only", "signoff")
    assert (status, out, err.count("\n"), "git fetch --unshallow" in err) == (0, "", 1, True)


def test_freeze_needs_git(project, run) -> None:
    project({f"{ID}.md": STANDARD})
    status, _, err = run("freeze", FILE)
    assert (status, err.count("\n")) == (2, 1)


def test_codeowners_are_written_checked_and_found_to_drift(repo: Repo, run) -> None:
    place = repo.folder / ".github" / "CODEOWNERS"
    assert run("codeowners", "--check")[0] == 0, "no section is none that could drift"
    assert not place.exists()
    assert f"/{FILE} @checkout-tl @checkout-oncall @checkout-po" in run("codeowners")[1]
    repo.write(".github/CODEOWNERS", "* @everybody\n")
    assert run("codeowners", "--write")[0] == 0
    assert place.read_text().startswith("* @everybody\n\n# BEGIN hotwash")
    assert run("codeowners", "--check") == (0, "", "")
    repo.write(FILE, STANDARD.replace("@checkout-tl", "@search-lead"))
    status, out, _ = run("codeowners", "--check")
    assert (status, "hotwash codeowners --write" in out) == (1, True)
    repo.write(".github/CODEOWNERS", "# END hotwash\n")
    assert run("codeowners", "--write")[0] == 2


def test_codeowners_of_a_folder_inside_a_repository_bear_its_path(repo: Repo, run, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write("ops/postmortems/policy.yml", TEAM)
    repo.write(f"ops/{FILE}", STANDARD)
    monkeypatch.chdir(repo.folder / "ops")
    assert f"/ops/{FILE} @checkout-tl" in run("codeowners")[1]
    repo.commit()
    assert run("signoff", FILE)[0] == 1
    assert run("freeze", FILE)[0] == 0
