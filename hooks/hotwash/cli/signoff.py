"""Say who has signed a postmortem, and whose approval is missing.

Which roles sign is decided by the severity; who holds them stands in `roles`. Approvals come from the reviews of a pull request, given as JSON:

  gh pr view 42 --json reviews,author,headRefOid | hotwash signoff postmortems/FILE.md --reviews -
  gh api --paginate repos/OWNER/NAME/pulls/42/reviews | hotwash signoff FILE --reviews - --author LOGIN --head SHA
  glab api projects/ID/merge_requests/42/approvals | hotwash signoff FILE --reviews - --author USER

Without them, those count that are on the default branch: trailers of the commits that published the file, and `sign_off` in its header. Nobody checks
who wrote a trailer. Exit status 1 where an approval is missing. --record, after the merge, writes the approvals into the header.
"""

from __future__ import annotations

import argparse
import json
import sys

from hotwash import formats, project, rewrite, signing
from hotwash.model import Failure, Postmortem
from hotwash.policy import Policy
from hotwash.report import Report, in_order
from hotwash.reviews import Reviews, read_reviews
from hotwash.signoff.recording import entries, recorded
from hotwash.signoff.rounds import round_of
from hotwash.signoff.telling import as_data, findings, told
from hotwash.signoff.verdict import SignOff, sign_off
from hotwash.today import as_of

Judged = list[tuple[Postmortem, SignOff]]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="postmortems of one pull request: paths, ids, or parts that only one id has")
    parser.add_argument("--reviews", metavar="FILE", help="the reviews of the pull request as JSON, or - for standard input")
    parser.add_argument("--author", metavar="HANDLE", default="", help="who opened the pull request, where the JSON does not say")
    parser.add_argument("--head", metavar="SHA", default="", help="its newest commit: approvals of it count without a look into Git")
    parser.add_argument("--base", metavar="REV", default="", help="what it is compared with: before the merge the branch (the default), after it the commit before")
    parser.add_argument("--format", metavar="FORMAT", choices=("text", "json", "github"), default="text", help="text, json, github (default: text)")
    parser.add_argument("--record", action="store_true", help="write what is signed into the header, after the merge")
    parser.add_argument("--dry-run", action="store_true", help="with --record: print what would change, and change nothing")
    parser.add_argument("--as-of", metavar="DAY", help="what counts as today (default: SOURCE_DATE_EPOCH, else today in UTC)")


def run(options: argparse.Namespace) -> int:
    """Judge each file, and record where that is asked for; 1 where an approval is missing."""
    root = project.find_root(options.root)
    policy, reviews = project.load_policy(root), _reviews(options)
    paths = list(dict.fromkeys(project.locate(root, word) for word in options.paths))
    before = signing.past(root, policy, options.base)
    before = signing.fetched(before, [(commit, path) for path in paths for commit in (before.base, before.history.head)])
    if before.history.note:
        print(f"hotwash: {before.history.note}", file=sys.stderr)
    judged: Judged = []
    for path in paths:
        case = signing.case(before, path, reviews)
        if case.now.problems:
            raise Failure(f"{path}:{case.now.problems[0].span.line}: {case.now.problems[0].message}; who has to sign cannot be told")
        if options.record and not case.merged:
            raise Failure(f"{path}: not what stands on the default branch; record after the merge, for before it the change would make approvals outdated")
        judged.append((case.now, sign_off(case.now, policy, case.evidence, round_of(case.now, case.published))))
    _show(judged, policy, options)
    if options.record:
        _record(root, judged, policy, options)
    return 0 if all(outcome.complete for _, outcome in judged) else 1


def _reviews(options: argparse.Namespace) -> Reviews | None:
    if not options.reviews:
        return Reviews(author=options.author, head=options.head) if options.author else None
    data = sys.stdin.buffer.read() if options.reviews == "-" else project.read_bytes(options.reviews)
    source = "standard input" if options.reviews == "-" else options.reviews
    found = read_reviews(data.decode("utf-8-sig", "replace"), source)
    found = found._replace(author=options.author or found.author, head=options.head or found.head)
    if not found.author:
        print("hotwash: who opened the pull request is not known; with --author HANDLE their own roles are signed", file=sys.stderr)
    return found


def _show(judged: Judged, policy: Policy, options: argparse.Namespace) -> None:
    if options.format == "json":
        print(json.dumps({"version": 1, "files": [as_data(post, outcome) for post, outcome in judged]}, indent=2, ensure_ascii=False))
    elif options.format == "github":
        found = in_order(finding for post, outcome in judged for finding in findings(post, outcome))
        sys.stdout.write(formats.renderer("github")(Report(found, len(judged), as_of(options.as_of)), False, True))
    else:
        lines = (line for post, outcome in judged for line in told(post, outcome, policy))
        sys.stdout.write("".join(f"{''.join(char if char.isprintable() else '?' for char in line)}\n" for line in lines))


def _record(root: str, judged: Judged, policy: Policy, options: argparse.Namespace) -> None:
    """Write each file that has something new; a stub keeps none, for it is not signed yet."""
    for post, outcome in judged:
        new = entries(post, policy, outcome, as_of(options.as_of)) if outcome.needed == "roles" else []
        if new:
            file = rewrite.opened(root, post.path)
            text = rewrite.changed(file, lambda before, new=new: recorded(before, new))  # type: ignore[misc]
            if options.dry_run:
                sys.stdout.write(rewrite.diff(file, text))
            else:
                rewrite.replace(file, text)
                print(f"{post.path}: {len(new)} recorded", file=sys.stderr)
