"""The edge where a check meets the disk: which files, which of them changed, against which archive.

Three roads, the cheapest first: nothing has changed since a run of the same words, and its report is still there; some files have changed, and only
those are read; or everything is read. What a run depends on beside the postmortems (code, policy, schema) is the cache's context.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from hotwash import cache, project
from hotwash.hashing import blake2b
from hotwash.model import Diagnostic, Failure
from hotwash.progress import counted
from hotwash.report import Report, in_order

if TYPE_CHECKING:
    from hotwash.archive import Archive
    from hotwash.model import Postmortem
    from hotwash.policy import Policy
    from hotwash.rules import Rule

Stats = Mapping[str, tuple[int, int]]
"""Size in bytes and time of change in nanoseconds, by path."""


class _Read(NamedTuple):
    """A file read now: the postmortem and what the cache keeps of it."""

    post: Postmortem
    row: cache.Row


def survey(root: str, given: Sequence[str], groups: Sequence[str], as_of: date, stdin: tuple[str, bytes] | None = None) -> Report:
    """Check files against the archive they belong to.

    Args:
        root: the project's root.
        given: files and folders as the user wrote them; none means every postmortem.
        groups: the groups of rules to run.
        as_of: the day that counts as today.
        stdin: a text that is no file, under the name it is to be judged by.

    Raises:
        Failure: a file cannot be read, or the policy is not usable.
    """
    context = project.context(root)
    # The time of the inode's change, because nobody can set it back: rsync and git-restore-mtime give old times to new bytes.
    stats = {path: (stat.st_size, stat.st_ctime_ns) for path, stat in sorted(project.postmortem_paths(root))}
    asked = chosen(root, given) if given or stdin else list(stats)
    data = {path: project.read_bytes(os.path.join(root, path)) for path in asked} if given else {}
    if stdin:
        name, text = project.relative(root, stdin[0]), stdin[1]
        asked, data = [*asked, name], {**data, name: text}
        stats.pop(name, None)  # what is on disk under this name is not what is judged, and must not be remembered as if it were
    mark = _mark(groups, stats, asked, data)
    with cache.opened(root, context) as connection:
        before = cache.remembered(connection, mark)
        if before is not None:
            return _report(json.loads(before), as_of)
        report, changed, gone = _check(root, stats, asked, data, groups, cache.rows(connection))
        cache.keep(connection, changed, gone, mark, json.dumps(report))
    return _report(report, as_of)


def with_history(root: str, report: Report, given: Sequence[str], groups: Sequence[str], as_of: date) -> Report:
    """The report, and what the rules say that need Git's history: a question of the pull request. It reads the whole archive, so the commit hook asks none.

    Raises:
        Failure: a file cannot be read, or the policy is not usable.
    """
    from hotwash.archive import gather
    from hotwash.check import active, check_in_archive
    from hotwash.history import history_of
    from hotwash.rules import HISTORY

    policy = project.load_policy(root)
    rules = [rule for rule in active(policy, groups) if rule.reach == HISTORY]
    asked = {path: project.read_postmortem(root, path) for path in (chosen(root, given) if given else ())}
    archive = gather([*(post for path, post in project.load_archive(root, policy).by_path.items() if path not in asked), *asked.values()], policy.merged)
    history = history_of(root, policy, archive, frozen=asked or archive.by_path)
    found = [one for post in (asked or archive.by_path).values() for one in check_in_archive(post, policy, rules, archive, history, as_of)]
    return report._replace(findings=in_order([*report.findings, *found]), not_run=(), note=history.note)


def chosen(root: str, given: Iterable[str]) -> list[str]:
    """The files that the user's words name, relative to the root: a folder stands for the postmortems in it.

    Raises:
        Failure: there is no such file.
    """
    found: dict[str, None] = {}
    for word in given:
        if os.path.isdir(word):
            found |= dict.fromkeys(project.relative(root, path) for path in _in_folder(word))
        elif os.path.lexists(word):
            found[project.relative(root, word)] = None
        else:
            raise Failure(f"{word or repr(word)}: there is no such file")
    return list(found)


def _in_folder(folder: str) -> list[str]:
    inner = os.path.join(folder, project.FOLDER)
    names = project.names(inner if os.path.isdir(inner) else folder)
    if not names and not os.path.isdir(inner):
        raise Failure(f"{folder}: holds no postmortems; name a project's root, its postmortems folder, or files")
    return [os.path.join(inner if os.path.isdir(inner) else folder, name) for name in names]


def _mark(groups: Sequence[str], stats: Stats, asked: Sequence[str], data: Mapping[str, bytes]) -> bytes:
    """What tells one run from another: the words it was given, the folder as it lies there, and the bytes of the files asked for."""
    mark = blake2b(repr((sorted(groups), list(stats.items()), list(asked))).encode("utf-8", "surrogateescape"), digest_size=20)
    for path in asked:
        mark.update(_hash(data[path]) if path in data else b"")
    return mark.digest()


def _hash(data: bytes) -> bytes:
    return blake2b(data, digest_size=20).digest()


def _check(
    root: str, stats: Stats, asked: Sequence[str], data: Mapping[str, bytes], groups: Sequence[str], rows: dict[str, cache.Row]
) -> tuple[dict[str, Any], list[cache.Row], list[str]]:
    """The slow road: the report as JSON data, the rows that changed, and the paths that are gone."""
    from hotwash.archive import gather, recall
    from hotwash.check import active
    from hotwash.rules import GROUPS, HISTORY

    policy = project.load_policy(root)
    rules = active(policy, GROUPS)
    paths = {**stats, **dict.fromkeys(asked)}
    read = {path: found for path in counted(paths, "reading") if (found := _read(root, path, stats, data, rows, policy, rules))}
    kept = {path: rows[path] for path in stats if path not in read}
    archive = gather([found.post for found in read.values()] + recall((row.path, row.facts) for row in kept.values()), policy.merged)
    findings: list[Diagnostic] = []
    for path in asked:
        row = read[path].row if path in read else kept[path]
        findings += [Diagnostic(*values) for values in json.loads(row.findings)]
        findings += _in_archive(root, path, read, archive, policy, rules)
    unread = {path for path in asked if path in read and read[path].post.unread}
    report = {
        # Whatever was asked for, silence would say that a file of which no word could be read is fine.
        "findings": [found for found in findings if found.group in groups or (found.path in unread and found.rule == "unreadable-header")],
        "files": len(asked),
        "not_run": [rule.id for rule in rules if rule.reach == HISTORY and rule.group in groups],
        "stubs": [path for path in asked if (read[path].post if path in read else archive.by_path[path]).status == "filed"],
        "gaps": [rule.id for rule in rules if rule.gap],
    }
    return report, [found.row for found in read.values() if found.row.path in stats and not found.post.unread], [path for path in rows if path not in stats]


def _read(
    root: str, path: str, stats: Stats, data: Mapping[str, bytes], rows: Mapping[str, cache.Row], policy: Policy, rules: Sequence[Rule]
) -> _Read | None:
    """A file that has to be read: it is not kept, or its bytes are others. None where what is kept still holds."""
    from hotwash.archive import facts
    from hotwash.check import check_file
    from hotwash.parse import parse

    row, stat = rows.get(path), stats.get(path, (0, 0))
    if row and (row.size, row.changed) == stat and path not in data:
        return None
    found = data[path] if path in data else project.read_bytes(os.path.join(root, path))
    hashed = _hash(found)
    if row and row.hash == hashed and (row.size, row.changed) == stat:
        return None
    post = parse(path, found)
    findings = row.findings if row and row.hash == hashed else json.dumps(check_file(post, policy, rules))
    return _Read(post, cache.Row(path, *stat, hashed, facts(post), findings))


def _in_archive(root: str, path: str, read: Mapping[str, _Read], archive: Archive, policy: Policy, rules: Sequence[Rule]) -> list[Diagnostic]:
    """What the archive says of a file. One that is only remembered has no positions, so it is read again where there is something to say."""
    from hotwash.check import check_in_archive

    if path in read:
        return check_in_archive(read[path].post, policy, rules, archive)
    if not check_in_archive(archive.by_path[path], policy, rules, archive):
        return []
    return check_in_archive(project.read_postmortem(root, path), policy, rules, archive)


def _report(data: dict[str, Any], as_of: date) -> Report:
    findings = in_order(Diagnostic(*values) for values in data["findings"])
    return Report(findings, data["files"], as_of, tuple(data["not_run"]), frozenset(data["stubs"]), frozenset(data["gaps"]))
