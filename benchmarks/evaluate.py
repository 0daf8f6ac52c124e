"""How well the blameless rules tell judgement from description, on sentences labelled by hand, beside other prose linters where they are installed.

A sentence counts as found where any rule of the group speaks, at any level. Each line of a set is JSON: text, section, label (`ok`, or another), class,
span, and a note that begins with core, hard, trap or plain.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from hotwash.language.tokens import Known  # noqa: E402
from hotwash.model import Hit, Span  # noqa: E402
from hotwash.phrase_search import hits, read_sentences  # noqa: E402
from hotwash.rules import phrase_rules  # noqa: E402

Row = Mapping[str, Any]
SECTIONS = {"root_cause": "why", "contributing_factors": "why", "action_items": "actions"}
"""How the sets name sections, where the policy names them otherwise."""


def main() -> None:
    """Print the figures of every set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path, help="JSON lines (default: ../shared/eval/*.jsonl and the project's own sets)")
    parser.add_argument("--wrong", action="store_true", help="print every sentence that is judged wrongly")
    options = parser.parse_args()
    sets = options.sets or [*sorted((ROOT.parent / "shared" / "eval").glob("*.jsonl")), *sorted((ROOT / "tests" / "language").glob("*.jsonl"))]
    for path in sets:
        if path.exists():
            _print(path, [json.loads(line) for line in path.read_text("utf-8").splitlines()], wrong=options.wrong)
        else:
            print(f"{path}: not here, left out")


def judge(text: str, section: str) -> list[tuple[str, Hit]]:
    """The rules that speak in a text, each with what it found; spans are columns of a single line."""
    found = []
    for heard in read_sentences(text, Known()):
        start = heard.sentence.start
        for rule in phrase_rules("blameless"):
            every = range(len(rule.patterns))
            found += [(rule.id, hit) for hit in hits(rule, every, heard, section, lambda first, last, start=start: Span(1, start + first, 1, start + last))]
    return found


def _print(path: Path, rows: list[Row], *, wrong: bool) -> None:
    print(f"\n{path.name}: {len(rows)} sentences, {sum(row['label'] != 'ok' for row in rows)} to be found")
    said = {index: judge(row["text"], SECTIONS.get(row["section"], row["section"])) for index, row in enumerate(rows)}
    _figures("hotwash", rows, lambda index: bool(said[index]))
    print(f"  spans that meet the labelled one: {_meeting(rows, said)}")
    for name, share in _by(rows, said, lambda row: row["class"] or "").items():
        print(f"    {name:<20} {share}")
    for tool, found in _peers(rows):
        _figures(tool, rows, lambda index, found=found: index in found)
    for index, row in enumerate(rows) if wrong else ():
        if (row["label"] != "ok") != bool(said[index]):
            print(f"  {'false' if said[index] else 'missed'}: {row['text']}  [{', '.join(rule for rule, _ in said[index]) or row['class']}]")


def _figures(name: str, rows: list[Row], found: Callable[[int], bool]) -> None:
    true = sum(row["label"] != "ok" and found(index) for index, row in enumerate(rows))
    false = sum(row["label"] == "ok" and found(index) for index, row in enumerate(rows))
    positive = sum(row["label"] != "ok" for row in rows)
    parts = {kind: _share(rows, found, kind) for kind in ("core", "hard", "trap", "plain")}
    precision = f"{true / (true + false):.3f}" if true + false else "-"
    print(
        f"  {name:<12} precision {precision}  recall {true / max(1, positive):.3f} (core {parts['core']}, hard {parts['hard']})"
        f"  false alarms {false} of {len(rows) - positive} (traps {parts['trap']}, plain {parts['plain']})"
    )


def _share(rows: list[Row], found: Callable[[int], bool], kind: str) -> str:
    those = [index for index, row in enumerate(rows) if str(row["note"]).startswith(kind)]
    return f"{sum(map(found, those))}/{len(those)}"


def _by(rows: list[Row], said: Mapping[int, list[Any]], key: Callable[[Row], str]) -> dict[str, str]:
    classes = sorted({key(row) for row in rows if row["label"] != "ok"})
    return {name: f"{sum(bool(said[i]) for i, row in enumerate(rows) if key(row) == name)}/{sum(key(row) == name for row in rows)}" for name in classes}


def _meeting(rows: list[Row], said: Mapping[int, list[tuple[str, Hit]]]) -> str:
    meeting = those = 0
    for index, row in enumerate(rows):
        if row["label"] != "ok" and said[index] and row["span"]:
            start = row["text"].find(row["span"])
            those += 1
            meeting += any(hit.span.column < start + len(row["span"]) and start < hit.span.end_column for _, hit in said[index])
    return f"{meeting}/{those}"


def _peers(rows: list[Row]) -> Iterable[tuple[str, set[int]]]:
    """What other linters say of the same sentences, one file each."""
    for tool in ("alex", "write-good", "proselint"):
        if program := shutil.which(tool):
            yield tool, _found_by(tool, program, rows)
        else:
            print(f"  {tool:<12} not installed")


def _found_by(tool: str, program: str, rows: list[Row]) -> set[int]:
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{index:04}.md" for index in range(len(rows))]
        for name, row in zip(names, rows, strict=True):
            (Path(folder) / name).write_text(row["text"] + "\n", "utf-8")
        command = [program, "check", *names] if tool == "proselint" else [program, *names]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        return _named(tool, done.stdout + done.stderr, names)


def _named(tool: str, said: str, names: list[str]) -> set[int]:
    """The files that a tool has something to say about. alex names every file and ends the clean ones with "no issues found"."""
    lines = said.splitlines()
    if tool == "alex":
        return {index for index, name in enumerate(names) if name in said and not any(name in line and "no issues" in line for line in lines)}
    return {index for index, name in enumerate(names) if any(name in line for line in lines)}


if __name__ == "__main__":
    main()
