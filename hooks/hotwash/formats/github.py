"""For a pull request on GitHub: workflow commands, which become annotations at their lines."""

from __future__ import annotations

from hotwash.report import Report

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, colour: bool, everything: bool) -> str:
    """One `::error file=,line=,...::` line a finding, message and help in it."""
    return "".join(
        f"::{_LEVELS[found.level]} file={attribute(found.path)},line={found.line},col={found.column},endLine={found.end_line},"
        f"title={attribute(found.rule)}::{data(found.message + (chr(10) + found.help if found.help else ''))}\n"
        for found in report.findings
    )


def data(text: str) -> str:
    """Text as the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def attribute(text: str) -> str:
    """Text as the value of a workflow command's property."""
    return data(text).replace(":", "%3A").replace(",", "%2C")
