"""The frame that the theme puts around each page: what may run in it, and the search box."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import get_relative_url

from hotwash import content_policy, full_text, shards
from hotwash.model import Failure
from hotwash.pages import Site
from hotwash.pages.recorded import feeds
from hotwash.plugin.compiled import compile_once
from hotwash.plugin.surroundings import unchanged

_PAGES = Path(__file__).parent.parent / "theme" / "pages"
"""Templates of pages that take the place of the theme's."""
_log = logging.getLogger("mkdocs.plugins.hotwash.search")


class Frame:
    """The frame of one build. Another theme than Material stays as it is: what it runs in a page is not known beforehand, and its search box is another."""

    index: full_text.Index | None = None
    policy: Callable[[str], str] | None = None
    feeds = ""
    """What the feeds are called; empty where the site has none."""

    def __init__(self, config: MkDocsConfig, root: Path, serving: bool, search: str, strict: bool) -> None:
        material = config.theme.name == "material"
        # The server of `mkdocs serve` adds a script of its own to each page.
        self.serving, self.strict = serving, strict and material and not serving
        ours = 1 if config.theme.custom_dir else 0  # after the team's own theme files, which win, and before the theme's
        if material:
            config.theme.dirs.insert(ours, str(_PAGES))
        if material and "material/search" in config.plugins and search == "full-text" and full_text.program()[0]:
            config.theme.dirs.insert(ours, str(full_text.THEME))
            self.index = full_text.Index(root, Path(config.site_dir), str(config.theme.get("language") or "en"))
            # The theme's own search has no page to index, and would take the marks out of every page by which ours knows what not to read.
            hands, theirs = config.plugins.events["page_context"], config.plugins["material/search"]
            hands[:] = [hand for hand in hands if getattr(hand, "__self__", None) is not theirs]

    def know(self, site: Site) -> None:
        """Take note of what this site's feeds are called, and of what its search says of each postmortem."""
        self.feeds = feeds.title_of(site) if site.url else ""
        if self.index:
            self.index.facts = shards.facts_of(site)

    def learn(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        """Learn which inline scripts are the theme's own, from its frame around nothing: they differ only by how deep a page lies."""
        if self.serving and unchanged(config):
            compile_once(env)
        find, listed = (file.url if (file := files.get_file_from_path(path)) else "" for path in ("find.md", "postmortems/index.md"))
        env.globals.update(hotwash_find=find, hotwash_list=listed, hotwash_all=find or listed)
        if self.strict:
            context, template = get_context(Navigation([], []), [], config), env.get_template("main.html")
            self.policy = cache(lambda base: content_policy.policy(template.render({**context, "base_url": base})))

    def around(self, output: str, page: SitePage) -> str:
        """A built page with the policy in its head."""
        base = get_relative_url(".", page.url)
        if self.feeds:
            output = output.replace("</head>", f"{feeds.discovery(base, self.feeds)}</head>", 1)
        return content_policy.placed(output, self.policy(base)) if self.policy else output

    def around_own(self, output: str, name: str, config: MkDocsConfig) -> str:
        """The same for a page that is the theme's own, such as the one for an address that leads nowhere. It may be shown at any depth."""
        return content_policy.placed(output, self.policy(urlsplit(config.site_url or "/").path)) if self.policy and name.endswith(".html") else output

    def finish(self) -> None:
        """Index what is to be found. While pages are shown as they are written, that goes on behind them."""
        if self.index and self.serving:
            self.index.begin(_log.warning)
        elif self.index:
            try:
                self.index.write()
            except Failure as failure:
                raise PluginError(f"hotwash: {failure}") from failure

    def stop(self) -> None:
        """Index nothing more."""
        if self.index:
            self.index.stop()
