"""Keep the section of a CODEOWNERS file that asks those who have to sign for a review.

Without an option the section is printed. --write puts it into the file, between marks; what stands around it stays. --check says whether it has
drifted, with exit status 1; where a file has no such section there is nothing to check.
"""

from __future__ import annotations

import argparse
import os
import sys

from hotwash import project, rewrite
from hotwash.codeowners import found_section, section, with_section
from hotwash.model import Failure

_PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--file", metavar="FILE", help=f"the file (default: the first that is there of {', '.join(_PLACES)}, else the first)")
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--write", action="store_true", help="bring the section up to date, or add it")
    does.add_argument("--check", action="store_true", help="exit status 1 where it is not up to date")


def run(options: argparse.Namespace) -> int:
    """Print, write or compare."""
    root = project.find_root(options.root)
    top = project.work_tree(root)
    places = [options.file] if options.file else [os.path.join(top, place) for place in _PLACES]
    place = next((name for name in places if os.path.exists(name)), places[0])
    folder = os.path.relpath(os.path.join(root, project.FOLDER), top).replace(os.sep, "/")
    policy = project.load_policy(root)
    new = section(project.load_archive(root, policy), policy, folder)
    if not (options.write or options.check):
        print(new)
        return 0
    text = _text(place)
    old = found_section(text)
    if options.write:
        return _write(place, text, with_section(text, new))
    if old is None:
        print(f"{project.relative(root, place)} has no section of hotwash; `hotwash codeowners --write` adds one", file=sys.stderr)
    elif old.split() != new.split():
        print(f"{project.relative(root, place)}: not who has to sign by now; run `hotwash codeowners --write` and commit it")
        return 1
    return 0


def _text(place: str) -> str:
    try:
        return project.read_bytes(place).decode("utf-8") if os.path.lexists(place) else ""
    except UnicodeDecodeError as error:
        raise Failure(f"{place}: the file is not UTF-8: byte {error.start + 1} cannot be read") from None


def _write(place: str, before: str, after: str) -> int:
    if before == after:
        return 0
    rewrite.put(place, after)
    print(f"wrote {place}", file=sys.stderr)
    return 0
