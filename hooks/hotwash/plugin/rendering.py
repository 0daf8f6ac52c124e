"""How a page becomes HTML: what is finished markup goes around the Markdown converter, of which there is one for all pages.

Most of a list, and half of a postmortem, is markup that hotwash made. MkDocs would send it through the converter, which looks at every element of it for
Markdown, and would make a new converter for each page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.util import find_spec
from typing import cast

import markdown  # type: ignore[import-untyped]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages as mkdocs_pages
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import AnchorLink, get_toc

from hotwash.model import Page
from hotwash.pages.parts.body import unmarked
from hotwash.pages.parts.clean import cleaned
from hotwash.plugin.keeping import Keeper
from hotwash.plugin.repeating import unrepeated
from hotwash.plugin.seeking import sparing

_HOLD = "\ufdd3"
"""A character that no text has: Unicode keeps it for a program's own use. It holds the place of a piece of markup."""
_HELD = re.compile(f"<p>{_HOLD}(\\d+){_HOLD}</p>")
_ID = re.compile(r' id="([^"]+)"')
_FRONT_END = "\n---\n\n"
_OWN_FILES = ("pymdownx.snippets", "pymdownx.b64", "pymdownx.pathconverter", "pymdownx.blocks")
_PARTS = ("_RawHTMLPreprocessor", "_ExtractTitleTreeprocessor", "_ExtractAnchorsTreeprocessor", "_RelativePathTreeprocessor")


def in_bytes(text: str) -> bytes:
    """A text as it is held or put aside: with one dash or quote in it, it takes half the room."""
    return text.encode("utf-8", "surrogatepass")


def in_words(text: bytes) -> str:
    """A text that was held."""
    return text.decode("utf-8", "surrogatepass")


def plain_extensions(config: MkDocsConfig) -> bool:
    """Whether all Markdown extensions are ones of which it is known that they make the same of the same text, whatever page they saw before."""
    names = [name if isinstance(name, str) else "" for name in config.markdown_extensions]
    return all(name not in _OWN_FILES and (name.startswith(("markdown.extensions.", "pymdownx.")) or _shipped(name)) for name in names)


def _shipped(name: str) -> bool:
    """Whether a short name is that of an extension which comes with the converter: any package may bring another, one that reads files for instance."""
    return name.isidentifier() and find_spec(f"markdown.extensions.{name}") is not None


class Converter:
    """One Markdown converter, used for one page after another."""

    def __init__(self, config: MkDocsConfig) -> None:
        self.shared: markdown.Markdown | None = None
        if plain_extensions(config) and all(hasattr(mkdocs_pages, name) for name in _PARTS):
            self.shared = unrepeated(sparing(markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {})))

    def render(self, page: PreparedPage, config: MkDocsConfig, files: Files) -> None:
        """Convert a page."""
        body, blocks = page.in_pieces()
        if not (self.shared and self._converted(self.shared, page, body, config, files) and page.put_together(blocks)):
            SitePage.render(page, config, files)
            page.clean()

    def _converted(self, shared: markdown.Markdown, page: SitePage, text: str, config: MkDocsConfig, files: Files) -> bool:
        """As MkDocs does it, with its own processors; it has no way to be given a converter."""
        shared.reset()
        for_raw, for_title, for_anchors, for_links = (getattr(mkdocs_pages, name) for name in _PARTS)
        raw, title, anchors, links = for_raw(), for_title(), for_anchors(page.file, files, config), for_links(page.file, files, config)
        for part in (raw, anchors, links, title):
            part._register(shared)  # noqa: SLF001
        page.content = shared.convert(text)
        page.toc = get_toc(getattr(shared, "toc_tokens", []))
        page._title_from_render = title.title  # noqa: SLF001
        page.present_anchor_ids = anchors.present_anchor_ids | raw.present_anchor_ids
        page.links_to_anchors = links.links_to_anchors
        return True


