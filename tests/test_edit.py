"""One value of a header changed: what the text then says, and that nothing else moved."""

from __future__ import annotations

import difflib
import json
from io import StringIO
from typing import Any

import pytest
from helpers import STANDARD
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from hotwash import project, yaml12
from hotwash.edit import appended, with_value
from hotwash.model import Failure, KeyPath
from hotwash.parse import parse
from hotwash.render import rendered

BODY = "---\n\n## Timeline\n\n- 14:02 UTC alert --- fired\n"
FLOW = """---
title: Checkout returned 503   # the effect, not a person
fix:
  change: "a contract test"
  state: open                    # until it is in place
  success: {what: "no incident", until: 2027-02-16}

# the few others
actions:
  - {id: a1, do: "add an alert", owner: "@sre-lead",
     due: 2026-11-20, state: open}   # a1 ends here
  - {id: a2, do: drill}

effectiveness: []                # {on, by, about}
parked: []
services: [checkout, cache]
"""


def changes(before: str, after: str) -> list[str]:
    """The lines that went and the lines that came."""
    lines = difflib.ndiff(before.split("\n"), after.split("\n"))
    return [line for line in lines if line[0] in "+-"]


def header(text: str) -> Any:
    read = parse("postmortems/x.md", text.encode())
    assert read.problems == ()
    return read.header


@pytest.mark.parametrize(
    ("way", "value", "came"),
    [
        (("fix", "state"), "done", "  state: done                    # until it is in place"),
        (("fix", "change"), "a test: two writers", '  change: "a test: two writers"'),
        (("title",), "Checkout: down", 'title: "Checkout: down"   # the effect, not a person'),
        (("actions", 0, "state"), "done", "     due: 2026-11-20, state: done}   # a1 ends here"),
        (("actions", 0, "owner"), "@cache-lead", '  - {id: a1, do: "add an alert", owner: "@cache-lead",'),
        (("fix", "success", "until"), "2027-03-01", '  success: {what: "no incident", until: 2027-03-01}'),
        (("services",), ["search"], "services: [search]"),
        (("parked",), ["a, b", "c"], 'parked: ["a, b", c]'),
    ],
)
def test_a_value_is_set_where_it_stands(way: KeyPath, value: Any, came: str) -> None:
    before = FLOW + BODY
    after = with_value(before, way, value)
    assert [line[2:] for line in changes(before, after) if line[0] == "+"] == [came]
    assert len(changes(before, after)) == 2


@pytest.mark.parametrize(
    ("way", "value", "after", "came"),
    [
        (("fix", "closed"), "2026-11-16", "state", ["+   closed: 2026-11-16"]),
        (("fix", "closed"), "2026-11-16", "", ["+   closed: 2026-11-16"]),
        (("actions", 0, "closed"), "2026-11-19", "state", ["-      due: 2026-11-20, state: open}   # a1 ends here", "+      due: 2026-11-20, state: open, closed: 2026-11-19}   # a1 ends here"]),
        (("actions", 1, "owner"), "@a", "", ["-   - {id: a2, do: drill}", '+   - {id: a2, do: drill, owner: "@a"}']),
        (("visibility",), "internal", "", ["+ visibility: internal"]),
        (("review", "held"), "2026-11-03", "", ["+ review: {held: 2026-11-03}"]),
        (("fix", "artefact", "path"), "tests/a.py", "", ["+   artefact: {path: tests/a.py}"]),
        (("parked",), [], "", []),
    ],
)
def test_a_missing_value_is_inserted_in_its_place(way: KeyPath, value: Any, after: str, came: list[str]) -> None:
    before = FLOW + BODY
    assert changes(before, with_value(before, way, value, after=after)) == came


def test_an_inserted_key_stands_behind_the_one_that_it_belongs_to() -> None:
    lines = with_value(FLOW + BODY, ("fix", "closed"), "2026-11-16", after="state").split("\n")
    assert lines[4:6] == ["  state: open                    # until it is in place", "  closed: 2026-11-16"]


