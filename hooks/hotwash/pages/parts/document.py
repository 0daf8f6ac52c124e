"""The archive as one document for programs: what `archive.json` and `hotwash export` say, and the schema that it keeps to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hotwash.pages import Site, page_of_class
from hotwash.pages.parts.html import plain
from hotwash.pages.parts.record import Record, as_json
from hotwash.tabular import as_csv, flattened

VERSION = 1
_INSIDE = ("teams", "verdict", "repeat")
"""What a document for the public leaves out."""


def document(site: Site, found: Iterable[Record]) -> Mapping[str, Any]:
    """The archive: postmortems, the newest first, and the classes that they count in."""
    return {
        "version": VERSION, "as_of": site.as_of.isoformat(), "audience": site.audience, "name": plain(site.name) or None,
        "postmortems": [told(record, public=site.public) for record in found], "classes": [_class(slug, site) for slug in sorted(site.classes)],
    }  # fmt: skip


def written(site: Site, found: Iterable[Record]) -> str:
    """The document as JSON with a line for each postmortem and each class, so that two of them can be compared line by line."""
    parts = (f"{as_json(key)}: {_lines(value) if isinstance(value, list) else as_json(value)}" for key, value in document(site, found).items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(entries: list[Any]) -> str:
    return "[\n" + ",\n".join(as_json(entry, compact=True) for entry in entries) + "\n]" if entries else "[]"


def as_table(found: Iterable[Record], *, public: bool) -> str:
    """The postmortems as CSV, one a line."""
    return as_csv((told(record, public=public) for record in found), [name for name, _ in flattened(told(Record(), public=public))])


def told(record: Record, *, public: bool) -> dict[str, Any]:
    """A postmortem as it stands in the document. Every key is always there; what is not known is null."""
    clocks, fix, judged, again, filing = record.clocks, record.fix, record.verdict, record.repeat, record.filing
    known = judged is not None and bool(judged.word)
    said = {
        **{key: _said(getattr(record, key)) for key in Record._fields},
        "clocks": clocks._asdict(),
        "fix": {key: _said(fix.get(key)) for key in ("change", "state", "due", "closed")},
        "actions": {key: record.actions.get(key, 0) for key in ("open", "done", "dropped")},
        "verdict": {
            "word": judged.word if judged and known else None, "days": judged.days if judged and judged.word in ("holding", "did not hold") else None,
            "overdue": judged.overdue if judged and known else None, "repeat": judged.repeat or None if judged else None,
        },
        "repeat": {"of": again.of if again else None, "class": again.class_ if again else None, "days": again.days if again else None},
        "filing": {"published": filing.published or None} if public else {key: _said(value) for key, value in filing._asdict().items()},
    }  # fmt: skip
    return {key: value for key, value in said.items() if not (public and key in _INSIDE)}


def _said(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else None if value == "" else value


def _class(slug: str, site: Site) -> Mapping[str, Any]:
    entry = site.policy.words("classes").get(slug) or {}
    return {
        "class": plain(slug), "title": plain(site.policy.title("classes", slug)), "category": entry.get("category"), "level": entry.get("level"), "label": entry.get("label"),
        "incidents": [post.id for post in site.classes[slug]], "address": site.address("index.md", page_of_class(slug)),
    }  # fmt: skip
