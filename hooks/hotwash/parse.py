"""A file's bytes become a Postmortem. Nothing raises: what cannot be read is a Problem at its line, and the rest is still there."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hotwash import prose, yaml12
from hotwash.model import SCHEMA, Postmortem, Problem, Section, Span, Waiver, nearest

LARGEST = 1_048_576
"""Bytes. A long postmortem has 30,000."""

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_LABEL = re.compile(r"(\*\*|__)([^*_]{2,80})\1[ \t]*:?[ \t]*$")
_LEAD = re.compile(r"(\*\*|__)([^*_]{2,40})(?:(?<=:)\1|\1[ \t]*:)[ \t]*(?=\S)")
"""A label with its text on the same line: `**Summary:** Orders were refused.`"""
_LIST_OR_QUOTE = re.compile(r"\s*([-*+>|]|\d+[.)])")
_LINK = re.compile(r"\](?:\(\s*|:[ \t]+)<?(?:\./|(?:\.\./)*postmortems/|/postmortems/)?(\d{4}-[^()\s<>/#:]{1,200}\.md)(?=[#)>\s]|\Z)")
_ALLOW = re.compile(r"hotwash:\s*allow\b\s*([^\s:]*)\s*:?\s*(.*)", re.DOTALL)
_ALLOW_IN_HEADER = re.compile(r"#\s*(hotwash:\s*allow\b.*)$")


class Halves(NamedTuple):
    """The two parts of a file, before either is read; `header` is None where there is none."""

    header: str | None
    body: str
    body_line: int
    problems: tuple[Problem, ...]


def parse(path: str, data: bytes, *, places: bool = True) -> Postmortem:
    """Read one file.

    Args:
        path: relative to the project's root, with forward slashes.
        data: the file's bytes: UTF-8, with or without a byte order mark, any of the usual line ends.
        places: whether to note where everything in the header stands.
    """
    if len(data) > LARGEST:
        return _unreadable(path, f"the file has {len(data):,} bytes; at most {LARGEST:,} are read", "keep logs and pictures beside it, and link them")
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _unreadable(path, f"the file is not UTF-8: byte {error.start + 1} cannot be read", "save it as UTF-8", line)
    return _read(path, text, places)


def decoded(data: bytes) -> str:
    """The text of a file, its line ends made one kind.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def with_body(post: Postmortem, body: str) -> Postmortem:
    """The same postmortem with another body, read anew: nothing of the old one is left in it, positions of the header neither."""
    return _read(post.path, f"---\n{{}}\n---\n{body}")._replace(header=post.header, texts=post.texts)


def _unreadable(path: str, message: str, help: str, line: int = 1) -> Postmortem:
    return Postmortem(path, problems=(Problem(Span(line), message, help),), unread=True)


def _read(path: str, text: str, places: bool = True) -> Postmortem:
    halves = split(text)
    uncoded = prose.mask_code(halves.body)
    body_prose = prose.mask_comments(uncoded)
    post = Postmortem(
        path, body=halves.body, body_line=halves.body_line, prose=body_prose, problems=halves.problems,
        sections=tuple(_sections(halves.body, body_prose, halves.body_line)),
    )
    links = tuple((post.line_of(found.start(1), len(found[1])), found[1].removesuffix(".md")) for found in _LINK.finditer(body_prose))
    comments = tuple((post.line_of(start, _comment_end(uncoded, start) - start), said) for start, said in prose.comments(uncoded))
    waivers = tuple(_body_waivers(post, comments))
    if halves.header is None:
        return post._replace(comments=comments, links=links, waivers=waivers)
    return _with_header(post._replace(comments=comments, links=links), halves.header, waivers, places)


def _with_header(post: Postmortem, text: str, waivers: tuple[Waiver, ...], places: bool) -> Postmortem:
    reading = yaml12.read(text, first_line=2, places=places)
    problems = list(reading.problems)
    data = reading.data
    if not problems and not isinstance(data, dict):
        found = "empty" if data is None else f"a {'list' if isinstance(data, list) else 'single value'}"
        problems.append(Problem(Span(1, 1), f"the header is {found}; it has to be keys with values", "write `title: ...` and so on, one key a line"))
    if not isinstance(data, dict):
        return post._replace(problems=post.problems + tuple(problems), waivers=waivers)
    newer = data.get("schema")
    if isinstance(newer, int) and newer > SCHEMA:
        message = f"the header is written for schema {newer}; this hotwash reads up to {SCHEMA}"
        problem = Problem(nearest(reading.values, ("schema",)), message, f"use a release of hotwash that reads schema {newer}")
        return post._replace(problems=(*post.problems, problem), waivers=waivers)
    return post._replace(
        header=data, keys=reading.keys, values=reading.values, texts=tuple(reading.texts), waivers=(*_header_waivers(text), *waivers),
        problems=post.problems + tuple(problems),
    )


