"""The index: all postmortems by date and quarter, by severity, and by service."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hotwash.model import Page, Postmortem
from hotwash.pages import Site
from hotwash.pages.parts.frame import heading, lead, nothing, page
from hotwash.pages.parts.lists import groups, listing, ways
from hotwash.pages.parts.words import count, day_of, quarter


def pages(site: Site) -> Iterator[Page]:
    """Three orders of the same postmortems."""
    yield _page(site, "postmortems/index.md", "Postmortems", _by_date)
    yield _page(site, "postmortems/by-severity.md", "Postmortems by severity", _by_severity)
    yield _page(site, "postmortems/by-service.md", "Postmortems by service", _by_service)


def _page(site: Site, here: str, title: str, blocks: Callable[[Site, str, list[Postmortem]], Iterator[str]]) -> Page:
    found = site.newest()
    said = lead(f"{count(len(found), 'postmortem')}, the newest first. What one is for and how it is written is in the handbook.") if found else nothing("Nothing is filed yet.")
    return page(site, here, title, (said, ways(site, here), *blocks(site, here, found)), searched=False, hide=("navigation",))


def _by_date(site: Site, here: str, found: list[Postmortem]) -> Iterator[str]:
    yield from groups(found, lambda post: quarter(day_of(post)), site, here)


def _by_severity(site: Site, here: str, found: list[Postmortem]) -> Iterator[str]:
    order = [*site.policy.words("severities"), ""]
    ranked = sorted(found, key=lambda post: order.index(site.policy.severity(post)))
    yield from groups(ranked, lambda post: _severity_name(site, post), site, here)


def _severity_name(site: Site, post: Postmortem) -> str:
    word = site.policy.severity(post)
    name = site.policy.title("severities", word)
    return "Severity unknown" if not word else word if name == word else f"{word} {name}"


def _by_service(site: Site, here: str, found: list[Postmortem]) -> Iterator[str]:
    by_service: dict[str, list[Postmortem]] = {}
    for post in found:
        for word in post.items("services"):
            by_service.setdefault(str(word), []).append(post)
    for word in sorted(by_service, key=lambda word: (-len(by_service[word]), word)):
        yield heading(site.policy.title("services", word))
        yield listing(by_service[word], site, here, f"Postmortems: {word}")
