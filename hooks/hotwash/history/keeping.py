"""What was told, as JSON and back, so that the next run goes on from there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hotwash.history.telling import Told
from hotwash.past import Approval, FileHistory

FORMAT = 1
"""Raised whenever the telling changes: what an earlier release told is then told anew."""


def packed(told: Told, question: Sequence[str]) -> bytes:
    """Told as bytes, under the question that it answers."""
    data = {
        "format": FORMAT, "question": list(question), "head": told.head, "gone": told.gone,
        "files": {path: file._replace(frozen=None) for path, file in told.files.items()}, "removed": told.removed,
    }  # fmt: skip
    return json.dumps(data, separators=(",", ":")).encode("ascii")


def unpacked(data: bytes, question: Sequence[str]) -> Told:
    """Told as it was packed; nothing where the bytes are not ours, or answer another question."""
    try:
        kept = json.loads(data)
        if kept["format"] != FORMAT or kept["question"] != list(question):
            return Told()
        return Told(str(kept["head"]), _files(kept["files"]), _files(kept["removed"]), {**kept["gone"]})
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return Told()


def _files(rows: Mapping[str, Sequence[Any]]) -> dict[str, FileHistory]:
    return {path: _file(*row) for path, row in rows.items()}


def _file(*row: Any) -> FileHistory:
    file = FileHistory(*row)
    return file._replace(commits=tuple(file.commits), approvals=tuple(Approval(*found) for found in file.approvals), was=tuple(file.was))
