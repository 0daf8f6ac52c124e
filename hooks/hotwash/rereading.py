"""The edge for a process that reads an archive again and again, as `mkdocs serve` does at every edit: a file that is as it was is not parsed again."""

from __future__ import annotations

import os

from hotwash import project
from hotwash.archive import Archive, gather
from hotwash.hashing import blake2b
from hotwash.model import Postmortem
from hotwash.parse import parse
from hotwash.policy import Policy

_READ: dict[str, tuple[bytes, Postmortem]] = {}
"""By file, the hash of what was read, and what it says."""


def load_archive(root: project.Folder, policy: Policy) -> Archive:
    """Every postmortem of the project, its classes as the policy merges them.

    Raises:
        Failure: the folder or a file cannot be read.
    """
    found = {os.path.abspath(os.path.join(root, path)): path for path, _ in sorted(project.postmortem_paths(root))}
    for file in [file for file in _READ if file not in found]:
        del _READ[file]
    return gather([_read(file, path) for file, path in found.items()], policy.merged)


def _read(file: str, path: str) -> Postmortem:
    data = project.read_bytes(file)
    mark = blake2b(data, digest_size=20).digest()
    before = _READ.get(file)
    if not before or before[0] != mark or before[1].path != path:
        before = _READ[file] = (mark, parse(path, data))
    return before[1]
