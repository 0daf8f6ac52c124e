"""Awkward and hostile files: each is read, or refused at its line, and nothing ever raises, hangs or changes a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from helpers import LIGHT, LIGHT_ID, findings, light_text, post

from hotwash import parse, yaml12
from hotwash.cli import main

NAME = f"{LIGHT_ID}.md"
BODY = "\nTwo honest sentences. The release was rolled back.\n"


class Refused(NamedTuple):
    """A file that cannot be read: which line is named, and a piece of what is said."""

    name: str
    data: bytes
    line: int
    says: str


def file(header: str, body: str = BODY) -> bytes:
    return f"---\n{header}\n---\n{body}".encode("utf-8", "surrogatepass")


def bomb() -> str:
    rows = [f"x-a0: &a0 [{', '.join(['lol'] * 9)}]"]
    rows += [f"x-a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(rows)


REFUSED = [
    Refused("an alias bomb", file(f"title: x\n{bomb()}"), 3, "an anchor (&a0)"),
    Refused("a list that holds itself", file("title: x\nx-a: &a [*a]"), 3, "an anchor (&a)"),
    Refused("an alias of nothing", file("title: *gone"), 2, "an alias (*gone)"),
    Refused("an anchor with an endless name", file(f"title: &{'a' * 9_000} x"), 2, "an anchor (&aaaa"),
    Refused("a bold title, unquoted", file("title: *important* change"), 2, ""),
    Refused("ten thousand opening brackets", file("x-a: " + "[" * 10_000), 2, "nested more than 32 deep"),
    Refused("ten thousand opening braces", file("x-a: " + "{a: " * 10_000), 2, "nested more than 32 deep"),
    Refused("a huge scalar", file(f"title: {'a' * 70_000}"), 2, "the header has 70,007 characters"),
    Refused("a huge key", file(f"{'k' * 70_000}: 1"), 2, "characters; at most 65,536"),
    Refused("a hundred thousand keys", file("\n".join(f"{n}:" for n in range(100_000))), 2, "characters; at most 65,536"),
    Refused("more than a megabyte", LIGHT.encode() + b"x" * 1_100_000, 1, "bytes; at most 1,048,576"),
    Refused("a key written twice", file("title: one\nstatus: filed\ntitle: two"), 4, "`title` stands here again; it is on line 2 already"),
    Refused("a key written twice, once in quotes", file('title: one\n"title": two'), 3, "it is on line 2 already"),
    Refused("a key written twice further in", file("timestamps:\n  started: unknown\n  started: unknown"), 4, "it is on line 3 already"),
    Refused("a number of 5,000 digits", file(f"title: x\nx-n: {'9' * 5_000}"), 3, "a number of 5,000 digits"),
    Refused("a float of 5,000 digits", file(f"title: x\nx-n: 0.{'1' * 5_000}"), 3, "a number of 5,002 digits"),
    Refused("a tab as indentation", file("cause:\n\tclass: a"), 3, "cannot be read"),
    Refused("a NUL", file("title: a\nkind: b\0c"), 3, "U+0000"),
    Refused("a control character", file("title: a\x07b"), 2, "U+0007"),
    Refused("a quote that is never closed", file('title: "never closed\nstatus: filed'), 2, "cannot be read"),
    Refused("a bracket that is never closed", file("services: [checkout\nstatus: filed"), 3, "cannot be read"),
    Refused("a colon in a plain value", file("title: Checkout: 503"), 2, "cannot be read"),
    Refused("a Python object", file('x-a: !!python/object/apply:os.system ["true"]'), 2, "a tag ("),
    Refused("a tag of one's own", file("fix: !important {}"), 2, "a tag (!important)"),
    Refused("a tagged number", file("x-a: !!int '7'"), 2, "a tag ("),
    Refused("a %YAML directive", file("%YAML 1.1\n---\ntitle: no"), 2, "a directive"),
    Refused("a list as a key", file("? [a, b]\n: 1"), 2, "a key has to be text"),
    Refused("a mapping as a key", file("{a: 1}: 2"), 2, "a key has to be text"),
    Refused("an empty header", b"---\n---\nText.\n", 1, "the header is empty"),
    Refused("a header of comments", file("# title: x"), 1, "the header is empty"),
    Refused("a list for a header", file("- a\n- b"), 1, "the header is a list"),
    Refused("a sentence for a header", file("We were down."), 1, "the header is a single value"),
    Refused("two documents", file("title: a\n--- # second\ntitle: b"), 3, "a second document"),
    Refused("a lone surrogate, escaped", file('title: "\\ud800"'), 2, ""),
    Refused("a lone surrogate in a key", file('"\\udc00": x'), 2, ""),
    Refused("half a character in bytes", b"---\ntitle: \xed\xa0\x80\n---\n", 2, "not UTF-8: byte 12"),
    Refused("Latin-1", "---\ntitle: x\n---\n\nGrüße\n".encode("latin-1"), 5, "not UTF-8: byte 21"),
    Refused("UTF-16", LIGHT.encode("utf-16"), 1, "not UTF-8: byte 1"),
    Refused("UTF-32", LIGHT.encode("utf-32"), 1, "not UTF-8"),
    Refused("no closing line", b"---\ntitle: x\nstatus: filed\n\nText.\n", 1, "never closed"),
    Refused("a closing line of four dashes", b"---\ntitle: x\n----\n\nText.\n", 1, "never closed"),
    Refused("an indented closing line", b"---\ntitle: x\n ---\n\nText.\n", 1, "never closed"),
    Refused("TOML", b'+++\ntitle = "x"\n+++\n\nText.\n', 1, "TOML"),
    Refused("no header", b"# Checkout was down\n\nText.\n", 1, "there is no header"),
    Refused("something before the header", b"\n---\ntitle: x\n---\n", 1, "something stands before the header"),
    Refused("nothing at all", b"", 1, "there is no header"),
    Refused("one line end", b"\n", 1, "there is no header"),
    Refused("a header of a newer release", file("schema: 2\ntitle: x"), 2, "written for schema 2; this hotwash reads up to 1"),
    Refused("only lone carriage returns", LIGHT.replace("\n", "\r").encode(), 1, "lone carriage returns"),
    Refused("a lone carriage return in the header", file("title: a\nkind: b\rseverity: P1"), 3, "U+000D"),
    Refused("a line separator in the header", file('title: "a\u2028b"\nstatus: filed'), 2, "U+2028"),
    Refused("a next-line sign in the header", file("title: a\nkind: b\x85c"), 3, "U+0085"),
]


def names(case: NamedTuple | object) -> str:
    return getattr(case, "name", "")


@pytest.mark.parametrize("case", REFUSED, ids=names)
def test_what_cannot_be_read_is_one_problem_at_its_line(case: Refused) -> None:
    read = post(case.data)
    assert read.header == {}
    (problem,) = read.problems
    assert (problem.span.line, case.says in problem.message, bool(problem.help)) == (case.line, True, True), problem
    assert len(problem.message) < 200


@pytest.mark.parametrize("case", REFUSED, ids=names)
def test_the_command_says_it_as_a_finding_and_leaves_the_file_alone(case: Refused, project: Callable[..., Path], capsys) -> None:
    root = project({NAME: case.data})
    assert main(["check", "--format", "json"]) == 1
    out, err = capsys.readouterr()
    lines = {found["line"] for found in json.loads(out)["findings"] if found["rule"] == "unreadable-header"}
    assert (lines, err) == ({case.line}, "")
    assert (root / "postmortems" / NAME).read_bytes() == case.data


READ = {
    "a day that is not one stays text": (file("title: x\nx-day: 2026-02-30"), ("x-day",), "2026-02-30"),
    "a time that is not one stays text": (file("x-time: 2026-11-02T25:61:00Z"), ("x-time",), "2026-11-02T25:61:00Z"),
    "half past ten is no number": (file("x-time: 10:30"), ("x-time",), "10:30"),
    "no is a word": (file("title: no"), ("title",), "no"),
    "on is a key": (file("on: yes"), ("on",), "yes"),
    "an equals sign is text": (file("x-value: ="), ("x-value",), "="),
    "a merge key is a key": (file("<<: {a: 1}"), ("<<", "a"), 1),
    "an octal number of YAML 1.1 is a decimal one": (file("x-n: 010"), ("x-n",), 10),
    "a key that looks like a number is text": (file("1: one"), ("1",), "one"),
    "a key that looks like a truth is text": (file("true: one"), ("true",), "one"),
    "a number of forty digits": (file(f"x-n: {'9' * 40}"), ("x-n",), int("9" * 40)),
    "a byte order mark": (b"\xef\xbb\xbf" + file("title: x"), ("title",), "x"),
    "Windows line ends": (file("title: x\nstatus: filed").replace(b"\n", b"\r\n"), ("status",), "filed"),
    "no line end at the end": (b"---\ntitle: x\n---\nText.", ("title",), "x"),
    "a closing line with spaces after it": (b"---\ntitle: x\n---  \nText.\n", ("title",), "x"),
    "a closing line of three points": (b"---\ntitle: x\n...\nText.\n", ("title",), "x"),
    "no body": (b"---\ntitle: x\n---", ("title",), "x"),
    "names of all the world": (file("title: Οι παραγγελίες 注文 🧯\n注文: ü"), ("注文",), "ü"),
    "a null": (file("title: ~\nx-a: null"), ("title",), None),
}


@pytest.mark.parametrize(("data", "way", "value"), READ.values(), ids=READ)
def test_what_only_looks_awkward_is_read(data: bytes, way: tuple[str, ...], value: object) -> None:
    read = post(data)
    assert read.problems == ()
    assert read.get(*way) == value
    assert type(read.get(*way)) is type(value)


def test_days_and_times_that_do_not_exist_are_findings_at_their_line() -> None:
    header = 'fix: {change: "a test", owner: "@a",\n  due: 2026-02-30}\ntimestamps:\n  resolved: 2026-11-05T25:61:00Z'
    read = post(light_text(header), LIGHT_ID)
    wrong = {found.line for found in findings(read) if found.rule == "wrong-time"}
    assert {read.values["fix", "due"].line, read.values["timestamps", "resolved"].line} == wrong


def test_only_the_first_closing_line_counts() -> None:
    body = "\n## One\n\n---\n\n```yaml\n---\ntitle: not a key\n---\n```\n\nTwo\n---\n"
    read = post(light_text(body=body), LIGHT_ID)
    assert read.problems == ()
    assert [section.title for section in read.sections] == ["One", "Two"]


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\r"], ids=["U+2028", "U+2029", "NEL", "VT", "FF", "lone CR"])
def test_lines_are_counted_as_git_counts_them(sign: str, ends: str) -> None:
    text = light_text(body=f"\none{sign}two{sign}three\n\n## Resolution\n\nTBD\n")
    read = post(text.replace("\n", ends), LIGHT_ID)
    at = text.split("\n")
    assert [section.span.line for section in read.sections] == [at.index("## Resolution") + 1]
    places = {found.rule: found.line for found in findings(read)}
    assert places["placeholder-left"] == at.index("TBD") + 1
    assert sign == "\r" or places["hidden-character"] == at.index(f"one{sign}two{sign}three") + 1


def test_text_that_turns_its_direction_is_a_warning() -> None:
    found = {
        one.line: one.level
        for one in findings(post(light_text(body="\nAccess level \u202euser\u2066 was raised.\n"), LIGHT_ID))
        if one.rule == "hidden-character"
    }
    assert list(found.values()) == ["warning"]


def test_a_broken_header_leaves_the_body_to_be_checked() -> None:
    broken = LIGHT.replace("schema: 1", "schema: 1\nschema: 1") + "\nTODO: ask the apps lead.\n\n<div>\n"
    assert {"unreadable-header", "placeholder-left", "unsafe-markup"} <= {found.rule for found in findings(post(broken, LIGHT_ID))}


REPEATED = {
    "brackets": "[", "closing brackets": "](", "angle brackets": "<", "half links": "[x](", "half tags": "<a ", "backticks": "`", "apart backticks": "` ",
    "headings": "#\n", "hashes": "#", "stars": "**", "labels": "**a", "half comments": "<!--", "comments": "<!-- a -->", "waivers": "<!-- hotwash: allow x -->\n",
    "spaces": " ", "for one": "for 1 ", "durations": "time to detect: about ", "digits": "1", "question marks": "?",
    "fences": "```\n", "underlines": "a\n-\n", "dashes": "-", "entities": "&#", "schemes": "](a:", "references": "[a]: ",
    "braces": "{", "open brackets in headings": "(", "placeholders": "[insert ", "names": "<your ", "letters": "a", "line ends": "\n", "colons": ":", "emoji": "🧯", "against": "for against ",
}  # fmt: skip


def megabyte(piece: str) -> str:
    # Of what is many lines a quarter will do: it costs by the line, and two hundred thousand lines tell as much as a million.
    room = (parse.LARGEST - 2_000) // (4 if "\n" in piece else 1)
    return light_text(body="\n" + (piece * (room // len(piece)))[: room // len(piece[:1].encode())])


@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED)
def test_a_megabyte_of_one_piece_is_checked_within_seconds(piece: str) -> None:
    read = post(megabyte(piece), LIGHT_ID)
    assert read.problems == ()
    assert len(findings(read)) < 5_000


@pytest.mark.parametrize("name", ["half tags", "waivers"])
def test_a_megabyte_passes_through_the_command_too(name: str, project: Callable[..., Path], capsys) -> None:
    project({NAME: megabyte(REPEATED[name])})
    assert main(["check", "--format", "json"]) in (0, 1)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED)
def test_a_heading_and_a_header_value_of_one_piece_are_checked_within_seconds(piece: str) -> None:
    line = piece.replace("\n", " ")
    value = json.dumps((line * 60_000)[:60_000], ensure_ascii=False)
    read = post(
        light_text(
            f'x-a: {value[:30_000].rstrip(chr(92))}"' if value[:30_000].count('"') == 1 else "", f"\n## {line * (300_000 // len(line))}\n\nText.\n"
        ),
        LIGHT_ID,
    )
    assert isinstance(findings(read), tuple)


def test_a_title_as_long_as_a_header_may_be_is_shortened_in_every_message() -> None:
    read = post(
        light_text(f"title: {'for 9 hours ' * 1_000}\nkind: {'k' * 20_000}\nvisibility: {'v' * 9_000}\nservices: ['{'s' * 9_000}']"), LIGHT_ID
    )
    found = findings(read)
    assert {"undeclared-value", "header-shape"} <= {one.rule for one in found}
    assert max(len(one.message) + len(one.help) for one in found) < 2_000


def test_the_deepest_header_that_is_read_is_thirty_two_levels_deep() -> None:
    assert post(file("x-a: " + "[" * 31 + "]" * 31)).problems == ()
    assert post(file("x-a: " + "[" * 33 + "]" * 33)).problems != ()


def test_the_pure_parser_obeys_the_same_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml12.yaml, "CSafeLoader")
    small = [case for case in REFUSED if len(case.data) < 5_000]
    for case in small:
        assert [problem.span.line for problem in post(case.data).problems] == [case.line], case.name
    for name, (data, way, value) in READ.items():
        assert post(data).get(*way) == value, name


def test_without_places_the_same_is_read_and_the_same_is_refused() -> None:
    for data in (*(case.data for case in REFUSED), *(data for data, _, _ in READ.values())):
        placed, bare = parse.parse("postmortems/x.md", data), parse.parse("postmortems/x.md", data, places=False)
        assert (bare.header, bool(bare.problems)) == (placed.header, bool(placed.problems))
        assert (len(bare.keys), len(bare.values), len(bare.texts)) == (0, 0, 0)


def test_a_directive_below_a_comment_and_half_a_character_in_text_are_refused_by_the_reader() -> None:
    assert "a directive" in yaml12.read("# policy\n%YAML 1.2\n---\na: 1\n").problems[0].message
    for text in ("a: \ud800", 'a: "\udc00"'):
        assert yaml12.read(text).data is None
