"""Start a postmortem: a file with the keys that its template asks for.

With --stub only the few keys that file it at once, while the incident is fresh; it is written up later in the same file.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from hotwash import flags, project
from hotwash.clock import local_day, moment
from hotwash.draft import draft, slug
from hotwash.model import Failure
from hotwash.need import deadline
from hotwash.parse import parse
from hotwash.policy import Policy
from hotwash.recurrence import LIVE
from hotwash.today import as_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("title", metavar="TITLE", help="what happened, in one line; it names the effect, not a person")
    parser.add_argument("--severity", required=True, metavar="P1", help="peak actual impact: P0 to P3, or an alias such as SEV2 or High")
    parser.add_argument("--stub", action="store_true", help="only the keys to file it at once")
    parser.add_argument("--kind", metavar="KIND", help="outage, degradation, bad-release, near-miss ...")
    parser.add_argument("--service", metavar="NAME", action="append", default=[], help="a service that took part; may be repeated")
    parser.add_argument("--class", metavar="SLUG", dest="class_", help="the class of the root cause; earlier incidents of it are linked")
    parser.add_argument("--started", metavar="TIME", help="when impact began: 2026-11-02T13:55:00Z, or `now`")
    parser.add_argument("--resolved", metavar="TIME", help="when the incident was over; the deadline counts from here")
    parser.add_argument("--dry-run", action="store_true", help="print the file instead of writing it")


def run(options: argparse.Namespace) -> int:
    """Write the file and say what to do next."""
    root = project.find_root(options.root)
    policy = project.load_policy(root)
    values = _values(options, policy, root)
    path = f"{project.FOLDER}/{_day(values, policy)}-{slug(options.title)}.md"
    text = draft(values, policy, stub=options.stub)
    if options.dry_run:
        sys.stdout.write(text)
        return 0
    if not project.write_new(f"{root}/{path}", text):
        raise Failure(f"{path} is there already; give another title, or write in that file")
    print(path, flush=True)
    print(_next_steps(path, text, policy), file=sys.stderr)
    return 0


def _values(options: argparse.Namespace, policy: Policy, root: str) -> dict[str, Any]:
    severity = flags.severity(options.severity, policy)
    if not options.title.split():
        raise Failure("the title is empty; say in one line what happened")
    values: dict[str, Any] = {"title": " ".join(options.title.split()), "status": "filed", "severity": severity}
    if options.kind:
        values["kind"] = flags.one_of(options.kind, policy, "kinds", "--kind")
    if options.service:
        values["services"] = [flags.one_of(name, policy, "services", "--service") for name in dict.fromkeys(options.service)]
    for key in ("started", "resolved"):
        if given := getattr(options, key):
            values[f"timestamps.{key}"] = flags.time(given, f"--{key}")
    begun, ended = (moment(values.get(f"timestamps.{key}", "")) for key in ("started", "resolved"))
    if begun and ended and ended < begun:
        raise Failure(f"--resolved {options.resolved} lies before --started {options.started}")
    if options.class_:
        values["cause.class"] = flags.cause_class(options.class_, policy)
        before = [post.id for post in project.load_archive(root, policy).of_class(options.class_) if post.status in LIVE]
        values |= {"recurrence_of": before} if before else {}
    return values


def _day(values: dict[str, Any], policy: Policy) -> str:
    begun = moment(values.get("timestamps.started", "")) or moment(values.get("timestamps.resolved", ""))
    return (local_day(begun, policy.data["timezone"]) if begun else as_of()).isoformat()


def _next_steps(path: str, text: str, policy: Policy) -> str:
    until = deadline(parse(path, text.encode()), policy)
    owed = f"; it has to be published by {until:%Y-%m-%d %H:%M} UTC" if until else ""
    return f"fill in what is known and commit it: with `status: filed` nothing but an unreadable header stops it{owed}"
