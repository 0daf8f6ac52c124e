"""The body of a postmortem as Markdown that is safe to publish: no raw HTML, no comments, no attribute lists, no pictures from
elsewhere, no link that runs something.

Bodies are written by anybody, and generators differ in what they take for code. Three kinds of text are told apart: code that every
generator takes for code stays as it is; prose is made safe, its links leading to pages of the site; and where it is doubtful, only what
could do harm is touched. A door that cleans the finished HTML asks for marks instead of entities: they become plain characters there,
in code and prose alike (`unmarked`).
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote, unquote

from hotwash import prose
from hotwash.model import Postmortem
from hotwash.pages import Site
from hotwash.pages.parts.blocks import Kind, bare, blocks, pieces
from hotwash.pages.parts.links import is_safe

LESS, BRACE, _PICTURE_HERE = "\ufdd0", "\ufdd1", "\ufdd2"
"""Characters that no text has: Unicode keeps them for a program's own use."""

_SPAN_OR_COMMENT = re.compile(r"(?P<span>(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n).){1,2000}?(?<!`)\2(?!`))|<!--.*?(?:-->|\Z)", re.DOTALL)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>\"'`]+)>")
_TARGET = re.compile(r"(\]\(\s*|^ {0,3}\[(?!\^)[^\]\n]{1,999}\]:\s*)(<[^>\n]*>|(?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))+)", re.MULTILINE)
_FOOTNOTE = re.compile(r"(^ {0,3}\[\^[^\]\n]{1,999}\]:\s*)(<[^>\n]*>|\S+)", re.MULTILINE)
_PICTURE = re.compile(r"!(\[[^\]\n]{0,500}\]\(\s*)(<[^<>\n]*>|[^\s()]+)")
_TOP_HEADING = re.compile(r"^ {0,3}# ", re.MULTILINE)
_HEADING = re.compile(r"^( {0,3}#{1,5}) ", re.MULTILINE)
_UNSAFE = "#link-removed"


def body(post: Postmortem, site: Site) -> str:
    """The body, made safe, its links leading to pages of the site or files of the repository."""
    found = list(pieces(_without_comments(post.body)))
    shift = any(kind is Kind.PROSE and "# " in text and _TOP_HEADING.search(text) for kind, text in found)
    return "".join([_shown(kind, text, post, site, shift) for kind, text in found]).strip("\n")


def unmarked(html: str) -> str:
    """Finished HTML with the characters that the marks stood for."""
    for mark, shown, address in ((LESS, "&lt;", "%3C"), (BRACE, "{", "%7B")):
        html = html.replace(mark, shown).replace(quote(mark), address)
    return html


def _without_comments(text: str) -> str:
    """Comments are for writers; those inside code are code."""
    if "<!--" not in text:
        return text
    masked = "".join(block if kind is Kind.PROSE else prose.blank(block) for kind, block in blocks(text))
    for found in reversed(list(_SPAN_OR_COMMENT.finditer(masked))):
        if not found["span"]:
            text = text[: found.start()] + text[found.end() :]
    return text


def _shown(kind: Kind, text: str, post: Postmortem, site: Site, shift: bool) -> str:
    if kind is Kind.CODE:
        return bare(text)
    if kind is Kind.PROSE:
        text = _linked(_HEADING.sub(r"\1# ", text) if shift else text, post, site)
    if not site.cleaned:
        text = _harmless(text)
    return text.replace("<", LESS if site.cleaned else "&lt;").replace("{", BRACE if site.cleaned else "&#123;").replace(_PICTURE_HERE, "!")


def _linked(text: str, post: Postmortem, site: Site) -> str:
    """Prose with its links led where they lead on the site. A picture from elsewhere would be fetched by every reader; it becomes a link."""
    text = text.replace(_PICTURE_HERE, "")
    if "<" in text:
        text = _AUTOLINK.sub(r"[\1](\1)", text)
    if "![" in text:
        text = _PICTURE.sub(lambda found: (_PICTURE_HERE if _picture(found[2], post, site) else "") + found[1] + found[2], text).replace("![", "[")
    return _TARGET.sub(lambda found: found[1] + _target(found[2], post, site), text) if "]" in text else text


def _harmless(text: str) -> str:
    """Text of which nobody knows whether it is code, without what would run or be fetched."""
    for pattern in (_TARGET, _FOOTNOTE):
        text = pattern.sub(lambda found: found[0] if is_safe(found[2].strip("<>")) or found[2].endswith(":") else found[1] + _UNSAFE, text)
    return text.replace("![", "[")


def _target(written: str, post: Postmortem, site: Site) -> str:
    """Where a link of the body leads on the site."""
    address = written.strip("<>")
    if not is_safe(address):
        return _UNSAFE
    if ":" in address.split("/", 1)[0] or address.startswith(("#", "/")):
        return written
    if picture := _picture(address, post, site):
        return quote(picture)
    path, _, anchor = address.partition("#")
    whole = _place(path, post)
    stem = posixpath.basename(whole).removesuffix(".md")
    if whole.startswith("postmortems/") and site.archive.get(stem):
        return f"{quote(stem)}.md" + (f"#{anchor}" if anchor else "")
    return site.links.to(site.links.file, whole) or "#" + quote(stem)


def _picture(written: str, post: Postmortem, site: Site) -> str:
    """The path of a picture that stands beside the postmortems, relative to its page; empty for any other address."""
    address = written.strip("<>")
    found = _place(address, post)
    return found.removeprefix("postmortems/") if is_safe(address) and found in site.pictures else ""


def _place(path: str, post: Postmortem) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(post.path), unquote(path)))
