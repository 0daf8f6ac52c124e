"""Reading an archive again: what is as it was is not parsed twice, in this run or a later one, and what changed is seen at once, whatever its size and times say."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from helpers import LIGHT, STANDARD, light_text, policy

from hotwash import project as disk
from hotwash import readings, rereading
from hotwash.model import Page, Postmortem
from hotwash.pages import everything
from hotwash.pages.parts.links import Links
from hotwash.site import load_site

ROOT = Path(__file__).resolve().parent.parent
NAME, OTHER = "2026-11-05-update-crashed.md", "2026-11-06-b.md"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    parse = rereading.parse

    def noting(path: str, data: bytes, *, places: bool = True) -> object:
        if not places:  # with places it is read once more where something is wrong with it
            seen.append(path)
        return parse(path, data, places=places)

    monkeypatch.setattr(rereading, "parse", noting)
    return seen


def test_a_file_that_is_as_it_was_is_parsed_once(project: Callable[..., Path], parsed: list[str]) -> None:
    root = project({NAME: light_text(), OTHER: light_text("title: B")})
    first = rereading.load_archive(root, policy())
    os.utime(root / "postmortems" / NAME, (1, 1))
    assert rereading.load_archive(root, policy()) == first
    assert len(parsed) == 2


def test_a_change_of_the_same_size_and_time_is_seen(project: Callable[..., Path], parsed: list[str]) -> None:
    root = project({NAME: light_text("title: Aaa")})
    file = root / "postmortems" / NAME
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    rereading.load_archive(root, policy())
    file.write_text(light_text("title: Bbb"))
    os.utime(file, ns=times)
    assert [post.title for post in rereading.load_archive(root, policy()).posts.values()] == ["Bbb"]
    assert len(parsed) == 2


def test_a_file_that_is_gone_is_forgotten(project: Callable[..., Path]) -> None:
    root = project({NAME: light_text()})
    rereading.load_archive(root, policy())
    (root / "postmortems" / NAME).unlink()
    assert not rereading.load_archive(root, policy()).posts
    assert not [file for file in rereading._READ if file.startswith(str(root))]


# --- between runs


@pytest.fixture
def repo(project: Callable[..., Path]) -> Path:
    root = project({NAME: LIGHT, OTHER: STANDARD})
    (root / ".git").mkdir()
    return root


def anew(root: Path) -> list[Postmortem]:
    """As another run reads it: it knows nothing but what is on disk."""
    rereading._READ.clear()
    return list(rereading.load_archive(root, policy()).posts.values())


def kept(root: Path) -> Path:
    return root / ".git" / "hotwash-readings.sqlite"


def rows(root: Path, query: str = "SELECT count(*) FROM kept") -> int:
    with closing(sqlite3.connect(kept(root))) as connection:
        return int(connection.execute(query).fetchone()[0])


def test_another_run_parses_nothing_and_reads_the_same(repo: Path, parsed: list[str]) -> None:
    fresh = list(disk.load_archive(repo, policy()).posts.values())
    assert anew(repo) == fresh
    assert len(parsed) == 2
    assert anew(repo) == fresh
    assert len(parsed) == 2


def test_the_example_archive_is_read_again_as_it_is(project: Callable[..., Path], parsed: list[str]) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "postmortems").glob("2*.md")}
    root = project(texts)
    (root / ".git").mkdir()
    fresh = list(disk.load_archive(root, policy()).posts.values())
    assert anew(root) == anew(root) == fresh
    assert len(parsed) == len(texts) > 20
    assert [post.where("timestamps", "started") for post in anew(root)] == [post.where("timestamps", "started") for post in fresh]


@pytest.mark.parametrize("audience", ["internal", "public", "restricted"])
def test_the_pages_of_an_archive_that_was_read_before_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audience: str) -> None:
    shutil.copytree(ROOT / "postmortems", tmp_path / "postmortems")
    (tmp_path / ".git").mkdir()

    def pages() -> list[Page]:
        rereading._READ.clear()
        return list(everything(load_site(tmp_path, date(2026, 11, 20), Links(), audience=audience)))

    first = pages()
    assert rows(tmp_path) > 20
    assert pages() == first
    monkeypatch.setattr(rereading, "load_archive", disk.load_archive)
    assert pages() == first


def test_a_changed_file_alone_is_parsed_and_the_old_reading_forgotten(repo: Path, parsed: list[str]) -> None:
    anew(repo)
    (repo / "postmortems" / OTHER).write_text(light_text("title: Bbb"), encoding="utf-8")
    assert [post.title for post in anew(repo)][1] == "Bbb"
    assert len(parsed) == 3
    assert rows(repo) == 2
    (repo / "postmortems" / OTHER).rename(repo / "postmortems" / "2026-11-07-c.md")
    assert [post.id for post in anew(repo)][1] == "2026-11-07-c"
    assert len(parsed) == 3  # what it says is what it said, under another name


@pytest.mark.parametrize("header", ["title: [", "title: a\nkind: b\ntitle: c", "status: filed\nschema: 99"])
def test_a_file_with_a_problem_is_parsed_every_time(repo: Path, parsed: list[str], header: str) -> None:
    (repo / "postmortems" / OTHER).write_text(f"---\n{header}\n---\n", encoding="utf-8")
    assert anew(repo)[1].problems
    assert anew(repo)[1].problems == disk.read_postmortem(repo, f"postmortems/{OTHER}").problems
    assert len(parsed) == 3


def test_what_other_code_read_is_not_taken(repo: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    anew(repo)
    monkeypatch.setattr(readings, "_code", lambda: b"of another release")
    anew(repo)
    assert len(parsed) == 4
    assert rows(repo) == 2


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_file_that_is_damaged_is_made_again(repo: Path, parsed: list[str], damage: bytes) -> None:
    fresh = anew(repo)
    kept(repo).write_bytes(damage)
    assert anew(repo) == fresh
    assert len(parsed) == 4
    assert anew(repo) == fresh
    assert len(parsed) == 4


@pytest.mark.parametrize("change", ["said = replace(said, 'e', 'a')", "said = '[]'", "said = x'00'", "mark = x'00'", "said = NULL"])
def test_a_row_that_is_not_what_was_written_is_not_taken(repo: Path, parsed: list[str], change: str) -> None:
    fresh = anew(repo)
    with closing(sqlite3.connect(kept(repo))) as connection, connection:
        connection.execute(f"UPDATE kept SET {change}")
    assert anew(repo) == fresh
    assert len(parsed) == 4


def test_where_nothing_can_be_kept_everything_is_read(repo: Path, parsed: list[str]) -> None:
    fresh = anew(repo)
    kept(repo).unlink()
    kept(repo).mkdir()
    assert anew(repo) == fresh
    kept(repo).rmdir()
    (repo / ".git").rmdir()
    assert anew(repo) == fresh
    assert len(parsed) == 6


def test_the_projects_of_a_repository_keep_their_own(project: Callable[..., Path], repo: Path, parsed: list[str]) -> None:
    anew(repo)
    for number in range(26):
        team = repo / f"team-{number}"
        (team / "postmortems").mkdir(parents=True)
        (team / "postmortems" / NAME).write_text(LIGHT, encoding="utf-8")
        anew(team)
    assert rows(repo, "SELECT count(DISTINCT scope) FROM kept") == 24
    before = len(parsed)
    anew(repo / "team-25")
    assert len(parsed) == before
    anew(repo)
    assert len(parsed) == before + 2
