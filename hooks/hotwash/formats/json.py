"""For programs: version 1 of the findings as one JSON object; fields are added, never renamed."""

from __future__ import annotations

from hotwash.report import Report


def render(report: Report, colour: bool, everything: bool) -> str:
    """`{"version", "findings", "not_run", "summary"}`; every finding, a stub's too."""
    from json import dumps

    summary = {
        "files": report.files,
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "infos": report.count("info"),
        "as_of": report.as_of.isoformat(),
    }
    findings = [finding._asdict() for finding in report.findings]
    return dumps({"version": 1, "findings": findings, "not_run": list(report.not_run), "summary": summary}, indent=2, ensure_ascii=False) + "\n"
