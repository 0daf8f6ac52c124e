"""What holds for any input: hypothesis looks for one for which it does not."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import datetime, timedelta, timezone
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from helpers import FIXTURES, LIGHT, STANDARD, findings, post
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from hotwash import project, prose, yaml12
from hotwash.accept import acceptor
from hotwash.clock import day, moment, spoken
from hotwash.parse import parse
from hotwash.remembered import Before, recalled, told
from hotwash.render import rendered

SCHEMA = json.loads(project.shipped("postmortem.schema.json"))
VALID = yaml12.read(STANDARD.split("---\n")[1]).data
FRAGMENTS = [
    "---\n", "...\n", "\n", "\r\n", "\r", " ", "\t", "#", "## ", "**a**\n", "```\n", "~~~", "`", "<!--", "-->", "<!-- hotwash: allow x -->", "[", "]", "(", ")", "{", "}",
    ": ", ":", ",", "'", '"', "\\", "&a", "*a", "!x", "|\n", ">\n", "%", "? ", "- ", "title: x\n", "status: published\n", "severity: P1\n", "actions:\n", "  - {id: a1}\n", "fix: []\n",
    "timestamps: 3\n", "cause: {class: [1]}\n", "recurrence_of: {a: b}\n", "roles: [x]\n", "schema: 9\n", "schema: x\n", "unknown", "TODO", "for 3 hours", "\ufeff", "\u2028", "\x00", "🧯", "é",
]  # fmt: skip
PLAIN = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff")


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A real postmortem with pieces cut out, doubled or pushed in."""
    text = draw(st.sampled_from([LIGHT, STANDARD]))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        text = text[:start] + draw(st.sampled_from([*FRAGMENTS, text[start:end] * 2, ""])) + text[end:]
    return text.encode("utf-8", "surrogatepass")


ANY_FILE = st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(lambda parts: "".join(parts).encode()), spoilt())


@given(ANY_FILE)
@settings(max_examples=250)
@example(b"---\nactions: [{id: [1]}, 3, {do: {a: b}}]\nfix: {artefact: x, success: [1]}\nstatus: 5\n---\n")
@example(b"---\nstatus: published\nseverity: [P1]\nkind: {a: 1}\ncause: text\ntimestamps: {started: 3}\n---\n")
def test_whatever_the_bytes_reading_and_checking_never_raise(data: bytes) -> None:
    read = post(data)
    lines = data.count(b"\n") + 1
    for found in findings(read):
        assert 1 <= found.line <= lines
        assert found.column >= 1
        assert (found.line, found.column) <= (found.end_line, found.end_column)
        assert "\n" not in found.message


@given(ANY_FILE)
@settings(max_examples=100)
def test_a_header_that_was_refused_is_empty_and_says_why(data: bytes) -> None:
    read = post(data)
    assert bool(read.header) != bool(read.problems) or read.header == {}
    assert read.header or read.problems or read.get() == {}


@given(st.lists(st.one_of(ANY_FILE, spoilt()), max_size=3))
@settings(max_examples=250)
@example([STANDARD.encode() + b"\n```\n\x00 code\x00\n```\n\nA `x\x00 y` \r and\r`z\nz`\n", b"\xef\xbb\xbf" + LIGHT.replace("\n", "\r\n").encode()])
@example([b"--- \ntitle: 1e999\nx: [-0.0, 1.0, 1, true, 0x1F, ~, [[]], {}]\n\"\": {a: b}\n---\n**Summary:** x\n\n**B**\nT\n===\n# \n## E\n<!-- hotwash: allow x: y -->\n"])
@example([b"---\ntitle: x # hotwash: allow y: z\n...", b"---\nx: y\n---\n[a](2026-11-05-x.md) <!--", b"---\na: {b: [c, {d: e}]}\n---\nT\n---\nU\n---\n"])
def test_what_is_remembered_of_a_file_is_what_reading_it_gives(files: list[bytes]) -> None:
    fresh = [(post(data), data) for data in files]
    said = [(one, Before(one.path, data, text)) for one, data in fresh if (text := told(one, data))]
    assert [one for one, _ in said] == [one for one, _ in fresh if not one.problems]
    again = recalled([before for _, before in said])
    assert again == [one for one, _ in said]
    # Equal numbers may be of different kinds, and differ in what a page says of them.
    assert [repr((one.header, *one.texts, *one.keys.items(), *one.values.items())) for one in again] == [repr((one.header, *one.texts, *one.keys.items(), *one.values.items())) for one, _ in said]


