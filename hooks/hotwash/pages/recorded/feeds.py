"""What is new, for feed readers: postmortems that were published, and classes that came back. Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5

from hotwash.clock import day, moment
from hotwash.model import Page
from hotwash.pages import Site
from hotwash.pages.parts.html import Html, join, plain, tag
from hotwash.pages.parts.record import Record, as_json
from hotwash.pages.parts.words import days

ATOM, JSON = "feed.atom", "feed.json"
_TYPES = {ATOM: "application/atom+xml", JSON: "application/feed+json"}
_MOST = 50


class Entry(NamedTuple):
    """One piece of news. `when` is a moment of RFC 3339 in UTC."""

    id: str
    when: str
    title: str
    address: str
    text: str
    tags: tuple[str, ...]


def pages(site: Site, found: Sequence[Record]) -> Iterator[Page]:
    """Both feeds; none for a site that does not know its address, since what a feed links to has to be whole addresses."""
    if site.url:
        news = entries(site, found)
        yield Page(ATOM, _atom(site, news))
        yield Page(JSON, _json(site, news))


def discovery(base: str, title: str) -> str:
    """What the head of a page says of the feeds, so that a reader finds them by the address of any page."""
    links = join(tag("link", rel="alternate", type=kind, title=title, href=f"{base}/{name}") for name, kind in _TYPES.items())
    return links.replace("</link>", "")  # which Atom needs and a head does not have


def entries(site: Site, found: Sequence[Record]) -> list[Entry]:
    """The news up to the day of the site, the newest first."""
    by_id = {record.id: record for record in found}
    news = [_published(record, site) for record in found if record.status in ("published", "retired")]
    news += [_came_back(record, by_id, site) for record in found if record.repeat]
    known = [entry for entry in news if entry.when and entry.when[:10] <= site.as_of.isoformat()]
    return sorted(known, key=lambda entry: (entry.when, entry.id), reverse=True)[:_MOST]


def _published(record: Record, site: Site) -> Entry:
    named = [f"Severity {record.severity}" if record.severity else "", ", ".join(site.policy.title("services", word) for word in record.services)]
    named += [site.policy.title("classes", slug) for slug in record.classes[:1]]
    text = " · ".join(plain(word) for word in named if word)
    return _entry("postmortem", record, record.filing.published, record.title, f"{record.summary} ({text})" if text else record.summary, site)


def _came_back(record: Record, by_id: Mapping[str, Record], site: Site) -> Entry:
    """A repeat, which is news from the moment that the stub is filed."""
    again = record.repeat
    assert again  # noqa: S101
    before = by_id.get(again.of)
    title = plain(site.policy.title("classes", again.class_))
    fix = f" The fix of that time: {before.verdict}." if before and before.verdict and before.verdict.word else ""
    text = f"{record.title}. The one before, {days(again.days)} earlier: {before.title if before else again.of}.{fix}"
    return _entry("recurrence", record, record.filing.filed, f"Came back after {days(again.days)}: {title}", text, site)


def _entry(kind: str, record: Record, when: str, title: str, text: str, site: Site) -> Entry:
    """Where Git does not know when, the day of the incident stands in."""
    known = moment(when)
    at = f"{known:%Y-%m-%dT%H:%M:%SZ}" if known else f"{record.day}T00:00:00Z" if day(record.day) else ""
    tags = (kind, *record.services, *record.classes)
    return Entry(uuid5(NAMESPACE_URL, f"hotwash:{kind}:{record.id}").urn, at, title, urljoin(site.url, record.address), text, tags)


def title_of(site: Site) -> str:
    """What a feed is called."""
    return f"Postmortems of {plain(site.name)}" if site.name else "Postmortems"


def _updated(site: Site, news: Sequence[Entry]) -> str:
    return news[0].when if news else f"{site.as_of}T00:00:00Z"


def _atom(site: Site, news: Sequence[Entry]) -> str:
    parts = [
        tag("title", title_of(site)), tag("id", uuid5(NAMESPACE_URL, site.url).urn), tag("updated", _updated(site, news)), tag("author", tag("name", plain(site.name) or "Postmortems")),
        tag("link", rel="alternate", type="text/html", href=site.url), tag("link", rel="self", type=_TYPES[ATOM], href=urljoin(site.url, ATOM)), tag("generator", "hotwash"),
        *(_atom_entry(entry) for entry in news),
    ]  # fmt: skip
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tag("feed", join(parts, chr(10)), xmlns="http://www.w3.org/2005/Atom")}\n'


def _atom_entry(entry: Entry) -> Html:
    times = (tag(name, entry.when) for name in ("published", "updated"))
    said = (tag("title", entry.title), tag("id", entry.id), *times, tag("link", rel="alternate", type="text/html", href=entry.address), tag("summary", entry.text))
    return tag("entry", *said, *(tag("category", term=word) for word in entry.tags))


def _json(site: Site, news: Sequence[Entry]) -> str:
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1", "title": title_of(site), "home_page_url": site.url, "feed_url": urljoin(site.url, JSON),
        "items": [
            {"id": entry.id, "url": entry.address, "title": entry.title, "content_text": entry.text, "date_published": entry.when, "tags": list(entry.tags)} for entry in news
        ],
    }  # fmt: skip
    return as_json(feed)
