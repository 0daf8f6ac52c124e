"""A file's halves, its sections and what is prose in it."""

from __future__ import annotations

import pytest
from helpers import light_text, post

from hotwash import prose
from hotwash.model import Postmortem, Span

HEAD = "---\ntitle: x\n---\n"


def sections(body: str) -> list[tuple[str, int, int]]:
    return [(section.title, section.level, section.span.line) for section in post(HEAD + body).sections]


HEADINGS = [
    ("## One\n\ntext\n", [("One", 2, 4)]),
    ("# One\n## Two ##\n### Three\n", [("One", 1, 4), ("Two", 2, 5), ("Three", 3, 6)]),
    ("One\n===\n\nTwo\n---\n", [("One", 1, 4), ("Two", 2, 7)]),
    ("**Impact**\n\n__What went well__:\n\n**Resolution:**\n", [("Impact", 7, 4), ("What went well", 7, 6), ("Resolution", 7, 8)]),
    ("Text **bold** here\n**bold** first\n", []),
    ("a paragraph\nof two lines\n---\n", []),
    ("- item\n---\n", []),
    ("| a | b |\n| --- | --- |\n", []),
    ("#no\n####### seven\n    # code\n\\# escaped\n", []),
    ("```\n# no\n```\n# yes\n", [("yes", 1, 7)]),
    ("~~~~\n# no\n~~~\n# no\n~~~~\n# yes\n", [("yes", 1, 9)]),
    ("```\n# never closed\n", []),
    ("> ```\n> # no\n> ```\n", []),
    ("<!--\n# no\n-->\n# yes\n", [("yes", 1, 7)]),
    ("<!-- never closed\n# no\n", []),
    ("#\n##   \n", [("", 1, 4), ("", 2, 5)]),
    ("## `Timeline`\n\n**`Impact`**\n", [("`Timeline`", 2, 4), ("`Impact`", 7, 6)]),
    ("**Summary:** text\n\n__Impact__: text\n", [("Summary", 7, 4), ("Impact", 7, 6)]),
    ("Text\n**Summary:** text\n- **Impact:** text\n\n**Bold** opening: no\n\n**" + "x" * 41 + ":** no\n", []),
    ("- step\n\n    ```\n    # no\n    ```\n\n## yes\n", [("yes", 2, 10)]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "found"), HEADINGS, ids=[repr(row[0][:25]) for row in HEADINGS])
def test_headings_of_every_kind_are_found_and_nothing_else_is(body: str, found: list[tuple[str, int, int]]) -> None:
    assert sections(body) == found


def test_a_section_holds_what_stands_below_it_up_to_its_own_level() -> None:
    one, two, three, four = post(HEAD + "# One\na\n## Two\nb\n**Three**\nc\n# Four\nd\n").sections
    assert (one.text, one.own_text) == ("a\n## Two\nb\n**Three**\nc", "a")
    assert (two.text, two.own_text) == ("b\n**Three**\nc", "b")
    assert (three.text, four.text) == ("c", "d\n")


def test_the_body_begins_where_its_first_line_stands() -> None:
    read = post(HEAD + "\nText.\n")
    assert (read.body_line, read.body) == (4, "\nText.\n")
    assert read.line_of(read.body.index("Text"), 4) == Span(5, 1, 5, 5)
    assert read.line_of(0, 1) == Span(4, 1, 5, 1)


def test_places_fall_back_to_the_nearest_parent_that_is_written() -> None:
    read = post("---\ntitle: x\ncause:\n  class: a\nactions:\n  - {id: a1}\n---\n")
    assert read.where("cause", "class") == Span(4, 3, 4, 8)
    assert read.where("cause", "what").line == 3
    assert read.where("fix", "due") == Span(1, 1)
    assert read.where_value("cause", "class") == Span(4, 10, 4, 11)
    assert read.where_value("actions", 0, "owner").line == 6


def test_values_are_reached_whatever_their_shape() -> None:
    read = Postmortem(
        "postmortems/a.md", header={"services": "checkout", "cause": {"also": ["a", 3]}, "actions": [{"id": "a1"}, "no"], "fix": None, "title": 3}
    )
    assert read.items("services") == ["checkout"]
    assert read.items("cause", "also") == ["a", 3]
    assert (read.items("nothing"), read.items("cause"), read.items("fix")) == ([], [], [])
    assert read.entries("actions") == [(0, {"id": "a1"})]
    assert (read.get("actions", 0, "id"), read.get("actions", 9, "id"), read.get("services", "x"), read.get("actions", "id")) == (
        "a1",
        None,
        None,
        None,
    )
    assert (read.title, read.status, read.id) == ("a", "", "a")


