"""What a review consists of: facts that can be read aloud, each with the postmortems that it is read from, and the questions that follow."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


class Fact(NamedTuple):
    """A sentence of plain text, and the ids of the postmortems behind it."""

    text: str
    posts: tuple[str, ...] = ()
    mark: str = ""
    """A word or two that say how it stands: `did not hold`, `12 days late`."""
    find: tuple[tuple[str, str], ...] = ()
    """What to ask the list of all postmortems for, so that it shows these: keys and words. Empty where no such list is the same."""


class Question(NamedTuple):
    """Something to ask in the meeting, and the ids of the postmortems to have at hand."""

    text: str
    posts: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    """What it asks about: classes by their slugs, postmortems by their ids. Of two questions about one thing, the meeting asks the more telling one."""


class Part(NamedTuple):
    """One part of a review. Where it has no facts, `nothing` is said in their place."""

    name: str
    title: str
    nothing: str
    facts: tuple[Fact, ...] = ()
    questions: tuple[Question, ...] = ()


class Row(NamedTuple):
    """How many incidents of a severity began in the quarter, in the one before, and in the same one a year ago. A severity of "" is not known."""

    severity: str
    now: int
    before: int
    year_before: int


def number(count: int) -> str:
    """A count as it is said: `three`, from thirteen on `13`."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def many(count: int, one: str, more: str = "") -> str:
    """A count with its noun: `one incident`, `three incidents`."""
    return f"{number(count)} {one if count == 1 else more or one + 's'}"


def part_of(count: int, whole: int, noun: str) -> str:
    """`two of five incidents`, `all five incidents`, `the one incident`."""
    if count < whole:
        return f"{number(count)} of {number(whole)} {noun}s"
    return f"all {number(whole)} {noun}s" if whole > 1 else f"the one {noun}"


def day_said(when: date) -> str:
    """`2 November 2026`."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def begun(text: str) -> str:
    """A sentence that begins as sentences do, where it begins with a common word: `a1` and `iOS` stay as they are."""
    first = text.split(" ", 1)[0].rstrip(",.:;")
    return text[:1].upper() + text[1:] if first.isalpha() and first.islower() else text


def named(words: Sequence[str], most: int = 4) -> str:
    """`a, b and c`; the first few of many."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {number(len(words) - most)} more"
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def plain(value: object) -> str:
    """A value of a header on one line, without control characters and without the full stop at its end: it becomes part of a sentence."""
    said = str(value)
    if not said.isprintable():
        said = "".join(char if char.isprintable() else " " for char in said)
    return " ".join(said.split()).rstrip(".")


def brief(value: object, longest: int = 150) -> str:
    """A value of a header as part of a sentence, cut at a word where it is long."""
    said = plain(value)
    return said if len(said) <= longest else said[:longest].rsplit(" ", 1)[0].rstrip(",.;: ") + " …"


def ended(text: str) -> str:
    """A sentence with its full stop; one that was cut has its own end."""
    return text if text.endswith(("…", "?", "!")) else f"{text}."


def ids(posts: Iterable[object]) -> tuple[str, ...]:
    """The ids of postmortems, each once, in their order."""
    return tuple(dict.fromkeys(str(getattr(post, "id", post)) for post in posts))


def few(found: Sequence[Item], tell: Callable[[Item], Fact], whose: Callable[[Item], object], rest: str, most: int) -> list[Fact]:
    """The first few as facts, and how many more there are: nobody reads a hundred aloud. `whose` says which postmortem one is of."""
    left = found[most:]
    more = [Fact(f"{begun(number(len(left)))} {rest}.", ids(map(whose, left)))] if left else []
    return [*map(tell, found[:most]), *more]
