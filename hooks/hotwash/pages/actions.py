"""Fixes and actions: what is open, overdue first, by day, team, service and class; and what is done or dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hotwash.due import Owed
from hotwash.model import Page
from hotwash.pages import Site, page_of_class
from hotwash.pages.parts.finding import found
from hotwash.pages.parts.frame import heading, lead, nothing, page
from hotwash.pages.parts.html import Html, join, tag
from hotwash.pages.parts.owing import TASKS, subscription
from hotwash.pages.parts.todo import capped, closed, done_table, dropped_table, todo, total
from hotwash.pages.parts.words import count
from hotwash.signoff.people import folded
from hotwash.teams import members

HERE, _CLOSED = "actions.md", "actions/closed.md"
_MOST = 500
"""Entries that one page lists."""


class _View(NamedTuple):
    """What is open in groups: the page and its name, the groups of an entry, the title of a group, and the address of the postmortems behind it."""

    path: str
    name: str
    keys: Callable[[Owed], Sequence[str]]
    title: Callable[[str], str]
    behind: Callable[[str], str]


def pages(site: Site) -> Iterator[Page]:
    """Four orders of what is open, and what is closed; none for the public."""
    if site.public:
        return
    tasks = [item for item in site.owing if item.what in TASKS]
    yield _page(site, HERE, "Fixes and actions", _by_day(tasks, site), tasks)
    for view in _views(site):
        yield _page(site, view.path, f"Fixes and actions by {view.name}", _grouped(tasks, view, site), tasks)
    yield page(site, _CLOSED, "Fixes and actions done and dropped", (_tabs(site, _CLOSED), *_done(site)), searched=False, hide=("navigation",))


def _page(site: Site, here: str, title: str, blocks: Iterator[str], tasks: Sequence[Owed]) -> Page:
    late = sum(item.late for item in tasks)
    said = lead(f"{count(len(tasks), 'open fix or action', 'open fixes and actions')}, {late:,} of them overdue. What is overdue of a class that came back stands first. ", subscription(site, here))
    return page(site, here, title, (said if tasks else nothing("No fix and no action is open."), _tabs(site, here), *blocks), searched=False, hide=("navigation",))


def _views(site: Site) -> Iterator[_View]:
    """Groups by what the work belongs to. A person is no group: whoever owns an entry stands on its row, and nowhere in a sum."""
    teams, team, service, cls = members(site.policy), "actions/by-team.md", "actions/by-service.md", "actions/by-class.md"
    yield _View(team, "team", lambda item: _teams(item, teams), lambda key: key or "No team", lambda key: found(site, team, team=key))
    yield _View(service, "service", _services, lambda key: site.policy.title("services", key) or "No service", lambda key: found(site, service, service=key))
    yield _View(cls, "class", lambda item: site.archive.classes(item.post)[:1] or [""], lambda key: site.policy.title("classes", key) or "No class", lambda key: _of_class(site, cls, key))


def _of_class(site: Site, here: str, slug: str) -> str:
    return site.address(here, page_of_class(slug)) if slug in site.classes else found(site, here, class_=slug)


def _teams(item: Owed, teams: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The first team of the policy to which the owner belongs: an entry is counted once."""
    return teams.get(folded(item.owner), ())[:1] or [""]


def _services(item: Owed) -> Sequence[str]:
    return list(dict.fromkeys(word for word in item.post.items("services") if isinstance(word, str) and word)) or [""]


def _tabs(site: Site, here: str) -> Html:
    others = ((HERE, "By day"), ("actions/by-team.md", "By team"), ("actions/by-service.md", "By service"), ("actions/by-class.md", "By class"), (_CLOSED, "Done and dropped"))
    links = (tag("a", label, href=site.address(here, there), aria_current="page" if there == here else None) for there, label in others)
    return tag("nav", join(links, " "), class_="hw-tabs", aria_label="Order")


def _by_day(tasks: Sequence[Owed], site: Site) -> Iterator[str]:
    """Overdue, then the rest; in both the structural fixes stand apart."""
    left = _MOST
    for title, part in (("Overdue", [item for item in tasks if item.late]), ("Open", [item for item in tasks if not item.late])):
        if part:
            yield heading(title)
        for name, same in (("Structural fixes", [item for item in part if item.what == "fix"]), ("Other actions", [item for item in part if item.what != "fix"])):
            if same:
                yield heading(name, 3)
                yield tag("p", total(same, site), class_="hw-quiet hw-count")
            if shown := same[:left]:
                yield todo(shown, site, HERE)
            left = max(left - len(same), 0)
    if more := capped(len(tasks), _MOST):
        yield more


def _grouped(tasks: Sequence[Owed], view: _View, site: Site) -> Iterator[str]:
    """The group with the most urgent entry first; those that belong to nothing last."""
    groups: dict[str, list[Owed]] = {}
    for item in tasks:
        for key in view.keys(item):
            groups.setdefault(key, []).append(item)
    left = _MOST
    for key in sorted(groups, key=lambda key: not key):
        yield heading(view.title(key))
        behind = tag("a", "the postmortems behind it", href=view.behind(key)) if key else None
        yield tag("p", total(groups[key], site), " · " if key else None, behind, class_="hw-quiet hw-count")
        if shown := groups[key][:left]:
            yield todo(shown, site, view.path)
        left = max(left - len(groups[key]), 0)
    if more := capped(sum(len(same) for same in groups.values()), _MOST):
        yield more


def _done(site: Site) -> Iterator[str]:
    over = closed(site)
    dropped, done = ([one for one in over if one.task.get("state") == state] for state in ("wont-do", "done"))
    if not over:
        yield nothing("Nothing is done or dropped yet.")
    left = _MOST
    for title, same, drawn in (
        ("Dropped, with the reason", dropped, dropped_table), ("Structural fixes done", [one for one in done if one.is_fix], done_table),
        ("Other actions done", [one for one in done if not one.is_fix], done_table),
    ):  # fmt: skip
        if shown := same[:left]:
            yield heading(title)
            yield tag("p", f"{count(len(same), 'entry', 'entries')}, the latest first.", class_="hw-quiet hw-count")
            yield drawn(shown, site, _CLOSED, title)
        left = max(left - len(same), 0)
    if more := capped(len(over), _MOST, listed="hotwash export"):
        yield more
