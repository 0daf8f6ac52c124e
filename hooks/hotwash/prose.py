"""Masks: parts of a Markdown text that are not prose are blanked out, character for character, so that lines and columns stay true."""

from __future__ import annotations

import re
from collections import deque
from functools import lru_cache

_FENCE = re.compile(r"[ \t]*(?:[-*+] +|\d+[.)] +|> ?)*(`{3,}|~{3,})")
_HOLDER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)|!!!|\?\?\?|===|\[\^|:[ \t]")
"""What text indented below it belongs to: list items, notes, tabs, footnotes and definitions."""
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)


def blank(text: str) -> str:
    """Spaces of the same length, line ends kept."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


@lru_cache(maxsize=8)
def mask_code(text: str) -> str:
    """The text with fenced code, indented code and code spans blanked out; the fences go too. Of one body it is asked again and again."""
    lines = text.split("\n")
    code = _Blocks()
    block: list[int] = []
    for number, line in enumerate(lines):
        if code.takes(line):
            lines[number] = " " * len(line)
        elif line.strip() and not code.beside_comment:
            if _begins_block(line.lstrip(" \t")):
                _mask_spans(lines, block)
                block = []
            block.append(number)
            continue
        elif "`" in line:
            _mask_spans(lines, [number])
        _mask_spans(lines, block)
        block = []
    _mask_spans(lines, block)
    return "\n".join(lines)


class _Blocks:
    """Reads a text line by line and tells which lines are code."""

    def __init__(self) -> None:
        self.beside_comment = False
        """Whether the line holds a comment or a part of one: code spans do not reach across it."""
        self._fence = ""
        self._comment = False
        self._after_blank = True
        self._holders: list[tuple[int, int]] = []
        """Of the open list items and the like, the indentation and that of the text in them."""

    def takes(self, line: str) -> bool:
        """Whether the next line is code."""
        if self._fence:
            self._close_fence(line)
            return True
        if self._comment:
            self._comment, self.beside_comment = "-->" not in line, True
            return False
        if not line.strip():
            self._after_blank, self.beside_comment = True, False
            return False
        if self._is_indented(line):
            return True
        self._after_blank = False
        self._fence = fence_marker(line)
        self.beside_comment = "<!--" in line
        self._comment = self.beside_comment and not self._fence and _leaves_comment_open(line)
        return bool(self._fence)

    def _close_fence(self, line: str) -> None:
        end = line.lstrip(" \t>").rstrip()
        if end.startswith(self._fence) and not end.strip(self._fence[0]):
            self._fence, self._after_blank = "", False

    def _is_indented(self, line: str) -> bool:
        """Whether the line is indented code; where it is not, what it belongs to is noted."""
        text = line.lstrip(" \t")
        indent = len(line[: len(line) - len(text)].expandtabs(4))
        while self._after_blank and self._holders and indent <= self._holders[-1][0]:
            self._holders.pop()
        if self._after_blank and indent >= 4 + (self._holders[-1][1] if self._holders else 0):
            return True
        if holder := _HOLDER.match(text):
            while self._holders and indent <= self._holders[-1][0]:
                self._holders.pop()
            listed = holder[0][0] in "-*+0123456789"
            self._holders.append((indent, indent + (min(len(holder[0]), 4) if listed else 4)))
        return False


def _begins_block(text: str) -> bool:
    """Whether a line may begin another block, which a code span does not reach into."""
    return text.startswith(("#", "|", "- ", "* ", "+ ")) or text[:1].isdigit()


def _leaves_comment_open(line: str) -> bool:
    shown = [line]
    _mask_spans(shown, [0])
    return shown[0].rfind("<!--") > shown[0].rfind("-->")


def _mask_spans(lines: list[str], block: list[int]) -> None:
    """Blank out the code spans of one block, which may reach over the end of a line. Linear: each run of backticks is looked at once."""
    if not any("`" in lines[number] for number in block):
        return
    text = "\n".join(lines[number] for number in block)
    runs = [(match.start(), match.end()) for match in re.finditer("`+", text)]
    ends: dict[int, deque[tuple[int, int]]] = {}
    for start, end in runs:
        ends.setdefault(end - start, deque()).append((start, end))
    done, parts = 0, list[str]()
    for start, end in runs:
        waiting = ends[end - start]
        while waiting and waiting[0][0] <= start:
            waiting.popleft()
        if start >= done and waiting:
            parts += [text[done:start], blank(text[start : waiting[0][1]])]
            done = waiting[0][1]
    for number, line in zip(block, "".join([*parts, text[done:]]).split("\n"), strict=True):
        lines[number] = line


def fence_marker(line: str) -> str:
    """The backticks or tildes that open a fence on this line; empty where none does."""
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


# Compiled by `re` when they are first needed, which is seldom: compiling costs more than reading a file.
_STAYS = r"(?i)(note|hotwash|expect|vale|spellchecker|cspell)\s*:|(markdownlint|prettier|textlint|alex|vale|cspell|spell|toc|more)\b"
_PICTURE = r"!\[[^\]\n]{0,300}\](?:\([^()\n]{0,500}\)|\[[^\]\n]{0,100}\])"
_LEAD = r"[\s>*+-]*(\*\*|__)[^*_\n]{1,80}(?::\1|\1\s*:)"
_NAME = r"\W*(\*\*|__)([^*_\n]{1,40})\1\W*$"
_FILLERS = frozenset({
    "n a", "na", "none", "nil", "tbd", "tba", "tbc", "todo", "fixme", "wip", "pending", "to be written", "to be done", "to be added", "to be defined",
    "to be determined", "to be completed", "to be filled in", "to be confirmed", "to do", "to follow", "coming soon", "x", "lorem ipsum",
})  # fmt: skip
_LONGEST_FILLER = 40
_LONGEST_LABEL = 200
"""Characters. Longer lines say something beside their label, and the patterns above take their time with lines of nothing but stars."""


def stays(comment: str) -> bool:
    """Whether a comment is meant to stay in the file, for an editor or a tool; any other is a prompt."""
    return not comment or bool(re.match(_STAYS, comment))


def speaks(text: str) -> bool:
    """Whether a Markdown text says anything: a word below headings, beside labels, pictures, comments and fillers such as `TBD`."""
    shown = re.sub(_PICTURE, "", mask_comments(text)) if "![" in text else mask_comments(text)
    return any(_line_speaks(line) for line in shown.split("\n"))


def _line_speaks(line: str) -> bool:
    bare = line.strip()
    if not bare or bare.startswith(("#", "```", "~~~")):
        return False
    if ("**" in bare or "__" in bare) and len(bare) <= _LONGEST_LABEL:
        bare = bare[lead.end() :] if (lead := re.match(_LEAD, bare)) else bare
        if (name := re.match(_NAME, bare)) and (len(name[2].split()) <= 3 and name[2][-1] not in ".!?"):
            return False
    return any(char.isalpha() for char in bare) and not (len(bare) <= _LONGEST_FILLER and _is_filler(bare))


def _is_filler(line: str) -> bool:
    words = "".join(char if char.isalnum() else " " for char in line.casefold()).split()
    return " ".join(words) in _FILLERS or all(set(word) == {"x"} for word in words)
