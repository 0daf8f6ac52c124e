"""Classes that were merged into others: which one counts now, chains followed to their end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hotwash.wording import suggestion


def merged(classes: Mapping[str, Any]) -> dict[str, str]:
    """Each merged class and the one it counts as. A class that leads nowhere or in a circle counts as itself; `astray` tells of it."""
    ends = {slug: _way(slug, classes)[-1] for slug in classes if _into(slug, classes)}
    return {slug: end for slug, end in ends.items() if end in classes and not _into(end, classes)}


def astray(classes: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Classes whose `merged_into` leads nowhere or in a circle, each with what is wrong."""
    for slug in classes:
        into, way = _into(slug, classes), _way(slug, classes)
        if into and into not in classes:
            yield slug, f"`{into}` is not one of `classes`{suggestion(into, classes)}"
        elif way[-1] == slug and len(way) > 1:
            yield slug, f"the class is merged into itself: {' -> '.join(way)}; leave `merged_into` out of the one that stays"


def _into(slug: str, classes: Mapping[str, Any]) -> str:
    return str((classes.get(slug) or {}).get("merged_into") or "")


def _way(slug: str, classes: Mapping[str, Any]) -> list[str]:
    """The class and what it is merged into, step by step, up to the first that stands twice."""
    way = [slug]
    while (step := _into(way[-1], classes)) and way.count(way[-1]) == 1:
        way.append(step)
    return way
