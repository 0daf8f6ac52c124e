"""For a merge request on GitLab: a code quality report, to be stored as an artefact of the job."""

from __future__ import annotations

from hotwash.model import Diagnostic
from hotwash.report import Report

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report, colour: bool, everything: bool) -> str:
    """A JSON list with one issue a finding."""
    from json import dumps

    return dumps([_issue(finding) for finding in report.findings], indent=2, ensure_ascii=False) + "\n"


def _issue(finding: Diagnostic) -> dict[str, object]:
    from hashlib import sha256

    mark = "\0".join((finding.rule, finding.path, str(finding.line), finding.message))
    return {
        "description": f"{finding.message}\n{finding.help}".strip(),
        "check_name": finding.rule,
        "fingerprint": sha256(mark.encode("utf-8", "surrogateescape")).hexdigest(),
        "severity": _SEVERITIES[finding.level],
        "location": {"path": finding.path, "lines": {"begin": finding.line, "end": finding.end_line}},
    }
