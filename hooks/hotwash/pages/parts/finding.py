"""The way to the filter page: every number of the site leads to the postmortems behind it."""

from __future__ import annotations

from urllib.parse import urlencode

from hotwash.pages import Site

FIND = "find.md"
WORDS = "words"
"""The key of free text. It is not `q`, at which Material opens its own search over the page."""
KEYS = (
    WORDS, "severity", "kind", "status", "service", "team", "class", "category", "level", "label", "trigger", "source", "year", "quarter", "month", "fix", "artefact",
    "filed", "repeat", "sort",
)  # fmt: skip
"""What an address may ask for. `none` asks for those that do not say."""
NONE = "none"
_INTERNAL = frozenset({"team", "fix", "artefact", "filed", "repeat"})
"""What a public site does not tell."""


def found(site: Site, here: str, **wanted: str | list[str] | tuple[str, ...]) -> str:
    """The address of the filter page with a query, from another page.

    Args:
        site: what it is made from.
        here: the Markdown path of the page that the link stands on.
        wanted: a key of `KEYS` and what it has to be, several for any of them; a key that is a word of Python takes a trailing underscore: `class_`. `q` stands for `words`, and
            an empty value for those that do not say.

    Raises:
        ValueError: the filter page knows no such key.
    """
    pairs = {WORDS if key == "q" else key.rstrip("_"): [value] if isinstance(value, str) else list(value) for key, value in wanted.items()}
    if unknown := [key for key in pairs if key not in KEYS]:
        raise ValueError(f"{unknown[0]}: the filter page knows {', '.join(KEYS)}")
    told = asked(site)
    query = urlencode([(key, value or NONE) for key, values in pairs.items() for value in values if key in told], errors="replace")
    return site.address(here, FIND) + (f"?{query}" if query else "")


def asked(site: Site) -> tuple[str, ...]:
    """The keys that this site's filter page knows."""
    return tuple(key for key in KEYS if not (site.public and key in _INTERNAL))
