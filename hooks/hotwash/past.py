"""What Git knows of the postmortems, as plain immutable values: when each was filed and published, by whom, and who approved."""

from collections.abc import Mapping
from typing import NamedTuple


class Approval(NamedTuple):
    """A trailer of a commit's message that says who approves. Git checks no signature here: whoever writes a commit can write one."""

    trailer: str
    """The trailer's key as the policy writes it: `Reviewed-by`."""
    by: str
    """Its value as it stands: `Name <address>` or a handle."""
    on: str
    """The moment it came onto the default branch."""
    commit: str
    """The commit whose message bears it."""
    onto: str
    """The commit of the default branch by which it came: itself, or the merge that brought it."""


class FileHistory(NamedTuple):
    """What Git knows of one file on the default branch. Moments are RFC 3339 in UTC (`2026-11-03T14:00:00Z`); what is not known is empty.

    Only the branch's first parents count: a file is filed when it came onto the branch, not when it was written on one of its own.
    """

    filed: str = ""
    """The moment from which the file stood there first, under whatever name; a file removed and brought back keeps its first."""
    filed_commit: str = ""
    published: str = ""
    """The moment from which its status was first `published`; taken back and published anew, the first counts."""
    published_commit: str = ""
    published_path: str = ""
    """The name it had then."""
    published_blob: str = ""
    """Git's id of its bytes as published."""
    frozen: bytes | None = None
    """Its bytes as published, where they were asked for."""
    changed: str = ""
    """The moment of the last change."""
    changed_commit: str = ""
    author: str = ""
    """Who wrote the commit that first brought it, `Name <address>`, which for a merge is a commit of the merged branch."""
    commits: tuple[str, ...] = ()
    """The branch's commits that changed it, oldest first."""
    approvals: tuple[Approval, ...] = ()
    """Oldest first, over the whole life of the file: those of its publication are `signatures`."""
    was: tuple[str, ...] = ()
    """The names it had before, oldest first."""

    @property
    def signatures(self) -> tuple[Approval, ...]:
        """The approvals that came onto the branch together with the publication."""
        return tuple(found for found in self.approvals if self.published_commit and found.onto == self.published_commit)


class History(NamedTuple):
    """What Git knows of the default branch. Paths are relative to the project's root."""

    head: str = ""
    """The branch's newest commit; empty where there is none, or no Git."""
    branch: str = ""
    """Which branch was read: `main`, `origin/main`, or `HEAD` where none of the usual names is there."""
    complete: bool = False
    """False where some of it is not known, as in a shallow clone; `note` says what and why."""
    note: str = ""
    """One line on what is not known and what to do about it; empty where all is known."""
    files: Mapping[str, FileHistory] = {}
    """Everything below the postmortems folder on the branch today, by path. What is not merged yet is not there."""
    tree: frozenset[str] = frozenset()
    """Every path of the default branch today."""
    gone: Mapping[str, str] = {}
    """Paths that once stood there and do no longer, each with the moment it was removed: files of the folder, and guards that were asked for."""

    def of(self, path: str) -> FileHistory:
        """What is known of a path; nothing for one that is not on the branch."""
        return self.files.get(path) or FileHistory()
