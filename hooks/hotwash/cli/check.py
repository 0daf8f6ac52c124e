"""Check postmortems: is each whole, owned and linked?

Without PATHS the whole folder is checked. Files are read as they are in the work tree and never changed.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys

from hotwash import formats, project
from hotwash.report import Report
from hotwash.rules import GROUPS
from hotwash.survey import survey, with_history
from hotwash.today import as_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders, or - for standard input; none: every postmortem")
    parser.add_argument("--stdin-filename", metavar="NAME", default="stdin.md", help="the name under which standard input is judged and reported")
    parser.add_argument("--diff", metavar="REV", help="only findings on lines added since REV, so that old files do not drown a new one")
    parser.add_argument("--history", action="store_true", help="also the rules that need Git's history, as on a pull request")
    parser.add_argument("--only", metavar="GROUP", action="append", choices=GROUPS, help=f"one group of rules: {', '.join(GROUPS)}; may be repeated")
    parser.add_argument("--format", metavar="FORMAT", choices=formats.NAMES, default="text", help=f"{', '.join(formats.NAMES)} (default: text)")
    parser.add_argument("--all", action="store_true", help="every finding of a stub, not only the five most useful")
    parser.add_argument("--as-of", metavar="DAY", help="what counts as today: YYYY-MM-DD (default: SOURCE_DATE_EPOCH, else today in UTC)")


def run(options: argparse.Namespace) -> int:
    """Print the findings; 1 where one stands at error level, else 0."""
    # A run of a second or two makes no garbage worth looking for, and looking costs a tenth of it; Python looks once more when it ends.
    gc.disable()
    atexit.register(gc.freeze)
    root, paths = project.find_root(options.root), [path for path in options.paths if path != "-"]
    stdin = (options.stdin_filename, sys.stdin.buffer.read()) if "-" in options.paths else None
    report = survey(root, paths, options.only or GROUPS, as_of(options.as_of), stdin)
    if options.history:
        report = with_history(root, report, paths, options.only or GROUPS, as_of(options.as_of))
    if report.note:
        print(f"hotwash: {report.note}", file=sys.stderr)
    report = _since(options.diff, root, report) if options.diff else report
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    sys.stdout.write(formats.renderer(options.format)(report, colour, options.all))
    if not report.findings and sys.stderr.isatty():
        print(f"{report.files} postmortem{'s' if report.files != 1 else ''} checked, nothing found", file=sys.stderr)
    return 1 if report.count("error") else 0


def _since(revision: str, root: str, report: Report) -> Report:
    """The report cut down to lines that a revision does not have."""
    from pathlib import Path

    from hotwash.history import added_lines

    added = added_lines(Path(root), revision, {found.path for found in report.findings})
    return report._replace(findings=tuple(found for found in report.findings if found.line in added[found.path]))
