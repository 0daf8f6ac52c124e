"""The records of the filter page, column by column and words by number: ten thousand of them are fetched in one small file."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from hotwash.model import Postmortem
from hotwash.pages import Site, page_of, page_of_class
from hotwash.pages.parts import chips
from hotwash.pages.parts.finding import FIND, asked
from hotwash.pages.parts.record import Record, as_json

VERSION = 1
_IGNORED = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "in", "into", "is", "it", "its",
    "not", "of", "on", "or", "than", "that", "the", "their", "then", "there", "they", "this", "to", "was", "were", "when", "which", "while", "with",
})  # fmt: skip
"""Words that nearly every account has: nobody finds anything by them."""
_WORD = re.compile(r"\w+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_VERDICTS = ("did not hold", "not in place", "guard removed", "pending", "holding", "dropped", "accepted", "unknown")


class Facet(NamedTuple):
    """A key of the filter: its name, what a record says, how each word is shown, and the order of the words where it is not by how many."""

    key: str
    name: str
    of: Callable[[Record], Iterable[str]]
    shown: Callable[[str], str]
    order: tuple[str, ...] = ()


def facets(site: Site) -> list[Facet]:
    """Everything that a reader of this site may choose from. Years, quarters and months the page tells from the days."""
    policy = site.policy
    allowed = asked(site)

    def words(key: str, name: str, of: Callable[[Record], Iterable[str]], vocabulary: str = "", *, ordered: bool = False) -> Facet:
        return Facet(key, name, of, lambda word: policy.title(vocabulary, word), tuple(policy.words(vocabulary)) if ordered else ())

    found = (
        Facet("severity", "Severity", lambda post: [post.severity], lambda word: _severity(word, site), tuple(policy.words("severities"))),
        Facet("status", "Status", lambda post: [post.status], lambda word: _capital(chips.STATUSES.get(word, word)), tuple(chips.STATUSES)),
        Facet("fix", "Structural fix", _fix, _capital, _VERDICTS),
        Facet("artefact", "What the fix changed", lambda post: [post.fix.get("artefact", "")], lambda word: _capital(policy.title("artefacts", word))),
        Facet("repeat", "Came back soon", lambda post: ["yes" if post.repeat else "no"], lambda word: _soon(word, site), ("yes", "no")),
        words("service", "Service", lambda post: post.services, "services"),
        words("class", "Class", lambda post: post.classes, "classes"),
        words("kind", "Kind", lambda post: [post.kind], "kinds"),
        words("team", "Team that owns the work", lambda post: post.teams),
        words("trigger", "What started it", lambda post: [post.trigger], "triggers"),
        words("source", "First signal", lambda post: [post.source], "detection_sources"),
        words("category", "Kind of cause", lambda post: [post.category], "causes", ordered=True),
        words("level", "Level that was missing", lambda post: [post.level], "chain_levels", ordered=True),
        words("label", "What was missing", lambda post: [post.label], "labels", ordered=True),
        Facet("filed", "Published", lambda post: _filed(post), lambda word: {"late": "After its deadline", "on-time": "In time"}[word], ("late", "on-time")),
    )
    return [facet for facet in found if facet.key in allowed]


def columns(records: list[Record], site: Site) -> str:
    """The file that the filter page fetches, as compact JSON."""
    before, _, after = site.address(FIND, page_of(Postmortem("\0.md"))).partition("%00")
    texts = [_text(post) for post in records]
    frequent = [word for word, _ in Counter(word for text in texts for word in text).most_common()]
    number = {word: place for place, word in enumerate(frequent)}
    rows: Mapping[str, Any] = {
        "version": VERSION, "as_of": site.as_of.isoformat(), "post": [before, after], "ignored": sorted(_IGNORED),
        "id": [post.id for post in records], "title": [post.title for post in records], "day": [post.day for post in records], "words": frequent, "text": [[number[word] for word in text] for text in texts],
        "mitigate": [post.clocks.mitigate for post in records],
        "held": [] if site.public else [_held(post) for post in records],
        "facets": [_facet(facet, records, site) for facet in facets(site)],
    }  # fmt: skip
    return as_json(rows, compact=True)


def _facet(facet: Facet, records: list[Record], site: Site) -> Mapping[str, Any]:
    said = [tuple(word for word in dict.fromkeys(facet.of(post)) if word) for post in records]
    counted = Counter(word for words in said for word in words)
    first = {word: place for place, word in enumerate(facet.order)}
    order = sorted(counted, key=lambda word: (first.get(word, len(first)), -counted[word], word) if first else (-counted[word], facet.shown(word)))
    number = {word: place for place, word in enumerate(order)}
    of = [[number[word] for word in words] for words in said]
    return {
        "key": facet.key, "name": facet.name, "options": [_option(facet, word, site) for word in order],
        "of": [places[0] if len(places) == 1 else places or -1 for places in of],
    }  # fmt: skip


def _option(facet: Facet, word: str, site: Site) -> Mapping[str, str]:
    """A word with what is shown for it, how a chip of it looks, and where it leads."""
    more: dict[str, str] = {}
    if facet.key == "severity":
        more["look"] = f"sev{chips.place(word, site)}"
    elif facet.key == "fix":
        more["look"] = chips.LOOKS.get(word, "plain")
    elif facet.key == "class" and word in site.classes:
        more["to"] = site.address(FIND, page_of_class(word))
    shown = facet.shown(word)
    return {"word": word, **({"name": shown} if shown != word else {}), **more}


def _text(post: Record) -> list[str]:
    """The words by which it is found beside those of its title, each once."""
    own = set(_words(post.title))
    found = dict.fromkeys(word for said in (post.cause, post.summary) for word in _words(said))
    return [word for word in found if word not in own and word not in _IGNORED]


def _words(said: str) -> list[str]:
    """The words of a text without case and accents, as the page itself compares them."""
    bare = said if said.isascii() else _BEYOND_ASCII.sub(lambda char: "" if unicodedata.combining(char[0]) else char[0], unicodedata.normalize("NFKD", said))
    return _WORD.findall(bare.casefold())


def _fix(post: Record) -> list[str]:
    """How its fix stands; nothing where none is written, and while it is being written and names no fix yet."""
    return [] if not post.verdict or chips.is_unnamed(post.status, post.verdict, post.fix.get("change", "")) else [post.verdict.word]


def _held(post: Record) -> int:
    """Days that its fix has held; -1 for one that is overdue."""
    if not post.verdict:
        return 0
    return -1 if post.verdict.word == "pending" and post.verdict.overdue else post.verdict.days if post.verdict.word == "holding" else 0


def _filed(post: Record) -> list[str]:
    return [] if post.filing.late is None else ["late" if post.filing.late > 0 else "on-time"]


def _severity(word: str, site: Site) -> str:
    name = site.policy.title("severities", word)
    return word if name == word else f"{word} {name}"


def _soon(word: str, site: Site) -> str:
    return f"Within {site.policy.data['repeat_window']} days of the one before" if word == "yes" else "No"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