def split(text: str) -> Halves:
    """Header and body. Only the first closing line counts; `---` is free in the body."""
    if text.split("\n", 1)[0].rstrip() != "---":
        return Halves(None, text, 1, (_missing_header(text),))
    lines = text.split("\n")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            return Halves("\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2, ())
    problem = Problem(Span(1, 1), "the header that begins here is never closed", "put a line of --- below its last key")
    return Halves(None, "\n".join(lines[1:]), 2, (problem,))


def _missing_header(text: str) -> Problem:
    if text.startswith("+++"):
        return Problem(Span(1, 1), "the header is TOML (+++); only YAML between lines of --- is read", "write it as YAML, between two lines of ---")
    if text.startswith("---\r"):
        return Problem(Span(1, 1), "the lines end in lone carriage returns, so that the file is one line", "save it with the line ends of Unix or Windows")
    if text.lstrip().startswith("---"):
        return Problem(Span(1, 1), "something stands before the header", "begin the file with the line ---")
    return Problem(Span(1, 1), "there is no header", "begin the file with --- and the keys; `hotwash new TITLE` writes one")


def _sections(body: str, masked: str, first_line: int) -> Iterator[Section]:
    lines = body.split("\n")
    heads = list(_headings(masked.split("\n"), lines))
    ends = _section_ends([(head.line, head.level) for head in heads], len(lines))
    for index, (number, level, title, text_from, column) in enumerate(heads):
        own_end = heads[index + 1].line if index + 1 < len(heads) else len(lines)
        span = Span(first_line + number, 1, first_line + number, len(lines[number]) + 1)
        text, own = ("\n".join(lines[text_from:end])[column:] for end in (ends[index], own_end))
        yield Section(title, level, span, text, own)


def _section_ends(heads: list[tuple[int, int]], last: int) -> list[int]:
    """Where each section ends: at the next heading of its own level or higher. Linear, for files that are nothing but headings."""
    ends, open_heads = [last] * len(heads), list[int]()
    for index, (number, level) in enumerate(heads):
        while open_heads and heads[open_heads[-1]][1] >= level:
            ends[open_heads.pop()] = number
        open_heads.append(index)
    return ends


class _Head(NamedTuple):
    """A heading: its line from 0, and the line and column at which the text below it begins."""

    line: int
    level: int
    title: str
    text_from: int
    column: int = 0


def _headings(masked: list[str], lines: list[str]) -> Iterator[_Head]:
    """Headings with signs, underlined ones, and labels in bold. The mask tells where they are; what they say may hold code."""
    for number, line in enumerate(masked):
        said = line if "<!--" in lines[number] else lines[number]
        if "#" in line and (atx := _ATX.match(line) and _ATX.match(said)):
            yield _Head(number, len(atx[1]), atx[2].strip(), number + 1)
        elif line.startswith(("**", "__")) and (head := _label(number, line, said, fresh=not number or not masked[number - 1].strip())):
            yield head
        elif line.strip() and number + 1 < len(masked) and (under := _underline(masked, number)):
            yield _Head(number, under, said.strip(), number + 2)


def _label(number: int, line: str, said: str, *, fresh: bool) -> _Head | None:
    """A label in bold: alone on its line, or after an empty line with a colon and its text."""
    if label := _LABEL.match(line) and _LABEL.match(said):
        return _Head(number, 7, label[2].strip(" :"), number + 1)
    lead = _LEAD.match(line) if fresh else None
    return _Head(number, 7, lead[2].strip(" :"), number, lead.end()) if lead else None


def _underline(lines: list[str], number: int) -> int:
    """1 or 2 where this line is a heading underlined by the next, else 0."""
    below = lines[number + 1].lstrip()
    if not below.startswith(("==", "--")) or not (match := _UNDERLINE.match(lines[number + 1])):
        return 0
    above = lines[number - 1].strip() if number else ""
    if above or lines[number].startswith("    ") or _LIST_OR_QUOTE.match(lines[number]):
        return 0
    return 1 if match[1][0] == "=" else 2


def _comment_end(text: str, start: int) -> int:
    end = text.find("-->", start + 4)
    return end + 3 if end >= 0 else len(text)


def _body_waivers(post: Postmortem, comments: tuple[tuple[Span, str], ...]) -> Iterator[Waiver]:
    """A waiver in the body covers the next block: the lines from the next text to the next empty line."""
    allowed = [(span, match) for span, said in comments if (match := _ALLOW.match(said))]
    lines = post.body.split("\n") if allowed else []
    blocks, followed = _blocks(lines), dict[int, bool]()
    for span, match in allowed:
        number = span.end_line - post.body_line
        if number not in followed:
            followed[number] = bool(lines[number].partition("-->")[2].strip())
        first, last = blocks[number if followed[number] else number + 1]
        yield Waiver(match[1], match[2].strip(), span.line, first + post.body_line, last + post.body_line)


def _blocks(lines: list[str]) -> list[tuple[int, int]]:
    """For each line, and for the one after the last, the block of text that it is in or that comes next: its first line and its last."""
    first, last = len(lines) + 1, len(lines)
    found = [(first, last)]
    for number in range(len(lines) - 1, -1, -1):
        if lines[number].strip():
            first, last = number, last if first == number + 1 else number
        found.append((first, last))
    return found[::-1]


def _header_waivers(text: str) -> Iterator[Waiver]:
    """A waiver in the header covers its own line."""
    for number, line in enumerate(text.split("\n"), start=2):
        if "hotwash:" in line and (comment := _ALLOW_IN_HEADER.search(line)) and (match := _ALLOW.match(comment[1])):
            yield Waiver(match[1], match[2].strip(), number, number, number)
