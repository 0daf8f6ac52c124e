"""The MkDocs door: pages made in memory, put among the site's files. Only this room imports mkdocs."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils.templates import TemplateContext

from hotwash import project, rereading
from hotwash.archive import AUDIENCES
from hotwash.audience.frame import refuse_in_settings, refuse_in_text, without
from hotwash.freed import forget_answers, give_back
from hotwash.model import Failure
from hotwash.pages import INSIDE, everything
from hotwash.pages.look import SCRIPT, STYLE
from hotwash.pages.parts.links import Links
from hotwash.plugin.files import file_of
from hotwash.plugin.finishing import ABLE, Finisher
from hotwash.plugin.following import Follower
from hotwash.plugin.frame import Frame
from hotwash.plugin.keeping import Keeper
from hotwash.plugin.notes import Notes
from hotwash.plugin.passing import passed
from hotwash.plugin.rendering import Converter, content_cleaned, in_bytes, prepare
from hotwash.plugin.returning import Returning
from hotwash.plugin.shelving import Shelving
from hotwash.plugin.surroundings import place, unheard, unseen
from hotwash.site import load_shown, load_site
from hotwash.spool import Spool
from hotwash.today import as_of

_AROUND = ("site_name", "site_description", "site_author", "copyright", "nav", "extra")
"""Settings of MkDocs that the theme shows around every page."""
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
    search = option.Choice(("full-text", "material"), default="full-text")
    content_security_policy = option.Type(bool, default=True)
    keep = option.Type(bool, default=True)


class HotwashPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Reads the archive anew at every build, so that `mkdocs serve` follows what is written."""

    serving = False
    returning: Returning
    frame: Frame | None = None

    def on_startup(self, *, command: str, **_: Any) -> None:
        """Know whether pages are shown while they are written. That MkDocs calls this also keeps one plugin for all builds of a session."""
        self.serving, self.returning = command == "serve", Returning()

    def on_shutdown(self) -> None:
        """Leave no indexing behind, and nothing of this session to another one in the same process."""
        self._stop()
        self.returning.close()
        self.serving = False

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Bring the style sheet, and watch the postmortems."""
        self.root = Path(config.config_file_path).parent / self.config.root
        self.links = Links("" if self.config.audience == "public" else self.config.repository, self.config.edit, self.config.history, self.config.file)
        config.extra_css.insert(0, STYLE)
        config.extra_javascript.append(SCRIPT)
        self._stop()
        self.frame = Frame(config, self.root, self.serving, self.config.search, self.config.content_security_policy)
        if (folder := self.root / project.FOLDER).is_dir():
            config.watch.append(str(folder))
        return config

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Set aside what is served, before MkDocs sweeps it away."""
        if self.serving:
            self.returning.begin(config.site_dir)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add every generated page that the team has not written itself."""
        try:
            seen, audience = load_shown(self.root, self.config.audience), self.config.audience
            site = load_site(self.root, as_of(self.config.as_of), self.links, directories=config.use_directory_urls, cleaned=True, audience=audience, seen=seen, url=_with_slash(config.site_url))
            shelving = Shelving(self.root, site, place(config)) if self.config.keep else None
            self.spool = Spool()
            made = [(page._replace(text=""), partial(self.spool.read, self.spool.put(in_bytes(page.text)))) for page in (everything(shelving.site, shelving.each) if shelving else everything(site))]
        except Failure as failure:
            raise PluginError(f"hotwash: {failure}") from failure
        if shelving:
            shelving.close()
        for note in seen.notes():
            _log.info("hotwash: %s", note)
        self.hidden = seen.hidden
        if self.frame:
            self.frame.know(site)
        if not site.url:
            _log.info("hotwash: no feeds are written: `site_url` in mkdocs.yml says where the site stands, and a feed needs it")
        # Where the postmortems lie among the team's own pages, MkDocs would show them as they are, hidden ones and the policy included.
        for raw in [file for file in files if _inside(self.root / project.FOLDER, file.abs_src_path)]:
            files.remove(raw)
        self.pages = {page.path: page for page, _ in made if page.path not in files.src_uris}
        self.texts = {page.path: text for page, text in made if page.path in self.pages}
        self._cut_frame(config, files, public=site.public)
        for page in self.pages.values():
            files.append(file_of(page, self.texts[page.path], config))
        for path in sorted(site.pictures - set(files.src_uris)):
            files.append(File.generated(config, path, abs_src_path=str(self.root / path)))
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Have every page converted by us, after every plugin has had its say about the navigation."""
        converter = Converter(config)
        self.keeper = Keeper(str(self.root), config, nav, files, audience=self.config.audience, serving=self.serving, wanted=self.config.keep and converter.shared is not None)
        self.finisher, navigated = Finisher(config, nav, files, self.returning if self.serving else None, seen=not unseen(config)), {page.file.src_uri for page in nav.pages}
        apart = ABLE and self.keeper.able and unheard(config)
        for file in self.finisher.all:
            page = file.page or SitePage(None, file, config)
            prepare(page, self.pages.get(file.src_uri), self.texts.pop(file.src_uri, bytes), converter, self.keeper)
            if apart and file.src_uri in self.pages and file.src_uri not in navigated:
                self.finisher.take(page)
        return nav

    @event_priority(-100)
    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Let go of the archive, and get to know the frame, once every plugin has added its filters, and every place to which a link may lead."""
        if not self.serving:
            rereading.forget()
            forget_answers()
            give_back()
        self.notes = Notes(self.keeper, Follower(config, files), self.frame, self.pages)
        if self.frame:
            self.frame.learn(env, config, files)
        self.finisher.begin(env, self.notes)
        return env

    def on_pre_page(self, page: SitePage, **_: Any) -> SitePage:
        """Lead the edit link to the postmortem itself, to a page of the handbook, or nowhere for a list."""
        made = self.pages.get(page.file.src_uri)
        source = made.source if made else _inside(self.root, page.file.abs_src_path)
        page.edit_url = self.links.to(self.links.edit, source) or None
        return page

    def on_page_markdown(self, markdown: str, page: SitePage, config: MkDocsConfig, **_: Any) -> str:
        """Refuse a page of the team's own that names what is not shown. Where the full-text search serves, keep every page out of the theme's own index."""
        if page.file.src_uri not in self.pages:
            self._refuse_names(page.file)
        elif "navigation.tabs" not in (config.theme.get("features") or ()):
            # Our pages are wide and leave the way on to the tabs. Without tabs, the list of pages beside them is the only way.
            page.meta["hide"] = [part for part in page.meta.get("hide") or () if part != "navigation"]
        if self.frame and self.frame.index:
            self.frame.index.take(page.file.src_uri, page.meta)
        return markdown

    def on_page_content(self, html: str, page: SitePage, **_: Any) -> str:
        """Clean what was made from a body that anybody may have written, and was not converted by us."""
        made = self.pages.get(page.file.src_uri)
        if made and self.keeper.able:
            self.pages[made.path] = made._replace(markup=())
        return content_cleaned(html, page, made)

    def on_post_page(self, output: str, page: SitePage, **_: Any) -> str:
        """Take note of the page, and put into its head what it may run and load. One that was built before is brought as it was."""
        before, seen = self.keeper.html(page), self.keeper.passed(page) or passed(output)
        if before is None:
            self.keeper.made(page, output, seen)
        self.notes.see(page, seen)
        return self.frame.around(before or output, page) if self.frame else before or output

    def on_template_context(self, context: TemplateContext, **_: Any) -> TemplateContext:
        """Name every page to the site's map."""
        context["pages"] = self.finisher.all
        return context

    def on_post_template(self, output: str, template_name: str, config: MkDocsConfig) -> str:
        """The same for pages that come from the theme, such as the one for an address that leads nowhere."""
        return self.frame.around_own(output, template_name, config) if self.frame else output

    @event_priority(100)
    def on_post_build(self, **_: Any) -> None:
        """Keep what was made, say which links lead nowhere, and index what is to be found. While pages are shown as they are written, that goes on behind them."""
        self.keeper.close()
        if self.serving:
            self.returning.end()
        self.finisher.tell()
        if not self.finisher.seen:  # else another plugin may look at a file's text
            self.spool.stop()
        self.notes.follower.tell()
        if not self.serving:
            give_back()
        if self.frame:
            self.frame.finish()

    def on_build_error(self, **_: Any) -> None:
        """Leave nothing behind that goes on."""
        self._stop()

    def _cut_frame(self, config: MkDocsConfig, files: Files, *, public: bool) -> None:
        """Take pages that this audience does not have out of the navigation, and refuse what names them otherwise."""
        hidden = self.hidden

        def gone(path: str) -> bool:
            return path not in files.src_uris and ((public and path.startswith(INSIDE)) or (path.startswith("postmortems/") and bool(hidden.is_one(path.rsplit("/", 1)[-1]))))

        if config.nav and (public or hidden):
            config.nav = without(config.nav, gone)
        try:
            refuse_in_settings(Path(config.config_file_path).name, {key: config[key] for key in _AROUND}, hidden, self.config.audience)
        except Failure as failure:
            raise PluginError(f"hotwash: {failure}") from failure

    def _stop(self) -> None:
        for part in filter(None, (vars(self).get("finisher"), self.frame, vars(self).get("spool"))):  # what writes for the search, then the search
            part.stop()

    def _refuse_names(self, file: File) -> None:
        try:
            refuse_in_text(file.src_uri, file.content_string, self.hidden, self.config.audience)
        except Failure as failure:
            raise PluginError(f"hotwash: {failure}") from failure


def _with_slash(url: str | None) -> str:
    return f"{url.rstrip('/')}/" if url else ""


def _inside(root: Path, path: Any) -> str:
    try:
        return Path(path).resolve().relative_to(root.resolve()).as_posix() if path else ""
    except ValueError:
        return ""
