"""Print a quarter's review: what came back, which fixes held, what is owed, and questions for the meeting.

Examples:
  hotwash quarter
  hotwash quarter 2026-Q3 --out review.md
"""

from __future__ import annotations

import argparse
from pathlib import Path

from hotwash import project, streams
from hotwash.model import Failure
from hotwash.quarter import review, standing
from hotwash.quarter.span import Quarter, quarter_of, read
from hotwash.quarter.written import as_json, markdown
from hotwash.site import load_shown
from hotwash.today import as_of

_FORMATS = {"markdown": markdown, "json": as_json}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("quarter", metavar="QUARTER", nargs="?", help="the quarter, such as 2026-Q4 (default: the one that is running)")
    parser.add_argument("--as-of", metavar="DAY", help="what counts as today: YYYY-MM-DD (default: SOURCE_DATE_EPOCH, else today in UTC)")
    parser.add_argument("--format", metavar="FORMAT", choices=_FORMATS, default="markdown", help="markdown, json (default: markdown)")
    parser.add_argument("--audience", metavar="WHO", choices=("internal", "restricted"), default="internal", help="whose review it is: internal, restricted (default: internal)")
    parser.add_argument("--out", metavar="FILE", help="the file to write (default, and for -: standard output)")


def run(options: argparse.Namespace) -> int:
    """Print the review."""
    today = as_of(options.as_of)
    root = project.find_root(options.root)
    seen = load_shown(Path(root), options.audience)
    wanted = _wanted(options.quarter, quarter_of(today))
    if not seen.archive.posts:
        raise Failure('there is no postmortem to review yet; file the first one: hotwash new "Checkout returned 503 for 36 minutes"')
    text = _FORMATS[options.format](review(standing(seen.archive, seen.policy, seen.history, today), wanted))
    streams.answer(options.out, text)
    streams.say(seen.notes())
    return 0


def _wanted(given: str | None, running: Quarter) -> Quarter:
    """The quarter that is asked for.

    Raises:
        Failure: it is none, or it has not begun.
    """
    quarter = read(given) if given else running
    if quarter is None:
        raise Failure(f"{given}: not a quarter; write it as {running.name}")
    if quarter > running:
        raise Failure(f"{quarter.name} has not begun; {running.name} is running")
    return quarter
