"""For code scanning: SARIF 2.1.0, the OASIS standard."""

from __future__ import annotations

from typing import Any

from hotwash import __version__
from hotwash.model import Diagnostic
from hotwash.report import Report

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render(report: Report, colour: bool, everything: bool) -> str:
    """One run with a result a finding; help stands in the message, since viewers show little else."""
    from json import dumps

    rules = [{"id": rule} for rule in sorted({finding.rule for finding in report.findings})]
    driver = {"name": "hotwash", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [_result(finding) for finding in report.findings]}
    sarif = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return dumps(sarif, indent=2, ensure_ascii=False) + "\n"


def _result(finding: Diagnostic) -> dict[str, Any]:
    from urllib.parse import quote

    region = {"startLine": finding.line, "startColumn": finding.column, "endLine": finding.end_line, "endColumn": finding.end_column}
    location = {"artifactLocation": {"uri": quote(finding.path, errors="surrogateescape")}, "region": region}
    return {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.level],
        "message": {"text": f"{finding.message}\n{finding.help}".strip()},
        "locations": [{"physicalLocation": location}],
    }
