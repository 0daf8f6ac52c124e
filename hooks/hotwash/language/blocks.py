"""Prose cut into blocks and sentences: what is code, quoted, cited or said in a comment is masked first, character for character."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hotwash import prose

GONE = "\x1a"
"""Stands where something was masked that took part in the sentence as a thing: code, a quotation, the text of a link."""

LONGEST = 1_500
"""Characters. Beyond that it is no sentence, and what comes after is not read."""

_QUOTES = re.compile(r"\"(?:[^\"\n]|\n(?!\s*\n)){1,600}\"|“(?:[^”\n]|\n(?!\s*\n)){1,600}”|„[^“”\n]{1,600}[“”]|«[^»\n]{1,600}»|(?<![\w’])‘[^’\n]{3,600}’(?!\w)")
_SINGLE = re.compile(r"'(?<![\w'’]')(?!(?:\d|em|til|cause|tis|twas|bout|n|round)\b|\d\ds)(?=[^\s'])(?:[^'\n]|(?<=\w)'(?=\w)|\n(?!\s*\n)){1,600}(?<!\s)'(?!\w)", re.IGNORECASE)
"""A quotation between straight single quotes: one opens after what is no word and closes before what is none, so that apostrophes stay what they are."""
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\](\([^()\s]{0,500}(?:\s+\"[^\"\n]{0,200}\")?\)|\[[^\]\n]{0,100}\])")
_ADDRESS = re.compile(r"<[^<>\s]{3,500}>|\b(?:https?://|www\.)[^\s<>)\]]{3,500}|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,64}")
_DEFINED = re.compile(r"^ {0,3}\[[^\]^\n][^\]\n]{0,99}\]:.*$", re.MULTILINE)
_SAID_IN_HTML = re.compile(r"<(a|blockquote|cite|code|kbd|pre|q|samp|script|style)(?:\s[^<>]{0,500})?>", re.IGNORECASE)
"""Tags around what is code, quoted or a link."""
_SET_OFF = re.compile(r"</?(?:abbr|b|big|br|em|font|i|ins|mark|small|span|strong|sub|sup|u)(?:\s[^<>]{0,300})?/?>|&nbsp;|\\(?=\n)", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=[^\s*_])((?:[^*_\n]|\n(?!\s*\n)){1,200})(?<![\s:])\1(?![\w*:])")
"""Marks of emphasis, which part no words; a label such as `**Owner:**` keeps its own."""
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?")
_NOTE = re.compile(r"\s*\[\^[^\]\n]{1,100}\]:\s*|\s*:\s+")
"""What opens a footnote or a definition."""
_LINE = re.compile(r" {0,3}(?:=+|(?:[-*_] ?){2,})\s*$")
"""What underlines a heading or parts two paragraphs."""
_RULE = re.compile(r"\s*\|?[\s:|-]+\|?\s*$")
_HEADING = re.compile(r" {0,3}#{1,6}\s+")
_ENDS = re.compile(r"(?<=[.!?])[)\]*_\x1a\"”]*\s+(?=[\"“(*_\x1a]*[A-Z0-9\x1a@])")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|approx|no|nr|dr|mr|mrs|ms|st|fig|sec|min|max|incl|resp|cf|al|inc|ltd|jr|sr|dept|est)|\b[A-Z])\.$", re.IGNORECASE)
_STAMP = re.compile(
    r"[\s>*_|(\[-]*(?:at\s+|around\s+|~\s*)?(?:(?:\d{4}-\d\d-\d\d|\d{1,2}[ /.](?:\d{1,2}|[A-Z][a-z]{2,8})(?:[ /.]\d{2,4})?),?[T ]?\s*)?"
    r"(?:T?\+?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?)\s*(?:[ap]\.?m\.?)?\s*(?:\(?(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT|BST|IST|JST|Z|local|[+-]\d\d:?\d\d)\)?)?"
    r"(?:\s*(?:-|–|—|to|until)\s*\d{1,2}[:.]\d\d(?:\s*(?:UTC|Z))?)?[\s*_|)\]]*[-–—:,|]*[\s*_|]*",
)


class Sentence(NamedTuple):
    """A sentence of a block: its text with masks, where it begins in the body (in characters), and what it stands in."""

    text: str
    start: int
    kind: str
    """paragraph, item, cell, heading or definition."""
    block: int
    """The number of its block: a pronoun looks for its noun there."""
    first: bool
    """Whether it opens its block."""


def mask(body: str, uncoded: str) -> str:
    """The body with everything masked that is not the writer's own running text.

    Args:
        body: the text.
        uncoded: the same with code blanked (`prose.mask_code`).
    """
    text = _gone_where(body, uncoded) if body != uncoded else body
    text = prose.mask_comments(text)
    text = _LINK.sub(lambda link: GONE * len(link[0]), text) if "](" in text or "][" in text else text
    text = _DEFINED.sub(_gone, text) if "]:" in text else text
    text = _without_tags(text) if "<" in text else text
    text = _SET_OFF.sub(_blank, text) if any(sign in text for sign in ("<", "&", "\\\n")) else text
    text = _ADDRESS.sub(_gone, text) if any(sign in text for sign in ("<", "://", "www.", "@")) else text
    text = _QUOTES.sub(_gone, text) if any(sign in text for sign in "\"“„«‘") else text
    text = _SINGLE.sub(_gone, text) if "'" in text else text
    return _EMPHASIS.sub(_plain, text) if "*" in text or "_" in text else text


def _without_tags(text: str) -> str:
    """Code, quotations and links in HTML masked. Linear: a tag that nothing closes is looked for once."""
    parts, done, low, open_to_the_end = list[str](), 0, text.lower(), set[str]()
    for tag in _SAID_IN_HTML.finditer(text):
        name = tag[1].lower()
        if tag.start() < done or name in open_to_the_end:
            continue
        end = low.find(f"</{name}", tag.end())
        if end < 0:
            open_to_the_end.add(name)
        else:
            parts += [text[done : tag.start()], re.sub(r"[^\n]", GONE, text[tag.start() : end])]
            done = end
    return "".join([*parts, text[done:]])


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _plain(match: re.Match[str]) -> str:
    marks = " " * len(match[1])
    return f"{marks}{match[2]}{marks}"


def _gone_where(body: str, uncoded: str) -> str:
    pairs = zip(body.split("\n"), uncoded.split("\n"), strict=True)
    return "\n".join(after if before == after else "".join(GONE if a != b else b for a, b in zip(before, after, strict=True)) for before, after in pairs)


def _gone(match: re.Match[str]) -> str:
    return "".join(char if char == "\n" else GONE for char in match[0])


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a masked text, in order. Quotations, code and the heads of tables hold none."""
    for number, (kind, start, block) in enumerate(_blocks(text)):
        first = True
        for offset, piece in _split(block):
            stamp = _STAMP.match(piece)
            skip = stamp.end() if stamp and stamp.end() < len(piece) else len(piece) - len(piece.lstrip(" \t*_"))
            yield Sentence(piece[skip : skip + LONGEST], start + offset + skip, kind, number, first)
            first = False


