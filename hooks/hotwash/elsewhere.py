"""The edge to a second processor: work that a copy of this process does while this one goes on, from everything that is known here at that moment."""

from __future__ import annotations

import gc
import os
import pickle
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from signal import SIGKILL
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
        self.answer = tempfile.TemporaryFile(prefix="hotwash-")  # noqa: SIM115 - it is closed with the answer
        # What is collected by the copy would have to be copied first.
        gc.freeze()
        sys.stdout.flush()
        self.child = os.fork()
        if not self.child:
            _do(work, self.answer)
        gc.unfreeze()

    def result(self) -> T | None:
        """What came of it, once it is done. Nothing where it could not be done: then it is to be done here, and what is wrong with it shows here."""
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
                os.kill(self.child, SIGKILL)
                os.waitpid(self.child, 0)
            self.child = 0
            self.answer.close()


def _do(work: Callable[[], object], answer: IO[bytes]) -> NoReturn:
    """Do it, say nothing, and end here, whatever happens: everything else is the other process' business."""
    status = 1
    with suppress(BaseException):
        gc.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        pickle.dump(work(), answer, pickle.HIGHEST_PROTOCOL)
        answer.flush()
        status = 0
    os._exit(status)
