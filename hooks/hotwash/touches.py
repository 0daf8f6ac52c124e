"""Which postmortems a change touches: by the `paths` they watch, and by the artefact that carries their fix.

What is asked at every commit is asked of an index, so that nothing has to be matched that cannot fit: patterns stand under the folders that they
begin with. Everything is a line of text, because the hook has to read it without the weight of a JSON reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hotwash.globs import fits, fixed

if TYPE_CHECKING:
    from hotwash.model import Postmortem

Changed = tuple[str, Sequence[str]]
"""A changed path as it is shown, and the names under which a pattern may speak of it."""
_COUNTED = ("filed", "published", "retired")


class Entry(NamedTuple):
    """What is told of one postmortem; every text is one line. `change` to `state` are its structural fix, `same_as` the id of another one whose fix it is."""

    id: str
    title: str = ""
    slug: str = ""
    lesson: str = ""
    change: str = ""
    kind: str = ""
    path: str = ""
    link: str = ""
    state: str = "open"
    url: str = ""
    same_as: str = ""
    paths: tuple[str, ...] = ()

    def patterns(self) -> Iterator[tuple[str, bool]]:
        """The patterns that bring it to mind, each with whether it is the artefact of the fix."""
        yield from ((path, False) for path in self.paths)
        if self.path:
            yield self.path, True


class Pattern(NamedTuple):
    """One pattern of the index: the folders it begins with, the number of its entry, and whether it is the artefact."""

    folder: str
    pattern: str
    entry: int
    guard: bool


class Touch(NamedTuple):
    """A postmortem that a change touches, the changed paths that do, and those of them that are the artefact of its fix."""

    entry: Entry
    paths: tuple[str, ...]
    guards: tuple[str, ...]


def entry(post: Postmortem) -> Entry | None:
    """What a postmortem gives to the index; None where it watches nothing and its fix has no path."""
    watched = tuple(one_line(path) for path in post.items("paths") if isinstance(path, str) and path.strip())
    same, path = post.text("fix", "same_as").removesuffix(".md"), post.text("fix", "artefact", "path")
    if post.status not in _COUNTED or not (watched or path or same):
        return None
    kind, link = post.text("fix", "artefact", "kind"), post.text("fix", "artefact", "link")
    return Entry(
        one_line(post.id), one_line(post.title), one_line(post.text("cause", "class")), one_line(_lesson(post)), one_line(post.text("fix", "change")),
        one_line(kind), one_line(path), one_line(link), one_line(post.text("fix", "state")) or "open", "", one_line(same),
        watched,
    )


def _lesson(post: Postmortem) -> str:
    """The lesson: the flaw that was found, or the title as long as nobody knows it."""
    what = post.text("cause", "what")
    return what if what and what != "unknown" else post.title


def one_line(text: str) -> str:
    """Text on one line, without tabs."""
    return " ".join(text.split())


def resolved(entries: Iterable[Entry]) -> list[Entry]:
    """The entries with the fix of another postmortem in place of `same_as`, in order; those that then watch nothing are left out."""
    known = {entry.id: entry for entry in sorted(entries)}
    return [found for entry in known.values() if any((found := _with_fix(entry, known.get(entry.same_as))).patterns())]


def _with_fix(entry: Entry, other: Entry | None) -> Entry:
    return entry._replace(change=other.change, kind=other.kind, path=other.path, link=other.link, state=other.state) if other else entry


def indexed(entries: Sequence[Entry]) -> list[Pattern]:
    """The index of some entries."""
    return [Pattern(fixed(pattern), pattern, number, guard) for number, entry in enumerate(entries) for pattern, guard in entry.patterns()]


def found(index: Iterable[Pattern], changed: Iterable[Changed]) -> dict[int, tuple[list[str], list[str]]]:
    """The numbers of the entries that are touched, each with the paths that do so and those that are its guard."""
    by_folder: dict[str, list[Pattern]] = {}
    for pattern in index:
        by_folder.setdefault(pattern.folder, []).append(pattern)
    touched: dict[int, tuple[list[str], list[str]]] = {}
    for shown, names in changed:
        for name in names:
            for pattern in (one for folder in above(name) for one in by_folder.get(folder, ())):
                if fits(pattern.pattern, name):
                    for paths in touched.setdefault(pattern.entry, ([], []))[: 2 if pattern.guard else 1]:
                        if shown not in paths[-1:]:
                            paths.append(shown)
    return touched


def above(path: str) -> Iterator[str]:
    """A path, each folder above it, and the empty one."""
    yield path
    while path:
        path = path.rpartition("/")[0]
        yield path


def in_order(touches: Iterable[Touch]) -> list[Touch]:
    """Those whose guard is touched before the others, the latest incident first."""
    return sorted(sorted(touches, key=lambda touch: touch.entry.id, reverse=True), key=lambda touch: not touch.guards)
