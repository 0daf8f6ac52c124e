"""Which postmortems a change touches, what is said of it, and what the hook remembers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers import light_text, post
from hypothesis import given
from hypothesis import strategies as st

from hotwash import project as disk
from hotwash import touch_hook, touch_index
from hotwash.__main__ import main as door
from hotwash.cli import main
from hotwash.model import Postmortem
from hotwash.touch_export import exported, imported
from hotwash.touch_report import render
from hotwash.touches import Entry, Touch, entry, resolved

Make = Callable[..., Path]
FIX = "fix: {change: one prefix for each service, artefact: {kind: test, path: tests/keys.py}, owner: '@cache-lead', due: 2026-11-16, state: done}\n"
CACHE = light_text(f'title: Carts were mixed up\npaths: ["config/cache/**", "src/cart.py"]\ncause: {{class: cache-key-collision, what: two writers share a key}}\n{FIX}')
OPEN = light_text('title: Mails went out twice\npaths: ["src/mail/*"]\nfix: {change: a key for each message, owner: "@mail-lead", due: 2026-12-01, state: open}\n')
PLAIN = light_text()
FILES = {"2026-02-03-cart.md": CACHE, "2026-03-01-mail.md": OPEN, "2026-04-01-plain.md": PLAIN}
TOLD = """\
postmortems/2026-02-03-cart.md: Carts were mixed up
  touched by: config/cache/keys.yml
  lesson: two writers share a key
  guard: let it stand: tests/keys.py (one prefix for each service)
"""


@pytest.fixture
def repo(project: Make, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a Git repository that nobody has asked yet."""
    root = project(FILES)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(root)], check=True)
    return root


