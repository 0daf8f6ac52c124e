"""Pages that keep their HTML: where nothing has changed that a page is made from, what was made before is written again.

MkDocs has no way to leave a page out: it converts each and renders each. So a page that is kept is rendered with an empty template, and its HTML takes
the place of what comes of that.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from jinja2 import Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import TableOfContents

from hotwash import kept
from hotwash.plugin.anchors import Anchors, anchors_of, put_anchors
from hotwash.plugin.passing import Passed
from hotwash.plugin.surroundings import digest, place, surroundings, untold

_NOTHING = Template("")
_TELLER = logging.getLogger("mkdocs.structure.pages")


class Asked:
    """The site's files, with a note of which were asked for and what the answer was."""

    def __init__(self, files: Files) -> None:
        self.files, self.answers = files, dict[str, str]()

    def get_file_from_path(self, path: str) -> File | None:
        """As MkDocs' own files answer it."""
        found = self.files.get_file_from_path(path)
        self.answers[path] = answer(found)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.files, name)


def answer(file: File | None) -> str:
    """What a link depends on of the file that it leads to."""
    return f"{file.url} {file.inclusion.name}" if file else ""


class Keeper:
    """The pages of one build that were built before, and those that are worth keeping now."""

    def __init__(self, root: str, config: MkDocsConfig, nav: Navigation, files: Files, *, audience: str, serving: bool, wanted: bool) -> None:
        self.root, self.config, self.nav, self.files = root, config, nav, files
        self.site = digest((place(config), audience, serving)).hex()[:16]
        self.able = wanted and untold(config)
        self.before = kept.recalled(root, self.site) if self.able else {}
        self.taken, self.keys, self.now = dict[str, Mapping[str, Any]](), dict[str, tuple[bytes, dict[str, str]]](), kept.Keeping(root, self.site)
        self.made_of = dict[str, bytes]()
        """The hash of everything of which a page was made, for pages that are kept."""

    @cached_property
    def around(self) -> bytes:
        """Computed when the first page asks, since by then every plugin has had its say about the navigation."""
        return surroundings(self.config, self.nav, self.files)

    def takes(self, page: SitePage, files: Files) -> bool:
        """Whether the page's HTML is kept; then nothing of it is made."""
        old = self.before.get(page.file.src_uri)
        if not old or old.key != (key := self._key(page)):
            return False
        more = json.loads(old.more)
        if any(answer(files.get_file_from_path(path)) != said for path, said in more["asked"].items()):
            return False
        self.taken[page.file.src_uri] = more
        self.made_of[page.file.src_uri] = _all_of(key, more["asked"])
        _restore(page, more, files)
        return True

    def watch(self, page: SitePage, files: Files) -> Watched:
        """What a page asks for, and what is said of it, while it is made."""
        return Watched(self, page, files)

    def html(self, page: SitePage) -> str | None:
        """The page's HTML, where it is kept."""
        return self.before[page.file.src_uri].text() if page.file.src_uri in self.taken else None

    def passed(self, page: SitePage) -> Passed | None:
        """What is known of a page that is kept, without its HTML."""
        more = self.taken.get(page.file.src_uri)
        return Passed(*more["passed"]) if more else None

    def made(self, page: SitePage, html: str, seen: Passed) -> None:
        """Keep what was made."""
        if noted := self.keys.pop(page.file.src_uri, None):
            key, asked = noted
            self.made_of[page.file.src_uri] = _all_of(key, asked)
            more = {"asked": asked, "anchors": anchors_of(page), "title": vars(page)["_title_from_render"], "passed": (seen.searched, seen.leads)}
            self.now.add(page.file.src_uri, kept.packed(key, json.dumps(more), html))
            page.content = ""

    def hold(self) -> None:
        """Write nothing of what is made from now on: another process will."""
        self.now, self.taken = kept.Keeping(self.root, self.site, at_once=sys.maxsize), {}

    def close(self) -> None:
        """Remember this build."""
        if self.able:
            self.now.close(self.before.keys() - self.taken.keys())

    def note(self, page: SitePage, asked: Mapping[str, str]) -> None:
        """This page may be kept."""
        self.keys[page.file.src_uri] = (self._key(page), dict(asked))

    def worth(self, page: SitePage) -> bool:
        """Whether a page may be kept: one that the theme's own search reads is needed whole, and a draft says that it is one."""
        settings, searches = page.meta.get("search"), {name for plugin in self.config.plugins if (name := plugin.partition(" #")[0]).endswith("search")}
        # Only Material's search knows that a page may be left out; MkDocs' own would read a kept page as an empty one.
        unread = isinstance(settings, dict) and settings.get("exclude") and searches <= {"material/search"}
        return self.able and bool(unread or not searches) and page.file.inclusion.value > InclusionLevel.DRAFT.value and "template" not in page.meta

    def _key(self, page: SitePage) -> bytes:
        of_page = (page.file.src_uri, page.file.url, page.edit_url, page.canonical_url, dict(page.meta), vars(page).get("title"))
        return digest((self.around, repr(of_page), page.markdown))


class Watched:
    """A page while it is made. One of which MkDocs had something to say is made again next time, so that it is said again."""

    def __init__(self, keeper: Keeper, page: SitePage, files: Files) -> None:
        self.keeper, self.page, self.asked, self.said = keeper, page, Asked(files), 0

    def __enter__(self) -> Asked:
        _TELLER.addFilter(self._count)
        return self.asked

    def __exit__(self, *_: object) -> None:
        _TELLER.removeFilter(self._count)
        if not self.said and all(self.asked.answers.values()):
            self.keeper.note(self.page, self.asked.answers)

    def _count(self, _: logging.LogRecord) -> bool:
        self.said += 1
        return True


def _all_of(key: bytes, asked: Mapping[str, str]) -> bytes:
    """A hash of everything of which a page was made, the answers to what it asked of other files included."""
    return digest((key, repr(sorted(asked.items()))))


def _restore(page: SitePage, more: Mapping[str, Any], files: Files) -> None:
    """What MkDocs asks of a page after it was made."""
    page.content, page.toc = "", TableOfContents([])
    put_anchors(page, Anchors(*more["anchors"]), files)
    vars(page)["_title_from_render"] = more["title"]
    page.meta["template"] = _NOTHING