# --- YAML


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False) | st.text(PLAIN, max_size=25)
    | st.sampled_from(["no", "on", "10:30", "2026-11-02", "2026-11-02T13:55:00Z", "=", "<<", "010", "0x1F", "1_000", "1e3", ".5", "~", "null", "- a", "a: b", "#", "@x", "%", "`", "!x", "&x", "*x"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(PLAIN, min_size=1, max_size=12), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def ruamel() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_unicode = True
    return yaml


def ruamel_reads(text: str) -> Any:
    yaml = ruamel()
    yaml.constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)
    return yaml.load(text)


@given(st.dictionaries(st.text(PLAIN, min_size=1, max_size=12), VALUES, max_size=5), st.booleans())
@settings(max_examples=100)
@example({"a": "10:30", "b": "no", "c": "2026-11-02"}, False)
def test_our_reader_and_ruamel_read_the_same_data(data: dict[str, Any], flow: bool) -> None:
    yaml, stream = ruamel(), StringIO()
    yaml.default_flow_style = flow
    yaml.dump(data, stream)
    assume(not re.search(r"(^|[\[{, ])[?:]\S", stream.getvalue(), re.MULTILINE))  # libyaml takes a plain `?0` or `:0` in brackets for a sign
    reading = yaml12.read(stream.getvalue())
    assert reading.problems == []
    assert reading.data == data == ruamel_reads(stream.getvalue())


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), VALUES, min_size=1, max_size=5))
def test_every_key_and_value_stands_where_it_is_said_to_stand(data: dict[str, Any]) -> None:
    stream = StringIO()
    ruamel().dump(data, stream)
    lines = stream.getvalue().split("\n")
    reading = yaml12.read(stream.getvalue(), first_line=2)
    for (key, *rest), span in reading.keys.items():
        if not rest:
            assert lines[span.line - 2][span.column - 1 :].startswith(str(key))
    for way, text in reading.texts:
        first = lines[reading.values[way].line - 2][reading.values[way].column - 1 :]
        assert first[:1] in {"'", '"', text[:1], "?"}


@given(
    st.one_of(st.text(PLAIN, max_size=40), st.sampled_from(["", "- a", "a: b #c", "@x", "'", '"', "yes", "1e3", "<<", "2026-11-02", " a ", "x\ty"]))
)
@settings(max_examples=150)
@example("\xa0")
def test_a_value_that_we_write_is_read_back_as_it_was(text: str) -> None:
    line = rendered(text)
    assert "\n" not in line
    assert yaml12.read(f"title: {line}").data == {"title": text}


# --- the schema

JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**20), st.floats(), st.text(max_size=5), st.just([]), st.just({}), st.just([[]]), st.just({"x-a": 1}), st.just(["a", 3]), st.just("unknown"),
    st.just("done"), st.just({"a": "b"}), st.just([{}]), st.just([{"id": "a", "state": "open"}]),
)  # fmt: skip


def ways(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(found for step, item in steps for found in ways(item, (*way, step)))]


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    header = deepcopy(VALID)
    for _ in range(draw(st.integers(1, 3))):
        *parents, last = draw(st.sampled_from([way for way in ways(header) if way]))
        place = header
        for step in parents:
            place = place[step]
        if draw(st.booleans()):
            place[last] = deepcopy(draw(JUNK))
        elif isinstance(place, dict):
            place[draw(st.sampled_from(["status", "schema", "x-own", "used", "users", "share", "severty", "until"]))] = place.pop(last)
    return header


@given(mutated())
@settings(max_examples=500)
def test_what_is_accepted_without_jsonschema_is_valid(header: dict[str, Any]) -> None:
    accepts, validator = acceptor(SCHEMA), Draft202012Validator(SCHEMA)
    assert validator.is_valid(header) or not accepts(header)


def test_what_is_surely_valid_is_accepted_so_that_the_hook_stays_fast() -> None:
    accepts = acceptor(SCHEMA)
    files = [FIXTURES / "light-b2.md", *sorted((FIXTURES / "archive").glob("*.md")), FIXTURES / "base" / "standard.md"]
    assert [path.name for path in files if not accepts(parse(path.name, path.read_bytes()).header)] == []


UNSURE = [
    {"type": "object", "properties": {"a": {"$ref": "#/$defs/none"}}},
    {"type": "object", "properties": {"a": False}},
    {"type": "object", "properties": {"a": {"type": ["string", "null"]}}},
    {"type": "object", "properties": {"a": {"type": "date"}}},
    {"type": "object", "additionalProperties": False},
    {"type": "object", "patternProperties": {"^a": {"enum": ["y"]}}},
    {"properties": {"a": {"const": 3}}},
]


@pytest.mark.parametrize("kind", ["integer", "number"])
def test_a_truth_is_no_number(kind: str) -> None:
    assert [acceptor({"type": kind})(value) for value in (True, False, 0, 1)] == [False, False, True, True]


@pytest.mark.parametrize("schema", UNSURE, ids=str)
def test_what_is_not_sure_is_never_accepted(schema: dict[str, Any]) -> None:
    assert acceptor(schema)({"a": "x"}) is False
    assert acceptor({"properties": {"a": {"type": "object", "properties": {}}}})({"a": {}}) is True
    assert acceptor({"properties": {"a": {"type": "string"}}})("no mapping, and nothing is said of one") is True