def told(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What the command says on stdout; it ends with 0 and keeps stderr silent."""
    assert main(["touches", *words]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


# --- quiet


@pytest.mark.parametrize("path", ["README.md", "config/cached.yml", "src/mail/deep/queue.py", "postmortems/2026-02-03-cart.md", "../config/cache/x", "ünder/wegs", "-x", "a\nb"])
def test_a_path_that_nobody_watches_says_nothing(path: str, repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(["--", path], capsys) == ""
    assert touch_hook.run([path]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("header", ["paths: []\n", "status: skipped\npaths: [src]\n", "status: nonsense\npaths: [src]\n", "paths: {a: b}\n", "paths: ['  ']\n"])
def test_a_file_that_watches_nothing_or_does_not_count_gives_nothing(header: str) -> None:
    assert entry(post(light_text(header))) is None


def test_a_project_without_postmortems_and_a_folder_without_git_are_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert told(["config/cache/keys.yml"], capsys) == ""
    assert touch_hook.run([]) == 0
    assert list(tmp_path.iterdir()) == []


# --- speaking


def test_it_names_the_postmortem_its_lesson_and_the_guard(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(["config/cache/keys.yml", "README.md"], capsys) == TOLD


def test_a_touched_guard_is_said_first(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(["src/mail/queue.py", "tests/keys.py", "src/cart.py"], capsys)
    assert re.findall(r"^postmortems/(\S+):|(touched by: .*|guard: .*)$", said, re.MULTILINE) == [
        ("2026-02-03-cart.md", ""), ("", "touched by: tests/keys.py, src/cart.py"),
        ("", "guard: this change touches it; let it stand, or say what takes its place: tests/keys.py (one prefix for each service)"),
        ("2026-03-01-mail.md", ""), ("", "touched by: src/mail/queue.py"), ("", "guard: not in place (open): (a key for each message)"),
    ]  # fmt: skip


def test_the_fix_of_another_file_is_the_guard_of_one_that_names_it() -> None:
    same = Entry("2026-05-01-again", paths=("a",), same_as="2026-02-03-cart")
    (first, second) = resolved([same, Entry("2026-02-03-cart", change="a test", path="t.py", state="done")])
    assert (second.id, second.change, second.path, second.state) == ("2026-05-01-again", "a test", "t.py", "done")
    assert first.id == "2026-02-03-cart"
    assert resolved([Entry("x", same_as="gone")]) == []


def test_many_paths_and_many_postmortems_are_cut_short_and_all_shows_them() -> None:
    touches = [Touch(Entry(f"2026-01-0{day}-x", "X"), tuple("abcde"), ()) for day in range(1, 8)]
    short = render(touches, "text")
    assert short.count("touched by: a, b, c and 2 more") == 5
    assert short.endswith("2 earlier ones are touched as well; `hotwash touches --all` shows them\n")
    assert render(touches, "text", everything=True).count("touched by") == 7


def test_a_path_counts_from_the_repository_and_from_the_project_and_as_typed_from_a_folder_below(repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "config" / "cache").mkdir(parents=True)
    monkeypatch.chdir(repo / "config" / "cache")
    assert told(["keys.yml"], capsys) == TOLD
    assert told([str(repo / "config" / "cache" / "keys.yml")], capsys) == TOLD


def test_in_a_project_below_the_repositorys_root_both_ways_to_write_a_path_are_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "ops" / "postmortems"
    folder.mkdir(parents=True)
    (folder / "2026-02-03-cart.md").write_text(light_text('paths: ["services/cart/**", "runbooks"]\n'))
    monkeypatch.chdir(tmp_path)
    for path in ("services/cart/a.py", "ops/runbooks/cart.md"):
        assert f"touched by: {path}\n" in told(["--root", "ops", path], capsys)


def test_as_json_and_as_annotations(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = json.loads(told(["config/cache/a", "config/cache/b", "--format", "json"], capsys))["touched"]
    assert one == {
        "id": "2026-02-03-cart", "title": "Carts were mixed up", "class": "cache-key-collision", "lesson": "two writers share a key",
        "paths": ["config/cache/a", "config/cache/b"], "guard_touched": False,
        "fix": {"change": "one prefix for each service", "artefact": {"kind": "test", "path": "tests/keys.py"}, "state": "done"},
    }  # fmt: skip
    assert json.loads(told(["README.md", "--format", "json"], capsys)) == {"version": 1, "touched": []}
    notice, warning = (told([path, "--format", "github"], capsys) for path in ("config/cache/a,b", "tests/keys.py"))
    assert notice.startswith("::notice file=config/cache/a%2Cb,line=1,title=touches 2026-02-03-cart::postmortems/2026-02-03-cart.md: Carts were mixed up%0A")
    assert warning.startswith("::warning file=tests/keys.py,line=1,")
    assert (notice + warning).count("\n") == 2


def test_a_terminal_is_told_nothing_that_it_would_obey() -> None:
    hostile = Touch(Entry("2026-01-01-x", "a\x1b[31m", lesson="b\x07"), ("c\x1b]0;d",), ())
    assert "\x1b" not in render([hostile], "text")
    assert "\x07" not in render([hostile], "text")
    assert "::" not in render([Touch(Entry("x", "a\n::error::b"), ("p",), ())], "github").split("\n", 1)[1]


# --- what is remembered


def test_what_is_kept_says_the_same_as_what_is_read(repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    first = told(["config/cache/keys.yml"], capsys)
    monkeypatch.setattr(disk, "read_postmortem", lambda root, path: pytest.fail(f"{path} was read again"))
    assert told(["config/cache/keys.yml"], capsys) == first == TOLD
    assert touch_hook.run(["config/cache/keys.yml"]) == 0
    assert capsys.readouterr().out == TOLD


def test_a_changed_file_alone_is_read_again(repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    told(["README.md"], capsys)
    read, whole = [], disk.read_postmortem

    def counted(root: str, path: str) -> Postmortem:
        read.append(path)
        return whole(root, path)

    monkeypatch.setattr(disk, "read_postmortem", counted)
    (repo / "postmortems" / "2026-04-01-plain.md").write_text(light_text("paths: [README.md]\n"))
    (repo / "postmortems" / "2026-03-01-mail.md").unlink()
    assert "postmortems/2026-04-01-plain.md" in told(["README.md", "src/mail/queue.py"], capsys)
    assert "mail" not in told(["src/mail/queue.py"], capsys)
    assert read == ["postmortems/2026-04-01-plain.md"]


def hooked(paths: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What the hook says of some staged paths."""
    assert touch_hook.run(paths) == 0
    return capsys.readouterr().out


def test_the_hook_sees_files_that_come_go_or_are_replaced_as_git_does_it(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hooked(["README.md"], capsys) == ""
    (repo / "new").write_text(light_text("paths: [README.md]\n"))
    os.replace(repo / "new", repo / "postmortems" / "2026-04-01-plain.md")
    assert "2026-04-01-plain.md" in hooked(["README.md"], capsys)
    (repo / "postmortems" / "2026-04-01-plain.md").unlink()
    assert hooked(["README.md"], capsys) == ""


def test_the_hook_sees_what_was_edited_in_place_once_it_is_committed(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hooked(["README.md"], capsys) == ""
    (repo / "postmortems" / "2026-04-01-plain.md").write_text(light_text("paths: [README.md]\n"))
    assert hooked(["postmortems/2026-04-01-plain.md"], capsys) == ""
    assert "2026-04-01-plain.md" in hooked(["README.md"], capsys)
    (repo / "postmortems" / "2026-04-01-plain.md").write_text(light_text("paths: [LICENSE]\n"))
    assert told(["README.md"], capsys) == ""


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"nonsense", b"a\nb\nc\n"])
def test_what_is_damaged_is_made_anew(damage: bytes, repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(["README.md"], capsys)
    for name in ("hotwash-touches", "hotwash-touches-files"):
        (repo / ".git" / name).write_bytes(damage)
    assert told(["config/cache/keys.yml"], capsys) == TOLD
    assert sorted(path.name for path in (repo / ".git").glob("hotwash*")) == ["hotwash-touches", "hotwash-touches-files"]


def test_where_nothing_can_be_kept_it_is_read_each_time(repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refused)
    assert told(["config/cache/keys.yml"], capsys) == TOLD
    assert told(["config/cache/keys.yml"], capsys) == TOLD


_TEXT = st.text(st.characters(codec="utf-8"), max_size=12)


@given(st.lists(st.tuples(_TEXT, _TEXT, st.lists(_TEXT, max_size=3)), max_size=4), st.lists(_TEXT.filter(str.strip), min_size=1, max_size=3))
def test_every_text_survives_being_kept_as_a_line(parts: list[tuple[str, str, list[str]]], names: list[str]) -> None:
    posts = (
        Postmortem(f"postmortems/{number}.md", header={"title": title, "status": "filed", "paths": paths, "fix": {"artefact": {"path": path}}})
        for number, (title, path, paths) in enumerate(parts)
    )
    entries = resolved(found for one in posts if (found := entry(one)))
    assert touch_index.of_entries(entries).entries() == entries
    assert imported(json.loads(json.dumps(exported(entries)))) == entries
    touch_index.of_entries(entries).touched((name, [name]) for name in names)


# --- the hook


def test_the_hook_never_fails_whatever_happens(repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(root: str) -> Iterator[object]:
        raise RuntimeError("of\nall things")

    monkeypatch.setattr(disk, "postmortem_paths", broken)
    monkeypatch.setattr(sys, "argv", ["hotwash", "touches", "--hook", "src/cart.py"])
    assert door() == 0
    assert main(["touches", "--hook", "src/cart.py"]) == 0
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 2)
    assert err.startswith("hotwash: touches is left out: RuntimeError(")


def test_the_short_road_says_what_the_long_one_says_and_needs_no_argument_parser(repo: Path) -> None:
    code = "import sys; from hotwash.__main__ import main; status = main(); sys.exit(status or 10 * bool({'argparse', 'json', 'jsonschema', 'yaml'} & set(sys.modules)))"
    env = {**os.environ, "PYTHONPATH": str(Path(disk.__file__).parents[1])}
    subprocess.run([sys.executable, "-c", code, "touches", "README.md"], env=env, check=False)
    done = subprocess.run([sys.executable, "-c", code, "touches", "--hook", "config/cache/keys.yml"], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, TOLD, "")


def test_every_other_command_goes_through_the_command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["hotwash", "--version"])
    with pytest.raises(SystemExit):
        door()
    assert capsys.readouterr().out.startswith("hotwash ")


# --- another repository


def test_an_exported_archive_answers_in_another_repository(repo: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (repo / "postmortems" / "2026-05-01-secret.md").write_text(light_text("visibility: restricted\npaths: [vault]\n"))
    away = tmp_path_factory.mktemp("away")
    file = away / "touches.json"
    assert told(["--export", str(file), "--site", "https://example.com/"], capsys) == ""
    assert json.loads(file.read_text())["postmortems"][0]["url"] == "https://example.com/postmortems/2026-02-03-cart/"
    assert "secret" not in told(["--export", "-"], capsys)
    monkeypatch.chdir(away)
    said = told(["--archive", str(file), "config/cache/keys.yml", "vault/key"], capsys)
    assert said == TOLD.replace("postmortems/2026-02-03-cart.md", "https://example.com/postmortems/2026-02-03-cart/")


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, '{"postmortems": {}}', '{"version": 2, "postmortems": []}', '{"version": 1, "postmortems": [{}]}', '{"version": 1, "postmortems": [7]}', "\x00"])
def test_an_archive_that_is_none_is_one_line_and_status_2(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text(text)
    assert main(["touches", "--archive", str(tmp_path / "a.json"), "x"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("hotwash: --archive ")


def test_what_an_archive_lacks_is_empty_and_what_is_of_another_kind_is_left_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"version": 1, "more": 1, "postmortems": [{"id": "x", "title": 3, "paths": ["src", 4], "fix": [], "lesson": {}}]}))
    assert told(["--archive", str(tmp_path / "a.json"), "src/a"], capsys) == "postmortems/x.md: x\n  touched by: src/a\n"


