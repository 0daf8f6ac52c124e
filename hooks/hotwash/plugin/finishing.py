"""Pages outside the navigation, of which there are thousands: each is finished in one go, converted, framed and written, and then forgotten.

MkDocs converts all pages before it frames the first, because a page's title may stand in the navigation of every other. One that is not in the navigation
need not wait, and its text need not be held. MkDocs meets such a page among the files that it copies; what happens to it then is MkDocs' own code.
"""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage


class Finished(File):
    """A page's file that is finished where MkDocs copies it."""

    finisher: Finisher

    def is_documentation_page(self) -> bool:
        """It is none of the pages that wait for each other."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Finish it."""
        self.finisher.finish(self, dirty=dirty)


class Finisher:
    """The pages of one build that wait for no other."""

    env: Environment

    def __init__(self, config: MkDocsConfig, nav: Navigation, files: Files) -> None:
        self.config, self.nav, self.files = config, nav, files
        self.all: Sequence[File] = files.documentation_pages()
        self.found = list[File]()

    def take(self, page: SitePage) -> None:
        """Finish this page by itself."""
        vars(page.file)["dest_uri"] = page.file.dest_uri  # which follows from what the file is
        page.file.__class__ = Finished
        vars(page.file)["finisher"] = self
        self.found.append(page.file)

    def finish(self, file: File, *, dirty: bool) -> None:
        """Convert, frame and write a page."""
        page = file.page
        if page:
            _populate_page(page, self.config, self.files, dirty)
            _build_page(page, self.config, self.all, self.nav, self.env, dirty)
            page.content = page.markdown = None

    def tell(self) -> None:
        """Have links to parts of pages looked at, as MkDocs does once all pages are there."""
        for file in self.found:
            if file.page:
                file.page.validate_anchor_links(files=self.files, log_level=self.config.validation.links.anchors)
