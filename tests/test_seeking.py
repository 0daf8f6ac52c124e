"""The converter that does not seek what cannot be there makes the same of every text, and asks less."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

pytest.importorskip("markdown", reason="MkDocs with Material is not installed")

import markdown  # type: ignore[import-untyped]

from hotwash.plugin.seeking import sparing

PLAIN_ONES = ["toc", "tables", "admonition", "footnotes", "pymdownx.tasklist", "pymdownx.details", "pymdownx.superfences", "pymdownx.highlight"]
KINDS = {
    "none": [], "plain": PLAIN_ONES, "with marks": [*PLAIN_ONES, "attr_list", "pymdownx.tilde", "pymdownx.magiclink"],
    "with blocks": [*PLAIN_ONES, "md_in_html", "def_list", "abbr", "sane_lists", "pymdownx.tabbed", "pymdownx.fancylists", "pymdownx.saneheaders", "pymdownx.blocks.admonition"],
}  # fmt: skip
PIECES = ["`", "``", "\\", "[", "]", "](", ")", "![", "<", ">", "&", "&amp;", "&#38;", "*", "**", "_", "  \n", "\n", "\n\n", "[^1]", "[^1]: ", "[a]: b", "<b>", "</b>", "<https://a.b>",
          "<a@b.c>", "-", "# ", "| a |", "|---|", "a", "b c", "é", "\\[", "\\`", "\u2028", "{", "}", "!", "a | b", "--- | ---", "===", "---", "> ", "- ", "* ", "+ ", "1. ", "12", "1) ", ".", ": ", "*[a]: b",
          "    ", "   ", "\t", " ", "!!! note\n", "??? note\n", "???+ note \"a\"\n", "=== \"a\"\n", "/// note\n", "///\n", "```\n", "~~~\n", "```text\n", "<div markdown>", "</div>", "\ufdd30\ufdd3", "\x02", "٣",
          "klzzwxh:0000\x03", "[TOC]", "~", "{#a}"]  # fmt: skip


def converter(extensions: list[str]) -> markdown.Markdown:
    return markdown.Markdown(extensions=extensions)


WHOLE, SPARED = {kind: converter(names) for kind, names in KINDS.items()}, {kind: sparing(converter(names)) for kind, names in KINDS.items()}


@pytest.mark.parametrize("kind", KINDS)
@example(["[a](b)", " ![c](d) ", "`e` \\` <https://a.b> <a@b.c> &amp; <b>f</b>"])
@example(["a\n1. c\n\n    d\n\ne\n===\nf\n\n> g\nh\n\n!!! note\n\n    i\n\nj\n\n??? note\n    k\n\nl | m\n--- | ---\nn | o"])
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30))
def test_it_makes_the_same_of_every_text(kind: str, pieces: list[str]) -> None:
    text, made = "".join(pieces), []
    for one in (WHOLE[kind], SPARED[kind]):
        one.reset()
        made.append(re.sub("&#\\d+;", "", one.convert(text)))  # an address of mail is written in random entities
    assert made[0] == made[1]


def searches(text: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patterns that look through a text."""
    converter, sought = sparing(markdown.Markdown()), list[str]()

    def noting(pattern: Any) -> Any:
        class Noting:
            def finditer(self, *where: Any) -> Any:
                sought.append(pattern.pattern)
                return pattern.finditer(*where)

        return Noting()

    for pattern in converter.inlinePatterns:
        whole = getattr(pattern.compiled_re, "whole", None)
        if whole:
            monkeypatch.setattr(pattern.compiled_re, "whole", noting(whole))
    converter.convert(text)
    return sought


def test_a_copy_of_the_converter_converts() -> None:
    pattern = next(pattern for pattern in copy.copy(SPARED["plain"]).inlinePatterns if pattern.compiled_re.pattern == "\\\\(.)")
    assert copy.copy(pattern.compiled_re).search("a \\* b")


def test_a_bare_sentence_is_looked_through_for_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert searches("The cache stayed empty for 17 minutes.", monkeypatch) == []


@pytest.mark.parametrize(("text", "some"), [("a `b`", "`"), ("a [b](c)", "\\["), ("a &amp; b", "&"), ("a <b>c</b>", "<"), ("a \\* b", "\\\\")])
def test_a_sentence_with_a_character_is_looked_through_for_what_needs_it(text: str, some: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sought = searches(text, monkeypatch)
    assert sought
    assert all(some in pattern for pattern in sought)


def asks(text: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of blocks that are asked whether a text is theirs."""
    one, asked = converter(PLAIN_ONES), list[str]()

    def asking(kind: Any, test: Any) -> Any:
        return lambda *block: asked.append(type(kind).__name__) or test(*block)

    for kind in one.parser.blockprocessors:
        monkeypatch.setattr(kind, "test", asking(kind, kind.test))
    sparing(one).convert(text)
    return asked


def test_a_paragraph_of_sentences_is_offered_to_few_kinds_of_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    said = asks("The cache stayed empty.\n17 minutes later it filled.", monkeypatch)
    assert said[: said.index("ParagraphProcessor")] == ["DetailsProcessor"]


@pytest.mark.parametrize("block", ["# a", "    a", "> a", "- a", "1. a", "12) a", "| a |", "---", "!!! a", "_a_", "a\n---", "a\n1. b"])
def test_a_block_with_a_sign_at_the_beginning_of_a_line_is_offered_to_all(block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"AdmonitionProcessor", "DetailsProcessor"} <= set(asks(block, monkeypatch))


def test_a_text_without_a_sign_is_passed_by_every_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    one, handled = converter(PLAIN_ONES), list[str]()
    inline = one.treeprocessors["inline"]
    monkeypatch.setattr(inline, "_InlineProcessor__handleInline", lambda text, *_: handled.append(text) or text)
    sparing(one).convert("A sentence, and more.\n\nA `word`.\n\nThe end, with\na line more.")
    assert handled == ["A `word`."]


def test_an_extension_that_looks_for_something_else_sees_every_text() -> None:
    assert "https://example.com</a>" in sparing(converter([*PLAIN_ONES, "pymdownx.magiclink"])).convert("See https://example.com for it.")
