"""How often each word stands in the headers of incidents."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from hotwash.archive import Archive
from hotwash.model import UNKNOWN, Postmortem
from hotwash.policy import Policy

OTHERS = ""
"""The name under which the many small ones are drawn together."""


class Tally(NamedTuple):
    """Incidents by a word that each of them says."""

    by_word: Mapping[str, tuple[Postmortem, ...]]
    """The most frequent first."""
    silent: tuple[Postmortem, ...]
    """Those that do not say, or say `unknown`."""

    @property
    def told(self) -> int:
        """How many say it."""
        return len({post.id for posts in self.by_word.values() for post in posts})


def tally(posts: Iterable[Postmortem], words: Callable[[Postmortem], Iterable[str]]) -> Tally:
    """Incidents by words; one that says several counts with each."""
    found: dict[str, list[Postmortem]] = {}
    silent = []
    for post in posts:
        said = [word for word in dict.fromkeys(words(post)) if word and word.casefold() != UNKNOWN]
        for word in said:
            found.setdefault(word, []).append(post)
        if not said:
            silent.append(post)
    ranked = sorted(found, key=lambda word: (-len(found[word]), word))
    return Tally({word: tuple(found[word]) for word in ranked}, tuple(silent))


def most(found: Tally, count: int = 12) -> tuple[tuple[str, tuple[Postmortem, ...]], ...]:
    """The most frequent words; beyond them the rest in one, under the name of `OTHERS`."""
    entries = list(found.by_word.items())
    if len(entries) <= count:
        return tuple(entries)
    rest = {post.id: post for _, posts in entries[count - 1 :] for post in posts}
    return (*entries[: count - 1], (OTHERS, tuple(rest.values())))


def services(post: Postmortem) -> list[str]:
    """The services that an incident names."""
    return [word for word in post.items("services") if isinstance(word, str)]


def trigger(post: Postmortem) -> list[str]:
    """The kind of its trigger."""
    return [post.text("trigger", "kind")]


def source(post: Postmortem) -> list[str]:
    """What noticed it first."""
    return [post.text("detection", "source")]


def of_class(key: str, policy: Policy, archive: Archive) -> Callable[[Postmortem], list[str]]:
    """What the policy says of the class of an incident: its `category`, `level` or `label`."""
    entries = policy.words("classes")

    def said(post: Postmortem) -> list[str]:
        entry = entries.get(next(iter(archive.classes(post)), "")) or {}
        return [str(entry.get(key) or "")]

    return said


def crossed(rows: Tally, columns: Tally) -> Mapping[tuple[str, str], tuple[Postmortem, ...]]:
    """The incidents that say a word of the one and a word of the other."""
    said: dict[str, list[str]] = {}
    for word, posts in columns.by_word.items():
        for post in posts:
            said.setdefault(post.id, []).append(word)
    found: dict[tuple[str, str], list[Postmortem]] = {}
    for row, posts in rows.by_word.items():
        for post in posts:
            for column in said.get(post.id, ()):
                found.setdefault((row, column), []).append(post)
    return {pair: tuple(posts) for pair, posts in found.items()}