@pytest.mark.parametrize(
    ("lines", "way", "value", "came"),
    [
        ("fix:\nx: 1\n", ("fix", "state"), "done", "fix: {state: done}\nx: 1\n"),
        ("fix:   # later\nx: 1\n", ("fix",), "done", "fix: done   # later\nx: 1\n"),
        ("fix: ~\n", ("fix", "state"), "done", "fix: {state: done}\n"),
        ("fix: 'old'\n", ("fix",), "it's new", "fix: 'it''s new'\n"),
        ("fix: 'old'\n", ("fix",), "a\nb", 'fix: "a\\nb"\n'),
        ("fix: |\n  two\n  lines\n\nx: 1\n", ("fix",), "one", "fix: one\n\nx: 1\n"),
        ("a: {}\n", ("a", "b"), 1, "a: {b: 1}\n"),
        ("a: {b}\n", ("a", "b"), 1, "a: {b: 1}\n"),
        ("a: {b: 1,}\n", ("a", "c"), True, "a: {b: 1, c: true,}\n"),
        ("a: {b: }\n", ("a", "c"), None, "a: {b: , c: null}\n"),
        ("a:\n- b: 1\n-\nc: 1\n", ("a", 1), "x", "a:\n- b: 1\n- x\nc: 1\n"),
        ("{a: 1}\n", ("b",), 2, "{a: 1, b: 2}\n"),
        ("a:\n  b: |\n    text\n\n# next\nc: 1\n", ("a", "d"), 2, "a:\n  b: |\n    text\n  d: 2\n\n# next\nc: 1\n"),
        ("a:\n  b: |+\n    text\n\nc: 1\n", ("a", "d"), 2, "a:\n  b: |+\n    text\n\n  d: 2\nc: 1\n"),
    ],
)
def test_every_form_that_a_header_may_have(lines: str, way: KeyPath, value: Any, came: str) -> None:
    assert with_value(f"---\n{lines}{BODY}", way, value) == f"---\n{came}{BODY}"


CHECK = {"on": "2026-12-03", "by": "@checkout-po", "completed": True}


@pytest.mark.parametrize(
    ("lines", "came"),
    [
        ("s: []\n", 's:\n  - {on: 2026-12-03, by: "@checkout-po", completed: true}\n'),
        ("s: []   # who\nx: 1\n", 's:    # who\n  - {on: 2026-12-03, by: "@checkout-po", completed: true}\nx: 1\n'),
        ("s:\nx: 1\n", 's:\n  - {on: 2026-12-03, by: "@checkout-po", completed: true}\nx: 1\n'),
        ("x: 1\n", 'x: 1\ns:\n  - {on: 2026-12-03, by: "@checkout-po", completed: true}\n'),
        ("s: [{on: x}]\n", 's: [{on: x}, {on: 2026-12-03, by: "@checkout-po", completed: true}]\n'),
        ("s:\n- {on: x}  # first\n# below\nx: 1\n", 's:\n- {on: x}  # first\n- {on: 2026-12-03, by: "@checkout-po", completed: true}\n# below\nx: 1\n'),
        ("s:\n    - on: x\n      by: y\n\nx: 1\n", 's:\n    - on: x\n      by: y\n    - on: 2026-12-03\n      by: "@checkout-po"\n      completed: true\n\nx: 1\n'),
        ("s:\n  - a\n  - b\n", 's:\n  - a\n  - b\n  - {on: 2026-12-03, by: "@checkout-po", completed: true}\n'),
    ],
)
def test_an_entry_is_appended_in_the_form_of_the_list(lines: str, came: str) -> None:
    assert appended(f"---\n{lines}{BODY}", ("s",), CHECK) == f"---\n{came}{BODY}"


def test_an_entry_that_is_too_long_for_a_line_gets_several() -> None:
    after = appended(f"---\ns: []\n{BODY}", ("s",), CHECK | {"note": "the contract test runs nightly, not on pull requests, and reports by mail"})
    assert after.split("\n")[1:4] == ["s:", "  - on: 2026-12-03", '    by: "@checkout-po"']


@pytest.mark.parametrize(("lines", "came"), [("s: []\n", "s: [x]\n"), ("y: 1\n", "y: 1\ns: [x]\n"), ("s: [a]\n", "s: [a, x]\n"), ("s:\n- a\n", "s:\n- a\n- x\n")])
def test_a_single_word_is_appended_too(lines: str, came: str) -> None:
    assert appended(f"---\n{lines}{BODY}", ("s",), "x") == f"---\n{came}{BODY}"


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    before = "\ufeff" + (FLOW + BODY).replace("\n", "\r\n")
    after = appended(with_value(before, ("fix", "closed"), "2026-11-16"), ("effectiveness",), CHECK)
    assert after.startswith("\ufeff---\r\n")
    assert after.count("\n") == after.count("\r\n") == before.count("\n") + 2
    mixed = "---\r\na: 1\r\nb: 2\n---\nx\r\ny\n"
    assert with_value(mixed, ("a",), 3, after="a") == mixed.replace("a: 1", "a: 3")
    assert with_value(mixed, ("c",), 3, after="a") == mixed.replace("a: 1\r\n", "a: 1\r\nc: 3\r\n")


