"""What is put aside comes back as it was, whoever puts it there, and wherever there is room for it."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotwash.elsewhere import Elsewhere
from hotwash.spool import Spool


@given(st.lists(st.binary(max_size=50), max_size=12), st.randoms())
def test_everything_comes_back_in_any_order(things: list[bytes], chance: Any) -> None:
    spool = Spool()
    places = [(spool.put(thing), thing) for thing in things]
    chance.shuffle(places)
    for place, thing in places:
        assert spool.read(place) == thing
        assert place.data == b"", "it lies in the file alone"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is done elsewhere")
def test_what_a_copy_of_this_process_puts_aside_is_read_here() -> None:
    spool = Spool()
    first = spool.put(b"here")
    with Elsewhere(lambda: (spool.read(first), spool.put(b"elsewhere"))) as other:
        read, place = other.result() or (b"", first)
    assert (read, spool.read(place), spool.read(first)) == (b"here", b"elsewhere", b"here")


@pytest.mark.parametrize("written", [0, 3])
def test_what_the_disk_does_not_take_whole_is_held_in_memory_and_the_rest_stays(written: int, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool()
    before = spool.put(b"before")
    file = spool.file

    class Full:
        """A disk that takes a few bytes more, or none."""

        def write(self, data: bytes) -> int:
            if not written:
                raise OSError(errno.ENOSPC, "no space left")
            return file.write(data[:written])  # type: ignore[union-attr]

        def __getattr__(self, name: str) -> Any:
            return getattr(file, name)

    monkeypatch.setattr(spool, "file", Full())
    place = spool.put(b"too much")
    monkeypatch.setattr(spool, "file", file)
    after = spool.put(b"after")
    assert [spool.read(one) for one in (before, place, after)] == [b"before", b"too much", b"after"]
    assert (place.data, after.data) == (b"too much", b"")


def test_without_pread_one_reads_and_writes_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "pread")
    spool = Spool()
    first = spool.put(b"first")
    assert spool.read(first) == b"first"
    second = spool.put(b"second")
    assert [spool.read(one) for one in (first, second)] == [b"first", b"second"]
