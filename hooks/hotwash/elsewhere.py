"""The edge to a second processor: work that a copy of this process does while this one goes on, from everything that is known here at that moment."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Generic, NoReturn, TypeVar

T = TypeVar("T")


def possible() -> bool:
    """Whether there is a second processor, and a copy of this process may be made: on Linux, and while no other thread is about."""
    return sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


class Elsewhere(Generic[T]):
    """A piece of work in a copy of this process. What it returns comes back; what it changes in memory or says does not. At the end of `with` it is left undone.

    Args:
        work: what is to be done. What it returns is pickled.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self.child = 0
        with suppress(OSError):  # no room for the answer, or for a process
            self.answer = tempfile.TemporaryFile(prefix="hotwash-")  # noqa: SIM115 - it is closed with the answer
            self.child = _copied(work, self.answer)

    def result(self) -> T | None:
        """What came of it, once it is done. Nothing where it could not be done: then it is to be done here, and what is wrong with it shows here."""
        if not self.child:
            return None
        _, status = os.waitpid(self.child, 0)
        self.child = 0
        with self.answer as answer:
            if status:
                return None
            answer.seek(0)
            return pickle.load(answer)  # type: ignore[no-any-return]  # noqa: S301 - this process' own copy wrote it, into a file without a name

    def __enter__(self) -> Elsewhere[T]:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Leave it undone."""
        if self.child:
            with suppress(OSError):
                os.kill(self.child, signal.SIGKILL)
                os.waitpid(self.child, 0)
            self.child = 0
            self.answer.close()


def _copied(work: Callable[[], object], answer: IO[bytes]) -> int:
    """Make a copy of this process that does the work; its number."""
    here = os.getpid()
    sys.stdout.flush()
    gc.freeze()  # what is collected by the copy would have to be copied first
    try:
        if not (child := os.fork()):
            _do(work, answer, here)
    finally:
        gc.unfreeze()
    return child


def _do(work: Callable[[], object], answer: IO[bytes], parent: int) -> NoReturn:
    """Do it, say nothing, and end here, whatever happens: everything else is the other process' business. Without that one there is no use in it."""
    status = 1
    with suppress(BaseException):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        signal.signal(signal.SIGALRM, lambda *_: None if os.getppid() == parent else os._exit(1))
        signal.setitimer(signal.ITIMER_REAL, 1, 1)
        pickle.dump(work(), answer, pickle.HIGHEST_PROTOCOL)
        answer.flush()
        status = 0
    os._exit(status)
