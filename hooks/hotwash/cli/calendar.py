"""Write one iCalendar file: deadlines, review meetings, effectiveness checks.

Entries keep their identity from one file to the next, so that a calendar which imports the file again moves them and doubles none.

Examples:
  hotwash calendar --out postmortems.ics
  hotwash calendar --actions | less
"""

from __future__ import annotations

import argparse
import sys

from hotwash import project, rewrite
from hotwash.diary import events, icalendar
from hotwash.formats.text import printable
from hotwash.history import history_of
from hotwash.today import as_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--out", metavar="FILE", help="the file to write (default: standard output)")
    parser.add_argument("--actions", action="store_true", help="with the due dates of open fixes and actions")
    parser.add_argument("--as-of", metavar="DAY", help="what counts as today (default: SOURCE_DATE_EPOCH, else today in UTC)")


def run(options: argparse.Namespace) -> int:
    """Write the calendar; say how many entries on stderr."""
    today = as_of(options.as_of)
    root = project.find_root(options.root)
    policy = project.load_policy(root)
    archive = project.load_archive(root, policy)
    history = history_of(root, policy, archive)
    found = list(events(archive, policy, history, today, actions=options.actions))
    text = icalendar(found, today, policy)
    if options.out:
        rewrite.put(options.out, text)
    else:
        sys.stdout.write(text)
    for note in (*filter(None, [history.note]), *archive.unread(), f"{len(found)} {'entry' if len(found) == 1 else 'entries'}, as of {today}"):
        print(f"hotwash: {printable(note)}", file=sys.stderr)
    return 0
