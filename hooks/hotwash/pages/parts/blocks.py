"""A body in pieces: what every generator takes for code, what is prose, and what is one or the other by the generator's own rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

_FENCE = re.compile(r"(?:\s|[-*+](?= )|\d+[.)](?= )|>)*(`{3,}|~{3,})")
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.{1,2000}?)(?<!`)\1(?!`)", re.DOTALL)
_LANGUAGE = re.compile(r"\s*([\w.+#-]+)")
_CONTAINER = re.compile(r" *(?:[-*+] |\d+[.)] |!!! |\?\?\?\+? |=== |\[\^[^\]]+\]:)")
_PLAIN_LINE = re.compile(r"\s*[^\W\d_]|\s*`")


class Kind(Enum):
    """What a piece of a body is."""

    CODE = "code"
    DOUBT = "doubt"
    PROSE = "prose"


def pieces(text: str) -> Iterator[tuple[Kind, str]]:
    """The text piece by piece, code spans apart from the prose around them; nothing is left out."""
    for kind, block in blocks(text):
        if kind is Kind.PROSE and "`" in block:
            yield from _spans(block)
        elif block:
            yield kind, block


def blocks(text: str) -> Iterator[tuple[Kind, str]]:
    """The text block by block: fences that close are code, what is indented is in doubt, anything else is a paragraph of prose with the empty line after it."""
    lines = [f"{line}\n" for line in text.split("\n")]
    number, containers, paragraph = 0, list[int](), list[str]()
    while number < len(lines):
        line = lines[number]
        indented = _is_indented(line, containers, paragraph)
        end = 0 if indented else _fence_end(lines, number)
        if not end and not indented:
            paragraph.append(line)
            number += 1
            if line.isspace():
                yield Kind.PROSE, "".join(paragraph)
                paragraph = []
            continue
        yield Kind.PROSE, "".join(paragraph)
        paragraph = []
        yield Kind.DOUBT if indented else Kind.CODE, "".join(lines[number : end or number + 1])
        number = end or number + 1
    yield Kind.PROSE, "".join(paragraph)


def _is_indented(line: str, containers: list[int], paragraph: list[str]) -> bool:
    """Whether the line is indented code; containers (lists, admonitions) that it opens or ends are kept track of by their indentation."""
    container = _CONTAINER.match(line)
    if not line.strip() or (paragraph and not container):
        return False
    wide = line.expandtabs(4)
    indent = len(wide) - len(wide.lstrip(" "))
    while containers and containers[-1] >= indent:
        containers.pop()
    if not paragraph and indent >= 4 * (len(containers) + 1):
        return True
    if container:
        containers.append(indent)
    return False


def _fence_end(lines: list[str], start: int) -> int:
    """The line after the fence that opens here; 0 where none opens or it never closes.

    What stands inside is indented at least as far as the fence: otherwise a generator may end the list around it, and the fence with it.
    """
    marker = _marker(lines[start])
    if not marker:
        return 0
    indent = len(lines[start]) - len(lines[start].lstrip(" "))
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if indent > 3 and line.strip() and not line.startswith(" " * indent):
            return 0
        if _marker(line).startswith(marker) and not line.strip().lstrip("> ").strip(marker[0]):
            return number + 1
    return 0


def _marker(line: str) -> str:
    """The backticks or tildes of a fence on this line; empty where none stands."""
    if "```" not in line and "~~~" not in line:
        return ""
    match = _FENCE.match(line)
    return match[1] if match and not (match[1][0] == "`" and "`" in line[match.end() :]) else ""


def bare(code: str) -> str:
    """A fence with its language and without attributes; a code span as it is."""
    marker = _marker(code.split("\n", 1)[0])
    if not marker or not code.endswith("\n"):
        return code
    start = code.index(marker) + len(marker)
    language = _LANGUAGE.match(code.split("\n", 1)[0], start)
    return code[:start] + (language[1] if language else "") + code[code.index("\n") :]


def _spans(paragraph: str) -> Iterator[tuple[Kind, str]]:
    """A paragraph's code spans and what stands between them. Where a backtick is escaped, nothing is taken for code."""
    start = 0
    for span in _SPAN.finditer(paragraph) if "\\`" not in paragraph else ():
        yield Kind.PROSE, paragraph[start : span.start()]
        yield _kind(paragraph, span), span[0]
        start = span.end()
    yield Kind.PROSE, paragraph[start:]


def _kind(paragraph: str, span: re.Match[str]) -> Kind:
    """Code where the span closes on its line, or on a later line that can be nothing but the same paragraph."""
    first, *later = paragraph[paragraph.rfind("\n", 0, span.start()) + 1 : span.end()].split("\n")
    if not later:
        return Kind.CODE
    sure = first.lstrip()[:1] not in tuple("#!?=:<[") and "|" not in paragraph and all(_PLAIN_LINE.match(line) for line in later)
    return Kind.CODE if sure else Kind.DOUBT
