"""The commit hook's own road to what a change touches: no argument parser, nothing but the paths, and never a failure."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from hotwash import project, touch_index
from hotwash.touches import Changed


def run(paths: Sequence[str]) -> int:
    """Print what some staged paths touch; always 0, since a piece of advice must not stop a commit."""
    gc.disable()  # a run of milliseconds makes no garbage worth looking for
    try:
        root = project.find_root()
        glance = not any(f"/{path}".rpartition("/")[0].endswith(f"/{project.FOLDER}") for path in paths)
        if touched := touch_index.of_project(root, glance=glance).touched(named(paths, root)):
            from hotwash.touch_report import text

            sys.stdout.buffer.write(text(touched).encode("utf-8", "backslashreplace"))
    except Exception as error:
        print(f"hotwash: touches is left out: {' '.join(repr(error).split())}", file=sys.stderr)
    return 0


def named(paths: Iterable[str], root: str) -> Iterator[Changed]:
    """Each path as the repository names it, and the names by which a pattern may mean it: from the repository's folder and from the project's."""
    folders = dict.fromkeys((project.work_tree(root), root))
    for path in dict.fromkeys(paths):
        here = os.path.abspath(path)
        names = [os.path.relpath(here, folder).replace(os.sep, "/") for folder in folders]
        inside = [name for name in names if name != ".." and not name.startswith("../")]
        yield (inside[0] if inside else path), inside or [path]
