"""While a site is served: a page that is as it was goes back to its place when the site is built anew, rather than being written again."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from threading import Thread

from mkdocs.structure.files import File


class Returning:
    """What one session of the server wrote."""

    def __init__(self) -> None:
        self.written = dict[str, object]()
        """What each page was made of, by its place in the site."""
        self.aside = ""
        self.sweeping: Thread | None = None

    def begin(self, site: str) -> None:
        """Set aside what stands there, before it is swept away."""
        self.close()
        self.aside = f"{site.rstrip(os.sep)}-before"
        with suppress(OSError):
            os.rename(site, self.aside)
            os.mkdir(site)

    def takes(self, file: File, made_of: object) -> bool:
        """Whether the page stands in its place again."""
        if not made_of or self.written.get(file.dest_uri) != made_of:
            return False
        try:
            _move(*self._ways(file))
        except OSError:  # it is not there: the last build did not come so far
            return False
        return True

    def _ways(self, file: File) -> tuple[str, str]:
        """From where to where: the page's folder with the page, where there is nothing else in it."""
        old, new = os.path.join(self.aside, file.dest_path), file.abs_dest_path
        above, name = os.path.split(old)
        alone = name == "index.html" and os.listdir(above) == [name] and not os.path.exists(os.path.dirname(new))
        return (above, os.path.dirname(new)) if alone else (old, new)

    def wrote(self, file: File, made_of: object) -> None:
        """The page was written."""
        self.written[file.dest_uri] = made_of

    def end(self) -> None:
        """Sweep away what did not return, behind the back of whoever waits for the page."""
        self.sweeping = Thread(target=shutil.rmtree, args=(self.aside,), kwargs={"ignore_errors": True}, daemon=True)
        self.sweeping.start()

    def close(self) -> None:
        """Leave nothing behind."""
        if self.sweeping:
            self.sweeping.join()
        if self.aside:
            shutil.rmtree(self.aside, ignore_errors=True)


def _move(old: str, new: str) -> None:
    try:
        os.rename(old, new)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(new), exist_ok=True)
        os.rename(old, new)
