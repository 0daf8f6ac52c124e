"""Facts and questions of a review as lists: titles of postmortems lead to their pages, and what a sentence does not name stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hotwash.model import Postmortem
from hotwash.pages import Site
from hotwash.pages.parts import chips
from hotwash.pages.parts.finding import found
from hotwash.pages.parts.html import Html, chip, items, join, plain, sentence, tag
from hotwash.pages.parts.words import count, day_of
from hotwash.quarter.facts import Fact, Question
from hotwash.quarter.patterns import SOON
from hotwash.recurrence import LIVE

_LOOKS = {"did not hold": "bad", "guard removed": "bad", "not in place": "warn", "not yet": "warn", "works": "good", "held": "good", "good": "good", SOON: "warn"}
_MOST = 3
"""Postmortems that stand in the open behind a sentence; more are folded away."""
_NAMED = 8
"""Postmortems of which a sentence may name one: those that it is about come first."""
_FOLDED = 10
"""Postmortems that are folded away, the latest ones. JSON has them all."""


def telling(facts: Iterable[Fact], site: Site, here: str) -> Html:
    """Facts as a list, each with a word for how it stands."""
    return tag("ul", *(tag("li", _mark(fact, site, here), tag("div", _said(fact.text, fact.posts, site, here, _MOST))) for fact in facts), class_="hw-told")


def asking(questions: Iterable[Question], site: Site, here: str) -> Html:
    """Questions, numbered."""
    return tag("ol", *(tag("li", _said(question.text, question.posts, site, here, 0)) for question in questions), class_="hw-asked")


def _mark(fact: Fact, site: Site, here: str) -> Html:
    """The word for how it stands; where the list of all postmortems can show the same ones, it leads there."""
    look = _LOOKS.get(fact.mark) or ("good" if fact.mark.startswith("holding") else "warn" if fact.mark.endswith("late") else "plain")
    shown = chip(fact.mark, look) if fact.mark else tag("span")
    return tag("a", shown, href=asked_for(fact.find, site, here)) if fact.find and fact.mark else shown


def asked_for(wanted: Iterable[tuple[str, str]], site: Site, here: str) -> str:
    """The address of the list of postmortems that bear these words; those without an account are left out."""
    query: dict[str, list[str]] = {"status": list(LIVE)}
    for key, word in wanted:
        query.setdefault(key, []).append(word)
    return found(site, here, **query)


def _said(text: str, posts: Sequence[str], site: Site, here: str, most: int) -> Html:
    """A sentence in which each title in quotation marks is a link; then those that it does not name."""
    known = [site.archive.posts[id] for id in posts if id in site.archive.posts]
    parts: list[object] = [text]
    unnamed = []
    for index, post in enumerate(known):
        parts, named = _linked(parts, post, site, here) if "“" in text and index < _NAMED else (parts, False)
        if not named:
            unnamed.append(post)
    return join((tag("p", *(part if isinstance(part, Html) else sentence(part) for part in parts)), _behind(unnamed, site, here, most)))


def _linked(parts: list[object], post: Postmortem, site: Site, here: str) -> tuple[list[object], bool]:
    """Pieces of a sentence with the first place that names a postmortem made a link, and whether there was one."""
    name = plain(post.title).rstrip(".")
    for index, piece in enumerate(parts):
        if not isinstance(piece, Html) and f"“{name}”" in str(piece):
            before, _, after = str(piece).partition(f"“{name}”")
            return [*parts[:index], f"{before}“", chips.post_link(post, site, here, name), f"”{after}", *parts[index + 1 :]], True
    return parts, False


def _behind(posts: Sequence[Postmortem], site: Site, here: str, most: int) -> Html | None:
    if not posts:
        return None
    more = [f"and {len(posts) - _FOLDED} more"] if len(posts) > _FOLDED else []
    listed = items((*(_link(post, site, here) for post in posts[-_FOLDED:]), *more), "hw-behind")
    return listed if len(posts) <= most else tag("details", tag("summary", count(len(posts), "postmortem")), listed, class_="hw-folded")


def _link(post: Postmortem, site: Site, here: str) -> Html:
    return join((tag("span", day_of(post), class_="hw-nowrap") if day_of(post) else None, chips.post_link(post, site, here)), " ")
