"""Put hotwash into a repository: folder, policy, hook, site and workflow.

Nothing that is there already is touched; what would have to be added to it is printed.
"""

from __future__ import annotations

import argparse
import os
import sys

from hotwash import __version__, project
from hotwash.model import POLICY, Failure

_WORKFLOWS = {
    "github": {"github": ".github/workflows/postmortems.yml", "github-sync": ".github/workflows/postmortem-actions.yml", "github-due": ".github/workflows/postmortem-reminder.yml"},
    "gitlab": {"gitlab": ".gitlab-ci.yml"},
}
"""For each forge, which shipped workflow goes where."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("folder", nargs="?", metavar="DIR", default=".", help="the repository, empty or not (default: this folder)")
    parser.add_argument("--forge", choices=(*_WORKFLOWS, "none"), default="github", help="whose workflow to write (default: github)")
    parser.add_argument("--source", metavar="ADDRESS", help="the Git address of hotwash, for hooks that pre-commit installs itself (default: the hotwash on PATH)")
    parser.add_argument("--rev", metavar="REV", default=f"v{__version__}", help=f"its revision (default: v{__version__})")
    parser.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Write what is missing, and say what is left to do."""
    root = options.root or options.folder
    if os.path.exists(root) and not os.path.isdir(root):
        raise Failure(f"{root}: not a folder")
    kept = []
    for name, text in starter(options.forge, options.source, options.rev):
        if options.dry_run:
            print(f"{'keep ' if os.path.lexists(os.path.join(root, name)) else 'write'} {name}")
        elif project.write_new(os.path.join(root, name), text):
            print(f"wrote {name}")
        else:
            kept.append((name, text))
            print(f"kept  {name}, which was there already")
    for name, text in kept:
        if name != POLICY:
            print(f"\nfor {name}, add what you need of:\n\n{text}", file=sys.stderr)
    if not options.dry_run:
        print(_NEXT, file=sys.stderr)
    return 0


def starter(forge: str, source: str | None, rev: str) -> list[tuple[str, str]]:
    """The files of a new project: path and text."""
    at = f"hotwash{{}} @ git+{source}@{rev}" if source else f"hotwash{{}}=={__version__}"
    hooks = project.shipped("starter/pre-commit-config-source.yaml" if source else "starter/pre-commit-config.yaml")
    files = [
        (POLICY, project.shipped("starter/policy.yml")),
        (".pre-commit-config.yaml", hooks.replace("{source}", source or "").replace("{rev}", rev)),
        ("mkdocs.yml", project.shipped("starter/mkdocs.yml")),
        ("docs/how-we-write-postmortems.md", project.shipped("starter/how-we-write-postmortems.md")),
    ]
    for name, path in _WORKFLOWS.get(forge, {}).items():
        workflow = project.shipped(f"starter/{name}.yml")
        files.append((path, workflow.replace("{package}", at.format("")).replace("{package_with_site}", at.format("[site]"))))
    return files


_NEXT = """
next:
  pre-commit install                                         the hook runs at each commit from now on
  hotwash new "What happened" --severity P2 --resolved now   the first postmortem
  mkdocs serve                                               the site, while you write; it needs hotwash[site]"""
