"""The edge to what one run holds for a while and would fill its memory: it lies in a file without a name, which is gone when nobody holds it any more."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from typing import IO, NamedTuple


class Place(NamedTuple):
    """Where something lies: where it begins, and its size in bytes; or it itself, where there was no room for it."""

    start: int
    size: int
    data: bytes = b""


class Spool:
    """A file for things that come one after another. A copy of this process reads what was put there before, and may put if this one does not."""

    def __init__(self) -> None:
        self.end = 0
        self.file: IO[bytes] | None = None
        with suppress(OSError):
            self.file = tempfile.TemporaryFile(prefix="hotwash-", buffering=0)  # noqa: SIM115 - it is closed with the last that lies in it

    def put(self, data: bytes) -> Place:
        """Put something there."""
        with suppress(OSError):
            if self.file and self.file.seek(self.end) == self.end and self.file.write(data) == len(data):
                self.end += len(data)
                return Place(self.end - len(data), len(data))
        return Place(0, len(data), data)

    def stop(self) -> None:
        """Let go of everything: from now on what lay there is empty."""
        if self.file:
            self.file.close()
        self.file = None

    def read(self, place: Place) -> bytes:
        """What lies there.

        Raises:
            OSError: the file cannot be read.
        """
        if place.data or not place.size or not self.file:
            return place.data
        if hasattr(os, "pread"):  # another process may read the same file, which has one place for both
            return os.pread(self.file.fileno(), place.size, place.start)
        self.file.seek(place.start)
        return self.file.read(place.size)
