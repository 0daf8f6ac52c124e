"""The body of a public postmortem: without comments, without the sections that the policy keeps back, without links that lead inside."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from hotwash import prose
from hotwash.model import Postmortem
from hotwash.policy import Policy

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OPEN_COMMENT = re.compile(r"<!--.*\Z", re.DOTALL)
_TITLE = r"(?:\"[^\"]*\"|'[^']*'|\([^)]*\))"
_TARGET = r"<[^<>\n]*>|(?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))*"
_LINK = re.compile(rf"\]\([ \t]*\n?[ \t]*(?P<target>{_TARGET})(?:\s+{_TITLE})?[ \t]*\n?[ \t]*\)")
_LOOSE = re.compile(r"\]\((?P<target>[^()\n]*)\)")
"""A link whose target is written as no target should be, with spaces in it; some generators take it for one."""
_DEFINITION = re.compile(
    rf"^[ \t>]*\[(?!\^)(?P<label>[^\[\]]{{1,999}})\]:[ \t]*\n?[ \t]*(?P<target><[^<>\n]*>|\S+)[ \t]*(?:\n[ \t]*)?(?:{_TITLE}[ \t]*)?$\n?", re.MULTILINE,
)
_BRACKET = re.compile(r"\\.|[\[\]]|\n(?=\n)", re.DOTALL)
"""What opens or closes the words of a link, and what ends all that are open; after a backslash nothing does."""
_REFERENCE = re.compile(r"\](?:[ \t]?\n?[ \t]*\[(?P<label>[^\[\]]*)\])?(?![(:])")

Cut = tuple[int, int]
"""From where to where a text loses its characters."""


class Place(NamedTuple):
    """Where a link of a body leads."""

    written: str
    path: str
    """The file it means, relative to the root; empty for an address or a place on the same page."""


def place(written: str, post: Postmortem) -> Place:
    """Where a link of a body leads."""
    address = written.strip().strip("<>").strip()
    if not address or address.startswith(("#", "/", "\\")) or ":" in address.split("/", 1)[0]:
        return Place(address, "")
    return Place(address, posixpath.normpath(posixpath.join(posixpath.dirname(post.path), unquote(address.partition("#")[0]))))


def targets(post: Postmortem) -> Iterator[Place]:
    """Where the links and pictures of a body lead, those in code left aside."""
    for pattern in (_LINK, _LOOSE, _DEFINITION) if "](" in post.prose or "]:" in post.prose else ():
        for found in pattern.finditer(post.prose):
            yield place(found["target"], post)


def public_body(post: Postmortem, policy: Policy) -> str:
    """The body without comments and without the sections that the policy keeps back."""
    return _without_comments(_without_sections(post, policy))


def unlinked(text: str, post: Postmortem, allowed: Callable[[Place], bool]) -> str:
    """A body in which a link that may not lead where it does keeps its words and loses its target.

    Args:
        text: the body.
        post: whose it is.
        allowed: whether a link may lead to a place.
    """
    masked = prose.mask_code(text)
    definitions = list(_DEFINITION.finditer(masked))
    kept = {_label(found["label"]) for found in definitions if allowed(place(found["target"], post))}
    used = {_label(label) for label in _labels(masked)}
    gone = {_label(found["label"]) for found in definitions} - kept
    cuts = [found.span() for found in definitions if _label(found["label"]) in gone or _label(found["label"]) not in used]
    cuts += [cut for cut in _unlinked(masked, gone, lambda target: allowed(place(target, post))) if not any(start <= cut[0] < end for start, end in cuts)]
    return _cut(text, cuts)


def _without_sections(post: Postmortem, policy: Policy) -> str:
    dropped = set(policy.data.get("public", {}).get("drop_sections", ()))
    lines, gone = post.body.split("\n"), set[int]()
    for index, section in enumerate(post.sections):
        if policy.sections_named(section.title) & dropped:
            after = (later.span.line for later in post.sections[index + 1 :] if later.level <= section.level)
            gone |= set(range(section.span.line - post.body_line, next(after, post.body_line + len(lines)) - post.body_line))
    return "\n".join(line for number, line in enumerate(lines) if number not in gone) if gone else post.body


def _without_comments(text: str) -> str:
    """Without comments, those that stand in code included: generators differ in what is code. One that is never closed ends the text where it is no code."""
    if "<!--" not in text:
        return text
    text = _COMMENT.sub("", text)
    unclosed = _OPEN_COMMENT.search(prose.mask_code(text))
    return text[: unclosed.start()] if unclosed else text


def _unlinked(masked: str, gone: set[str], allowed: Callable[[str], bool]) -> Iterator[Cut]:
    """What to take out of a text so that links which may not lead anywhere keep their words alone."""
    opened: list[int] = []
    for bracket in _BRACKET.finditer(masked):
        at, char = bracket.start(), bracket[0]
        if char == "[":
            opened.append(at)
        elif char == "\n":
            opened.clear()
        elif char == "]" and opened:
            start = opened.pop()
            if end := _end(masked, start, at, gone, allowed):
                yield start - (masked[start - 1 : start] == "!"), start + 1
                yield at, end


def _end(masked: str, start: int, at: int, gone: set[str], allowed: Callable[[str], bool]) -> int:
    """Where a link whose words end here ends itself; 0 where it is none, or may stay."""
    if found := _LINK.match(masked, at) or _LOOSE.match(masked, at):
        return 0 if allowed(found["target"]) else found.end()
    if found := _REFERENCE.match(masked, at):
        return found.end() if _label(found["label"] or masked[start + 1 : at]) in gone else 0
    return 0


def _labels(masked: str) -> Iterator[str]:
    """Every word in brackets that may name a definition."""
    for found in re.finditer(r"\[([^\[\]]{1,999})\](?!:)", masked):
        yield found[1]


def _label(written: str) -> str:
    return " ".join(written.split()).casefold()


def _cut(text: str, cuts: Iterable[Cut]) -> str:
    left, at = list[str](), 0
    for start, end in sorted(cuts):
        left.append(text[at:start])
        at = max(at, end)
    return "".join((*left, text[at:]))
