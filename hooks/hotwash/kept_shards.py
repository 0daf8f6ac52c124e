"""The edge to the shards of the full-text search that are kept beside Git: whether one is whole, and which are forgotten. From here its files come into the site."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

FOLDER, LIST = "hotwash-search", "files.json"
"""Where they are kept in the Git directory, and the sizes of a shard's files, with the common words of its pages, beside them."""
MAKING, _FORSAKEN = "making-", 3600
"""How a folder begins in which shards are made, and the seconds after which one that is still there was left by a build that was killed."""


def any_in(kept: Path) -> bool:
    """Whether any shard is kept."""
    return any(kept.glob(f"*/{LIST}"))


def note(made: Path, words: Mapping[str, object]) -> None:
    """Note the sizes of a shard's files beside them, and the common words of its pages, see `common_words.counted`."""
    (made / LIST).write_text(json.dumps({"files": _sizes(made), "words": words}), "utf-8")


def noted(shard: Path) -> Any:
    """What was noted."""
    return json.loads((shard / LIST).read_text("utf-8"))


def is_whole(shard: Path) -> bool:
    """Whether a shard is as it was made. Where the power failed or the disk was full, files are there and hold nothing, and nobody would find anything."""
    try:
        found = noted(shard)
        return bool(found["files"] == _sizes(shard) and found["words"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def put(source: str, target: str) -> None:
    """A file of a kept shard in the site. It has two names rather than two bodies, where the disk allows that: a shard has a file for each of its pages."""
    with suppress(FileNotFoundError):
        os.unlink(target)  # which may be another name of what is kept
    try:
        os.link(source, target)
    except OSError:  # another disk, or one that knows no links
        shutil.copyfile(source, target)


def tidy(kept: Path, most: int) -> None:
    """Forget the shards that were not used for longest, and what builds that were killed had begun. Another one may be at work, and keeps its folder."""
    found = sorted(((entry.stat().st_mtime, entry) for entry in kept.iterdir() if entry.is_dir()), reverse=True)
    made = [entry for _, entry in found if not entry.name.startswith(MAKING)]
    forsaken = [entry for when, entry in found if entry.name.startswith(MAKING) and when < found[0][0] - _FORSAKEN]
    for old in [*made[most:], *forsaken]:
        shutil.rmtree(old, ignore_errors=True)


def _sizes(shard: Path) -> dict[str, int]:
    paths = (os.path.join(folder, name) for folder, _, names in os.walk(shard) for name in names if name != LIST)
    return {os.path.relpath(path, shard): os.path.getsize(path) for path in paths}