@given(st.sampled_from(["pattern", "maxItems", "oneOf", "not", "if", "dependentRequired", "uniqueItems"]), JUNK)
def test_a_keyword_that_is_not_known_asks_jsonschema(keyword: str, value: Any) -> None:
    assume(keyword != "pattern")
    assert acceptor({"type": "object", keyword: {}})({"a": value}) is False


# --- Markdown

WORDS = (
    st.lists(st.sampled_from(["Timeline", "what", "went", "well", "(UTC)", "3.", "naïve", "🕐", "503", "cache:"]), min_size=1, max_size=4)
    .map(" ".join)
    .filter(lambda text: text[0].isalpha())
)
BLOCK = st.one_of(
    st.builds(lambda level, indent, title, tail: [f"{' ' * indent}{'#' * level} {title}{tail}"], st.integers(1, 6), st.integers(0, 1), WORDS, st.sampled_from(["", " ##", "  ", " # #"])),
    st.builds(lambda title, line: [title, line], WORDS, st.sampled_from(["===", "---", "==", "----  "])),
    st.builds(lambda lines: lines, st.lists(WORDS, min_size=1, max_size=3)),
    st.builds(lambda mark, lines: [mark, *lines, mark], st.sampled_from(["```", "~~~~", "```text"]).map(lambda mark: mark[:4] if mark[0] == "~" else "```"), st.lists(st.sampled_from(["# no", "no", "---", "", "<!--", "## no ##"]), max_size=4)),
    st.builds(lambda words: [f"- {words}", "- # in a list", "  more"], WORDS),
    st.builds(lambda words: [f"> {words}", "> ## quoted"], WORDS),
    st.builds(lambda words: [f"    # {words}"], WORDS),
    st.just(["***"]), st.just(["#"]), st.just(["#no heading"]), st.just(["####### seven"]), st.just(["<!-- # hidden", "## hidden too", "-->"]),
)  # fmt: skip
MARKDOWN = st.lists(BLOCK, max_size=10).map(lambda blocks: "\n\n".join("\n".join(block) for block in blocks))


@given(MARKDOWN)
@settings(max_examples=250)
def test_headings_are_found_where_markdown_it_finds_them(text: str) -> None:
    tokens = MarkdownIt().parse(text)
    theirs = [
        (token.map[0] + 3, int(token.tag[1]), after.content) for token, after in pairwise(tokens) if token.type == "heading_open" and token.level == 0
    ]
    ours = [(section.span.line, section.level, section.title) for section in post(f"---\n---\n{text}").sections if section.level < 7]
    assert ours == theirs


@given(MARKDOWN, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_each_section_stands_on_the_line_it_names_and_holds_what_follows(text: str, ends: str, mark: str) -> None:
    whole = f"---\ntitle: x\nstatus: filed\n---\n\n{text}"
    lines = whole.split("\n")
    for section in post((mark + whole.replace("\n", ends)).encode()).sections:
        assert section.title in lines[section.span.line - 1]
        assert whole.endswith(section.text) or section.text in whole
        assert section.text.startswith(section.own_text)


TEXTS = st.lists(
    st.sampled_from([*FRAGMENTS, "a", "b c", "```js\n", "````\n", "> ```\n", "- ~~~\n", "`a`", "``b`", "<!-- a\nb -->"]), max_size=30
).map("".join)


@given(TEXTS)
@settings(max_examples=200)
def test_masks_keep_every_line_and_column(text: str) -> None:
    for masked in (prose.mask_code(text), prose.mask_comments(text), prose.mask_comments(prose.mask_code(text))):
        assert len(masked) == len(text)
        assert all(new in (old, " ") and (new == "\n") == (old == "\n") for old, new in zip(text, masked, strict=True))


@given(TEXTS)
def test_what_is_masked_once_is_masked_for_good(text: str) -> None:
    masked = prose.mask_comments(prose.mask_code(text))
    assert prose.comments(masked) == []


# --- time


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(-14 * 60, 14 * 60), st.sampled_from("Tt "))  # noqa: DTZ001 - the offset follows
def test_a_moment_is_what_python_reads(local: datetime, minutes: int, between: str) -> None:
    when = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    text = when.isoformat(sep=between)
    assert moment(text) == when.replace(microsecond=0)
    assert moment(text).tzinfo is timezone.utc
    assert day(text[:10]) == local.date()


@given(st.text(st.sampled_from("0123456789-:TZ+. zt"), max_size=26))
@settings(max_examples=200)
@example("2026-02-30T10:00:00Z")
@example("0001-01-01T00:00:00+14:00")
@example("2026-01-01T00:00:00+99:99")
@example("２０２６-11-02")
def test_what_is_no_moment_is_none_and_never_an_error(text: str) -> None:
    read, known = moment(text), day(text)
    assert read is None or read.utcoffset() == timedelta(0)
    assert known is None or known.isoformat() == text


@given(st.integers(-(10**9), 10**9))
def test_a_spoken_duration_names_its_sign_and_a_unit(seconds: int) -> None:
    text = spoken(seconds)
    assert text.startswith("-") == (seconds < 0)
    assert text[-1] in "snhd"
