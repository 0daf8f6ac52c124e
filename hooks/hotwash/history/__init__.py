"""The edge to Git: the only room that asks it. A handful of calls for the whole archive, never one per file; kept by commit and continued from there.

`asking` asks, `reading` turns what Git prints into values, `telling` makes of these what became of each file, `keeping` remembers it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hotwash import cache, project
from hotwash.history import asking, keeping, reading, telling
from hotwash.history.committed import changed_paths, commit_of, former_names, texts
from hotwash.history.lines import EVERY_LINE, added_lines
from hotwash.history.telling import Told
from hotwash.past import FileHistory, History

if TYPE_CHECKING:
    from git import Repo

    from hotwash.archive import Archive
    from hotwash.policy import Policy

__all__ = ["APPROVALS", "EVERY_LINE", "added_lines", "changed_paths", "commit_of", "former_names", "history_of", "load_history", "texts"]

APPROVALS = ("Reviewed-by", "Approved-by")
"""Trailers that approve unless a policy names others. `Signed-off-by` is the author's own word on licences, and no approval."""
_USUAL = ("main", "master")
_KEPT_AS = "hotwash-history.json"
_SHALLOW = "this clone is shallow, so what happened before it begins is unknown: `git fetch --unshallow`, or `fetch-depth: 0` in a workflow"
_PARTIAL = "this clone left out the contents of files, so publications are unknown: fetch it without a filter"


class _Project(NamedTuple):
    """What one reading is about."""

    repo: Repo
    head: str
    prefix: str
    """The project's folder inside the repository, with its slash; empty where they are one."""
    trailers: tuple[str, ...]

    @property
    def folder(self) -> str:
        return f"{self.prefix}{project.FOLDER}"


def load_history(
    root: str | os.PathLike[str], guards: Iterable[str] = (), *, branch: str = "", trailers: Iterable[str] = APPROVALS, frozen: Iterable[str] = ()
) -> History:
    """What Git knows of the postmortems on the default branch.

    That is the branch that the policy names, else what a remote's HEAD points to, else `main`, else `master`, else what is checked out. Where it
    is both here and at a remote, the one here counts only if it has all of the remote's.

    Args:
        root: the project's root, which may be a folder inside the repository.
        guards: further paths of which to know whether they were removed: the artefacts of fixes.
        branch: the default branch by name, from the policy.
        trailers: the keys of trailers that approve; letters, digits and hyphens.
        frozen: postmortems whose bytes as published are wanted, by path.

    Returns:
        What is known; `note` says what is not, and why. Nothing is raised: where Git cannot be asked, nothing is known.
    """
    try:
        with asking.repository(root) as repo:
            name, head = _default(repo, branch)
            if not head:
                return History(note="nothing is committed yet, so there is no past to tell")
            asked = _Project(repo, head, asking.prefix(repo, root), tuple(sorted(set(trailers))))
            known = _history(asked, os.fspath(root), set(guards), set(frozen))
            missing = "" if not branch or f"/{name}".endswith(f"/{branch}") else f"the policy's default branch `{branch}` is not here, and `{name}` was read"
            return known._replace(branch=name, note="; ".join(filter(None, (missing, known.note))))
    except asking.Unanswered as unanswered:
        return History(note=str(unanswered))


def history_of(root: str | os.PathLike[str], policy: Policy, archive: Archive | None = None, *, frozen: Iterable[str] = ()) -> History:
    """What Git knows of the postmortems, on the branch and by the trailers that the policy names; with an archive, of the artefacts of its fixes too.

    See `load_history`.
    """
    guards = (post.text("fix", "artefact", "path") for post in (archive.posts.values() if archive else ()))
    return load_history(root, filter(None, guards), branch=str(policy.data.get("default_branch", "")), trailers=policy.words("approval_trailers"), frozen=frozen)


def _default(repo: Repo, named: str) -> tuple[str, str]:
    """The default branch and its newest commit."""
    found = asking.references(repo, [name for name in (named, *_USUAL) if name])
    pointed = [target.split("/", 3)[3] for ref, (_, target) in found.items() if ref.endswith("/HEAD") and target]
    found = {**found, **asking.references(repo, pointed)} if pointed else found
    for name in filter(None, (named, *pointed, *_USUAL)):
        here = found.get(f"refs/heads/{name}", ("", ""))[0]
        remotes = sorted((ref.split("/")[2] != "origin", ref, id) for ref, (id, _) in found.items() if ref.startswith("refs/remotes/") and ref.split("/", 3)[3] == name)
        if not remotes and here:
            return name, here
        if remotes:
            _, ref, there = remotes[0]
            return (name, here) if here and asking.is_ancestor(repo, there, here) else (ref.removeprefix("refs/remotes/"), there)
    return asking.checked_out(repo)


