"""The edge to the disk: what is found, read and written, and what is refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import LIGHT, LIGHT_ID

from hotwash import project as disk
from hotwash.model import Failure

Make = Callable[..., Path]


def test_the_root_is_the_nearest_parent_with_a_policy(project: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project()
    (root / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(root / "a" / "b")
    assert os.path.samefile(disk.find_root(), root)
    assert os.path.samefile(disk.find_root("."), root / "a" / "b")


def test_without_a_policy_anywhere_the_root_is_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert os.path.samefile(disk.find_root(), tmp_path)


NAMES = [
    ("2026-11-02-a.md", True), ("notes.md", True), ("mit leerzeichen ü.md", True), ("README.md", False), ("readme.md", False), ("Index.md", False), (".hidden.md", False), ("a.markdown", False),
    ("a.md.bak", False), ("policy.yml", False), ("a.MD", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "is_one"), NAMES)
def test_any_markdown_of_the_folder_is_a_postmortem_but_a_readme(name: str, is_one: bool) -> None:
    assert disk.is_postmortem_name(name) == is_one


def test_folders_and_links_are_not_followed(project: Make, tmp_path: Path) -> None:
    root = project({f"{LIGHT_ID}.md": LIGHT})
    (root / "postmortems" / "folder.md").mkdir()
    (root / "outside.md").write_text("secret")
    (root / "postmortems" / "link.md").symlink_to(root / "outside.md")
    (root / "postmortems" / "loop.md").symlink_to(root / "postmortems" / "loop.md")
    assert [path for path, _ in disk.postmortem_paths(str(root))] == [f"postmortems/{LIGHT_ID}.md"]
    assert list(disk.load_archive(str(root), disk.load_policy(str(root))).posts) == [LIGHT_ID]


def test_paths_are_named_from_the_root_with_forward_slashes(project: Make, tmp_path: Path) -> None:
    root = project()
    assert disk.relative(str(root), "postmortems/a.md") == "postmortems/a.md"
    assert disk.relative(str(root), str(root / "postmortems" / "a.md")) == "postmortems/a.md"
    assert disk.relative(str(root), "../elsewhere.md") == "../elsewhere.md"


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "no", "No such file"), (tmp_path, "not a file")):
        with pytest.raises(Failure, match=why):
            disk.read_bytes(str(path))


def test_a_new_file_is_written_once_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.md"
    assert disk.write_new(str(path), "ü\n")
    assert not disk.write_new(str(path), "other")
    assert path.read_bytes() == "ü\n".encode()


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __init__(self, descriptor: int, mode: str) -> None:
            os.close(descriptor)

        def __enter__(self) -> object:
            return self

        def __exit__(self, *error: object) -> None:
            return None

        def write(self, data: bytes) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk.os, "fdopen", Full)
    with pytest.raises(Failure, match="No space left"):
        disk.write_new(str(tmp_path / "a.md"), "text")
    assert list(tmp_path.iterdir()) == []


def test_pages_are_written_below_their_folder_only(tmp_path: Path) -> None:
    assert disk.write_all(str(tmp_path / "out"), [("a/b.md", "1"), ("c.css", "2")]) == 2
    assert disk.write_all(str(tmp_path / "out"), [("a/b.md", "3")]) == 1
    assert (tmp_path / "out" / "a" / "b.md").read_text() == "3"
    for name in ("../x", "a/../../x", "/etc/x"):
        with pytest.raises(Failure, match="leads out of"):
            disk.write_all(str(tmp_path / "out"), [(name, "x")])
    (tmp_path / "file").write_text("")
    with pytest.raises(Failure):
        disk.write_all(str(tmp_path / "file"), [("a", "x")])


def test_everything_that_is_shipped_is_there() -> None:
    for name in ("defaults.yml", "postmortem.schema.json", "policy.schema.json", *(f"templates/{name}.md" for name in disk.TEMPLATES)):
        assert disk.shipped(name)
