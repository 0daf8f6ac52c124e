"""Exports of trackers, one module a format, found by walking this folder: an export in, tickets out. Nothing is asked over the network.

A format is a module with `recognised(row) -> bool` and `ticket(row) -> Ticket`. A row is an issue of a JSON, or a line of a CSV by the
names of its columns in small letters.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from hotwash.model import Failure
from hotwash.ticket import Ticket
from hotwash.wording import listed

NAMES = tuple(sorted(name[:-3] for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py") and name[0] != "_"))


def read(data: bytes, kind: str, name: str) -> list[Ticket]:
    """The tickets of an export.

    Args:
        data: the file's bytes.
        kind: whose export it is; empty to see it from what it holds.
        name: how messages call the file.

    Raises:
        Failure: it cannot be read, or is nobody's export.
    """
    sample, rows = _rows(data, name)
    if not sample:
        return []
    formats = {each: import_module(f"{__name__}.{each}") for each in NAMES}
    known = kind or next((each for each, module in formats.items() if module.recognised(sample)), "")
    if not known:
        raise Failure(f"{name}: not an export that is known; {listed(NAMES, last='and')} are, and --kind names one")
    try:
        return [formats[known].ticket(row) for row in rows]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Failure(f"{name}: not an export of {known}, or without the fields that are needed; the handbook's page on closing has the command") from None


def _rows(data: bytes, name: str) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    """A row to know the format by, which of a CSV is there when it has no other, and all rows."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failure(f"{name}: the file is not UTF-8: byte {error.start + 1} cannot be read") from None
    head, rows = ({}, _json(text, name)) if text.lstrip()[:1] in ("[", "{") else _csv(text, name)
    if not all(isinstance(row, Mapping) for row in rows):
        raise Failure(f"{name}: not a list of issues; save the tracker's own JSON or CSV")
    return (rows[0] if rows else head), rows


def _json(text: str, name: str) -> list[Any]:
    """One list, one issue, lists in a list (pages put together), or lists one behind the other (pages as they came)."""
    rows: list[Any] = []
    decoder, at = json.JSONDecoder(), 0
    try:
        while at < len(text) and text[at:].strip():
            at = len(text) - len(text[at:].lstrip())
            page, at = decoder.raw_decode(text, at)
            rows += page if isinstance(page, list) else [page]
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Failure(f"{name}{line}: the JSON cannot be read; was the export cut off?") from None
    return [issue for page in rows for issue in (page if isinstance(page, list) else [page])]


def _csv(text: str, name: str) -> tuple[dict[str, str], list[Any]]:
    head = text.split("\n", 1)[0]
    try:
        rows = csv.reader(re.findall(r"[^\n]*\n|[^\n]+", text), delimiter=max(",;\t", key=head.count), strict=True)
        names = next(rows, [])
        return _first_of_each(names, [""] * len(names)), [_first_of_each(names, row) for row in rows if any(row)]
    except csv.Error as error:
        raise Failure(f"{name}: the CSV cannot be read ({error}); was the export cut off?") from None


def _first_of_each(names: list[str], row: list[str]) -> dict[str, str]:
    """A row by the names of its columns. Some trackers name several columns alike; the first that is filled counts."""
    found: dict[str, str] = {}
    for name, cell in zip(names, row, strict=False):
        if not found.get(name.strip().casefold()):
            found[name.strip().casefold()] = cell.strip()
    return found
