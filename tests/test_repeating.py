"""What the converter leaves out or remembers changes no text, and what is wanted is there."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

pytest.importorskip("markdown", reason="MkDocs with Material is not installed")

import markdown  # type: ignore[import-untyped]
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer
from pygments.util import ClassNotFound
from pymdownx import highlight

from hotwash.plugin.repeating import unrepeated

EXTENSIONS = {
    "ids": ["toc"], "links": ["toc", "footnotes", "attr_list", "md_in_html"],
    "code": ["toc", "pymdownx.highlight", "pymdownx.superfences", "pymdownx.details", "admonition"],
}  # fmt: skip
SETTINGS = {
    "ids": {},
    "links": {"toc": {"permalink": True, "toc_depth": 3}},
    "code": {"toc": {"marker": "{{toc}}", "anchorlink": True, "title": "Here"}, "pymdownx.highlight": {"noclasses": True}},
}
PIECES = ["# ", "## ", "### ", "[TOC]", "{{toc}}", "\n", "\n\n", "    ", "- ", "> ", "a", "b *c*", "`d`", "  \n", "<div markdown>", "</div>", "[^1]", "[^1]: ", "{#a}", "{data-toc-label='[TOC]'}", "!!! note\n",
          "```\n", "```python\n", "x = '1'\n", "===\n", "---\n", "<!--", "-->", "\\", "&", "<"]  # fmt: skip


def converter(kind: str) -> markdown.Markdown:
    return markdown.Markdown(extensions=EXTENSIONS[kind], extension_configs=SETTINGS[kind])


WHOLE = {kind: converter(kind) for kind in EXTENSIONS}
SPARED = {kind: unrepeated(converter(kind)) for kind in EXTENSIONS}


@pytest.mark.parametrize("kind", EXTENSIONS)
@example(["# a\n\n[TOC]\n\n## b\n\n{{toc}}\n"])
@example(["# a\n\n- [TOC]\n\n> {{toc}}\n\n```python\nx = '1'\n```\n"])
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25))
def test_it_makes_the_same_of_every_text_and_finds_the_same_headings(kind: str, pieces: list[str]) -> None:
    made = []
    for one in (WHOLE[kind], SPARED[kind]):
        one.reset()
        made.append((one.convert("".join(pieces)), copy.deepcopy(one.toc_tokens) if hasattr(one, "toc_tokens") else None))
    assert made[0] == made[1]


def drawn(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often a table of contents is drawn into a text."""
    one, times = converter("ids"), list[Any]()
    drawer = one.treeprocessors["toc"]
    draw = drawer.build_toc_div
    monkeypatch.setattr(drawer, "build_toc_div", lambda found: times.append(found) or draw(found))
    unrepeated(one).convert(text)
    return len(times)


@pytest.mark.parametrize(("text", "times"), [("# a\n\n## b\n\nc", 0), ("# a\n\n[TOC]\n\n## b\n", 1)])
def test_contents_are_drawn_where_a_text_wants_them(text: str, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(text, monkeypatch) == times


def test_a_text_without_a_place_for_contents_does_not_take_them_from_the_next() -> None:
    one = unrepeated(converter("ids"))
    assert ['class="toc"' in one.reset().convert(text) for text in ("# a\n", "# a\n\n[TOC]\n", "# a\n")] == [False, True, False]


def test_formatters_of_two_settings_keep_their_own_sheets() -> None:
    first, other, again = HtmlFormatter(classprefix="a-"), HtmlFormatter(style="monokai", classprefix="a-"), HtmlFormatter(classprefix="a-")
    first.class2style.clear()
    assert again.get_style_defs() == HtmlFormatter(classprefix="a-").get_style_defs() != other.get_style_defs()
    assert ".a-k { color: #008000; font-weight: bold }" in again.get_style_defs()


def test_a_language_is_looked_for_once_and_each_block_has_a_lexer_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    converter("code")
    unrepeated(converter("code"))
    with_end, without = (highlight.get_lexer_by_name("python", stripnl=stripped) for stripped in (False, True))
    assert type(with_end) is type(without) is PythonLexer
    assert (with_end.stripnl, without.stripnl) == (False, True)
    for _ in range(2):
        with pytest.raises(ClassNotFound):
            highlight.get_lexer_by_name("a language that nobody knows")
    monkeypatch.setattr("pygments.lexers._iter_lexerclasses", lambda **_: pytest.fail("looked for again"))
    monkeypatch.setattr("pygments.lexers.LEXERS", {})
    monkeypatch.setattr("pygments.lexers._lexer_cache", {})
    assert highlight.get_lexer_by_name("python").get_tokens("x") is not None
