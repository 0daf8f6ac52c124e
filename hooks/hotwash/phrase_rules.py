"""Rules of phrases as they are written: a YAML file, or an entry of a team's policy, becomes a rule with compiled patterns."""

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from hotwash import yaml12
from hotwash.language.patterns import Pattern, PatternError, compiled
from hotwash.model import LEVELS, POLICY, Failure, Level, Span

_KEYS = frozenset({"id", "summary", "why", "source", "message", "help", "level", "sections", "words", "patterns", "unless", "anchored", "weak", "gives_way", "help_verb", "bad", "good"})
_NEEDED = ("id", "summary", "why", "source", "message", "help", "level", "patterns", "bad", "good")


class PhraseRule(NamedTuple):
    """A rule of phrases, read. `levels` names a level by section, `default` for the others; `off` is silence."""

    id: str
    summary: str
    why: str
    sources: tuple[str, ...]
    message: str
    help: str
    levels: Mapping[str, str]
    sections: frozenset[str]
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    needs_anchor: bool
    bad: tuple[str, ...]
    good: tuple[str, ...]
    weak: tuple[str, ...] = ()
    """What weighs one level less where it is all that was found."""
    gives_way: tuple[str, ...] = ()
    """Rules beside which this one says nothing of the same sentence."""
    help_verb: str = ""
    """How to recast it where the verb is known; `help` where it is not."""

    @property
    def level(self) -> Level:
        """The gravest level that the rule gives in any section."""
        return next(level for level in LEVELS if level in self.levels.values())


def read_rule(text: str, path: str) -> PhraseRule:
    """Read a rule file.

    Raises:
        Failure: it cannot be read, lacks a key, or holds a pattern that cannot match; with its line.
    """
    reading = yaml12.read(text)
    for problem in reading.problems:
        raise Failure(f"{path}:{problem.span.line}: {problem.message}; {problem.help}")
    data = reading.data if isinstance(reading.data, dict) else {}
    for key in data:
        if key not in _KEYS:
            raise Failure(f"{path}:{reading.keys[key,].line}: `{key}` is not a key of a phrase rule")
    missing = [key for key in _NEEDED if not data.get(key)]
    if missing:
        raise Failure(f"{path}:1: the rule lacks `{missing[0]}`")
    for way in _not_text(data):
        where = reading.values.get(way) or reading.keys.get(way) or reading.keys[way[:1]]
        raise Failure(f"{path}:{where.line}: `{way[0]}` holds something that is not text; put quotes around what holds a colon")
    return rule_of(data, lambda way: f"{path}:{(reading.keys.get(way) or Span(1)).line}")


def _not_text(data: Mapping[str, Any]) -> Iterator[tuple[str | int, ...]]:
    """Where a rule holds a list or mapping in place of text: YAML takes `- A book: its subtitle` for a mapping."""
    for key in (key for key in data if key in _LISTS):
        entries = enumerate(data[key]) if isinstance(data[key], list) else [(0, None)]
        yield from ((key, index) for index, entry in entries if not isinstance(entry, str))
    yield from ((key,) for key in data if key in _TEXTS and not isinstance(data[key], str))


_LISTS = frozenset({"source", "sections", "patterns", "unless", "weak", "gives_way", "bad", "good"})
_TEXTS = frozenset({"id", "summary", "why", "message", "help", "help_verb"})


def packed(rules: Iterable[PhraseRule]) -> bytes:
    """Rules with their patterns compiled, as Python keeps its own byte code: reading that costs a hundredth of reading the files they come from.

    Words and sets of words that patterns share are kept once. Only the Python version that packed the rules may read them.
    """
    sets: dict[frozenset[str], frozenset[str]] = {}
    same: dict[str, str] = {}

    def words(found: frozenset[str]) -> frozenset[str]:
        return sets.setdefault(found, frozenset(same.setdefault(word, word) for word in found))

    def plain(patterns: Iterable[Pattern]) -> tuple[tuple[Any, ...], ...]:
        return tuple((*pattern[:5], words(pattern.keys), tuple(map(words, pattern.others)), pattern.needs) for pattern in patterns)

    return marshal.dumps([tuple(rule._replace(levels=dict(rule.levels), patterns=plain(rule.patterns), unless=plain(rule.unless))) for rule in rules])  # type: ignore[arg-type]


def unpacked(data: bytes) -> tuple[PhraseRule, ...]:
    """The rules that were packed."""
    return tuple(_unpacked(PhraseRule(*values)) for values in marshal.loads(data))  # noqa: S302 - what this program packed itself


def _unpacked(rule: PhraseRule) -> PhraseRule:
    return rule._replace(patterns=tuple(map(Pattern._make, rule.patterns)), unless=tuple(map(Pattern._make, rule.unless)))


def team_rule(id: str, entry: Mapping[str, Any]) -> PhraseRule:
    """A rule that a team's policy adds under `phrases`: patterns and a message are enough.

    Raises:
        Failure: a pattern cannot be read.
    """
    given = {"level": "warning", "help": "", "why": "This team's own rule.", "summary": entry["message"], **entry, "id": id}
    return rule_of(given, lambda way: f"{POLICY}: `phrases.{id}`")


def rule_of(data: Mapping[str, Any], where: Callable[[tuple[str | int, ...]], str]) -> PhraseRule:
    """Build a rule from its data; `where` says in which file and line a part of it stands.

    Raises:
        Failure: a pattern cannot be read, with its place.
    """
    lists = data.get("words") or {}
    levels = data["level"] if isinstance(data["level"], dict) else {"default": data["level"]}
    for section, level in levels.items():
        if level not in (*LEVELS, "off"):
            raise Failure(f"{where(('level', section))}: `{level}` is not a level; write error, warning, info or off")
    for key in ("message", "help", "help_verb"):
        try:
            str(data.get(key, "")).format(match="", who="", verb="")
        except (KeyError, ValueError, IndexError):
            raise Failure(f"{where((key,))}: `{key}` may hold {{match}}, {{who}} and {{verb}}, and no other braces") from None
    return PhraseRule(
        data["id"], " ".join(str(data["summary"]).split()), str(data["why"]).strip(), tuple(map(str, data.get("source", ()))),
        str(data["message"]), " ".join(str(data["help"]).split()), levels, frozenset(data.get("sections") or ()),
        _patterns(data, "patterns", lists, where), _patterns(data, "unless", lists, where), bool(data.get("anchored")),
        tuple(map(str, data.get("bad", ()))), tuple(map(str, data.get("good", ()))),
        tuple(map(str, data.get("weak", ()))), tuple(map(str, data.get("gives_way", ()))), " ".join(str(data.get("help_verb", "")).split()),
    )  # fmt: skip


def _patterns(data: Mapping[str, Any], key: str, lists: Mapping[str, Any], where: Callable[[tuple[str | int, ...]], str]) -> tuple[Pattern, ...]:
    found = []
    for index, source in enumerate(data.get(key) or ()):
        try:
            found.append(compiled(str(source), lists))
        except PatternError as error:
            raise Failure(f"{where((key, index))}: {error}") from None
    return tuple(found)
