"""How much a match of a rule of phrases weighs: less where a team or the writer speaks of itself, and where little is sure."""

from __future__ import annotations

from hotwash.language.people import WE
from hotwash.language.phrases import Found
from hotwash.language.subject import Reader
from hotwash.language.tokens import low_at
from hotwash.model import LEVELS, Level


def weighs_little(weak: tuple[str, ...], said: str, sentence: str) -> bool:
    """Whether a rule lists what was found, or (as `if ..`) the way in which the sentence opens, among what weighs less."""
    openings = tuple(word.removesuffix("..") for word in weak if word.endswith(".."))
    return said.lower() in weak or sentence.lstrip(" *_-").lower().startswith(openings)


def weaker(level: str, found: Found, reader: Reader, *, weak: bool) -> Level:
    """One level lower for a team that speaks of itself, for a role that may be a program, and for words that weigh little; two for who says `I`."""
    lower = _of_ourselves(found, reader) or int(weak or (found.who is not None and not found.who.sure))
    return LEVELS[min([*LEVELS].index(level) + lower, len(LEVELS) - 1)]  # type: ignore[arg-type]


def _of_ourselves(found: Found, reader: Reader) -> int:
    """2 where the writer is who was found, 1 for `we`, a whole team or `nobody`; where nobody was asked for, whether they are the subject."""
    at = reader.index(found.start)
    first = low_at(reader.tokens, at).partition("'")[0]
    if found.who is None and first in WE | _EVERYBODY | {"i"}:
        return 1 + (first == "i")
    who = found.who or reader.clause_subject(at) or reader.subject(at)
    if who is None or who.kind not in ("we", "group"):
        return 0
    return 1 + (low_at(reader.tokens, reader.index(who.start)).partition("'")[0] == "i")


_EVERYBODY = frozenset(["nobody", "no", "no-one", "none"])
"""What opens a statement on everybody at once: "nobody looked" singles out no one."""
