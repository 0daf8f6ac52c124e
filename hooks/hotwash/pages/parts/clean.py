"""The last look at a postmortem's HTML: an allow-list of what may reach the site, for what a generator reads differently than we do."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_OURS = frozenset({
    "article", "section", "nav", "details", "summary", "div", "span", "time", "figure", "figcaption", "mark", "input", "label",
    "svg", "title", "rect", "circle", "path", "text",
})
_EVERYWHERE = frozenset({"class", "id", "title", "role", "aria-label", "aria-hidden", "aria-current", "tabindex", "data-search-exclude"})
_ATTRIBUTES = {
    "a": {"href", "name"},
    "img": {"src", "alt"},
    "time": {"datetime"},
    "details": {"open"},
    "th": {"scope", "align", "colspan", "rowspan"},
    "td": {"align", "colspan", "rowspan"},
    "ol": {"start"},
    "input": {"type", "disabled", "checked"},
    "label": {"for"},
    "svg": {"viewBox", "preserveAspectRatio"},
    "rect": {"x", "y", "width", "height"},
    "circle": {"cx", "cy", "r"},
    "path": {"d"},
    "text": {"x", "y"},
}


_LOCAL_PICTURE = re.compile(r"[\w.%~/ -]+\.(?:png|jpe?g|gif|svg|webp)", re.IGNORECASE)


def _local(element: str, attribute: str, value: str) -> str | None:
    """The attribute's value; None for a picture that does not come with the site."""
    if element == "img" and attribute == "src":
        return value if _LOCAL_PICTURE.fullmatch(value) and not value.startswith("/") else None
    return value


@cache
def _cleaner() -> Any:
    """Made once, and only where a site is built: nothing else needs the library."""
    import nh3

    return nh3.Cleaner(
        tags=(nh3.ALLOWED_TAGS | _OURS) - {"map", "area"}, attributes={"*": set(_EVERYWHERE), **_ATTRIBUTES}, url_schemes={"http", "https", "mailto"}, link_rel="noopener",
        attribute_filter=_local,
    )


def cleaned(html: str) -> str:
    """The same page without scripts, handlers, styles, frames, pictures from elsewhere and addresses that run something."""
    return str(_cleaner().clean(html))