CODE = [
    ("a `b` c", "a     c"), ("a ``b ` c`` d", "a           d"), ("a `b", "a `b"), ("```\nx\n```\ny", "   \n \n   \ny"), ("```js\nx\n````\ny", "     \n \n    \ny"),
    ("````\n```\n````\ny", "    \n   \n    \ny"), ("~~~\n```\n~~~\ny", "   \n   \n   \ny"), ("``` a ` b\ny", "``` a ` b\ny"), ("- ```\n  x\n  ```\ny", "     \n   \n     \ny"),
    ("`` ` ``", "       "), ("```\nx", "   \n "), ("> ```\n> x\n> ```\ny", "     \n   \n     \ny"), ("- a\n\n      ```\n      x\n      ```\n\ny", "- a\n\n         \n       \n         \n\ny"),
    ("a\n\n    x\n\n    y\nz", "a\n\n     \n\n     \nz"), ("a\n    x", "a\n    x"), ("a\n\n\tx", "a\n\n  "), ("- a\n\n    b", "- a\n\n    b"), ("- a\n\n      x", "- a\n\n       "),
    ("1. a\n\n    - b\n\n        c", "1. a\n\n    - b\n\n        c"), ("- a\n\nb\n\n    x", "- a\n\nb\n\n     "), ('!!! note "a"\n\n    b', '!!! note "a"\n\n    b'),
    ("[^1]: a\n\n    b", "[^1]: a\n\n    b"), ("a `b\nc` d", "a   \n   d"), ("a `b\n\nc` d", "a `b\n\nc` d"), ("- a `b\n- c` d", "- a `b\n- c` d"),
    ("<!-- a\n\n    b -->\nc", "<!-- a\n\n    b -->\nc"), ("`<!--` a\n\n    x", "       a\n\n     "), ("<!-- it`s -->\nit`s", "<!-- it`s -->\nit`s"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "masked"), CODE, ids=[repr(row[0]) for row in CODE])
def test_code_is_blanked_out_and_nothing_moves(text: str, masked: str) -> None:
    assert prose.mask_code(text) == masked


def test_comments_are_found_with_what_they_say_and_blanked_out() -> None:
    assert prose.comments("a <!-- b --> c <!--d\ne-->") == [(2, "b"), (15, "d\ne")]
    assert prose.mask_comments("a <!-- b --> c <!--d\ne--> f") == "a            c      \n     f"
    assert prose.comments("a <!-- open") == [(2, "open")]
    assert prose.mask_comments("a <!-- open\nb") == "a          \n "
    assert prose.comments("no comment -->") == []


def test_a_comment_in_code_is_no_comment() -> None:
    read = post(light_text(body="\n`<!-- a -->` and\n\n```\n<!-- b -->\n```\n<!-- c -->\n"))
    assert [said for _, said in read.comments] == ["c"]


def test_links_to_other_postmortems_are_kept_with_their_places() -> None:
    read = post(HEAD + "\nSee [it](2026-01-02-a.md#x), [her](../postmortems/2026-01-03-b.md) and [x](notes.md).\n\n`[no](2026-01-04-c.md)`\n")
    assert [(span.line, span.column, id) for span, id in read.links] == [(5, 10, "2026-01-02-a"), (5, 51, "2026-01-03-b")]


def test_a_label_opens_a_section_whose_text_begins_on_its_line() -> None:
    one, two = post(HEAD + "**Summary:** Orders\nwere refused.\n\n**Impact**: Eleven.\n").sections
    assert (one.own_text, two.text) == ("Orders\nwere refused.\n", "Eleven.\n")


def test_links_by_reference_and_from_the_root_of_the_site_are_kept() -> None:
    read = post(HEAD + "\nSee [it][e] and [her](/postmortems/2026-01-03-b.md).\n\n[e]: 2026-01-02-a.md")
    assert [id for _, id in read.links] == ["2026-01-03-b", "2026-01-02-a"]


SPEAKING = ["It fell.", "- it fell", "| a | b |", "東京で障害", "none of them noticed", "`rollback`", "**It fell.**", "**Impact:** eleven", "<https://example.com>"]
HOLLOW = ["", "-", "...", "…", "---", "- [ ]", "N/A", "n/a.", "None", "tbd", "- TBD", "XXX", "To be written.", "![a](b.png)", "**Owner:**", "- **Impact**", "### What", "<!-- note: a -->", "**Owner:** TBD", "14:02"]


@pytest.mark.parametrize("text", SPEAKING)
def test_words_say_something(text: str) -> None:
    assert prose.speaks(f"\n{text}\n")


@pytest.mark.parametrize("text", HOLLOW)
def test_fillers_labels_and_pictures_say_nothing(text: str) -> None:
    assert not prose.speaks(f"\n{text}\n")
