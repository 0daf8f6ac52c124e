"""Words that the tests of the site share: a site of a few postmortems, its pages, and what may never stand on one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from typing import Any

from helpers import archive, policy

from hotwash.model import Page, Postmortem
from hotwash.pages import Site, everything, prepare
from hotwash.pages.parts.links import is_safe
from hotwash.past import History

AS_OF = date(2026, 11, 20)
REPOSITORY = "https://example.com/shop/postmortems"
NASTY = (
    "<script>window.hit = 1</script>",
    '"><img src=x onerror="window.hit = 1">',
    "'><svg onload=window.hit=1>",
    "</title></textarea></div></section><script>window.hit = 1</script>",
    "a | b || c\n\n# not a heading\n\n- not a list",
    "**not bold** `not code` [x](javascript:window.hit=1) {: onclick=window.hit=1}",
    "javascript:window.hit=1",
    "java&#115;cript&colon;window.hit=1",
    "\u202eesrever \u0002klzzwxh:0000\u0003",
)
OWN_SCRIPT = re.compile(r"(\.\./)*assets/hotwash/[a-z-]+\.js")


def site_of(*posts: Postmortem, as_of: date = AS_OF, history: History | None = None, **more: Any) -> Site:
    """A site of these postmortems."""
    return prepare(archive(*posts), more.pop("policy", policy()), history or History(), as_of, **more)


def pages_of(site: Site) -> Mapping[str, Page]:
    """Every page by its path."""
    return {page.path: page for page in everything(site)}


class Markup(HTMLParser):
    """Collects elements with their attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def links(self) -> Iterator[str]:
        """Where its links lead."""
        return (attributes["href"] for tag, attributes in self.elements if tag == "a" and "href" in attributes)


def dangers(html: str) -> list[str]:
    """What in a piece of markup could run something, load something from elsewhere, or need an inline style."""
    found = []
    for tag, attributes in Markup(html).elements:
        if tag == "script" and OWN_SCRIPT.fullmatch(attributes.get("src", "")):
            continue
        if tag in ("script", "style", "iframe", "object", "embed", "base", "form", "meta", "link", "foreignobject", "use", "animate", "set"):
            found.append(tag)
        found += [f"{tag} {name}" for name in attributes if name.startswith("on") or name in ("style", "srcdoc", "formaction")]
        found += [f"{tag} {name}={attributes[name]}" for name in ("href", "src", "xlink:href") if not is_safe(attributes.get(name, ""))]
    return found