def _split(block: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _ENDS.finditer(block):
        if not _ABBREVIATED.search(block[max(0, end.start() - 12) : end.start()]):
            yield start, block[start : end.end()]
            start = end.end()
    if block[start:].strip():
        yield start, block[start:]


def _blocks(text: str) -> Iterator[tuple[str, int, str]]:
    """Kind, offset and text of each block, line ends turned into spaces."""
    lines, offset, open_block, before = text.split("\n"), 0, None, ""
    for number, line in enumerate(lines):
        kind, skip = _kind(lines, number, line)
        if not kind and line.strip() and (before == "quote" or ("|" in line and before in ("row", "rule"))):
            kind = "quote" if before == "quote" else "row"
        before = kind
        if open_block and (kind or not line.strip()):
            yield open_block[0], open_block[1], text[open_block[1] : offset - 1].replace("\n", " ")
            open_block = None
        if kind == "row":
            yield from (("cell", offset + at, cell) for at, cell in _cells(line))
        elif kind == "heading":
            yield "heading", offset + skip, line[skip:]
        elif kind in ("item", "definition"):
            open_block = (kind, offset + skip)
        elif not kind and line.strip() and open_block is None:
            open_block = ("paragraph", offset)
        offset += len(line) + 1
    if open_block:
        yield open_block[0], open_block[1], text[open_block[1] :].replace("\n", " ")


def _kind(lines: list[str], number: int, line: str) -> tuple[str, int]:
    """What a line opens, and how many of its characters are marks; an empty kind continues what is open."""
    stripped = line.lstrip()
    if not stripped:
        return "", 0
    if stripped[0] == ">":
        return ("quote" if stripped.strip("> ") else "rule"), 0
    if stripped[0] == "#" and (match := _HEADING.match(line)):
        return "heading", match.end()
    if stripped[0] == "|" or (" | " in line and number + 1 < len(lines) and _RULE.match(lines[number + 1]) and "|" in lines[number + 1]):
        head = number + 1 < len(lines) and "-" in lines[number + 1] and _RULE.match(lines[number + 1])
        return ("rule" if head or _RULE.match(line) else "row"), 0
    if _LINE.match(line) or ("|" in line and _RULE.match(line)):
        return "rule", 0
    if match := _ITEM.match(line):
        return ("quote" if line.startswith(">", match.end()) else "item"), match.end()
    if match := _NOTE.match(line):
        return "definition", match.end()
    return "", 0


def _cells(line: str) -> Iterator[tuple[int, str]]:
    at = 0
    for cell in line.split("|"):
        if cell.strip():
            yield at + len(cell) - len(cell.lstrip()), cell.strip()
        at += len(cell) + 1
