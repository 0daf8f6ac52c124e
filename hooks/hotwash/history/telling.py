"""From commits to what became of each file: pure, oldest commit first, and able to go on from what was told before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from hotwash.history.reading import Change, Commit, Link
from hotwash.past import Approval, FileHistory


class Told(NamedTuple):
    """All that has been told up to a commit of the branch."""

    head: str = ""
    files: Mapping[str, FileHistory] = {}
    removed: Mapping[str, FileHistory] = {}
    """Files that were removed, for the day on which one is brought back."""
    gone: Mapping[str, str] = {}
    """When each path that once stood there was removed or renamed."""


class Branch(NamedTuple):
    """The first parents of a head, oldest first, and the commits that each merge among them brought, oldest first."""

    commits: tuple[str, ...]
    brought: Mapping[str, tuple[str, ...]]


def branch(graph: Mapping[str, Link], head: str, since: str = "") -> Branch | None:
    """Follow first parents from a head down to the end, or to a commit that was told before.

    Returns:
        None where that commit is not among the first parents: the branch was rewritten, or a merge was made the wrong way round.
    """
    line: list[str] = []
    step = head
    while step in graph:
        line.append(step)
        step = graph[step].parents[0] if graph[step].parents else ""
    if since and step != since:
        return None
    line.reverse()
    age = {id: -place for place, id in enumerate(graph)}
    seen, brought = set(line), dict[str, tuple[str, ...]]()
    for id in line:
        if side := _reached(graph, graph[id].parents[1:], seen):
            brought[id] = tuple(sorted(side, key=age.__getitem__))
    return Branch(tuple(line), brought)


def _reached(graph: Mapping[str, Link], parents: Iterable[str], seen: set[str]) -> list[str]:
    found, stack = list[str](), list(parents)
    while stack:
        id = stack.pop()
        if id in graph and id not in seen:
            seen.add(id)
            found.append(id)
            stack += graph[id].parents
    return found


def tell(
    told: Told, commits: Iterable[Commit], statuses: Mapping[str, str], side: Mapping[str, Sequence[Commit]], graph: Mapping[str, Link],
    line: Branch, veiled: Collection[str] = (),
) -> Told:
    """Go on telling.

    Args:
        told: what was told before.
        commits: those of the branch that changed something, oldest first.
        statuses: the status that each blob states.
        side: for each merge, its commits that changed something, oldest first.
        graph: every commit with its trailers.
        line: the branch.
        veiled: commits whose parents a shallow clone left out. What they seem to add was there before, nobody knows since when.
    """
    teller = _Teller(told, statuses, frozenset(veiled))
    for commit in commits:
        names = _names(side.get(commit.id, ()))
        teller.commit(commit, names, _approvals(commit, names, graph, line.brought.get(commit.id, ())))
    return Told(line.commits[-1] if line.commits else told.head, teller.files, teller.removed, teller.gone)


Names = Mapping[str, Sequence[Commit]]
"""The commits of a merged branch by the path that they changed, under the name that it has at the branch's end."""


def _names(side: Sequence[Commit]) -> Names:
    names: dict[str, list[Commit]] = {}
    for commit in side:
        before = {change.was: names.pop(change.was, []) for change in commit.changes if change.kind == "R"}
        for change in commit.changes:
            if change.kind == "R":
                names[change.path] = [*before[change.was], commit]
            else:
                names.setdefault(change.path, []).append(commit)
    return names


class _Approvals(NamedTuple):
    of_all: tuple[Approval, ...]
    of: Mapping[str, tuple[Approval, ...]]

    def for_path(self, path: str) -> tuple[Approval, ...]:
        return self.of.get(path, ()) + self.of_all


def _approvals(commit: Commit, names: Names, graph: Mapping[str, Link], brought: Iterable[str]) -> _Approvals:
    """Trailers of a commit of the branch count for all that it changed; so do those of a merged commit that changes nothing at all.

    Trailers of any other merged commit count for what it changed itself: who approves of one file has not read its neighbour.
    """
    def said(id: str) -> tuple[Approval, ...]:
        return tuple(Approval(found.key, found.value, commit.when, id, commit.id) for found in graph[id].trailers)

    empty = (id for id in brought if graph[id].trailers and _changes_nothing(graph, id))
    of_all = tuple(approval for id in (*empty, commit.id) if id in graph for approval in said(id))
    return _Approvals(of_all, {path: tuple(approval for made in by for approval in said(made.id)) for path, by in names.items()})


def _changes_nothing(graph: Mapping[str, Link], id: str) -> bool:
    parent = graph.get(graph[id].parents[0]) if len(graph[id].parents) == 1 else None
    return bool(parent and parent.tree == graph[id].tree)


class _Teller:
    """The files at one point of the branch."""

    def __init__(self, told: Told, statuses: Mapping[str, str], veiled: frozenset[str]) -> None:
        self.files, self.removed, self.gone = dict(told.files), dict(told.removed), dict(told.gone)
        self.statuses, self.veiled = statuses, veiled
        self.published_before = set[str]()

    def commit(self, commit: Commit, names: Names, approvals: _Approvals) -> None:
        if commit.id in self.veiled:
            self.found(commit.changes)
            return
        moved = {change.was: self.files.pop(change.was, None) for change in commit.changes if change.kind == "R"}
        self.gone.update(dict.fromkeys(moved, commit.when))
        for change in commit.changes:
            if change.kind == "D":
                self.gone[change.path] = commit.when
                self.removed[change.path] = self.files.pop(change.path, FileHistory())
                continue
            before = moved.get(change.was) if change.kind == "R" else self.files.get(change.path) or self.removed.pop(change.path, None)
            self.gone.pop(change.path, None)
            self.files[change.path] = self.changed(before, change, commit, names.get(change.path, ()), approvals)

    def found(self, changes: Iterable[Change]) -> None:
        """What stood there when a shallow clone begins."""
        for change in changes:
            self.files[change.path] = FileHistory()
            if self.statuses.get(change.blob) == "published":
                self.published_before.add(change.path)

    def changed(self, before: FileHistory | None, change: Change, commit: Commit, side: Sequence[Commit], approvals: _Approvals) -> FileHistory:
        author = side[0].author if side else commit.author
        now = before or FileHistory(filed=commit.when, filed_commit=commit.id, author=author)
        now = now._replace(
            changed=commit.when, changed_commit=commit.id, commits=(*now.commits, commit.id),
            approvals=now.approvals + approvals.for_path(change.path), was=(*now.was, change.was) if change.was else now.was,
        )
        if change.was in self.published_before:
            self.published_before.add(change.path)
        if now.published_commit or change.path in self.published_before or self.statuses.get(change.blob) != "published":
            return now
        return now._replace(published=commit.when, published_commit=commit.id, published_path=change.path, published_blob=change.blob)