@pytest.mark.parametrize(
    ("text", "way", "says"),
    [
        ("no header\n", ("a",), "line 1: there is no header"),
        ("---\na: [\n---\n", ("a",), "line 3: the YAML cannot be read here"),
        ("---\n- a\n---\n", ("a",), "line 1: the header has no keys"),
        ("---\na: text\n---\n", ("a", "b"), "line 2: `a.b` cannot be changed without touching what stands beside it; change it by hand"),
        ("---\na:\n  - b\n  - c\n---\n", ("a",), "line 3: `a` cannot be changed"),
        ("---\na: [b, # why\n  c]\n---\n", ("a",), "line 2: `a` cannot be changed"),
        ("---\na: [b: 1]\n---\n", ("a", 0, "c"), "line 2: `a[0].c` cannot be changed"),
        ("---\n? a\n---\n", ("a",), "line 3: `a` cannot be changed"),
        ("---\na: [1]\n---\n", ("a", 4), "line 2: `a[4]` cannot be changed"),
        ("---\nx: 1\n---\n", ("a", 0), "line 1: `a[0]` cannot be changed"),
    ],
)
def test_what_cannot_be_changed_alone_is_refused(text: str, way: KeyPath, says: str) -> None:
    with pytest.raises(Failure) as refused:
        with_value(text, way, "x")
    assert str(refused.value).startswith(says)


def test_a_list_that_is_none_is_refused() -> None:
    for lines in ("s: text\n", "s: {a: 1}\n", "s: [\n]\n"):
        with pytest.raises(Failure, match="`s` cannot be changed"):
            appended(f"---\n{lines}---\n", ("s",), CHECK)


def test_a_character_that_no_file_can_hold_is_refused() -> None:
    with pytest.raises(Failure, match="no file can hold"):
        with_value(FLOW + BODY, ("title",), "a\udcffb")


# --- whatever the header

KEY = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
WORD = st.sampled_from(["open", "no", "10:30", "2026-11-02", "2026-11-02T13:55:00Z", "@sre-lead", "a: b", "a #b", "- a", "? a", "x, y", "{", "'", '"', "", " ", "1_000", "0o7", "é 🧯", "a\nb", "\t", "=", "~", "\\"])
SCALAR = st.none() | st.booleans() | st.integers(-999, 10**20) | st.floats(allow_nan=False, allow_infinity=False) | WORD | st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff"), max_size=20)
TREE = st.recursive(SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEY, inner, max_size=3), max_leaves=10)


def dumped(key: str, value: Any, flow: bool, width: int) -> str:
    """A key with its value, in brackets and braces or in lines."""
    yaml, stream = YAML(typ="safe", pure=True), StringIO()
    yaml.default_flow_style, yaml.width = flow, 100_000 if flow else width
    yaml.dump(value if flow else {key: value}, stream)
    return f"{key}: {stream.getvalue().removesuffix('...' + chr(10))}" if flow else stream.getvalue()


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A whole file whose header holds the data, in block or flow style, with comments and empty lines among it, in the line ends of Unix or Windows."""
    data = draw(st.dictionaries(KEY, TREE, min_size=1, max_size=5))
    stream = StringIO()
    for key, value in data.items():
        written = dumped(key, value, draw(st.booleans()), draw(st.sampled_from([60, 1000])))
        if written.count("\n") == 1 and draw(st.booleans()):
            written = written.replace("\n", "   # beside it\n")
        stream.write(draw(st.sampled_from(["", "# a comment\n", "\n"])) + written)
    assume(yaml12.read(stream.getvalue()).data == data)  # ruamel.yaml writes `[? a]` for a text, and reads a key
    text = f"---\n{stream.getvalue()}{BODY}"
    return draw(st.sampled_from(["", "\ufeff"])) + (text.replace("\n", "\r\n") if draw(st.booleans()) else text), data


def ways(value: Any, above: KeyPath = ()) -> list[KeyPath]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [above, *(way for step, part in inside for way in ways(part, (*above, step)))]


def at(data: Any, way: KeyPath) -> Any:
    for step in way:
        data = data[step]
    return data


def written_at(text: str, way: KeyPath) -> str:
    """What stands in the file for a value, by our reader's places."""
    span = parse("postmortems/x.md", text.encode()).values[way]
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")[span.line - 1 : span.end_line]
    return "\n".join([*lines[:-1], lines[-1][: span.end_column - 1]])[span.column - 1 :]


