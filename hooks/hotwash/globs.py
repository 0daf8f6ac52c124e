"""Patterns of paths: `*` and `?` stay within a folder, `**` crosses folders, a folder stands for everything in it. Nothing else is special."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def fits(pattern: str, path: str) -> bool:
    """Whether a path meets a pattern. Both are relative with forward slashes; time is at most the product of their lengths."""
    steps = _steps(pattern)
    inside = ["**"] if steps and not _wild(steps[-1]) else []
    return bool(steps) and _meets([*steps, *inside], _steps(path), "**", _step_fits)


def fixed(pattern: str) -> str:
    """The folders (or the whole path) that a pattern begins with and that hold no wildcard: `config/cache` of `config/cache/*.yml`."""
    steps = _steps(pattern)
    count = next((place for place, step in enumerate(steps) if _wild(step)), len(steps))
    return "/".join(steps[:count])


def overlap(one: str, other: str) -> bool:
    """Whether two patterns may speak of the same files: what is fixed of one lies within what is fixed of the other. A pattern for everything overlaps none."""
    first, second = fixed(one), fixed(other)
    return bool(first and second) and (f"{first}/".startswith(f"{second}/") or f"{second}/".startswith(f"{first}/"))


def _steps(path: str) -> list[str]:
    return [step for step in path.strip().split("/") if step not in ("", ".")]


def _wild(step: str) -> bool:
    return "*" in step or "?" in step


def _step_fits(pattern: str, step: str) -> bool:
    if not _wild(pattern):
        return pattern == step
    return _meets(pattern, step, "*", lambda wanted, char: wanted in ("?", char))


def _meets(pattern: Sequence[str], text: Sequence[str], star: str, same: Callable[[str, str], bool]) -> bool:
    """Whether the items match, where `star` stands for any number of them. Only the last star is ever tried again, which is enough and never exponential."""
    at = place = 0
    again, mark = -1, 0
    while place < len(text):
        if at < len(pattern) and pattern[at] == star:
            again, mark, at = at, place, at + 1
        elif at < len(pattern) and same(pattern[at], text[place]):
            at, place = at + 1, place + 1
        elif again >= 0:
            at, mark = again + 1, mark + 1
            place = mark
        else:
            return False
    return all(item == star for item in pattern[at:])
