"""A postmortem found by a word, changed on disk whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from hotwash import project as disk
from hotwash import rewrite
from hotwash.model import Failure
from hotwash.wording import meant

Make = Callable[..., Path]
IDS = ["2026-02-03-cart-mixed-up", "2026-08-14-search-cache-collision", "2026-11-02-checkout-503", "2026-11-09-checkout-503-again"]
TEXT = "---\ntitle: Cart\nstatus: filed\n---\n\nNotes.\n"
NAME = "2026-02-03-cart-mixed-up.md"


@pytest.mark.parametrize(
    ("word", "id"),
    [("2026-11-02-checkout-503", IDS[2]), ("2026-11-02", IDS[2]), ("cart", IDS[0]), ("CART-Mixed", IDS[0]), ("again", IDS[3]), ("2026-02", IDS[0])],
)
def test_a_part_that_only_one_id_has_is_enough(word: str, id: str) -> None:
    assert meant(word, IDS) == id


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("checkout-503", "`checkout-503` stands in `2026-11-02-checkout-503` and `2026-11-09-checkout-503-again`; write more of the one that is meant"),
        ("chekout", "there is no postmortem `chekout`; near it are `2026-11-02-checkout-503` and `2026-11-09-checkout-503-again`"),
        ("serach_cache", "there is no postmortem `serach_cache`; near it is `2026-08-14-search-cache-collision`"),
        ("2026-02-04-cart-mixed-up", "there is no postmortem `2026-02-04-cart-mixed-up`; near it is `2026-02-03-cart-mixed-up`"),
        ("zebra", "there is no postmortem `zebra`"),
    ],
)
def test_what_is_not_clear_is_answered_with_what_is_near(word: str, says: str) -> None:
    with pytest.raises(Failure) as refused:
        meant(word, IDS)
    assert str(refused.value) == says


def test_an_empty_archive_has_no_postmortem() -> None:
    with pytest.raises(Failure, match=r"there is no postmortem `x`$"):
        meant("x", [])


def test_a_path_is_taken_as_it_is_and_a_wrong_one_by_its_name(project: Make, tmp_path: Path) -> None:
    root = project({NAME: TEXT})
    assert disk.locate(root, f"postmortems/{NAME}") == f"postmortems/{NAME}"
    assert disk.locate(root, str(root / "postmortems" / NAME)) == f"postmortems/{NAME}"
    assert disk.locate(root, f"elsewhere/{NAME}") == f"postmortems/{NAME}"
    assert disk.locate(root, "cart") == f"postmortems/{NAME}"
    with pytest.raises(Failure, match="there is no postmortem"):
        disk.locate(tmp_path / "nowhere", "cart")


# --- the change


def test_a_file_is_replaced_and_keeps_its_mode(project: Make) -> None:
    root = project({NAME: "\ufeff" + TEXT.replace("\n", "\r\n")})
    path = root / "postmortems" / NAME
    path.chmod(0o640)
    file = rewrite.opened(root, "cart")
    rewrite.replace(file, file.text.replace("Cart", "The cart"))
    assert path.read_bytes() == ("\ufeff" + TEXT.replace("\n", "\r\n")).replace("Cart", "The cart").encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(os.listdir(path.parent)) == [NAME, "policy.yml"]


def test_a_file_that_changed_meanwhile_stays_as_it_is(project: Make) -> None:
    root = project({NAME: TEXT})
    path = root / "postmortems" / NAME
    file = rewrite.opened(root, "cart")
    path.write_text(TEXT + "More notes.\n")
    with pytest.raises(Failure, match=r"cart-mixed-up\.md: it changed meanwhile, and nothing was written; run the command again$"):
        rewrite.replace(file, "other")
    assert path.read_text() == TEXT + "More notes.\n"
    assert sorted(os.listdir(path.parent)) == [NAME, "policy.yml"]


@pytest.mark.parametrize("where", ["replace", "fsync", "chmod"])
def test_a_write_that_fails_leaves_the_old_file(where: str, project: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project({NAME: TEXT})
    file = rewrite.opened(root, "cart")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, where, full)
    with pytest.raises(Failure, match="No space left on device; nothing was written"):
        rewrite.replace(file, "other")
    monkeypatch.undo()
    assert (root / "postmortems" / NAME).read_text() == TEXT
    assert sorted(os.listdir(root / "postmortems")) == [NAME, "policy.yml"]


def test_a_link_and_an_unreadable_header_are_refused(project: Make) -> None:
    root = project({NAME: TEXT, "2026-03-01-odd.md": "---\ntitle: [\n---\n"})
    (root / "postmortems" / "2026-04-01-link.md").symlink_to(root / "postmortems" / NAME)
    with pytest.raises(Failure, match="is a link; name the file that it leads to"):
        rewrite.opened(root, "2026-04-01-link")
    with pytest.raises(Failure, match=r"postmortems/2026-03-01-odd\.md:\d+: the YAML cannot be read here"):
        rewrite.opened(root, "odd")


def test_a_refused_edit_names_the_file(project: Make) -> None:
    def refuse(text: str) -> str:
        raise Failure("line 3: no")

    file = rewrite.opened(project({NAME: TEXT}), "cart")
    assert rewrite.changed(file, str.upper, str.lower) == TEXT.lower()
    with pytest.raises(Failure, match=rf"postmortems/{NAME}: line 3: no"):
        rewrite.changed(file, refuse)


def test_a_character_that_no_file_can_hold_is_refused_before_anything_is_written(project: Make) -> None:
    file = rewrite.opened(project({NAME: TEXT}), "cart")
    with pytest.raises(Failure, match=r"cart-mixed-up\.md: a value holds a character that no file can hold"):
        rewrite.changed(file, lambda text: text + "\udcff")


def test_a_diff_is_what_git_would_show_without_what_a_terminal_would_obey(project: Make) -> None:
    file = rewrite.opened(project({NAME: TEXT.replace("Notes", "No\x1btes")}), "cart")
    assert rewrite.diff(file, file.text) == ""
    assert rewrite.diff(file, file.text.replace("filed", "published")) == (
        f"--- a/postmortems/{NAME}\n+++ b/postmortems/{NAME}\n@@ -1,6 +1,6 @@\n ---\n title: Cart\n-status: filed\n+status: published\n ---\n \n No\\x1btes.\n"
    )


def test_a_file_of_any_kind_is_put_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new" / "calendar.ics"
    rewrite.put(str(path), "one\r\n")
    assert path.read_bytes() == b"one\r\n"
    path.chmod(0o640)
    rewrite.put(str(path), "two")
    assert (path.read_text(), path.stat().st_mode & 0o777, os.listdir(path.parent)) == ("two", 0o640, ["calendar.ics"])
    (tmp_path / "folder").mkdir()
    with pytest.raises(Failure, match="nothing was written"):
        rewrite.put(str(tmp_path / "folder"), "three")
    assert sorted(os.listdir(tmp_path)) == ["folder", "new"]


def test_a_pipe_and_a_device_stay_what_they_are_and_a_link_leads_on(tmp_path: Path) -> None:
    """Whoever may write to /dev would find a file in the place of the terminal."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to(os.devnull)
    for name in ("pipe", "device"):
        with pytest.raises(Failure, match="a device or a pipe"):
            rewrite.put(str(tmp_path / name), "one")
    assert stat.S_ISFIFO((tmp_path / "pipe").lstat().st_mode)
    assert (tmp_path / "device").is_symlink()
    (tmp_path / "latest").symlink_to("file")
    rewrite.put(str(tmp_path / "latest"), "two")
    assert (tmp_path / "latest").is_symlink()
    assert (tmp_path / "file").read_text() == "two"
