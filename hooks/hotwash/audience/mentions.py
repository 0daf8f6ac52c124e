"""Postmortems that an audience does not see, where a file that it does see names one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from hotwash.model import POLICY, Failure, KeyPath, Postmortem, Span, nearest

_LISTED = (("recurrence_of",), ("related", "postmortems"))
"""Lists of ids in which an internal build leaves out a hidden one: the rules ask for it there, so that nobody can write without it."""
_DATED = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}-[\w.-]+")
_ENDS = re.compile(r"(?<=\w)(?=[^\w])|$|_")


class Mention(NamedTuple):
    """Where a hidden postmortem is named."""

    span: Span
    id: str
    way: KeyPath = ()
    """Its place in the header; empty in the body."""


class Hidden:
    """The ids that an audience does not see, ready to be looked for."""

    def __init__(self, ids: Mapping[str, str], visible: Mapping[str, Any]) -> None:
        self.why = ids
        """Each hidden id, and why it is hidden."""
        self._folded = {id.casefold(): id for id in ids}
        self._visible = {id.casefold() for id in visible}
        odd = [id for id in ids if not _DATED.fullmatch(id) and (" " in id or any(char.isdigit() for char in id))]
        self._odd = re.compile("|".join(rf"(?<!\w){re.escape(id)}(?!\w)" for id in sorted(odd, key=len, reverse=True)), re.IGNORECASE) if odd else None

    def __bool__(self) -> bool:
        return bool(self.why)

    def named(self, text: str) -> Iterator[tuple[int, str]]:
        """Hidden ids that a text names, each with the offset. Of several that begin alike, the longest that exists is meant."""
        for found in _DATED.finditer(text):
            if id := self._meant(found[0]):
                yield found.start(), id
        for found in self._odd.finditer(text) if self._odd else ():
            yield found.start(), self._folded[found[0].casefold()]

    def is_one(self, word: str) -> str:
        """The hidden id that a word which has to be an id is, with or without the ending of its file; empty where it is none."""
        return self._folded.get(word.strip().removesuffix(".md").casefold(), "")

    def _meant(self, run: str) -> str:
        folded = run.casefold()
        for end in sorted({found.start() for found in _ENDS.finditer(folded)}, reverse=True):
            if folded[:end] in self._visible:
                return ""
            if folded[:end] in self._folded:
                return self._folded[folded[:end]]
        return ""


def mentions(post: Postmortem, hidden: Hidden) -> Iterator[Mention]:
    """Every place of a postmortem that names a hidden one: header, keys included, then body, comments and code included."""
    for way, text in texts(post.header, ()):
        for _, id in hidden.named(text):
            yield Mention(post.where_value(*way), id, way)
    for way in (("recurrence_of",), ("related", "postmortems"), ("fix", "same_as")):
        for place, word in enumerate(post.items(*way)):
            if isinstance(word, str) and (id := hidden.is_one(word)) and not any(hidden.named(word)):
                yield Mention(post.where_value(*way, place), id, (*way, place))
    for offset, id in hidden.named(post.body):
        yield Mention(post.line_of(offset), id)
    for span, target in post.links:
        if (id := hidden.is_one(target)) and not any(hidden.named(target)):
            yield Mention(span, id)


def texts(value: Any, way: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Every text of plain data, names of keys included, with its way."""
    if isinstance(value, str):
        yield way, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield (*way, key), str(key)
            yield from texts(inner, (*way, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from texts(inner, (*way, place))


def why(post: Postmortem, audience: str) -> str:
    """Why an audience does not see a postmortem."""
    if post.problems:
        return "its header cannot be read"
    said = post.text("visibility") or "internal"
    return f"its status is {post.status or 'unknown'}" if said == audience else f"its visibility is {said}"


def unnamed(post: Postmortem, hidden: Hidden, audience: str) -> Postmortem:
    """The postmortem as it may be shown: for internal readers without the hidden ids of its lists.

    Raises:
        Failure: it names a hidden one elsewhere, or, for the public, anywhere.
    """
    found = list(mentions(post, hidden))
    refused = [mention for mention in found if audience == "public" or not _listed(mention)]
    if refused:
        raise Failure(f"{post.path}:{refused[0].span.line}: {names(refused[0].id, hidden, audience)}{_more(len(refused) - 1)}")
    return _unlisted(post, found)


def unlisted(post: Postmortem, hidden: Hidden) -> Postmortem:
    """The postmortem without the hidden ids of its lists, whatever else it names: an earlier text, to be held against one that was cut as `unnamed` does."""
    return _unlisted(post, mentions(post, hidden))


def _unlisted(post: Postmortem, found: Iterable[Mention]) -> Postmortem:
    listed = {mention.way for mention in found if _listed(mention)}
    return post._replace(header=_without(post.header, (), listed)) if listed else post


def _listed(mention: Mention) -> bool:
    return mention.way in _LISTED or mention.way[:-1] in _LISTED


def refuse_in_policy(data: Mapping[str, Any], hidden: Hidden, places: Mapping[KeyPath, Span], audience: str) -> None:
    """Look through what an audience sees of the policy.

    Raises:
        Failure: it names a postmortem that the audience does not see.
    """
    for way, text in texts(data, ()):
        for _, id in hidden.named(text):
            raise Failure(f"{POLICY}:{nearest(places, way).line}: {names(id, hidden, audience)}")


def names(id: str, hidden: Hidden, audience: str) -> str:
    """What is wrong where a hidden postmortem is named, and what to do about it."""
    return (
        f"names {id}, which a build for the audience `{audience}` does not show ({hidden.why[id]}); "
        "take the id out, let the other one be shown too, or let this one be hidden"
    )


def _more(count: int) -> str:
    return f" ({count} more in this file)" if count else ""


def _without(value: Any, way: KeyPath, gone: set[KeyPath]) -> Any:
    """Plain data without what stands at some ways."""
    if isinstance(value, Mapping):
        return {key: _without(inner, (*way, key), gone) for key, inner in value.items() if (*way, key) not in gone}
    if isinstance(value, list):
        return [_without(inner, (*way, place), gone) for place, inner in enumerate(value) if (*way, place) not in gone]
    return value
