"""Patterns of phrase rules: a small language, compiled to regular expressions with conditions on who does what.

A pattern is words with blanks between them. `(a|b c)` is a choice, `word?` may be missing, `word*` is the word with any ending, `..` is up to four
words, `^` the beginning of the sentence and `$` its end. `<verb>` is any word, `<past>` one in the past tense, `<done>` a participle, `<ing>` an -ing
form, `<act>` something done that is no answer to an incident, `<list>` a list of the rule's own. At its beginning `<H>` asks that a person is the
subject, `<H..>` that one is the subject of the clause, `<H's>` that the phrase belongs to one; words before it have to stand right before that person
("if <H> had <done>"); at its end `<H>` asks that a person follows. `<P>` is the same for somebody who is named.
"""

import marshal
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

_WHO = re.compile(r"<([HP])(\.\.|'s)?>")
_PART = re.compile(r"\((?:[^()]*)\)\??|\S+")
_GAP = r"(?:[\w@'’-]+,?\s+){0,4}?"
STEM = 5
"""Letters by which words of a stem are looked up."""
NAMED, PEOPLED = "<name>", "<people>"
"""Marks among the words of a sentence that names somebody, and of one that speaks of people at all."""


class Part(NamedTuple):
    """A part of a pattern: its choices as they are written, each with the words that it cannot do without, the one by which it is looked up first."""

    options: tuple[tuple[tuple[str, ...], str], ...]
    blank: str
    optional: bool


class Pattern(NamedTuple):
    """A compiled pattern. `keys` are words of which one has to be in a sentence before the pattern is tried at all."""

    source: str
    parts: bytes
    """Its parts, packed: most patterns are never tried on a file, and unpacking all of them would take longer than checking it."""
    before: str
    """Who has to come before: `H`, `H..`, `H's`, `P`, `P..`, `P's`, or nothing."""
    lead: str
    """What has to stand right before that person: the words of the pattern before the `<H>`."""
    after: str
    """Who has to come after: `H`, `P`, or nothing."""
    keys: frozenset[str]
    others: tuple[frozenset[str], ...]
    """Further sets of words of which one each has to be there: looking them up costs a fiftieth of a search."""
    needs: str
    """What else a sentence has to hold: `PEOPLED`, `NAMED`, or nothing."""


class PatternError(ValueError):
    """A pattern that cannot be read, and why."""


def compiled(source: str, lists: Mapping[str, Sequence[str]]) -> Pattern:
    """Compile a pattern.

    Raises:
        PatternError: it names a list that is not there, holds nothing, or only what matches everywhere.
    """
    parts = _PART.findall(source)
    before = after = ""
    lead, keys = "", list[frozenset[str]]()
    inside = next((number for number, part in enumerate(parts[:-1]) if _WHO.fullmatch(part)), None)
    if inside is not None and (who := _WHO.fullmatch(parts[inside])):
        before, leading, parts = who[1] + (who[2] or ""), parts[:inside], parts[inside + 1 :]
        pieces = [_piece(part, lists, source) for part in leading]
        lead = assembled(pieces)
        keys = [found for piece in pieces if (found := _keys(piece))]
    if parts and (who := _WHO.fullmatch(parts[-1])):
        after, parts = who[1], parts[:-1]
    if not parts:
        raise PatternError(f"the pattern `{source}` has no words")
    pieces = [_piece(part, lists, source) for part in parts]
    for number, part in enumerate(parts):
        if part == "$" or number == len(parts) - 1:
            # Nothing but the end follows, so no blank does.
            at = number - 1 if part == "$" else number
            pieces[at] = pieces[at]._replace(blank="")
    keys += [found for piece in pieces if (found := _keys(piece))]
    needs = _needs(before, after)
    if not keys and needs == NAMED:
        keys = [frozenset({NAMED})]
    if not keys:
        raise PatternError(f"the pattern `{source}` has no word that has to be there")
    rarest, *others = sorted(keys, key=_commonness)
    return Pattern(source, marshal.dumps(tuple(map(tuple, pieces))), before, lead, after, rarest, tuple(others), needs)


def assembled(parts: Iterable[Part], words: frozenset[str] | None = None) -> str:
    """The regular expression of a pattern; with the words of a sentence, of only the choices that can be in it. Empty where none can."""
    text = ""
    for part in parts:
        options = [_word(option) for needed, option in part.options if words is None or words.issuperset(needed)]
        if options:
            piece = f"(?:{_choice(options)}){part.blank}"
            text += f"(?:{piece})?" if part.optional else piece
        elif not part.optional:
            return ""
    return text


def parts_of(packed: bytes) -> tuple[Part, ...]:
    """The parts of a pattern, unpacked."""
    return tuple(Part(*values) for values in marshal.loads(packed))  # noqa: S302 - what this program packed itself


def _commonness(words: frozenset[str]) -> int:
    """How often one of these words will be in a sentence, roughly: the rarest part of a pattern is the one to look up."""
    return sum(60 if word in _COMMON else 1 for word in words)


