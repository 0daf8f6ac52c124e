"""The edge for whoever reads an archive again and again, as a build of the site does and `mkdocs serve` at every edit: a file that is as it was is not parsed again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import islice

from hotwash import project, readings
from hotwash.archive import Archive, gather
from hotwash.model import Postmortem
from hotwash.parse import parse
from hotwash.policy import Policy
from hotwash.remembered import Before, recalled, told

_READ: dict[str, tuple[bytes, Postmortem]] = {}
"""By file, the hash of what was read, and what it says."""
_AT_ONCE = 500
"""Files whose bytes are held at the same time."""


def load_archive(root: project.Folder, policy: Policy) -> Archive:
    """Every postmortem of the project, its classes as the policy merges them.

    Raises:
        Failure: the folder or a file cannot be read.
    """
    found = {os.path.abspath(os.path.join(root, path)): path for path, _ in sorted(project.postmortem_paths(root))}
    for file in [file for file in _READ if file not in found]:
        del _READ[file]
    files, new = iter(found.items()), dict[bytes, str]()
    while part := dict(islice(files, _AT_ONCE)):
        new |= _read(root, part)
    if new:
        readings.keep(root, new, {_READ[file][0] for file in found})
    return gather([_READ[file][1] for file in found], policy.merged)


def _read(root: project.Folder, files: Mapping[str, str]) -> dict[bytes, str]:
    """Read some files, by their paths; what is new in them, to be remembered by hash."""
    data = {file: project.read_bytes(file) for file in files}
    marks = {file: readings.hash_of(read) for file, read in data.items()}
    changed = [file for file, path in files.items() if file not in _READ or (_READ[file][0], _READ[file][1].path) != (marks[file], path)]
    before = readings.recalled(root, (marks[file] for file in changed))
    new, known = dict[bytes, str](), list[str]()
    for file in changed:
        if marks[file] not in before and marks[file] not in new:
            post = parse(files[file], data[file])
            if not (said := told(post, data[file])):
                _READ[file] = (marks[file], post)
                continue
            new[marks[file]] = said
        known.append(file)
    # What was parsed a moment ago is recalled, too: then all of them are of one make, and none holds places for which nobody asks.
    posts = recalled([Before(files[file], data[file], before.get(marks[file]) or new[marks[file]]) for file in known])
    _READ.update({file: (marks[file], post) for file, post in zip(known, posts, strict=True)})
    return new
