"""For people: `path:line:column: rule: message`, and what to do on the line below. A stub shows its five most useful findings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from hotwash.model import Diagnostic, Level
from hotwash.report import Report, most_useful

MOST = 5
_COLOURS = {"error": "\033[31m", "warning": "\033[33m", "info": "\033[36m"}
_COUNTED: tuple[Level, ...] = ("error", "warning")
_BOLD, _DIM, _PLAIN = "\033[1m", "\033[2m", "\033[0m"


def render(report: Report, colour: bool, everything: bool) -> str:
    """The findings, then a line that counts them; nothing where there are none."""
    lines: list[str] = []
    for path, group in groupby(report.findings, key=lambda found: found.path):
        findings = list(group)
        shown = findings
        if path in report.stubs and not everything:
            shown = most_useful(findings, report.gaps, MOST)
        for finding in shown:
            lines += _finding(finding, colour, brief=path in report.stubs and not everything)
        if len(shown) < len(findings):
            lines.append(f"{path}: {len(findings) - len(shown)} more while it is being written; --all shows them")
    if lines:
        lines.append(_summary(report))
    return "".join(f"{line}\n" for line in lines)


def _finding(finding: Diagnostic, colour: bool, *, brief: bool) -> Iterator[str]:
    place, level = printable(f"{finding.path}:{finding.line}:{finding.column}:"), finding.level
    name = finding.rule if level == "error" else f"{finding.rule} ({level})"
    if colour:
        place, name = f"{_BOLD}{place}{_PLAIN}", f"{_COLOURS[level]}{name}{_PLAIN}"
    yield f"{place} {name}: {printable(finding.message)}"
    first, *rest = map(printable, finding.help.split("\n"))
    first = first.partition("; add")[0] if brief else first
    if first:
        yield f"  {_DIM}help:{_PLAIN} {first}" if colour else f"  help: {first}"
    if not brief:
        yield from (f"    {line}" for line in rest)


def printable(text: str) -> str:
    """Control characters of a file shown as escapes, so that a terminal does not obey them. Our own colours are put around it."""
    return text if text.isprintable() else "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _summary(report: Report) -> str:
    counts = [f"{count} {name}{'s' if count != 1 else ''}" for name in _COUNTED if (count := report.count(name))]
    if informed := report.count("info"):
        counts.append(f"{informed} for information")
    paths = len({finding.path for finding in report.findings})
    return f"{', '.join(counts)} in {paths} file{'s' if paths != 1 else ''}; `hotwash explain RULE` says why"
