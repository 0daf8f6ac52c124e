"""Write the archive for other programs: everything that the site knows of each postmortem, as JSON or CSV.

JSON is the document that the site publishes as `archive.json`, with its schema beside it. CSV has a line for each postmortem: the entries of a list
are joined by `; `, and a text that begins with = + - or @ gets an apostrophe before it, so that no spreadsheet takes it for a formula.

--audit writes what an auditor asks instead: when each was filed, reviewed and published, and how late; who approved in which role and at which commit; what
was closed with what evidence; what changed after publication; effectiveness checks. What Git does not know, as in a shallow clone, is null or `unknown`.

--metrics writes the numbers of the metrics page, a number a line: what is counted, of which time, by which word, and of how many.

Examples:
  hotwash export --out archive.json
  hotwash export --audit --format csv --out audit.csv
  hotwash export --format csv --audience public | less
"""

from __future__ import annotations

import argparse
from pathlib import Path

from hotwash import audit_export, metrics_export, project, streams
from hotwash.archive import AUDIENCES
from hotwash.audience.mentions import Hidden
from hotwash.audit import audit
from hotwash.history import history_of
from hotwash.model import Failure
from hotwash.pages import Site, prepare
from hotwash.pages.parts.document import as_table, written
from hotwash.pages.parts.record import records
from hotwash.site import load_shown
from hotwash.today import as_of

_FORMATS = ("json", "csv")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--format", metavar="FORMAT", choices=_FORMATS, default="json", help=f"{', '.join(_FORMATS)} (default: json)")
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--metrics", action="store_true", help="the numbers of the metrics page, of the last four quarters and of the whole archive")
    asked.add_argument("--audit", action="store_true", help="what an auditor asks: dates, lateness, approvals with their commits, evidence, changes since")
    parser.add_argument("--out", metavar="FILE", help="the file to write (default, and for -: standard output)")
    parser.add_argument("--as-of", metavar="DAY", help="what counts as today: YYYY-MM-DD (default: SOURCE_DATE_EPOCH, else today in UTC)")
    parser.add_argument("--audience", metavar="WHO", choices=tuple(AUDIENCES), default="internal", help=f"who will read it: {', '.join(AUDIENCES)} (default: internal)")


def run(options: argparse.Namespace) -> int:
    """Write the archive; say how many postmortems on stderr."""
    today = as_of(options.as_of)
    if options.audit and options.audience == "public":
        raise Failure("an audit names who signed, so there is none for the public; use --audience internal or restricted")
    if options.metrics and options.audience == "public":
        raise Failure("a postmortem that is not public could make the numbers false, so there are none for the public; use --audience internal or restricted")
    root = project.find_root(options.root)
    seen = load_shown(Path(root), options.audience)
    site = prepare(seen.archive, seen.policy, seen.history, today, audience=options.audience)
    text = _audit(root, site, seen.hidden, options.format) if options.audit else _metrics(site, options.format) if options.metrics else _archive(site, options.format)
    count = len(seen.archive.posts)
    streams.answer(options.out, text)
    streams.say([*seen.notes(), f"{count} postmortem{'' if count == 1 else 's'}, as of {today}"])
    return 0


def _archive(site: Site, format: str) -> str:
    found = records(site)
    return as_table(found, public=site.public) if format == "csv" else written(site, found)


def _metrics(site: Site, format: str) -> str:
    known = metrics_export.Known(site.archive, site.policy, site.history, site.verdicts)
    found = metrics_export.numbers(known, site.as_of)
    return metrics_export.as_csv(found) if format == "csv" else metrics_export.as_json(found, site.as_of)


def _audit(root: str, site: Site, hidden: Hidden, format: str) -> str:
    history = history_of(root, site.policy, site.archive, frozen=site.archive.by_path)
    found = audit(site.archive, site.policy, history, site.as_of, hidden)
    return audit_export.as_csv(found) if format == "csv" else audit_export.as_json(found, history, site.as_of)