def test_a_name_that_is_no_utf8_is_exported_as_an_escape(tmp_path: Path) -> None:
    disk.write_all(tmp_path, [("touches.json", json.dumps({"id": "2026-11-02-\udcff"}, ensure_ascii=False))])
    assert json.loads((tmp_path / "touches.json").read_bytes()) == {"id": "2026-11-02-\udcff"}


@pytest.mark.parametrize("words", [[], ["--archive", "gone.json", "x"], ["--export", "postmortems/policy.yml/x"], ["--diff", "no-such-revision"], ["--diff=--help-me"]])
def test_what_cannot_be_done_is_one_line_and_status_2(words: list[str], repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["touches", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("hotwash: ")


# --- a difference


@pytest.fixture
def branch(repo: Path) -> Callable[..., None]:
    """Git in the repository, which has all watched files on `main` and stands on the branch `change`."""

    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *words], cwd=repo, check=True, capture_output=True)

    for name in ("tests/keys.py", "config/cache/ä b.yml", "src/mail/queue.py", "src/cart.py"):
        (repo / name).parent.mkdir(parents=True, exist_ok=True)
        (repo / name).write_text(f"{name}\n" * 9)
    git("add", "--all")
    git("commit", "--quiet", "-m", "all")
    git("switch", "--quiet", "-c", "change")
    return git


