"""How findings name keys, values and choices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hotwash.model import Failure, KeyPath

LONGEST = 60


def key_name(way: KeyPath) -> str:
    """A way through the header as a writer would say it: `actions[0].owner`."""
    name = ""
    for step in way:
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else str(step)
    return name


def shown(value: Any) -> str:
    """A value in backticks, shortened, on one line; a list or mapping by its kind."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if value is None:
        return "nothing"
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a mapping"
    return f"`{short(str(value))}`"


def short(text: str) -> str:
    """A text on one line, cut where it is long."""
    line = " ".join(text.split()).replace("`", "'")
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def listed(words: Iterable[str], last: str = "or", most: int = 8) -> str:
    """`a`, `b` or `c`, the first few of many."""
    names = [f"`{word}`" for word in words]
    if len(names) > most:
        return ", ".join(names[:most]) + f" {last} one of {len(names) - most} more"
    return f" {last} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def near(word: str, words: Iterable[str]) -> str:
    """The one of the words that was most likely meant; empty where none is near."""
    from difflib import get_close_matches

    folded = {str(known).casefold(): str(known) for known in words}
    found = get_close_matches(word.casefold().replace("_", "-"), [known.replace("_", "-") for known in folded], n=1, cutoff=0.7)
    return next((folded[known] for known in folded if found and known.replace("_", "-") == found[0]), "")


def suggestion(word: str, words: Iterable[str]) -> str:
    """`; did you mean X?`, or nothing."""
    meant = near(word, words)
    return f"; did you mean `{meant}`?" if meant else ""


def meant(word: str, ids: Iterable[str]) -> str:
    """The one id that a word means: the id itself, else the only one that holds the word.

    Raises:
        Failure: none or several hold it; the line names those that are near.
    """
    known = list(ids)
    if word in known:
        return word
    found = [id for id in known if word.casefold() in id.casefold()] if word else known
    if len(found) == 1:
        return found[0]
    if found:
        raise Failure(f"`{short(word)}` stands in {listed(found, last='and', most=5)}; write more of the one that is meant")
    near_ones = _near_parts(word, known)
    raise Failure(f"there is no postmortem `{short(word)}`" + (f"; near it {'are' if len(near_ones) > 1 else 'is'} {listed(near_ones, last='and')}" if near_ones else ""))


def _near_parts(word: str, ids: list[str]) -> list[str]:
    """The ids of which a part, of as many words as the word has, is nearest to it; at most three."""
    from difflib import get_close_matches

    parts: dict[str, list[str]] = {}
    word = word.casefold().replace("_", "-").replace(" ", "-")
    size = word.count("-") + 1
    for id in ids:
        words = id.casefold().split("-")
        for start in range(max(len(words) - size, 0) + 1):
            parts.setdefault("-".join(words[start : start + size]), []).append(id)
    nearest = get_close_matches(word, parts, n=3, cutoff=0.7)
    return list(dict.fromkeys(id for part in nearest for id in parts[part]))[:3]
