"""While a site is served: a page that is as it was goes back to its place when the site is built anew, rather than being written again."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress

from mkdocs.structure.files import File


class Returning:
    """What one session of the server wrote."""

    def __init__(self) -> None:
        self.written = dict[str, object]()
        """What each page was made of, by its place in the site."""
        self.site = self.aside = ""

    def begin(self, site: str) -> None:
        """Set aside what stands there, before it is swept away."""
        self.end()
        self.site, self.aside = site, f"{site.rstrip(os.sep)}-before"
        with suppress(OSError):
            os.rename(site, self.aside)
            os.mkdir(site)

    def takes(self, file: File, made_of: object) -> bool:
        """Whether the page stands in its place again."""
        if not made_of or self.written.get(file.dest_uri) != made_of:
            return False
        try:
            os.makedirs(os.path.dirname(file.abs_dest_path), exist_ok=True)
            os.rename(os.path.join(self.aside, file.dest_path), file.abs_dest_path)
        except OSError:  # it is not there: the last build did not come so far
            return False
        return True

    def wrote(self, file: File, made_of: object) -> None:
        """The page was written."""
        self.written[file.dest_uri] = made_of

    def end(self) -> None:
        """Sweep away what did not return."""
        if self.aside:
            shutil.rmtree(self.aside, ignore_errors=True)
