"""For a pull request on GitHub: workflow commands, which become annotations at their lines."""

from __future__ import annotations

from hotwash.report import Report

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, colour: bool, everything: bool) -> str:
    """One `::error file=,line=,...::` line a finding, message and help in it."""
    return "".join(
        f"::{_LEVELS[found.level]} file={_property(found.path)},line={found.line},col={found.column},endLine={found.end_line},"
        f"title={_property(found.rule)}::{_data(found.message + (chr(10) + found.help if found.help else ''))}\n"
        for found in report.findings
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
