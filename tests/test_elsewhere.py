"""Work in a copy of this process: its answer comes back, nothing else does, and where it cannot be done there it is done here."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hotwash import elsewhere
from hotwash.elsewhere import Elsewhere, possible

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is done elsewhere")


def test_what_it_returns_comes_back() -> None:
    assert Elsewhere(lambda: {"a": [1, "ü"], "b": {b"c"}}).result() == {"a": [1, "ü"], "b": {b"c"}}


def test_it_knows_what_is_known_here_and_changes_nothing_here() -> None:
    known = ["before"]

    def work() -> list[str]:
        known.append("there")
        return known

    share = Elsewhere(work)
    known.append("here")
    assert (share.result(), known) == (["before", "there"], ["before", "here"])


def test_it_is_another_process() -> None:
    share = Elsewhere(os.getpid)
    child = share.child
    assert share.result() == child != os.getpid()


def test_what_goes_wrong_there_never_goes_on_with_the_work_of_this_process(tmp_path: Path) -> None:
    try:
        share = Elsewhere(lambda: 1 / 0)
    except ZeroDivisionError:  # here the copy would arrive
        (tmp_path / "went on").touch()
        os._exit(1)
    assert share.result() is None
    assert not (tmp_path / "went on").exists()


@pytest.mark.parametrize("why", ["it raises", "it is killed", "it ends", "it says what cannot travel"])
def test_where_it_cannot_be_done_there_is_no_answer_and_nothing_is_said(why: str, capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> object:
        if why == "it raises":
            raise KeyboardInterrupt
        if why == "it is killed":
            os.kill(os.getpid(), 9)
        if why == "it ends":
            os._exit(3)
        return lambda: None

    assert Elsewhere(work).result() is None
    assert capfd.readouterr() == ("", "")


def test_what_is_left_undone_ends_at_once(tmp_path: Path) -> None:
    def work() -> None:
        threading.Event().wait(30)
        (tmp_path / "done").touch()

    with Elsewhere(work) as share:
        child = share.child
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    assert not (tmp_path / "done").exists()


@pytest.mark.parametrize("what", ["os.fork", "tempfile.TemporaryFile"])
def test_where_there_is_no_room_for_it_there_is_no_answer(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    def refuse(**_: object) -> None:
        raise BlockingIOError

    room, name = what.split(".")
    monkeypatch.setattr(getattr(elsewhere, room), name, refuse)
    with Elsewhere(lambda: 1) as share:
        assert share.result() is None


def test_without_the_one_who_asked_it_ends(tmp_path: Path) -> None:
    """A cancelled step of a pipeline kills the process that builds, and nothing is to write into its site any more."""
    script = f"""
import os, pathlib, time
from hotwash.elsewhere import Elsewhere
def work():
    for _ in range(600):
        time.sleep(0.1)
    pathlib.Path({str(tmp_path / "done")!r}).touch()
print(Elsewhere(work).child, flush=True)
os.kill(os.getpid(), 15)
"""
    child = int(subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, check=False, timeout=30, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}).stdout)
    for _ in range(200):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            break
        time.sleep(0.1)
    else:
        pytest.fail("it goes on")
    assert not (tmp_path / "done").exists()


def test_a_large_answer_comes_back_whole() -> None:
    assert Elsewhere(lambda: b"x" * 20_000_000).result() == b"x" * 20_000_000


def test_beside_another_thread_no_copy_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere.os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(elsewhere.threading, "active_count", lambda: 1)
    assert possible()
    monkeypatch.setattr(elsewhere.threading, "active_count", lambda: 2)
    assert not possible()


def test_one_processor_is_left_to_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere.threading, "active_count", lambda: 1)
    monkeypatch.setattr(elsewhere.os, "sched_getaffinity", lambda _: {0})
    assert not possible()
