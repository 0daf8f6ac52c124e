"""Show what is owed, most urgent first: postmortems to publish, reviews, fixes and actions, effectiveness checks.

An overdue structural fix whose class has come back since stands first of all. Each line says what to do next. `--format markdown` writes the list for
an issue or a job's summary; `--format github` writes warnings for the files of a pull request.
"""

from __future__ import annotations

import argparse
import os
import sys

from hotwash import project, streams
from hotwash.due import owed
from hotwash.history import history_of
from hotwash.metrics import skipped
from hotwash.reminder import RENDERERS, Reminder
from hotwash.today import as_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--as-of", metavar="DAY", help="what counts as today: YYYY-MM-DD (default: SOURCE_DATE_EPOCH, else today in UTC)")
    parser.add_argument("--format", metavar="FORMAT", choices=RENDERERS, default="text", help=f"{', '.join(RENDERERS)} (default: text)")
    parser.add_argument("--fail-on", metavar="WHAT", choices=("never", "overdue"), default="never", help="exit with 1 where something is overdue: never, overdue (default: never)")


def run(options: argparse.Namespace) -> int:
    """Print what is owed."""
    root = project.find_root(options.root)
    policy = project.load_policy(root)
    archive, today = project.load_archive(root, policy), as_of(options.as_of)
    history = history_of(root, policy, archive)
    streams.say((*filter(None, [history.note]), *archive.unread()))
    reminder = Reminder(owed(archive, policy, today, history), today, skipped(archive))
    sys.stdout.write(RENDERERS[options.format](reminder, sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    return 1 if options.fail_on == "overdue" and reminder.overdue else 0
