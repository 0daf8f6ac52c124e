"""Close actions and the structural fix: done with evidence, or not to be done with a reason.

Each changes one place in the header and nothing else. `fix` names the structural fix, `a1` an action.

Examples:
  hotwash action done checkout-503 fix --evidence https://example.com/pulls/91
  hotwash action wont-do checkout-503 a2 --why "the service ends in May" --accepted-by @checkout-po
  gh issue list --state all --limit 1000 --json number,url,state,stateReason,closedAt > issues.json
  hotwash action sync --from issues.json --dry-run
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from functools import partial

from hotwash import closing, project, rewrite, sync, tracker
from hotwash.model import Failure
from hotwash.today import as_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The three subcommands and their arguments."""
    ways = parser.add_subparsers(metavar="done|wont-do|sync", required=True)
    done = _subcommand(ways, "done", "it is done: the day, and what shows it", _done)
    done.add_argument("--evidence", metavar="LINK", required=True, help="what shows it: a pull request, a test, a dashboard")
    drop = _subcommand(ways, "wont-do", "it will not be done: why, and who accepted that", _wont_do)
    drop.add_argument("--why", metavar="TEXT", required=True, help="the reason, for the reader after the next incident")
    drop.add_argument("--accepted-by", metavar="HANDLE", required=True, help="who accepted it, such as @checkout-po")
    for command in (done, drop):
        command.add_argument("id", metavar="ID", help="the postmortem: its id, a part that only one has, or its path")
        command.add_argument("action", metavar="ACTION", help="the action's id, or `fix`")
        command.add_argument("--on", metavar="DAY", help="the day it was closed: YYYY-MM-DD (default: today)")
    many = _subcommand(ways, "sync", "take states and days from an export of the tracker", _sync)
    many.add_argument("--from", dest="file", metavar="FILE", required=True, help="issues as JSON of GitHub or GitLab or as CSV of Jira; - for standard input")
    many.add_argument("--kind", choices=tracker.NAMES, help="whose export it is (default: seen from what it holds)")
    for command in (done, drop, many):
        command.add_argument("--dry-run", action="store_true", help="print what would change, and change nothing")
        command.add_argument("--as-of", metavar="DAY", help="what counts as today (default: SOURCE_DATE_EPOCH, else today in UTC)")


def _subcommand(ways: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help: str, act: object) -> argparse.ArgumentParser:
    command = ways.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
    command.set_defaults(act=act)
    return command


def run(options: argparse.Namespace) -> int:
    """Run the subcommand that was named."""
    return int(options.act(options, project.find_root(options.root), as_of(options.as_of)))


def _done(options: argparse.Namespace, root: str, today: date) -> int:
    return _close(options, root, today, partial(closing.done, evidence=closing.said(options.evidence, "--evidence")))


def _wont_do(options: argparse.Namespace, root: str, today: date) -> int:
    why, by = closing.said(options.why, "--why"), closing.person(options.accepted_by, "--accepted-by")
    return _close(options, root, today, partial(closing.dropped, why=why, accepted_by=by))


def _close(options: argparse.Namespace, root: str, today: date, change: Callable[..., str]) -> int:
    file = rewrite.opened(root, options.id)
    found, on = closing.task(file.post, options.action), closing.given_day(options.on, "--on", today)
    if found.state not in closing.OPEN:
        raise Failure(f"{file.post.path}: {found.name} is `{found.state}` already{f', since {found.closed}' if found.closed else ''}; nothing was changed")
    if reason := closing.untimely(file.post, on, project.load_policy(root), today):
        raise Failure(f"{file.post.path}: {found.name} cannot be closed: {reason}; give the day with --on")
    text = rewrite.changed(file, partial(change, found=found, on=on))
    if options.dry_run:
        sys.stdout.write(rewrite.diff(file, text))
        return 0
    rewrite.replace(file, text)
    print(f"{file.post.path}: {found.name} closed on {on}", flush=True)
    print(closing.next_step(file.post, found), file=sys.stderr)
    return 0


def _sync(options: argparse.Namespace, root: str, today: date) -> int:
    data = sys.stdin.buffer.read() if options.file == "-" else project.read_bytes(options.file)
    tickets = tracker.read(data, options.kind or "", "standard input" if options.file == "-" else options.file)
    files, notes = rewrite.all_opened(root)
    plan = sync.plan([file.post for file in files], tickets, project.load_policy(root), today)
    refused = []
    for file in (file for file in files if file.post.path in plan.edits):
        try:
            text = rewrite.changed(file, *plan.edits[file.post.path])
            if options.dry_run:
                sys.stdout.write(rewrite.diff(file, text))
                continue
            rewrite.replace(file, text)
            print("\n".join(plan.done[file.post.path]), flush=True)
        except Failure as failure:
            refused.append(str(failure))
    print("\n".join((*notes, *refused, *plan.notes, plan.summary(options.dry_run))), file=sys.stderr)
    return 1 if refused else 0
