"""Records as CSV (RFC 4180) that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

BETWEEN = "; "
"""Stands between the entries of a list."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection."""


class _Text(list[str]):
    """A text in pieces, which a writer of CSV takes for a file."""

    write = list[str].append


def as_csv(records: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """A line of names, then a line for each record. A record may hold records: their names are joined by `_`.

    Lists are joined by `; `, nothing is empty, and a text that begins as a formula does gets an apostrophe before it. Numbers stay numbers.
    """
    text = _Text()
    writer = csv.writer(text)
    writer.writerow(columns)
    for record in records:
        flat = dict(flattened(record))
        writer.writerow([_cell(flat.get(column)) for column in columns])
    return "".join(text)


def flattened(record: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The values of a record with their whole names: `clocks_detect`."""
    for key, value in record.items():
        if isinstance(value, Mapping):
            yield from flattened(value, f"{before}{key}_")
        else:
            yield before + key, value


def _cell(value: Any) -> str | int | float:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return value
    said = "" if value is None else BETWEEN.join(str(entry) for entry in value) if isinstance(value, (list, tuple)) else str(value)
    return f"'{said}" if said.startswith(_FORMULA) else said
