"""Masks: parts of a Markdown text that are not prose are blanked out, character for character, so that lines and columns stay true."""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(?:[-*+] +|\d+[.)] +|> ?)*(`{3,}|~{3,})")
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)


def blank(text: str) -> str:
    """Spaces of the same length, line ends kept."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def mask_code(text: str) -> str:
    """The text with fenced code and code spans blanked out; the fences go too."""
    lines = text.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        marker = fence_marker(line)
        if fence:
            lines[number] = " " * len(line)
            if marker and marker.startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif marker:
            fence, lines[number] = marker, " " * len(line)
        elif "`" in line:
            lines[number] = _SPAN.sub(lambda span: " " * len(span[0]), line)
    return "\n".join(lines)


def fence_marker(line: str) -> str:
    """The backticks or tildes that open or close a fence on this line; empty where none does."""
    if "```" not in line and "~~~" not in line:
        return ""
    match = _FENCE.match(line)
    return match[1] if match and not (match[1][0] == "`" and "`" in line[match.end() :]) else ""


def comments(masked: str) -> list[tuple[int, str]]:
    """HTML comments of a text whose code is masked: where each begins, in characters, and what it says.

    A comment that is never closed reaches to the end, as a browser would have it.
    """
    return [(match.start(), match[1].strip()) for match in _COMMENT.finditer(masked)] if "<!--" in masked else []


def mask_comments(masked: str) -> str:
    """The text with HTML comments blanked out."""
    return _COMMENT.sub(lambda comment: blank(comment[0]), masked) if "<!--" in masked else masked
