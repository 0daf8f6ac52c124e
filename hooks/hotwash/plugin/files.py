"""The files of pages that we made, as MkDocs knows files. Their texts lie aside until it comes to them: all at once would take much memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from hotwash.model import Page


class MadeFile(File):
    """A file whose text is read when it is asked for."""

    @property
    def _content(self) -> Any:
        held = vars(self).get("held", vars(self).get("_content"))  # it may have been another's file before
        return held() if callable(held) else held

    @_content.setter
    def _content(self, content: Any) -> None:
        vars(self)["held"] = content

    def __getstate__(self) -> dict[str, Any]:
        """For whoever copies the file or sends it elsewhere: with its text, since where that lies is open here alone."""
        return {**vars(self), "held": self._content}


def file_of(page: Page, held: Callable[[], bytes], config: MkDocsConfig) -> File:
    """The file of a page, or of another thing that we made for the site."""
    # Every page renders the whole navigation: with each postmortem in it, the cost of a build would grow with the square of their number.
    inclusion = InclusionLevel.NOT_IN_NAV if page.path.endswith(".md") else InclusionLevel.INCLUDED
    return MadeFile.generated(config, page.path, content=held, inclusion=inclusion)  # type: ignore[call-overload, no-any-return]
