"""Open fixes and actions over the whole archive, the overdue ones first."""

from __future__ import annotations

from collections.abc import Iterator

from hotwash.due import Owed
from hotwash.model import Page
from hotwash.pages import Site
from hotwash.pages.parts.frame import heading, lead, nothing, page
from hotwash.pages.parts.owing import TASKS, rows, subscription, urgent
from hotwash.pages.parts.words import count


def pages(site: Site) -> Iterator[Page]:
    """The one page of actions."""
    if site.public:
        return
    here = "actions.md"
    tasks = [item for item in urgent(site) if item.what in TASKS]
    late = [item for item in tasks if item.late]
    said = lead(f"{count(len(tasks), 'open fix or action', 'open fixes and actions')}, {len(late)} of them overdue. Structural fixes whose class came back stand first. ", subscription(site, here))
    if not tasks:
        yield page(site, here, "Fixes and actions", (nothing("No fix and no action is open."),), searched=False, hide=("navigation",))
        return
    blocks = (said, *_group("Overdue", late, site, here), *_group("Open", [item for item in tasks if not item.late], site, here))
    yield page(site, here, "Fixes and actions", blocks, searched=False, hide=("navigation",))


def _group(title: str, items: list[Owed], site: Site, here: str) -> Iterator[str]:
    if items:
        yield heading(title)
        yield rows(items, site, here)
