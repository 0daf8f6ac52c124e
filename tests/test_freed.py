"""Memory that was freed goes back to the machine."""

from __future__ import annotations

import gc
import platform
import sys
from pathlib import Path

import pytest

from hotwash.clock import moment
from hotwash.freed import forget_answers, give_back, settled
from hotwash.full_text import program


def held() -> int:
    """What this process holds, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc is asked")
def test_what_was_freed_is_given_back() -> None:
    texts = [b"x" * 30_000 for _ in range(4_000)]
    last = b"y" * 30_000  # above all others: without being asked, the library gives back what lies above the last piece alone
    del texts
    before = held()
    give_back()
    assert held() < before - 50_000_000
    assert len(last) == 30_000


@pytest.mark.parametrize("machine", ["darwin", "win32"])
def test_elsewhere_nothing_happens(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", machine)
    monkeypatch.setattr("ctypes.CDLL", lambda *_: pytest.fail("asked"))
    give_back()


def test_a_c_library_that_does_not_know_how_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("ctypes.CDLL", lambda _: object())
    give_back()


def test_a_python_that_cannot_ask_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "ctypes", None)
    give_back()


def test_answers_that_grow_with_an_archive_are_forgotten_and_what_is_known_once_is_kept() -> None:
    moment("2026-11-02T10:00:00Z")
    program()
    forget_answers()
    assert moment.cache_info().currsize == 0
    assert program.cache_info().currsize == 1


def test_what_is_there_is_left_alone_for_a_while_and_no_longer_whatever_happens() -> None:
    seen: list[int] = []

    def fail() -> None:
        with settled():
            seen.append(gc.get_freeze_count())
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    assert seen[0] > gc.get_freeze_count() == 0