class PreparedPage(SitePage):
    """A page of MkDocs that knows which of its text is finished. MkDocs makes its pages itself, so one becomes this later (see `prepare`)."""

    made: Page | None
    text: Callable[[], bytes]
    converter: Converter
    keeper: Keeper
    waits = True
    """Whether its HTML is held until the last page is converted, along with that of all others."""
    _held: bytes | str | None = None

    @property
    def content(self) -> str | None:
        """The HTML."""
        return in_words(self._held) if isinstance(self._held, bytes) else self._held

    @content.setter
    def content(self, html: str | None) -> None:
        self._held = in_bytes(html) if html and self.waits else html

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the front matter of a page of ours as what it is, one JSON value a line."""
        whole = in_words(self.text())
        end = whole.find(_FRONT_END)
        if end < 0 or config.plugins.on_page_read_source(page=self, config=config) is not None:
            super().read_source(config)
            return
        pairs = (line.split(": ", 1) for line in whole[4:end].split("\n"))
        self.meta = {name: json.loads(value) for name, value in pairs}
        self.markdown = whole[end + len(_FRONT_END) :]

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the text, unless what it made before is kept."""
        if not self.keeper.worth(self):
            self.converter.render(self, config, files)
        elif not self.keeper.takes(self, files):
            with self.keeper.watch(self, files) as asked:
                self.converter.render(self, config, cast("Files", asked))
        if self.keeper.able:
            self.let_go()

    def let_go(self) -> None:
        """Drop the text. Nobody else looks at it once it is converted, and ten thousand of what MkDocs holds of them are half a gigabyte."""
        if self.made:
            self.made, self.text, self.markdown, self.file.content_string = self.made._replace(markup=()), bytes, "", ""

    def in_pieces(self) -> tuple[str, list[str]]:
        """The text with a mark in the place of each finished block, and these blocks. A text that another plugin has changed is in one piece."""
        text, whole = self.markdown or "", in_words(self.text())
        start = len(whole) - len(text)
        if not self.made or start < 0 or not whole.endswith(text):
            return text.replace(_HOLD, ""), []
        pieces, blocks = list[str](), list[str]()
        for number, (begin, end) in enumerate(self.made.markup):
            pieces += [whole[start:begin].replace(_HOLD, ""), f"{_HOLD}{number}{_HOLD}"]
            blocks.append(whole[begin:end])
            start = end
        return "".join((*pieces, whole[start:].replace(_HOLD, ""))), blocks

    def put_together(self, blocks: list[str]) -> bool:
        """Clean what was converted, and put each block in its place; whether each had one."""
        self.clean()
        content = self.content or ""
        if [int(number) for number in _HELD.findall(content)] != list(range(len(blocks))) or content.count(_HOLD) != 2 * len(blocks):
            return False
        self.content = _HELD.sub(lambda held: blocks[int(held[1])], content)
        self.present_anchor_ids = {*(self.present_anchor_ids or ()), *(id for block in blocks for id in _ID.findall(block))}
        return True

    def clean(self) -> None:
        """Clean what was made from a body that anybody may have written."""
        if self.made and self.made.source:
            _unmark(self.toc.items if self.toc else [])
            self.content = cleaned(unmarked(self.content or ""))


def prepare(page: SitePage, made: Page | None, text: Callable[[], bytes], converter: Converter, keeper: Keeper) -> None:
    """Have a page converted here. One that another plugin brought as something of its own is left to it."""
    if type(page) is SitePage:
        page.__class__ = PreparedPage
        vars(page).update(made=made, text=text, converter=converter, keeper=keeper)


def _unmark(items: list[AnchorLink]) -> None:
    for item in items:
        item.title = unmarked(item.title)
        _unmark(item.children)


def content_cleaned(html: str, page: SitePage, made: Page | None) -> str:
    """The content of a page that was converted elsewhere."""
    if isinstance(page, PreparedPage) or not made or not made.source:
        return html
    _unmark(page.toc.items if page.toc else [])
    return cleaned(unmarked(html))
