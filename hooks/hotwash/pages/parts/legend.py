"""What the marks of a lane mean, drawn by what draws them."""

from __future__ import annotations

from collections.abc import Sequence

from hotwash.pages import Site
from hotwash.pages.parts.html import Html, join, tag
from hotwash.pages.parts.lane import SHAPES, sign
from hotwash.pages.parts.words import days

_STRETCHES = (("waiting", "promised"), ("late", "promised, past its day"), ("held", "in place"))
_MARKS = (
    ("broke", "did not hold: came back though it was done"), ("absent", "not in place: came back before it was done"),
    ("removed", "guard removed"), ("dropped", "dropped"), ("accepted", "no fix, accepted"), ("unknown", "unknown"),
)  # fmt: skip


def legend(site: Site) -> Html:
    """Severities by their shapes; for those who may see them, what became of the fixes."""
    dots = [_key(tag("path", d=SHAPES[place], class_=f"hw-swim__dot hw-fill-sev{place}", transform="translate(18 11)"), words) for place, words in _severities(site)]
    if site.public:
        return _keys("Incidents", dots)
    ring = join((tag("circle", cx="18", cy="11", r="9.5", class_="hw-swim__ring"), tag("circle", cx="18", cy="11", r="4", class_="hw-swim__dot hw-fill-sev0")))
    again = _key(ring, f"came back within {days(site.policy.data['repeat_window'])}")
    bars = [_key(tag("path", d="M2 7H34V15H2Z" if look == "held" else "M2 11H34", class_=f"hw-swim__{look}"), words) for look, words in _STRETCHES]
    return join((_keys("Incidents", [*dots, again]), _keys("Fixes", [*bars, *(_key(sign(look, 18, 11), words) for look, words in _MARKS)])))


def _keys(name: str, keys: Sequence[Html]) -> Html:
    return tag("ul", tag("li", name, class_="hw-keys__of", aria_hidden="true"), *keys, class_="hw-keys", aria_label=f"Legend: {name}", data_search_exclude="true")


def _key(drawing: Html, words: str) -> Html:
    return tag("li", tag("svg", drawing, viewBox="0 0 36 22", class_="hw-keys__key", aria_hidden="true"), tag("span", words))


def _severities(site: Site) -> list[tuple[int, str]]:
    """Each shape with its severities: there are four shapes, and the last serves all that follow."""
    words = list(site.policy.words("severities"))
    named = [word if word == (name := site.policy.title("severities", word)) else f"{word} {name}" for word in words[:4]]
    shown = list(enumerate(named, 1))
    return [*shown[:3], (4, ", ".join(words[3:]))] if words[4:] else shown
