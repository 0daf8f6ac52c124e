"""Print the agenda of a review: sixty minutes, filled with what the postmortem holds and with what to ask.

Examples:
  hotwash agenda checkout-503
  hotwash agenda checkout-503 > agenda.md
"""

from __future__ import annotations

import argparse
import sys

from hotwash import project
from hotwash.agenda import agenda, written
from hotwash.history import history_of
from hotwash.model import Failure
from hotwash.today import as_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("id", metavar="ID", help="the postmortem: its id, a part that only one has, or its path")
    parser.add_argument("--as-of", metavar="DAY", help="the day by which earlier fixes are judged (default: SOURCE_DATE_EPOCH, else today in UTC)")


def run(options: argparse.Namespace) -> int:
    """Print the agenda as Markdown."""
    root = project.find_root(options.root)
    name = project.locate(root, options.id)
    policy = project.load_policy(root)
    archive, today = project.load_archive(root, policy), as_of(options.as_of)
    post = archive.by_path.get(name) or project.read_postmortem(root, name)
    for problem in post.problems:
        raise Failure(f"{name}:{problem.span.line}: {problem.message}; {problem.help}".removesuffix("; "))
    sys.stdout.write(written(agenda(post, archive, policy, history_of(root, policy, archive), today)))
    return 0
