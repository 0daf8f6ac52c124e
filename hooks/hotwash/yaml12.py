"""YAML 1.2 read strictly: plain data, and where every key and value stands.

libyaml's events (through PyYAML, whose pure parser serves where libyaml is absent) are built into data by the core schema of YAML 1.2, section 10.3:
`no` and `10:30` are text, and so is every date. What a postmortem never needs is refused at its line: anchors, aliases, tags, directives,
several documents, repeated keys, keys that are not text, deep nesting.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml

from hotwash.model import KeyPath, Problem, Span, nearest

LARGEST = 65_536
"""Characters. A header has about 1,500; far beyond that, it is not one."""
DEEPEST = 32
LONGEST_NUMBER = 40

_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_BASED = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMBER_START = frozenset("+-.0123456789")
_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which no file can hold. libyaml refuses its escape, the pure parser does not."""
_FALSE_LINE_END = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
"""Line ends to libyaml and none to Git: every line below would be off by one."""


Event = Any
Mark = Any
"""PyYAML's stubs do not know what an event always carries: its marks, and by its kind a tag and an anchor."""
_SCALAR, _MAPPING_END, _SEQUENCE_END = yaml.ScalarEvent, yaml.MappingEndEvent, yaml.SequenceEndEvent


class Reading(NamedTuple):
    """What a YAML text says. `data` is None where a problem made it unreadable."""

    data: Any
    keys: dict[KeyPath, Span]
    values: dict[KeyPath, Span]
    problems: list[Problem]
    texts: list[tuple[KeyPath, str]]
    """Every value that is text, with its way."""


class _Refused(Exception):
    def __init__(self, mark: Mark, message: str, help: str) -> None:
        self.mark, self.message, self.help = mark, message, help


def read(text: str, first_line: int = 1, *, places: bool = True) -> Reading:
    """Read one YAML document.

    Args:
        text: the document, without its `---` lines.
        first_line: the line of the file on which it begins, so that positions are the file's own.
        places: whether to note where everything stands, which takes as long as reading it. Without it there are data and problems.

    Returns:
        A Reading; nothing is raised on bad input, the first thing that makes the text unreadable is its one problem.
    """
    builder = _Builder(first_line, places)
    try:
        if len(text) > LARGEST:
            return _unreadable(Span(first_line), f"the header has {len(text):,} characters; at most {LARGEST:,} are read", "move prose into the body")
        if text.startswith("%"):
            return _unreadable(Span(first_line), "a directive (%YAML, %TAG) is not read", "remove the line that begins with %")
        if sign := _FALSE_LINE_END.search(text):
            return _unreadable(_place(text, sign.start(), first_line), f"the character U+{ord(sign[0]):04X} may end a line or not", "remove the character")
        return Reading(builder.document(text), builder.keys, builder.values, [], builder.texts)
    except _Refused as refused:
        return _unreadable(builder.span(refused.mark, refused.mark), refused.message, refused.help)
    except yaml.MarkedYAMLError as error:
        return _unreadable(builder.span_of_error(error), f"the YAML cannot be read here: {error.problem or error.context}", _syntax_help(error, text))
    except yaml.YAMLError as error:
        return _unreadable(_place(text, getattr(error, "position", 0) or 0, first_line), _reader_message(error), "remove the character")
    except UnicodeError:
        return _unreadable(Span(first_line), "the YAML holds half a character (a lone surrogate)", "remove the character")


def _unreadable(span: Span, message: str, help: str) -> Reading:
    return Reading(None, {}, {}, [Problem(span, message, help)], [])


def _place(text: str, offset: int, first_line: int) -> Span:
    return Span(first_line + text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset))


def _reader_message(error: yaml.YAMLError) -> str:
    character = getattr(error, "character", None)
    shown = f" U+{character:04X}" if isinstance(character, int) else ""
    return f"the YAML holds a character{shown} that YAML does not allow"


def _syntax_help(error: yaml.MarkedYAMLError, text: str) -> str:
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    line = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
    if "\t" in line:
        return "indent with spaces, not with tabs"
    if line.partition(" #")[0].count(": ") > 1:
        return "put a value that itself holds \": \" in quotes"
    return "look at this line and the one above: quotes, brackets and indentation have to match"


