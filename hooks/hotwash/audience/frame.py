"""What a team writes around the pages, its navigation and its own pages, held against what an audience may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hotwash.audience.mentions import Hidden, names, texts
from hotwash.model import Failure


def without(nav: Any, gone: Callable[[str], bool]) -> Any:
    """A navigation, as lists and mappings, without the pages that this audience does not have, and without headings that are left with nothing."""
    if isinstance(nav, list):
        return [left for item in nav if (left := without(item, gone))]
    if isinstance(nav, dict):
        return {title: left for title, item in nav.items() if (left := without(item, gone))}
    return None if isinstance(nav, str) and gone(nav) else nav


def refuse_in_settings(path: str, settings: Mapping[str, Any], hidden: Hidden, audience: str) -> None:
    """Look through what stands around every page: titles of the navigation, where it leads, the site's name and description.

    Raises:
        Failure: it names a postmortem that the audience does not see.
    """
    for way, text in texts(settings, ()):
        for _, id in hidden.named(text):
            raise Failure(f"{path}: `{way[0]}` {names(id, hidden, audience)}")


def refuse_in_text(path: str, text: str, hidden: Hidden, audience: str) -> None:
    """Look through a page that the team wrote itself.

    Raises:
        Failure: it names a postmortem that the audience does not see.
    """
    for offset, id in hidden.named(text):
        raise Failure(f"{path}:{text.count(chr(10), 0, offset) + 1}: {names(id, hidden, audience)}")
