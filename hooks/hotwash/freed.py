"""The edge to what looks after memory: the collector, and the C library's allocator, which keeps for itself what was freed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


def give_back() -> None:
    """Return to the machine what this process has freed, where the C library knows how (glibc does).

    After the texts of ten thousand pages that is half a gigabyte, which would count once more in every copy of the process.
    """
    if sys.platform == "linux":
        with suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).malloc_trim(0)


def forget_answers() -> None:
    """Drop what functions of this package remember of what they were asked, where that grows with an archive: a size is set for it."""
    for name, module in list(sys.modules.items()):
        for function in vars(module).values() if name.startswith("hotwash.") else ():
            if hasattr(function, "cache_parameters") and function.cache_parameters()["maxsize"]:
                function.cache_clear()


@contextmanager
def settled() -> Iterator[None]:
    """What is there by now stays for a while: to look through it for garbage again and again takes a fortieth of the time in which ten thousand pages are made."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
