"""The MkDocs door: pages made in memory, put among the site's files. The only module that imports mkdocs."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import AnchorLink

from hotwash import project
from hotwash.archive import AUDIENCES
from hotwash.model import Failure, Page
from hotwash.pages import everything
from hotwash.pages.look import STYLE
from hotwash.pages.parts.body import unmarked
from hotwash.pages.parts.clean import cleaned
from hotwash.pages.parts.links import Links
from hotwash.site import load_site
from hotwash.today import as_of

_log = logging.getLogger(f"mkdocs.plugins.{__name__}")


class Options(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml may say under `hotwash`."""

    root = option.Type(str, default=".")
    as_of = option.Type(str, default="")
    audience = option.Choice(tuple(AUDIENCES), default="internal")
    repository = option.Type(str, default="")
    edit = option.Type(str, default=Links().edit)
    history = option.Type(str, default=Links().history)
    file = option.Type(str, default=Links().file)


class HotwashPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Reads the archive anew at every build, so that `mkdocs serve` follows what is written."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Bring the style sheet, and watch the postmortems."""
        self.root = Path(config.config_file_path).parent / self.config.root
        self.links = Links(self.config.repository, self.config.edit, self.config.history, self.config.file)
        config.extra_css.insert(0, STYLE)
        if (folder := self.root / project.FOLDER).is_dir():
            config.watch.append(str(folder))
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add every generated page that the team has not written itself."""
        try:
            site = load_site(self.root, as_of(self.config.as_of), self.links, directories=config.use_directory_urls, cleaned=True, audience=self.config.audience)
            made = list(everything(site))
        except Failure as failure:
            raise PluginError(f"hotwash: {failure}") from failure
        if site.history.note:
            _log.info("hotwash: %s", site.history.note)
        self.pages = {page.path: page for page in made if page.path not in files.src_uris}
        for page in self.pages.values():
            files.append(_file(page, config))
        for path in sorted(site.pictures - set(files.src_uris)):
            files.append(File.generated(config, path, abs_src_path=str(self.root / path)))
        return files

    def on_pre_page(self, page: SitePage, **_: Any) -> SitePage:
        """Lead the edit link to the postmortem itself, to a page of the handbook, or nowhere for a list."""
        made = self.pages.get(page.file.src_uri)
        source = made.source if made else _inside(self.root, page.file.abs_src_path)
        page.edit_url = self.links.to(self.links.edit, source) or None
        return page

    def on_page_content(self, html: str, page: SitePage, **_: Any) -> str:
        """Clean what was made from a body that anybody may have written."""
        made = self.pages.get(page.file.src_uri)
        if not made or not made.source:
            return html
        _unmark(page.toc.items if page.toc else [])
        return cleaned(unmarked(html))


def _unmark(items: list[AnchorLink]) -> None:
    for item in items:
        item.title = unmarked(item.title)
        _unmark(item.children)


def _file(page: Page, config: MkDocsConfig) -> File:
    # Every page renders the whole navigation: with each postmortem in it, the cost of a build would grow with the square of their number.
    inclusion = InclusionLevel.NOT_IN_NAV if page.path.endswith(".md") else InclusionLevel.INCLUDED
    return File.generated(config, page.path, content=page.text, inclusion=inclusion)


def _inside(root: Path, path: Any) -> str:
    try:
        return Path(path).resolve().relative_to(root.resolve()).as_posix() if path else ""
    except ValueError:
        return ""
