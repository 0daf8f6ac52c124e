"""What lists tell of a body: few words of many. A list reads these, so that a sentence more somewhere in a body makes no list again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hotwash.model import Postmortem
from hotwash.pages.parts.words import summary
from hotwash.policy import Policy
from hotwash.quarter.template import filled


class Brief(NamedTuple):
    """The body of a postmortem in brief."""

    summary: str
    """What happened: the first paragraph of its summary, as plain text."""
    filled: frozenset[str]
    """The sections that say something, by their names in the policy."""


class Briefs(Mapping[str, Brief]):
    """The briefs of an archive by id, each made when it is asked for.

    Args:
        posts: the postmortems by id.
        policy: what names sections.
    """

    def __init__(self, posts: Mapping[str, Postmortem], policy: Policy) -> None:
        self.posts, self.policy = posts, policy
        self._made = dict[str, Brief]()

    def __getitem__(self, id: str) -> Brief:
        if id not in self._made:
            post = self.posts[id]
            self._made[id] = Brief(summary(post, self.policy), filled(post, self.policy))
        return self._made[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.posts)

    def __len__(self) -> int:
        return len(self.posts)
