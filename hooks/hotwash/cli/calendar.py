"""Write one iCalendar file: deadlines, review meetings, effectiveness checks.

Entries keep their identity from one file to the next, so that a calendar which imports the file again moves them and doubles none.

Examples:
  hotwash calendar --out postmortems.ics
  hotwash calendar --actions | less
"""

from __future__ import annotations

import argparse
from pathlib import Path

from hotwash import project, streams
from hotwash.diary import events, icalendar
from hotwash.site import load_shown
from hotwash.today import as_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--out", metavar="FILE", help="the file to write (default, and for -: standard output)")
    parser.add_argument("--actions", action="store_true", help="with the due dates of open fixes and actions")
    parser.add_argument("--audience", metavar="WHO", choices=("internal", "restricted"), default="internal", help="who will read it: internal, restricted (default: internal)")
    parser.add_argument("--as-of", metavar="DAY", help="what counts as today (default: SOURCE_DATE_EPOCH, else today in UTC)")


def run(options: argparse.Namespace) -> int:
    """Write the calendar; say how many entries on stderr."""
    today = as_of(options.as_of)
    root = project.find_root(options.root)
    seen = load_shown(Path(root), options.audience)
    found = list(events(seen.archive, seen.policy, seen.history, today, actions=options.actions))
    text = icalendar(found, today, seen.policy)
    streams.answer(options.out, text)
    streams.say([*seen.notes(), f"{len(found)} {'entry' if len(found) == 1 else 'entries'}, as of {today}"])
    return 0
