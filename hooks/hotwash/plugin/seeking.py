"""What is not sought where the sign is missing without which there is nothing to find.

Most sentences hold no bracket and no backtick, and the converter would look at every letter of them for each, after having asked of every block whether it
is a list, a table or a quotation. Measured over the bodies of generated postmortems, this is more than half of what a conversion costs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from re import Match, Pattern
from typing import Any

import markdown  # type: ignore[import-untyped]
from markdown import inlinepatterns

_NEEDED = {
    inlinepatterns.BACKTICK_RE: "`", inlinepatterns.ESCAPE_RE: "\\", inlinepatterns.LINK_RE: "[", inlinepatterns.REFERENCE_RE: "[",
    inlinepatterns.IMAGE_LINK_RE: "![", inlinepatterns.IMAGE_REFERENCE_RE: "![", inlinepatterns.AUTOLINK_RE: "<", inlinepatterns.AUTOMAIL_RE: "<",
    inlinepatterns.HTML_RE: "<", inlinepatterns.ENTITY_RE: "&", inlinepatterns.LINE_BREAK_RE: "  \n", r"\[\^([^\]]*)\]": "[^",
}  # fmt: skip
"""By a pattern of Python-Markdown, what everything that it matches has in it. A release with other patterns is left alone in these."""
_EITHER = {r"\*|_": ("*", "_")}
"""The same where one of several will do."""
_HANDLE = "_InlineProcessor__handleInline"
"""What Python-Markdown does with a text, by the name under which Python knows it outside its class."""
_BEGINNING = r"(?:[^\W\d_]|\d+(?![\d.)])|[\x02\ufdd3])"
_SENTENCES = re.compile(rf"{_BEGINNING}.*(?:\n{_BEGINNING}.*)*")
"""A block that can be nothing but a paragraph: each line begins with a letter, with a number that counts nothing, or with what holds the place of something."""
_SIGNED = frozenset({
    *(f"markdown.blockprocessors.{name}Processor" for name in ("EmptyBlock", "ListIndent", "CodeBlock", "HashHeader", "SetextHeader", "HR", "OList", "UList", "BlockQuote", "Reference")),
    "markdown.extensions.admonition.AdmonitionProcessor", "markdown.extensions.footnotes.FootnoteBlockProcessor", "markdown.extensions.tables.TableProcessor",
    "pymdownx.superfences.SuperFencesCodeBlockProcessor",
})  # fmt: skip
"""Kinds of blocks with a sign at the beginning of a line: a space, a mark, or the number of an item. Any other kind is asked about every block."""
_DETAILS = "pymdownx.details.DetailsProcessor"
"""A kind that remembers something of the block before, and has to be asked."""


class Sought:
    """A compiled pattern that looks first whether there is anything to find."""

    def __init__(self, whole: Pattern[str], needed: str) -> None:
        self.whole, self.needed = whole, needed

    def finditer(self, text: str, *where: int) -> Iterator[Match[str]]:
        """As the pattern itself finds it."""
        return self.whole.finditer(text, *where) if self.needed in text else iter(())

    def search(self, text: str) -> Match[str] | None:
        """The same for the first."""
        return self.whole.search(text) if self.needed in text else None

    def __getattr__(self, name: str) -> Any:
        if name == "whole":  # which a copy does not have yet
            raise AttributeError(name)
        return getattr(self.whole, name)


def sparing(converter: markdown.Markdown) -> markdown.Markdown:
    """The same converter, which makes the same of every text, sooner."""
    expressions = {pattern: pattern.getCompiledRegExp() for pattern in converter.inlinePatterns}
    signs = [_EITHER.get(whole.pattern) or (_NEEDED.get(whole.pattern, ""),) for whole in expressions.values()]
    for pattern, whole in expressions.items():
        if needed := _NEEDED.get(whole.pattern):
            pattern.compiled_re = Sought(whole, needed)
    _pass_plain_text(converter.treeprocessors["inline"], frozenset(sign for some in signs for sign in some))
    _pass_sentences(converter.parser)
    return converter


def _pass_plain_text(inline: Any, signs: Collection[str]) -> None:
    """Have a text without any sign of a pattern passed by all of them."""
    whole: Any = getattr(inline, _HANDLE, None)

    def handle(text: str, *where: int) -> Any:
        for sign in signs:
            if sign in text:
                return whole(text, *where)
        return text

    if whole:
        setattr(inline, _HANDLE, handle)


def _pass_sentences(parser: Any) -> None:
    """Ask only the kinds of blocks that may have no sign whether a sentence is theirs: the parser's own loop, but for that."""
    kinds = [(kind, f"{type(kind).__module__}.{type(kind).__name__}") for kind in parser.blockprocessors]
    every, few = [kind for kind, _ in kinds], [kind for kind, name in kinds if name not in _SIGNED]
    for kind, name in kinds:
        if name == _DETAILS:
            kind.START = Sought(kind.START, "???")

    def parse(parent: Any, blocks: list[str]) -> None:
        while blocks:
            for kind in few if _SENTENCES.fullmatch(blocks[0]) else every:
                if kind.test(parent, blocks[0]) and kind.run(parent, blocks) is not False:
                    break

    parser.parseBlocks = parse
