"""What a run leaves for the next in the Git directory: it is there again, it is never in the way, and no release trips over what another one wrote."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from hotwash import beside_git, kept, readings
from hotwash.beside_git import Table

TABLE = Table("kept.sqlite", "said TEXT, data BLOB")
OLDER = """
CREATE TABLE pages (site TEXT, path TEXT, html BLOB, PRIMARY KEY (site, path));
CREATE TABLE readings (project TEXT, said TEXT);
CREATE TABLE sites (site TEXT PRIMARY KEY);
CREATE TABLE projects (project TEXT PRIMARY KEY);
"""
"""Tables of the names that once were used, with other columns."""


@pytest.fixture
def root(tmp_path: Path) -> str:
    (tmp_path / ".git").mkdir()
    return str(tmp_path)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside_git, "_PATIENCE", 0.05)


def place(root: str, table: Table = TABLE) -> Path:
    return Path(root, ".git", table.file)


def ask(file: Path, script: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script)


def there(root: str, table: Table = TABLE, scope: str = "site") -> list[tuple[Any, ...]]:
    return sorted(table.rows(root, scope))


ROWS = [("a", "ä", b"\x00"), ("b", "", b"")]


def test_what_was_kept_is_there_again_whole_or_by_name(root: str) -> None:
    TABLE.keep(root, "site", ROWS)
    assert there(root) == ROWS
    assert list(TABLE.rows(root, "site", ["b", "c"])) == ROWS[1:]
    assert TABLE.names(root, "site") == {"a", "b"}
    TABLE.keep(root, "site", [("b", "new", b"1")], ["a", "never there"])
    assert there(root) == [("b", "new", b"1")]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.dictionaries(some.text() | some.binary(), some.tuples(some.text(), some.binary())))
def test_any_text_and_any_bytes_come_back_as_they_were(root: str, values: dict[str | bytes, tuple[str, bytes]]) -> None:
    TABLE.keep(root, "site", [(name, *row) for name, row in values.items()], TABLE.names(root, "site") - values.keys())
    assert {name: (said, data) for name, said, data in TABLE.rows(root, "site")} == values


def test_scopes_know_nothing_of_each_other_and_the_last_two_dozen_stay(root: str) -> None:
    for number in range(26):
        TABLE.keep(root, f"site {number}", ROWS[:1])
        TABLE.keep(root, "site 0", ROWS)
    assert [number for number in range(26) if there(root, scope=f"site {number}")] == [0, *range(3, 26)]
    assert there(root, scope="site 9") == ROWS[:1]


def test_room_that_is_no_longer_needed_is_given_back(root: str) -> None:
    TABLE.keep(root, "site", [(str(number), "", bytes(5000)) for number in range(100)])
    before = place(root).stat().st_size
    TABLE.keep(root, "site", (), [str(number) for number in range(99)])
    assert place(root).stat().st_size < before / 4


def test_outside_git_nothing_is_kept_and_nothing_is_in_the_way(tmp_path: Path) -> None:
    TABLE.keep(str(tmp_path), "site", ROWS)
    assert there(str(tmp_path)) == []
    assert list(tmp_path.iterdir()) == []
    (tmp_path / ".git").mkdir()
    assert there(str(tmp_path)) == []
    assert list((tmp_path / ".git").iterdir()) == []


# ---- what another release wrote


def pages(root: str) -> dict[str, str]:
    return {path: page.text() for path, page in kept.recalled(root, "site").items()}


def keep_page(root: str) -> None:
    keeping = kept.Keeping(root, "site")
    keeping.add("a.md", kept.packed(b"key", "{}", "<p>a</p>"))
    keeping.close(())


def keep_reading(root: str) -> None:
    readings.keep(root, {b"hash": "said"}, {b"hash"})


@pytest.mark.parametrize(("keep", "recalled", "name"), [
    (keep_page, pages, "hotwash-site.sqlite"),
    (keep_reading, lambda root: readings.recalled(root, [b"hash"]), "hotwash-readings.sqlite"),
])  # fmt: skip
def test_a_file_with_the_columns_of_another_release_is_made_anew(root: str, keep: Callable[[str], None], recalled: Callable[[str], Any], name: str) -> None:
    file = Path(root, ".git", name)
    ask(file, OLDER)
    assert not recalled(root)
    keep(root)
    assert recalled(root)
    first = file.read_bytes()
    assert b"CREATE TABLE pages" not in first
    assert recalled(root)


def test_releases_that_take_turns_each_find_their_own_or_nothing(root: str) -> None:
    other = TABLE._replace(columns="said TEXT, data BLOB, more TEXT")
    TABLE.keep(root, "site", ROWS)
    assert there(root, other) == []
    other.keep(root, "site", [("a", "ä", b"", "more")])
    assert there(root, other) == [("a", "ä", b"", "more")]
    assert there(root) == []
    TABLE.keep(root, "site", ROWS)
    assert there(root) == ROWS


# ---- what is in the way


@pytest.fixture(params=["of ours", "of another make"])
def written(root: str, request: pytest.FixtureRequest) -> bytes:
    TABLE.keep(root, "site", ROWS) if request.param == "of ours" else ask(place(root), OLDER)
    return place(root).read_bytes()


@pytest.fixture
def locked(root: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(place(root), isolation_level=None)) as connection:
        yield connection


def test_a_locked_file_is_left_alone(root: str, written: bytes, locked: sqlite3.Connection) -> None:
    locked.execute("BEGIN EXCLUSIVE")
    assert there(root) == []
    TABLE.keep(root, "site", [("c", "", b"")])
    assert place(root).read_bytes() == written
    locked.execute("ROLLBACK")
    TABLE.keep(root, "site", [("c", "", b"")])
    assert ("c", "", b"") in there(root)


def test_a_file_into_which_another_run_is_writing_is_left_alone(root: str, written: bytes, locked: sqlite3.Connection) -> None:
    locked.execute("BEGIN IMMEDIATE")
    TABLE.keep(root, "site", [("c", "", b"")])
    assert place(root).read_bytes() == written


def test_a_read_only_file_is_left_alone(root: str, written: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file, **settings: connect(f"file:{file}?mode=ro", uri=True, **settings))
    TABLE.keep(root, "site", [("c", "", b"")])
    assert place(root).read_bytes() == written


@pytest.mark.parametrize("damage", [b"", b"not a database", b"something else" * 1000, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_is_made_anew(root: str, damage: bytes) -> None:
    TABLE.keep(root, "site", ROWS)
    place(root).write_bytes(damage)
    assert there(root) == []
    TABLE.keep(root, "site", ROWS[:1])
    assert there(root) == ROWS[:1]


def test_a_folder_in_the_place_of_the_file_stays(root: str) -> None:
    place(root).mkdir()
    TABLE.keep(root, "site", ROWS)
    assert there(root) == []
    assert place(root).is_dir()


@pytest.mark.parametrize("change", [
    "said = 'other'", "said = NULL", "said = x'c3a4'", "said = 7", "said = CAST(x'ff' AS TEXT)", "data = x'01'", "data = CAST(data AS TEXT)", "mark = x''", "mark = NULL",
    "name = 'c'", "scope = 'other'",
])  # fmt: skip
def test_a_row_that_is_not_what_was_written_is_not_taken(root: str, change: str) -> None:
    TABLE.keep(root, "site", ROWS)
    ask(place(root), f"UPDATE kept SET {change} WHERE name = 'a'")
    assert ROWS[0] not in there(root)
    assert there(root, scope="other") == []
    TABLE.keep(root, "site", ROWS)
    assert there(root)[:2] == ROWS
