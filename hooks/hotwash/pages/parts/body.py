"""The body of a postmortem as Markdown that is safe to publish: no raw HTML, no comments, no attribute lists, no pictures from
elsewhere, no link that runs something.

Bodies are written by anybody. What is shown as code stays as it is; a fence that never closes is not taken for code.
The MkDocs door cleans the finished HTML once more, for what a generator reads differently.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from hotwash import prose
from hotwash.model import Postmortem
from hotwash.pages import Site
from hotwash.pages.parts.links import is_safe

_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
_LANGUAGE = re.compile(r"\s*([\w.+#-]+)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>\"'`]+)>")
_TARGET = re.compile(r"(\]\(\s*|^ {0,3}\[[^\]]+\]:\s*)(<[^>]*>|[^\s)]+)", re.MULTILINE)
_TOP_HEADING = re.compile(r"^ {0,3}# ", re.MULTILINE)
_HEADING = re.compile(r"^( {0,3}#{1,5}) ", re.MULTILINE)
_UNSAFE = "#link-removed"


def body(post: Postmortem, site: Site) -> str:
    """The body, made safe, its links leading to pages of the site or files of the repository."""
    bare = _without_comments(post.body)
    pieces = list(_pieces(bare))
    shift = any(_TOP_HEADING.search(text) for code, text in pieces if not code)
    return "".join(text if code else _safe(text, post, site, shift) for code, text in pieces).strip("\n")


def _without_comments(text: str) -> str:
    """Comments are for writers; those inside code are code."""
    for start, said in reversed(prose.comments(prose.mask_code(text))):
        text = text[:start] + text[start + len(said) + 7 :]
    return text


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Stretches of the text, each with whether it is code: whole fences, and spans that close on their line."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        end = _fence_end(lines, number)
        if end:
            yield True, "\n".join((_opening(lines[number]), *lines[number + 1 : end])) + "\n"
            number = end
        else:
            yield from _spans(lines[number] + "\n")
            number += 1


def _fence_end(lines: list[str], start: int) -> int:
    """The line after the fence that opens here; 0 where none opens or it never closes."""
    marker = prose.fence_marker(lines[start])
    for number in range(start + 1, len(lines) if marker else 0):
        closing = prose.fence_marker(lines[number])
        if closing.startswith(marker) and not lines[number].strip().strip(marker[0]):
            return number + 1
    return 0


def _opening(line: str) -> str:
    """The line that opens a fence, with its language and without attributes."""
    marker = prose.fence_marker(line)
    start = line.index(marker) + len(marker)
    language = _LANGUAGE.match(line, start)
    return line[:start] + (language[1] if language else "")


def _spans(line: str) -> Iterator[tuple[bool, str]]:
    """A line's code spans and what stands between them. Where a backtick is escaped, nothing is taken for code."""
    start = 0
    for span in _SPAN.finditer(line) if "\\`" not in line else ():
        yield False, line[start : span.start()]
        yield True, span[0]
        start = span.end()
    yield False, line[start:]


def _safe(text: str, post: Postmortem, site: Site, shift: bool) -> str:
    if shift:
        text = _HEADING.sub(r"\1# ", text)
    # A picture would be fetched by every reader, from wherever the writer says; it becomes a link.
    text = _AUTOLINK.sub(r"[\1](\1)", text)
    text = _TARGET.sub(lambda match: match[1] + _target(match[2], post, site), text)
    return text.replace("![", "[").replace("<", "&lt;").replace("{", "&#123;")


def _target(written: str, post: Postmortem, site: Site) -> str:
    """Where a link of the body leads on the site."""
    bare = written.strip("<>")
    if not is_safe(bare):
        return _UNSAFE
    if ":" in bare.split("/", 1)[0] or bare.startswith(("#", "/")):
        return bare
    path, _, anchor = bare.partition("#")
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(post.path), path))
    stem = posixpath.basename(whole).removesuffix(".md")
    if whole.startswith("postmortems/") and site.archive.get(stem):
        return f"{stem}.md" + (f"#{anchor}" if anchor else "")
    return site.links.to(site.links.file, whole) or "#" + stem
