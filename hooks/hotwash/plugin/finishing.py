"""Pages outside the navigation, of which there are thousands: each is finished in one go, converted, framed and written, and then forgotten.

MkDocs converts all pages before it frames the first, because a page's title may stand in the navigation of every other. One that is not in the navigation
need not wait, and its text need not be held. MkDocs meets such a page among the files that it copies; what happens to it then is MkDocs' own code. Where
there are many, a second process finishes half of them.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jinja2 import Environment
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import TableOfContents

from hotwash.elsewhere import Elsewhere, possible
from hotwash.plugin.anchors import Anchors, anchors_of, put_anchors
from hotwash.plugin.files import MadeFile
from hotwash.plugin.mould import Mould
from hotwash.plugin.notes import Found, Notes
from hotwash.plugin.rendering import PreparedPage
from hotwash.plugin.returning import Returning

ABLE = all(hasattr(mkdocs_build, name) for name in ("_populate_page", "_build_page"))
"""Whether this release of MkDocs has the functions that finish a page; they are its own and may go by other names one day."""
_MANY = 400
"""Pages from which on a second process is worth its start."""


class Finished(MadeFile):
    """A page's file that is finished where MkDocs copies it."""

    finisher: Finisher

    def is_documentation_page(self) -> bool:
        """It is none of the pages that wait for each other."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002 - MkDocs asks so
        """Finish it."""
        self.finisher.meet(self)


class Done(NamedTuple):
    """What another process brings back of the pages that it finished: what was noted of them, their titles and anchors, and what was said on the way."""

    noted: Found
    pages: Mapping[str, tuple[str | None, Anchors]]
    said: Sequence[logging.LogRecord]


class Finisher:
    """The pages of one build that wait for no other.

    Args:
        config: the site's configuration.
        nav: its navigation.
        files: its files.
        returning: where a server's session keeps what it wrote; nothing for a build.
        seen: whether anybody looks at pages once the site is built, at their headings for instance, which take as much memory as all else that is known of them.
    """

    env: Environment
    mould: Mould
    notes: Notes
    share: Elsewhere[Done] | None = None

    def __init__(self, config: MkDocsConfig, nav: Navigation, files: Files, returning: Returning | None, *, seen: bool) -> None:
        self.config, self.nav, self.files, self.returning, self.seen = config, nav, files, returning, seen
        self.all: Sequence[File] = files.documentation_pages()
        self.found = list[File]()
        self.others: Mapping[str, File] = {}

    def take(self, page: SitePage) -> None:
        """Finish this page by itself."""
        vars(page.file)["dest_uri"] = page.file.dest_uri  # which follows from what the file is
        page.file.__class__ = Finished
        vars(page.file)["finisher"], vars(page)["waits"] = self, False
        self.found.append(page.file)

    def begin(self, env: Environment, notes: Notes) -> None:
        """Begin, now that the frame is known.

        Args:
            env: where the theme's templates are.
            notes: where is noted what pages tell while they are finished.
        """
        self.env, self.mould, self.notes = env, Mould(env, self.config, self.nav), notes
        if notes.search and notes.keeper.able:  # else another plugin may change a page after it has passed by
            notes.search.open()
        if len(self.found) >= _MANY and possible():
            self.others = {file.src_uri: file for file in self.found[len(self.found) // 2 :]}
            gc.collect()
            self.share = Elsewhere(self._finish_others)
            gc.freeze()  # what is there by now stays until the end: to look through it again and again would be a twentieth of the work

    def meet(self, file: File) -> None:
        """Finish a page. The first that another process has taken over is a reason to wait for it."""
        if file.src_uri not in self.others:
            self._finish(file)
        elif self.share:
            done, self.share = self.share.result(), None
            if done:
                self._learn(done)
            else:
                for other in self.others.values():
                    self._finish(other)

    def tell(self) -> None:
        """Have links to parts of pages looked at, as MkDocs does once all pages are there, and let every page be one again for whoever comes after."""
        gc.unfreeze()
        for file in self.found:
            file.__class__ = MadeFile
            if file.page:
                file.page.validate_anchor_links(files=self.files, log_level=self.config.validation.links.anchors)
        for page in (file.page for file in self.found if file.page and not self.seen):
            page.present_anchor_ids = page.links_to_anchors = None

    def stop(self) -> None:
        """Leave undone what another process is at."""
        gc.unfreeze()
        if self.share:
            self.share.stop()

    def _finish(self, file: File) -> None:
        page = file.page
        if page:
            mkdocs_build._populate_page(page, self.config, self.files)  # noqa: SLF001
            if not self._returns(page):
                page.meta.setdefault("template", self.mould.template)
                mkdocs_build._build_page(page, self.config, self.all, self.nav, self.env)  # noqa: SLF001
            vars(page)["title"] = page.title  # which MkDocs would look for in the text
            page.content = page.markdown = None
            if not self.seen:
                page.toc = TableOfContents([])
            self._note_written(page)

    def _returns(self, page: SitePage) -> bool:
        seen = self.notes.keeper.passed(page)
        returns = bool(seen and self.returning and self.returning.takes(page.file, self.notes.made_of(page)))
        if seen and returns:
            self.notes.see(page, seen)
        return returns

    def _finish_others(self) -> Done:
        """What the other process does."""
        self.notes.apart()
        said = listen()
        for file in self.others.values():
            self._finish(file)
        return Done(self.notes.noted(), {path: (file.page.title, anchors_of(file.page)) for path, file in self.others.items() if file.page}, said)

    def _learn(self, done: Done) -> None:
        self.notes.learn(done.noted)
        for path, file in self.others.items():
            if file.page:
                vars(file.page)["title"], anchors = done.pages[path]
                put_anchors(file.page, anchors, self.files)
                if isinstance(file.page, PreparedPage):
                    file.page.let_go()
                self._note_written(file.page)
        for record in done.said:
            logging.getLogger(record.name).handle(record)

    def _note_written(self, page: SitePage) -> None:
        if self.returning:
            self.returning.wrote(page.file, self.notes.made_of(page))


def listen() -> list[logging.LogRecord]:
    """What is said from now on in this process, instead of saying it."""
    said = list[logging.LogRecord]()
    for name in ("", "mkdocs", "py.warnings"):
        logging.getLogger(name).handlers = [_Listener(said)]
    return said


class _Listener(logging.Handler):
    """Notes what is said, in words: what they were made of may not travel."""

    def __init__(self, said: list[logging.LogRecord]) -> None:
        super().__init__()
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        record.msg, record.args, record.exc_info = record.getMessage(), None, None
        if not self.said or self.said[-1] is not record:  # which a logger that hands on what it hears would say twice
            self.said.append(record)
