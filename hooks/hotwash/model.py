"""The nouns: plain immutable values that every other room passes on.

NamedTuples rather than dataclasses, because the hook imports this module at every commit and a dataclass costs three times the start-up. For
the same reason modules of NamedTuples do without `from __future__ import annotations`: text would be compiled again, field by field.
Lines and columns are 1-based and count characters; times are aware datetimes in UTC; durations are seconds.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

Level = Literal["error", "warning", "info"]
LEVELS: tuple[Level, ...] = ("error", "warning", "info")
SCHEMA = 1
"""The newest version of header and policy that this release reads."""
POLICY = "postmortems/policy.yml"
"""Where a project keeps its policy."""
UNKNOWN = "unknown"
"""What every number, time and person may say until publication."""

KeyPath = tuple["str | int", ...]
"""The way to a value of the header: `("actions", 0, "owner")`."""


class Failure(Exception):
    """hotwash could not run; the text is one line that says what to do next. A door prints it and exits with 2."""


class Span(NamedTuple):
    """A place in a file, 1-based, the end exclusive."""

    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0


def nearest(places: Mapping[KeyPath, Span], way: KeyPath) -> Span:
    """The place of a way, or of the nearest parent that has one; the first line at last."""
    return next((places[way[:length]] for length in range(len(way), 0, -1) if way[:length] in places), Span(1, 1))


class Problem(NamedTuple):
    """Something that could not be read, and where."""

    span: Span
    message: str
    help: str = ""


class Section(NamedTuple):
    """A heading and what stands below it, up to the next heading of its own level or higher.

    `level` is 1 to 6, or 7 for a label in bold on a line of its own.
    """

    title: str
    level: int
    span: Span
    text: str
    own_text: str
    """What stands below it up to the next heading of any level."""


class Waiver(NamedTuple):
    """`hotwash: allow RULE: reason`: the lines it covers, and why."""

    rule: str
    reason: str
    line: int
    first: int
    last: int


class Postmortem(NamedTuple):
    """One file, read. Where its header could not be read, `header` is empty and `problems` says why."""

    path: str
    """Relative to the project's root, with forward slashes."""
    header: Mapping[str, Any] = {}
    keys: Mapping[KeyPath, Span] = {}
    """Where each key (or list entry) of the header begins."""
    values: Mapping[KeyPath, Span] = {}
    """Where each value of the header stands."""
    texts: Sequence[tuple[KeyPath, str]] = ()
    """Every value of the header that is text, with its way."""
    body: str = ""
    body_line: int = 1
    """The line of the file on which the body begins."""
    sections: Sequence[Section] = ()
    problems: tuple[Problem, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    comments: tuple[tuple[Span, str], ...] = ()
    """HTML comments of the body."""
    links: tuple[tuple[Span, str], ...] = ()
    """Links of the body to other postmortems, by id."""
    prose: str = ""
    """The body with code and comments blanked out, every line and column where it was."""

    unread: bool = False
    """Whether not one word of the file could be read: it is too large, or no text."""

    @property
    def id(self) -> str:
        """The file's stem, which is the postmortem's id."""
        return _stem(self.path)

    @property
    def status(self) -> str:
        """`filed`, `published`, `retired` or `skipped`; empty where it cannot be told."""
        return self.text("status")

    @property
    def title(self) -> str:
        """The title, or the id where there is none."""
        return self.text("title") or self.id

    def get(self, *way: str | int) -> Any:
        """The header's value at the end of the way, or None where there is none."""
        value: Any = self.header
        for step in way:
            value = value.get(step) if value.__class__ is dict else _inside(value, step)
        return value

    def text(self, *way: str | int) -> str:
        """The header's value as text; empty where it is missing or not text."""
        # The loop of `get` once more: pages ask a header for its texts hundreds of times, and this is the one place where that has to be quick.
        value: Any = self.header
        for step in way:
            value = value.get(step) if value.__class__ is dict else _inside(value, step)
        return value.strip() if isinstance(value, str) else ""

    def items(self, *way: str | int) -> list[Any]:
        """The header's list; a single value is a list of one, anything missing an empty list."""
        value = self.get(*way)
        if value is None or isinstance(value, dict):
            return []
        return value if isinstance(value, list) else [value]

    def entries(self, *way: str | int) -> list[tuple[int, Mapping[str, Any]]]:
        """The mappings of a list, each with its position."""
        return [(index, item) for index, item in enumerate(self.items(*way)) if isinstance(item, dict)]

    def where(self, *way: str | int) -> Span:
        """Where a key stands, or the nearest parent that is written; the header's first line at last."""
        return nearest(self.keys, way)

    def where_value(self, *way: str | int) -> Span:
        """Where a value stands, or its key, or the nearest parent."""
        return self.values.get(way) or self.where(*way)

    def offset_of(self, line: int) -> int:
        """Where a line of the file begins in the body, in characters."""
        return _line_starts(self.body)[line - self.body_line]

    def line_of(self, offset: int, length: int = 0) -> Span:
        """The place of a stretch of the body (or of `prose`), given its offset in characters."""
        starts = _line_starts(self.body)
        line = bisect_right(starts, offset) - 1
        end_line = bisect_right(starts, offset + length) - 1
        first = self.body_line
        return Span(first + line, offset - starts[line] + 1, first + end_line, offset + length - starts[end_line] + 1)


@lru_cache(maxsize=65_536)
def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".md")


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


@lru_cache(maxsize=8)
def _line_starts(text: str) -> list[int]:
    starts = [0]
    while (found := text.find("\n", starts[-1])) >= 0:
        starts.append(found + 1)
    return starts


class Hit(NamedTuple):
    """What a rule found: where, what, and what to do. The rule's own level applies unless `level` names a weaker one."""

    span: Span
    message: str
    help: str = ""
    level: Level | None = None


class Diagnostic(NamedTuple):
    """A finding, ready to be shown. At most one per rule and position."""

    rule: str
    group: str
    level: Level
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    help: str


class Page(NamedTuple):
    """A page or an asset of the site, as pages make it and doors place it."""

    path: str
    """Relative to the site's source folder: `postmortems/2026-11-02-checkout-503.md`."""
    text: str
    title: str = ""
    source: str = ""
    """The file that an edit link opens; empty for a generated page."""
    markup: tuple[tuple[int, int], ...] = ()
    """Where in the text finished markup stands, block by block: no generator has to look for Markdown in it."""