class _Builder:
    """Events to data, by recursive descent with one event in hand."""

    def __init__(self, first_line: int, places: bool) -> None:
        self.first_line, self.places = first_line, places
        self.keys: dict[KeyPath, Span] = {}
        self.values: dict[KeyPath, Span] = {}
        self.texts: list[tuple[KeyPath, str]] = []

    def span(self, start: Mark, end: Mark) -> Span:
        line = self.first_line
        return Span(start.line + line, start.column + 1, end.line + line, end.column + 1)

    def span_of_error(self, error: yaml.MarkedYAMLError) -> Span:
        mark = error.problem_mark or error.context_mark
        if error.problem == "found unexpected end of stream" and error.context_mark is not None:
            mark = error.context_mark  # a quote that is never closed: where it opens helps, the end of the header does not
        return self.span(mark, mark) if mark is not None else Span(self.first_line)

    def document(self, text: str) -> Any:
        # Not yaml.parse: its generator asks for every event twice, which is half the cost of reading a header.
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        self.event: Callable[[], Event] = loader.get_event
        try:
            self.event()
            return self.whole()
        finally:
            loader.dispose()

    def whole(self) -> Any:
        start = self.event()
        if isinstance(start, yaml.StreamEndEvent):
            return None
        if start.version or start.tags:
            raise _Refused(start.start_mark, "a directive (%YAML, %TAG) is not read", "remove the line that begins with %")
        value = self.node(self.event(), (), 0)
        self.event()
        after = self.event()
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Refused(after.start_mark, "a second document begins here", "keep one header, between two lines of ---")
        return value

    def node(self, event: Event, way: KeyPath, depth: int) -> Any:
        if isinstance(event, _SCALAR):
            if event.anchor or event.tag or event.style == '"' or depth > DEEPEST:
                self.refuse(event, depth)
            scalar = event.value if event.style else self.plain(event)
            if self.places:
                self.values[way] = self.span(event.start_mark, event.end_mark)
                if isinstance(scalar, str):
                    self.texts.append((way, scalar))
            return scalar
        self.refuse(event, depth)
        value: Any
        if isinstance(event, yaml.MappingStartEvent):
            value, end = self.mapping(way, depth)
        else:
            value, end = self.sequence(way, depth)
        if self.places:
            self.values[way] = self.span(event.start_mark, end.end_mark)
        return value

    def refuse(self, event: Event, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(event.start_mark, f"an alias (*{str(event.anchor)[:40]}) is not read", "write the value out; one that begins with * needs quotes")
        if event.anchor:
            raise _Refused(event.start_mark, f"an anchor (&{str(event.anchor)[:40]}) is not read", "write the value out where it is needed; one that begins with & needs quotes")
        if event.tag:
            raise _Refused(event.start_mark, f"a tag ({event.tag[:40]}) is not read", "leave it out; a value that begins with ! needs quotes")
        if isinstance(event, yaml.ScalarEvent) and event.style == '"' and _HALF.search(event.value):
            raise _Refused(event.start_mark, "the YAML holds half a character (a lone surrogate)", "remove the character")
        if depth > DEEPEST:
            raise _Refused(event.start_mark, f"the YAML is nested more than {DEEPEST} deep", "look for brackets that are never closed")

    def mapping(self, way: KeyPath, depth: int) -> tuple[dict[str, Any], Event]:
        data: dict[str, Any] = {}
        while not isinstance(event := self.event(), _MAPPING_END):
            key = self.key(event, data, way)
            inner = (*way, key)
            if self.places:
                self.keys[inner] = self.span(event.start_mark, event.end_mark)
            data[key] = self.node(self.event(), inner, depth + 1)
        return data, event

    def key(self, event: Event, data: dict[str, Any], way: KeyPath) -> str:
        if not isinstance(event, _SCALAR) or event.anchor or event.tag or event.style == '"':
            self.refuse(event, 0)
        if not isinstance(event, _SCALAR):
            raise _Refused(event.start_mark, "a key has to be text, not a list or a mapping", "put the text in quotes")
        key = str(event.value)
        if key in data:
            first = nearest(self.keys, (*way, key)).line
            raise _Refused(event.start_mark, f"the key `{key[:60]}` stands here again; it is on line {first} already", "keep one of the two")
        return key

    def sequence(self, way: KeyPath, depth: int) -> tuple[list[Any], Event]:
        data: list[Any] = []
        while not isinstance(event := self.event(), _SEQUENCE_END):
            entry = (*way, len(data))
            if self.places:
                self.keys[entry] = self.span(event.start_mark, event.start_mark)
            data.append(self.node(event, entry, depth + 1))
        return data, event

    def plain(self, event: Event) -> Any:
        """A plain scalar by the core schema: null, boolean, integer, float, else text."""
        text: str = event.value
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _NUMBER_START:
            return text
        if _INTEGER.match(text) or _FLOAT.match(text) or _BASED.match(text):
            if len(text) > LONGEST_NUMBER:
                raise _Refused(event.start_mark, f"a number of {len(text):,} digits is not read", "put it in quotes to keep it as text")
            return _number(text)
        return text


def _number(text: str) -> int | float:
    if _INTEGER.match(text):
        return int(text)
    return int(text, 0) if _BASED.match(text) else float(text)