def same(one: Any, other: Any) -> bool:
    """Equal to the type of every number: True is not 1, and 1 is not 1.0."""
    return one == other and json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def rest(before: str, after: str) -> tuple[str, str]:
    """What went and what came, as one stretch."""
    start = next((index for index, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), min(len(before), len(after)))
    most = min(len(before), len(after)) - start
    end = next((index for index in range(most) if before[-1 - index] != after[-1 - index]), most)
    return before[start : len(before) - end], after[start : len(after) - end]


@given(documents(), st.data(), SCALAR)
@settings(max_examples=150)
def test_a_value_set_anywhere_leaves_all_else(document: tuple[str, dict[str, Any]], choose: st.DataObject, value: Any) -> None:
    text, data = document
    leaves = [way for way in ways(data) if way and not isinstance(at(data, way), (dict, list))]
    assume(leaves)
    way = choose.draw(st.sampled_from(leaves))
    after = with_value(text, way, value)
    went, came = rest(text, after)
    assert went.replace("\r\n", "\n") in written_at(text, way)
    assert "\n" not in came
    branch = at(data, way[:-1])
    branch[way[-1]] = value
    assert same(header(after), data)


@given(documents(), st.data(), KEY, SCALAR)
@settings(max_examples=150)
def test_a_key_inserted_anywhere_takes_nothing_away(document: tuple[str, dict[str, Any]], choose: st.DataObject, key: str, value: Any) -> None:
    text, data = document
    mappings = [way for way in ways(data) if isinstance(at(data, way), dict) and key not in at(data, way)]
    assume(mappings)
    way = choose.draw(st.sampled_from(mappings))
    if way and written_at(text, way[:-1])[0] == "[" and written_at(text, way)[0] != "{":
        with pytest.raises(Failure):  # `[a: 1]`, a mapping without braces in brackets
            with_value(text, (*way, key), value)
        return
    after = with_value(text, (*way, key), value)
    at(data, way)[key] = value
    assert same(header(after), data)
    assert rest(text, after)[0] == ""


@given(documents(), st.data(), SCALAR | st.dictionaries(KEY, SCALAR, min_size=1, max_size=3))
@settings(max_examples=150)
@example(("---\na:\n  - {b: 1}\n  # below\n---\n", {"a": [{"b": 1}]}), None, {"b": 2})
def test_an_entry_appended_anywhere_takes_nothing_away(document: tuple[str, dict[str, Any]], choose: st.DataObject | None, value: Any) -> None:
    text, data = document
    lists = [way for way in ways(data) if isinstance(at(data, way), list)]
    assume(lists)
    way = choose.draw(st.sampled_from(lists)) if choose else lists[0]
    empty = at(data, way) == []
    try:
        after = appended(text, way, value)
    except Failure:
        assert empty
        return
    at(data, way).append(value)
    assert same(header(after), data)
    assert empty or rest(text, after)[0] == ""


@given(SCALAR | TREE, st.booleans())
def test_what_is_rendered_stands_on_one_line(value: Any, flow: bool) -> None:
    assert "\n" not in rendered(value, flow=flow)


def test_the_archive_of_examples_takes_a_change_line_by_line() -> None:
    """Real files: the fix closed and a check appended, two changes in every file and nothing else."""
    for path, _ in sorted(project.postmortem_paths(project.find_root()))[::6]:
        text = project.read_bytes(path).decode()
        if header(text).get("fix", {}).get("change"):
            after = appended(with_value(text, ("fix", "x-seen"), "yes"), ("x-checks",), CHECK)
            assert [line for line in changes(text, after) if line[0] == "-"] in ([], changes(text, after)[:1])
            assert header(after)["x-checks"] == [CHECK]


def test_the_standard_postmortem_can_be_closed() -> None:
    after = with_value(with_value(STANDARD, ("fix", "state"), "done"), ("fix", "closed"), "2026-11-16", after="state")
    assert [line for line in changes(STANDARD, after) if line[0] == "+"] == ["+   state: done", "+   closed: 2026-11-16"]