def test_what_the_other_branch_did_since_is_no_change_of_ours(branch: Callable[..., None], repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(["--diff", "main"], capsys) == ""
    branch("switch", "--quiet", "main")
    (repo / "src/cart.py").write_text("later on main")
    branch("commit", "--quiet", "-am", "later")
    branch("switch", "--quiet", "change")
    assert told(["--diff", "main"], capsys) == ""


def test_paths_removed_renamed_and_not_committed_yet_count(branch: Callable[..., None], repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    branch("rm", "--quiet", "tests/keys.py")
    branch("mv", "src/mail/queue.py", "src/queue.py")
    branch("commit", "--quiet", "-m", "remove and rename")
    (repo / "config/cache/ä b.yml").write_text("x")
    monkeypatch.chdir(repo / "postmortems")
    said = told(["--diff", "main"], capsys)
    assert "touched by: config/cache/ä b.yml, tests/keys.py\n" in said
    assert "guard: this change touches it" in said
    assert "touched by: src/mail/queue.py\n" in said


def test_a_configured_prefix_and_colours_change_nothing(branch: Callable[..., None], repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for key, value in (("diff.noprefix", "true"), ("color.diff", "always"), ("diff.renames", "copies"), ("diff.relative", "true"), ("diff.external", "false")):
        branch("config", key, value)
    (repo / "src/cart.py").unlink()
    assert "touched by: src/cart.py\n" in told(["--diff", "main"], capsys)
