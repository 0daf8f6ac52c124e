"""Find changes to times and time line after publication that no amendment marks.

A published postmortem is compared with what was published first, and with what stands on the default branch now. A correction is welcome: it takes a
line with its day under `## Amendments`. A check of the pull request, not of the commit.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator

from hotwash import formats, project, signing
from hotwash.freeze import unmarked
from hotwash.history import former_names
from hotwash.model import Diagnostic, Failure, Hit, Postmortem
from hotwash.policy import Policy
from hotwash.report import Report, in_order
from hotwash.today import as_of

_RULE = "unmarked-amendment"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="postmortems: paths, ids, or parts that only one id has")
    parser.add_argument("--base", metavar="REV", default="", help="what it is merged into (default: the default branch)")
    parser.add_argument("--format", metavar="FORMAT", choices=formats.NAMES, default="text", help=f"{', '.join(formats.NAMES)} (default: text)")


def run(options: argparse.Namespace) -> int:
    """Print the findings; 1 where there is one."""
    root = project.find_root(options.root)
    policy = project.load_policy(root)
    paths = list(dict.fromkeys(project.locate(root, word) for word in options.paths))
    past = signing.past(root, policy, options.base)
    if not past.base:
        raise Failure(f"what was published is told by Git: {past.history.note}")
    former = former_names(root, past.base)
    names = {path: former.get(path, path) for path in paths}
    past = signing.fetched(past, [place for name in names.values() for place in _places(past, name)])
    if unknown := [path for path, name in names.items() if _unknown(past, name)]:
        raise Failure(f"{unknown[0]}: what was published first is not known here: {past.history.note}")
    if past.history.note:
        print(f"hotwash: {past.history.note}", file=sys.stderr)
    found = in_order({_place(finding): finding for path, name in names.items() for finding in _findings(past, path, name, policy)}.values())
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    sys.stdout.write(formats.renderer(options.format)(Report(found, len(paths), as_of()), colour, True))
    return 1 if found else 0


def _places(past: signing.Past, name: str) -> tuple[tuple[str, str], ...]:
    """Where a file is looked at: on the branch now, in the base, and as it was published first."""
    told = past.history.of(name)
    return (past.history.head, name), (past.base, name), (told.published_commit, told.published_path)


def _unknown(past: signing.Past, path: str) -> bool:
    """Whether a file is published on the branch, and when that was lies outside of what this clone holds: a silence would promise too much."""
    there = None if past.history.complete else signing.at(past, past.history.head, path)
    return there is not None and there.status == "published" and not past.history.of(path).published_commit


def _findings(past: signing.Past, path: str, name: str, policy: Policy) -> Iterator[Diagnostic]:
    """What changed in a file since it was published, and since it stood in the base under a name that may be another."""
    now = project.read_postmortem(past.root, path)
    for problem in now.problems:
        raise Failure(f"{path}:{problem.span.line}: {problem.message}; what changed since publication cannot be told")
    for before in (signing.at(past, *place) for place in _places(past, name)[1:]):
        if before is not None:
            yield from (_finding(now, hit) for hit in unmarked(before, now, policy))


def _finding(post: Postmortem, hit: Hit) -> Diagnostic:
    span = hit.span
    return Diagnostic(_RULE, "signoff", "error", post.path, span.line, span.column, span.end_line or span.line, span.end_column or span.column, hit.message, hit.help)


def _place(finding: Diagnostic) -> tuple[str, int, int]:
    return finding.path, finding.line, finding.column
