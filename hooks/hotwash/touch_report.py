"""What a change touches, as text, as JSON and as annotations of GitHub."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotwash.touches import Touch

FORMATS = ("text", "json", "github")
_MOST, _MOST_PATHS = 5, 3


def render(touches: Sequence[Touch], format: str, *, everything: bool = False) -> str:
    """The touched postmortems in one of the formats; nothing where there are none, but for JSON."""
    return {"json": _json, "github": _github}[format](touches) if format != "text" else text(touches, everything=everything)


def text(touches: Sequence[Touch], *, everything: bool = False) -> str:
    """For people: the few that matter most, each with its lesson in one line and the guard not to remove."""
    shown = touches if everything else touches[:_MOST]
    lines = [_printable(line) for touch in shown for line in _lines(touch)]
    if len(shown) < len(touches):
        lines.append(f"{len(touches) - len(shown)} earlier ones are touched as well; `hotwash touches --all` shows them")
    return "".join(f"{line}\n" for line in lines)


def _lines(touch: Touch) -> Iterator[str]:
    entry = touch.entry
    more = f" and {len(touch.paths) - _MOST_PATHS} more" if len(touch.paths) > _MOST_PATHS else ""
    yield f"{entry.url or f'postmortems/{entry.id}.md'}: {entry.title}"
    yield f"  touched by: {', '.join(touch.paths[:_MOST_PATHS])}{more}"
    if entry.lesson and entry.lesson != entry.title:
        yield f"  lesson: {entry.lesson}"
    what = " ".join(part for part in (entry.path or entry.link or entry.kind, f"({entry.change})" if entry.change else "") if part)
    if what:
        yield f"  guard: {_said(touch)}: {what}"


def _said(touch: Touch) -> str:
    """How the guard stands, and what to do about it."""
    if touch.guards:
        return "this change touches it; let it stand, or say what takes its place"
    return "let it stand" if touch.entry.state == "done" else f"not in place ({touch.entry.state})"


def _json(touches: Sequence[Touch]) -> str:
    from json import dumps

    from hotwash.touch_export import VERSION, told

    touched = [{**told(touch.entry), "paths": list(touch.paths), "guard_touched": bool(touch.guards)} for touch in touches]
    return dumps({"version": VERSION, "touched": touched}, indent=2, ensure_ascii=False) + "\n"


def _github(touches: Sequence[Touch]) -> str:
    """One annotation a postmortem, at its guard or the first path that touches it; a warning only where the guard itself is touched."""
    from hotwash.formats.github import attribute, data

    lines = []
    for touch in touches:
        level, path = ("warning", touch.guards[0]) if touch.guards else ("notice", touch.paths[0])
        said = "\n".join(line.strip() for line in _lines(touch))
        lines.append(f"::{level} file={attribute(path)},line=1,title={attribute(f'touches {touch.entry.id}')}::{data(said)}\n")
    return "".join(lines)


def _printable(line: str) -> str:
    if line.isprintable():
        return line
    from hotwash.formats.text import printable

    return printable(line)
