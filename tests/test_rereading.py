"""Reading an archive again: what is as it was is not parsed twice, and what changed is seen at once, whatever its size and times say."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import light_text, policy

from hotwash import rereading

NAME = "2026-11-05-update-crashed.md"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    parse = rereading.parse

    def noting(path: str, data: bytes) -> object:
        seen.append(path)
        return parse(path, data)

    monkeypatch.setattr(rereading, "parse", noting)
    return seen


def test_a_file_that_is_as_it_was_is_parsed_once(project: Callable[..., Path], parsed: list[str]) -> None:
    root = project({NAME: light_text(), "2026-11-06-b.md": light_text()})
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
