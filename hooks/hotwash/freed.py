"""The edge to the C library's allocator, which keeps for itself what was freed."""

from __future__ import annotations

import sys
from contextlib import suppress


def give_back() -> None:
    """Return to the machine what this process has freed, where the C library knows how (glibc does).

    After the texts of ten thousand pages that is half a gigabyte, which would count once more in every copy of the process.
    """
    if sys.platform == "linux":
        with suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).malloc_trim(0)