def _history(asked: _Project, root: str, guards: set[str], frozen: set[str]) -> History:
    repo, head = asked.repo, asked.head
    tree = frozenset(name[len(asked.prefix):] for name in asking.tree(repo, head) if name.startswith(asked.prefix))
    veiled, partial = asking.boundary(repo), asking.is_partial(repo)
    told = (_told(asked, veiled, partial) if veiled or partial else _kept(asked, root)) or Told()
    files = {path: file for path, file in told.files.items() if path in tree}
    gone = {**{path: when for path, when in told.gone.items() if path not in tree}, **_removed(asked, guards, tree)}
    note = "; ".join(said for said, so in ((_SHALLOW, veiled), (_PARTIAL, partial)) if so)
    return History(head, "", not note, note, _with_bytes(repo, files, frozen), tree, gone)


def _kept(asked: _Project, root: str) -> Told:
    """What an earlier run told, continued to the head; told from the beginning where the branch was rewritten since."""
    question = [asked.folder, *asked.trailers]
    before = keeping.unpacked(cache.beside(root, _KEPT_AS), question)
    if before.head == asked.head:
        return before
    told = _told(asked, since=before) if before.head and asking.is_ancestor(asked.repo, before.head, asked.head) else None
    told = told or _told(asked) or Told()
    cache.keep_beside(root, _KEPT_AS, keeping.packed(told, question))
    return told


def _told(asked: _Project, veiled: frozenset[str] = frozenset(), partial: bool = False, since: Told | None = None) -> Told | None:
    """Ask and tell. None where what was told before is not on the branch's own line."""
    before = since or Told()
    graph = reading.links(asking.graph(asked.repo, asked.head, before.head, asked.trailers), asked.trailers)
    line = telling.branch(graph, asked.head, before.head)
    if line is None:
        return None
    merged, found = _changes(asked, graph, line, asking.RENAMES_BY_ID if partial else asking.RENAMES, veiled)
    commits = [reading.Commit(id, graph[id].when, graph[id].author, found[id]) for id in line.commits if id in found]
    side: dict[str, list[reading.Commit]] = {}
    for id, merge in merged.items():
        if id in found:
            side.setdefault(merge, []).append(reading.Commit(id, graph[id].when, graph[id].author, found[id]))
    return telling.tell(before, commits, {} if partial else _statuses(asked.repo, commits), side, graph, line, veiled)


def _changes(
    asked: _Project, graph: Mapping[str, reading.Link], line: telling.Branch, renames: str, veiled: frozenset[str]
) -> tuple[Mapping[str, str], Mapping[str, tuple[reading.Change, ...]]]:
    """The commits that merges into the folder brought, each with its merge; and what these and the branch's own changed there."""
    first = {id: next(iter(link.parents), "") for id, link in graph.items()}
    ids = [id for id in (first.get(line.commits[0], ""), *line.commits) if id]
    trees = dict(zip(ids, asking.folders(asked.repo, ids, asked.folder), strict=False))
    own = [id for id in line.commits if trees[id] != trees.get(first[id], "")]
    merged = {id: merge for merge in own if merge not in veiled for id in line.brought.get(merge, ()) if id not in veiled}
    said = asking.changes(asked.repo, renames, ((id, first[id]) for id in (*own, *merged)))
    return merged, reading.changes(said, asked.prefix, f"{project.FOLDER}/")


def _statuses(repo: Repo, commits: Iterable[reading.Commit]) -> Mapping[str, str]:
    ids = dict.fromkeys(change.blob for commit in commits for change in commit.changes if change.blob and _is_postmortem(change.path))
    return {id: reading.status(data) for id, data in zip(ids, asking.blobs(repo, ids), strict=True) if data is not None} if ids else {}


def _is_postmortem(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return folder == project.FOLDER and project.is_postmortem_name(name)


def _with_bytes(repo: Repo, files: dict[str, FileHistory], frozen: set[str]) -> dict[str, FileHistory]:
    wanted = {path: files[path].published_blob for path in frozen if path in files and files[path].published_blob}
    data = asking.blobs(repo, wanted.values()) if wanted else ()
    return {**files, **{path: files[path]._replace(frozen=found) for path, found in zip(wanted, data, strict=True)}}


def _removed(asked: _Project, guards: set[str], tree: frozenset[str]) -> Mapping[str, str]:
    """When each guard was removed that once stood there, a file or a folder. Git is asked only where one is missing."""
    missing = {path for path in guards if path not in tree and _may_be_asked(path)}
    missing -= {above for name in tree for above in _at_or_above(name)} if missing else set()
    if not missing:
        return {}
    said = reading.changes(asking.removals(asked.repo, asked.head, (f"{asked.prefix}{path}" for path in missing)), asked.prefix)
    when = {head: reading.moment(head.rpartition(" ")[2]) for head in said}
    return {path: when[head] for head in reversed(said) for change in said[head] for path in _at_or_above(change.path) if path in missing}


def _at_or_above(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:length]) for length in range(1, len(parts) + 1))


def _may_be_asked(path: str) -> bool:
    """Whether a header's path is one that a repository could hold: anything else would make Git refuse all of them."""
    return bool(path) and not any(part in ("", ".", "..") for part in path.split("/")) and path.isprintable()
