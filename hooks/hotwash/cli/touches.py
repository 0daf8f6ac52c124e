"""Name the postmortems that changed paths took part in, and the guard that protects them.

A postmortem is touched where a changed path meets one of its `paths`, or is the artefact that carries its structural fix. It is information and never
stops anything: the exit status is 0 whether something is touched or not.

Examples:
  hotwash touches config/cache/keys.yml
  hotwash touches --diff origin/main --format github
  hotwash touches --export touches.json --site https://example.com/postmortems
  hotwash touches --diff origin/main --archive touches.json      in another repository
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator

from hotwash import project, touch_hook, touch_index, touches
from hotwash.archive import AUDIENCES
from hotwash.model import Failure
from hotwash.touch_report import FORMATS, render


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="the changed paths")
    parser.add_argument("--diff", metavar="REV", help="the paths changed since the branch left REV, those removed and those not committed yet included")
    parser.add_argument("--archive", metavar="FILE", help="an exported archive in place of this project's postmortems; - for standard input")
    parser.add_argument("--export", metavar="FILE", help="write the archive for other repositories; - for standard output")
    parser.add_argument("--audience", metavar="WHO", choices=tuple(AUDIENCES), default="internal", help=f"with --export: who will read it: {', '.join(AUDIENCES)} (default: internal)")
    parser.add_argument("--site", metavar="URL", default="", help="with --export: where the site stands, so that each postmortem has its address")
    parser.add_argument("--format", metavar="FORMAT", choices=FORMATS, default="text", help=f"{', '.join(FORMATS)} (default: text)")
    parser.add_argument("--all", action="store_true", help="every touched postmortem, not only the first five")
    parser.add_argument("--hook", action="store_true", help="as the commit hook does it: nothing but paths after it, and the exit status is always 0")


def run(options: argparse.Namespace) -> int:
    """Print what is touched."""
    if options.hook:
        return touch_hook.run(options.paths)
    root = project.find_root(options.root)
    if options.export:
        return _export(root, options.export, options.site, options.audience)
    if not (options.paths or options.diff):
        raise Failure("name the changed paths, or a revision to compare with: --diff REV")
    changed = [*options.paths, *(_changed_since(project.work_tree(root), options.diff) if options.diff else ())]
    touched = _watched(root, options.archive).touched(touch_hook.named(changed, root))
    sys.stdout.write(render(touched, options.format, everything=options.all))
    return 0


def _changed_since(top: str, revision: str) -> Iterator[str]:
    from hotwash.history import changed_paths

    return (os.path.join(top, path) for path in changed_paths(top, revision))


def _watched(root: str, archive: str | None) -> touch_index.Watched:
    if archive is None:
        return touch_index.of_project(root)
    import json

    from hotwash.touch_export import imported

    data = sys.stdin.buffer.read() if archive == "-" else project.read_bytes(archive)
    try:
        return touch_index.of_entries(imported(json.loads(data)))
    except (ValueError, RecursionError):
        raise Failure(f"--archive {archive}: not JSON; `hotwash touches --export FILE` writes it") from None
    except Failure as wrong:
        raise Failure(f"--archive {archive}: {wrong}") from None


def _export(root: str, file: str, site: str, audience: str) -> int:
    import json
    from pathlib import Path

    from hotwash import streams
    from hotwash.site import load_shown
    from hotwash.touch_export import exported

    posts = load_shown(Path(root), audience).archive.posts.values()
    entries = touches.resolved(found for post in posts if (found := touches.entry(post)))
    text = json.dumps(exported(entries, site), indent=2, ensure_ascii=False) + "\n"
    streams.answer(file, text)
    return 0
