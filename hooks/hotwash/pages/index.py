"""The index: all postmortems by date and quarter, by severity, and by service; a large archive in pages of a bearable size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from hotwash.model import Page, Postmortem
from hotwash.pages import Site
from hotwash.pages.parts.finding import found as found_at
from hotwash.pages.parts.frame import heading, lead, page, unfiled
from hotwash.pages.parts.html import Html, join, tag
from hotwash.pages.parts.lists import groups, listing, ways
from hotwash.pages.parts.words import count, day_of, quarter

MOST = 1000
"""Rows that a page has at most: with ten thousand, a phone has nothing to scroll by."""
_FEWEST = 5
_BY_YEAR = "postmortems/by-year"


def pages(site: Site) -> Iterator[Page]:
    """Three orders of the same postmortems, and where one page cannot hold them all, a page for each year or quarter."""
    yield _page(site, "postmortems/index.md", "Postmortems", _by_date)
    yield _page(site, "postmortems/by-severity.md", "Postmortems by severity", _by_severity)
    yield _page(site, "postmortems/by-service.md", "Postmortems by service", _by_service)
    if len(site.archive.posts) > MOST:
        for name, posts in _parts(site.newest()):
            yield _part(site, name, posts)


def _page(site: Site, here: str, title: str, blocks: Callable[[Site, str, list[Postmortem]], Iterator[str]]) -> Page:
    found = site.newest()
    said = lead(_opening(found)) if found else unfiled(site)
    return page(site, here, title, (said, ways(site, here), *blocks(site, here, found)), searched=False, hide=("navigation",))


def _opening(found: Sequence[Postmortem]) -> str:
    """How many there are. One that was left unwritten is none, and stands among them with its reason."""
    left = sum(post.status == "skipped" for post in found)
    also = f" {count(left, 'incident')} without one {'stands' if left == 1 else 'stand'} among them, with the reason." if left else ""
    return f"{count(len(found) - left, 'postmortem')}, the newest first.{also}"


def _by_date(site: Site, here: str, found: list[Postmortem]) -> Iterator[str]:
    if len(found) <= MOST:
        yield from groups(found, _quarter, site, here)
        return
    parts = _parts(found)
    yield _years(site, here, parts)
    yield from groups(parts[0][1], _quarter, site, here)


def _years(site: Site, here: str, parts: Sequence[tuple[str, list[Postmortem]]]) -> Html:
    links = (tag("a", name, href=site.address(here, f"{_BY_YEAR}/{_file(name)}.md")) for name, _ in parts)
    return tag("nav", join(links, " "), class_="hw-ways", aria_label="Years")


def _part(site: Site, name: str, posts: list[Postmortem]) -> Page:
    here = f"{_BY_YEAR}/{_file(name)}.md"
    way = tag("nav", tag("a", "The newest postmortems", href=site.address(here, "postmortems/index.md")), class_="hw-ways", aria_label="Up")
    said = lead(f"{count(len(posts), 'postmortem')}, the newest first.")
    return page(site, here, f"Postmortems: {name}", (way, said, *groups(posts, _quarter, site, here)), searched=False, hide=("navigation",))


def _parts(found: Iterable[Postmortem]) -> list[tuple[str, list[Postmortem]]]:
    """The postmortems year by year, newest first; a year that no page can hold, quarter by quarter."""
    parts: list[tuple[str, list[Postmortem]]] = []
    for year, posts in _runs(found, lambda post: day_of(post)[:4] or "Day unknown"):
        parts += [(year, posts)] if len(posts) <= MOST else _runs(posts, _quarter)
    return parts


def _runs(posts: Iterable[Postmortem], of: Callable[[Postmortem], str]) -> list[tuple[str, list[Postmortem]]]:
    # Ids are in the order of their days; one without a day may stand anywhere.
    ordered = sorted(posts, key=lambda post: (of(post)[:1].isdigit(), of(post)), reverse=True)
    return [(name, list(same)) for name, same in groupby(ordered, of)]


def _file(name: str) -> str:
    return name.lower().replace(" ", "-")


def _quarter(post: Postmortem) -> str:
    return quarter(day_of(post))


def _by_severity(site: Site, here: str, found: list[Postmortem]) -> Iterator[str]:
    by_word: dict[str, list[Postmortem]] = {word: [] for word in (*site.policy.words("severities"), "")}
    for post in found:
        by_word[site.policy.severity(post)].append(post)
    yield from _grouped(site, here, {word: posts for word, posts in by_word.items() if posts}, "severity", lambda word: _severity_name(site, word))


def _severity_name(site: Site, word: str) -> str:
    name = site.policy.title("severities", word)
    return "Severity unknown" if not word else word if name == word else f"{word} {name}"


def _by_service(site: Site, here: str, found: list[Postmortem]) -> Iterator[str]:
    by_service: dict[str, list[Postmortem]] = {}
    for post in found:
        for word in post.items("services"):
            by_service.setdefault(str(word), []).append(post)
    order = sorted(by_service, key=lambda word: (-len(by_service[word]), word))
    yield from _grouped(site, here, {word: by_service[word] for word in order}, "service", lambda word: site.policy.title("services", word))


def _grouped(site: Site, here: str, found: Mapping[str, list[Postmortem]], key: str, name: Callable[[str], str]) -> Iterator[str]:
    """A table for each word. Where all of them are too much for a page, each shows its newest, and leads to the rest."""
    whole = sum(map(len, found.values()))
    most = whole if whole <= MOST else max(_FEWEST, MOST // len(found))
    for word, posts in found.items():
        yield heading(name(word))
        yield listing(posts[:most], site, here, f"Postmortems: {name(word)}")
        if len(posts) > most:
            yield tag("p", tag("a", f"All {len(posts):,}", href=found_at(site, here, **{key: word or "none"})), class_="hw-quiet")
