"""The converter that does not seek what cannot be there makes the same of every text."""

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

EXTENSIONS = ["toc", "tables", "admonition", "footnotes", "attr_list", "pymdownx.tasklist", "pymdownx.tilde"]
PIECES = ["`", "``", "\\", "[", "]", "](", ")", "![", "<", ">", "&", "&amp;", "&#38;", "*", "**", "_", "  \n", "\n", "\n\n", "[^1]", "[^1]: ", "[a]: b", "<b>", "</b>", "<https://a.b>",
          "<a@b.c>", "-", "# ", "| a |", "|---|", "a", "b c", "é", "\\[", "\\`", "\u2028", "{", "}", "!"]  # fmt: skip
PLAIN, SPARING = markdown.Markdown(extensions=EXTENSIONS), sparing(markdown.Markdown(extensions=EXTENSIONS))


@example(["[a](b)", " ![c](d) ", "`e` \\` <https://a.b> <a@b.c> &amp; <b>f</b>"])
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30))
def test_it_makes_the_same_of_every_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    PLAIN.reset()
    SPARING.reset()
    assert re.sub("&#\\d+;", "", SPARING.convert(text)) == re.sub("&#\\d+;", "", PLAIN.convert(text))  # an address of mail is written in random entities


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
    pattern = next(pattern for pattern in copy.copy(SPARING).inlinePatterns if pattern.compiled_re.pattern == "\\\\(.)")
    assert copy.copy(pattern.compiled_re).search("a \\* b")


def test_a_bare_sentence_is_looked_through_for_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert searches("The cache stayed empty for 17 minutes.", monkeypatch) == []


@pytest.mark.parametrize(("text", "some"), [("a `b`", "`"), ("a [b](c)", "\\["), ("a &amp; b", "&"), ("a <b>c</b>", "<"), ("a \\* b", "\\\\")])
def test_a_sentence_with_a_character_is_looked_through_for_what_needs_it(text: str, some: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sought = searches(text, monkeypatch)
    assert sought
    assert all(some in pattern for pattern in sought)
