"""The postmortems' paths as JSON, so that another repository can ask which of them its changes touch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hotwash.model import Failure
from hotwash.touches import Entry, one_line

VERSION = 1


def exported(entries: Iterable[Entry], site: str = "") -> dict[str, Any]:
    """The archive as JSON data, each postmortem with its address where the site's is given."""
    base = f"{site.rstrip('/')}/postmortems/" if site else ""
    shown = (entry._replace(url=f"{base}{entry.id}/" if base else "") for entry in entries)
    return {"version": VERSION, "postmortems": [told(entry) for entry in shown]}


def told(entry: Entry) -> dict[str, Any]:
    """An entry as JSON data; keys without a value are left out."""
    artefact = {key: value for key, value in (("kind", entry.kind), ("path", entry.path), ("link", entry.link)) if value}
    fix = {"change": entry.change, "artefact": artefact, "state": entry.state}
    return {
        "id": entry.id, "title": entry.title, **({"url": entry.url} if entry.url else {}), "class": entry.slug, "lesson": entry.lesson,
        "paths": list(entry.paths), "fix": fix,
    }


def imported(data: Any) -> list[Entry]:
    """The entries of an exported archive; what one lacks, or has of another kind, is empty.

    Raises:
        Failure: it is no archive, or one of a newer make.
    """
    if not isinstance(data, dict) or not isinstance(data.get("postmortems"), list):
        raise Failure('not an exported archive: {"version": 1, "postmortems": [...]}; `hotwash touches --export FILE` writes one')
    if data.get("version") != VERSION:
        raise Failure(f"an archive of another version than {VERSION}; let the hotwash that wrote it and this one be of one release")
    return [_read(number, given) for number, given in enumerate(data["postmortems"], 1)]


def _read(number: int, given: Any) -> Entry:
    if not isinstance(given, dict) or not _text(given, "id"):
        raise Failure(f"postmortem {number} of the archive has no id")
    fix = given.get("fix")
    artefact = fix.get("artefact") if isinstance(fix, dict) else None
    paths = given.get("paths")
    return Entry(
        _text(given, "id"), _text(given, "title") or _text(given, "id"), _text(given, "class"), _text(given, "lesson"), _text(fix, "change"),
        _text(artefact, "kind"), _text(artefact, "path"), _text(artefact, "link"), _text(fix, "state") or "open", _text(given, "url"),
        paths=tuple(one_line(path) for path in (paths if isinstance(paths, list) else ()) if isinstance(path, str)),
    )


def _text(given: Any, key: str) -> str:
    value = given.get(key) if isinstance(given, dict) else None
    return one_line(value) if isinstance(value, str) else ""
