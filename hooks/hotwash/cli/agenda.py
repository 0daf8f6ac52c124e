"""Print the agenda of a review: sixty minutes, filled with what the postmortem holds and with what to ask.

Examples:
  hotwash agenda checkout-503
  hotwash agenda checkout-503 > agenda.md
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hotwash import project
from hotwash.agenda import agenda, written
from hotwash.model import Failure
from hotwash.pages.parts.links import Links
from hotwash.site import load_site
from hotwash.today import as_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("id", metavar="ID", help="the postmortem: its id, a part that only one has, or its path")
    parser.add_argument("--as-of", metavar="DAY", help="the day by which earlier fixes are judged (default: SOURCE_DATE_EPOCH, else today in UTC)")


def run(options: argparse.Namespace) -> int:
    """Print the agenda as Markdown."""
    root = project.find_root(options.root)
    name = project.locate(root, options.id)
    site = load_site(Path(root), as_of(options.as_of), Links())
    post = site.archive.by_path.get(name) or project.read_postmortem(root, name)
    for problem in post.problems:
        raise Failure(f"{name}:{problem.span.line}: {problem.message}; {problem.help}".removesuffix("; "))
    sys.stdout.write(written(agenda(post, site.archive, site.policy, site.verdicts)))
    return 0
