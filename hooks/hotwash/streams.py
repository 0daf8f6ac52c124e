"""The edge to whoever called a command: what it made goes to the file that was named or to standard output, what there is to say of it to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from hotwash import rewrite
from hotwash.formats.text import printable


def answer(out: str | None, text: str) -> None:
    """Write what was asked for: to a file, whole or not at all; without one, and for `-`, to standard output.

    Raises:
        Failure: the file cannot be written, and why.
    """
    if out in (None, "", "-"):
        sys.stdout.write(text)
    else:
        rewrite.put(out, text)


def say(notes: Iterable[str]) -> None:
    """Write notes to standard error, a line each, so that they are never taken for a part of the answer."""
    for note in notes:
        print(f"hotwash: {printable(note)}", file=sys.stderr)
