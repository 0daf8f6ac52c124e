"""Write the site's pages as Markdown, for any generator: the same pages that the MkDocs plugin makes in memory.

Pages refer to each other by their final addresses. A generator that writes `x.html` rather than `x/` needs `--flat`. Bodies are made safe as
Markdown; a site whose writers are not trusted cleans the HTML as well, as the MkDocs plugin does.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection
from pathlib import Path

from hotwash import project, streams
from hotwash.archive import AUDIENCES
from hotwash.model import Failure
from hotwash.pages import INSIDE, everything
from hotwash.pages.parts.links import Links
from hotwash.site import copy_pictures, load_shown, load_site
from hotwash.today import as_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--out", metavar="DIR", required=True, help="the folder to write to; files of the same names are replaced, others stay: empty it first where postmortems were renamed or removed")
    parser.add_argument("--as-of", metavar="DAY", help="the day that the pages speak of (default: SOURCE_DATE_EPOCH, else today in UTC)")
    parser.add_argument("--repository", metavar="URL", default="", help="where edit and history links lead; without it there are none")
    parser.add_argument("--url", metavar="URL", default="", help="where the site will stand; without it there are no feeds")
    parser.add_argument("--audience", choices=tuple(AUDIENCES), default="internal", help="who will read them (default: %(default)s)")
    parser.add_argument("--flat", action="store_true", help="link to `x.html` rather than to `x/`")


def run(options: argparse.Namespace) -> int:
    """Write every page; say how many on stderr."""
    root = Path(project.find_root(options.root))
    seen = load_shown(root, options.audience)
    site = load_site(root, as_of(options.as_of), Links(options.repository), directories=not options.flat, audience=options.audience, seen=seen, url=f"{options.url.rstrip('/')}/" if options.url else "")
    streams.say(seen.notes())
    made, out = list(everything(site)), Path(options.out)
    if site.public:
        _refuse_leftovers(out, {page.path for page in made} | site.pictures)
    count = project.write_all(out, ((page.path, page.text) for page in made))
    count += copy_pictures(root, out, site.pictures)
    streams.say([f"{count} pages and assets written to {options.out}, as of {site.as_of}"])
    return 0


def _refuse_leftovers(out: Path, made: Collection[str]) -> None:
    """Look for pages of an earlier build, which may have been for others.

    Raises:
        Failure: one stands in a folder that is ours, and this build does not write it.
    """
    ours = {path.split("/", 1)[0] for path in (*made, *INSIDE) if "/" in path} - {"assets"}
    inside = [path.relative_to(out).as_posix() for folder in sorted(ours) for path in sorted((out / folder).rglob("*")) if path.is_file()]
    for path in (*inside, *(name for name in INSIDE if (out / name).is_file())):
        if path not in made:
            raise Failure(f"{out / path}: this may be from a build for others, and would be published with this one; empty the folder first")