_COMMON = frozenset(
    ["a", "about", "after", "all", "an", "and", "any", "are", "as", "at", "be", "been", "before", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "me", "more", "my", "no", "not", "of", "off", "on", "once", "one", "only", "or", "our", "out", "over", "she", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "too", "under", "up", "us", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "without", "would", "you", "your", "it's", "that's", "s"]
)


def _needs(before: str, after: str) -> str:
    if "P" in before or after == "P":
        return NAMED
    return PEOPLED if before or after else ""


def _piece(part: str, lists: Mapping[str, Sequence[str]], source: str) -> Part:
    if part in _MARKS:
        return Part((((), part),), "", optional=False)
    optional = part.endswith("?") and len(part) > 1
    options = _options(part.removesuffix("?") if optional else part, lists, source)
    return Part(tuple((_needed(option), option) for option in sorted(options, key=len, reverse=True)), r"[,:]?\s+", optional)


def _keys(part: Part) -> frozenset[str]:
    """The words of which one has to be there; none for a part that may be missing or that any word fits."""
    if part.optional or not all(needed for needed, _ in part.options):
        return frozenset()
    return frozenset(needed[0] for needed, _ in part.options)


OPENING = r"^[\s*_(\"“-]*(?:\*\*[\w -]+:\*\*\s*)?(?:\[[ x]?\]\s*)?(?:@[\w/.-]*[\w](?:[:,]|\s+(?:to|will)\b)?\s+|(?-i:[A-Z][a-z’'-]+):\s+)?"
"""The beginning of a sentence: marks, a label, a box to tick, and who is asked."""
_MARKS = {"..": _GAP, "^": OPENING, "$": r"[\s.!*_)]*$"}


def _options(part: str, lists: Mapping[str, Sequence[str]], source: str) -> list[str]:
    inner = part[1:-1].split("|") if part.startswith("(") else [part]
    options: list[str] = []
    for option in inner:
        name = option[1:-1] if option.startswith("<") and option.endswith(">") else ""
        if name in lists:
            options += [str(word) for word in lists[name]]
        elif name and name not in _ANY:
            raise PatternError(f"the pattern `{source}` uses <{name}>, which is no list of the rule")
        else:
            options.append(option)
    return options


_ANY = {
    "verb": r"(?P<verb>[a-z][\w'’-]*)",
    "past": r"(?P<past>[a-z][\w’'-]+)",
    "act": r"(?P<act>[a-z][\w-]+)",
    "done": r"(?P<done>[a-z][\w-]+)",
    "ing": r"(?P<ing>[a-z][\w-]*ing)",
    "word": r"[\w@'’%-]+",
    "thing": r"[\w\x1a-]+",
    "be": r"(?:is|are|was|were|be|been|being|'s|’s)",
    "have": r"(?:have|has|had|'ve|’ve)",
    "number": r"\d[\d.,]*",
}


def _word(option: str) -> str:
    """The regular expression of an option."""
    if option in _MARKS:
        return _MARKS[option]
    pieces = []
    for word in option.split():
        name = word[1:-1] if word.startswith("<") and word.endswith(">") else ""
        if name in _ANY:
            pieces.append(_ANY[name])
        elif word.endswith("*"):
            pieces.append(rf"\b{re.escape(word[:-1])}[\w-]*")
        else:
            text = re.escape(word).replace("'", "['’]")
            pieces.append((r"\b" if word[0].isalnum() else "") + text + (r"\b" if word[-1].isalnum() else ""))
    return r"\s+".join(pieces)


def _choice(words: Sequence[str]) -> str:
    """Expressions as one: those that begin with plain letters are parted by their first two, so that a long list costs little where none of it stands."""
    plain: dict[str, dict[str, list[str]]] = {}
    others = []
    for word in words:
        if len(words) > _FEW and re.match(r"\\b[a-z]{2}", word):
            plain.setdefault(word[2], {}).setdefault(word[3], []).append(word[4:])
        else:
            others.append(word)
    letters = [first + "(?:" + "|".join(f"{second}(?:{'|'.join(rests)})" for second, rests in seconds.items()) + ")" for first, seconds in plain.items()]
    return "|".join(([rf"\b(?:{'|'.join(letters)})"] if letters else []) + others)


_FEW = 6


def _needed(option: str) -> tuple[str, ...]:
    """The words of an option, that by which it is looked up first: the longest that is not common. None for a place-holder, which any word may fit."""
    words = [word.lower().strip(",:") for word in option.split() if not word.startswith("<")]
    ranked = sorted(words, key=lambda word: (word not in _COMMON, len(word)), reverse=True)
    found = [key for word in ranked if (key := _key(word))]
    return (*found[:1], *(part for key in found[1:] if not key.endswith("~") for part in re.findall("[^-']+", key)))


def _key(word: str) -> str:
    """How a word is looked up; a stem by its first letters."""
    word = word.replace("’", "'")
    if word.endswith("*"):
        return f"{word[:-1][:STEM]}~" if len(word) > STEM else ""
    return re.split(r"[^\w'-]", word)[0].strip("'-")
