"""What the marks of a lane mean, drawn by what draws them."""

from __future__ import annotations

from hotwash.pages import Site
from hotwash.pages.parts.html import Html, join, tag
from hotwash.pages.parts.lane import SHAPES, sign
from hotwash.pages.parts.words import days

_STRETCHES = (("waiting", "fix promised, not in place"), ("late", "past its day"), ("held", "fix in place"))
_MARKS = (
    ("broke", "did not hold: the class came back though the fix was done"), ("absent", "not in place: it came back before the fix was done"),
    ("removed", "guard removed"), ("dropped", "dropped: will not be done"), ("accepted", "accepted: no fix"), ("unknown", "unknown"),
)  # fmt: skip


def legend(site: Site) -> Html:
    """Severities by their shapes; for those who may see them, what became of the fixes."""
    keys = [_key(tag("path", d=SHAPES[place], class_=f"hw-swim__dot hw-fill-sev{place}", transform="translate(18 11)"), words) for place, words in _severities(site)]
    if not site.public:
        ring = join((tag("circle", cx="18", cy="11", r="9.5", class_="hw-swim__ring"), tag("circle", cx="18", cy="11", r="4", class_="hw-swim__dot hw-fill-sev0")))
        keys.append(_key(ring, f"came back within {days(site.policy.data['repeat_window'])}"))
        keys += [_key(tag("path", d="M2 7H34V15H2Z" if look == "held" else "M2 11H34", class_=f"hw-swim__{look}"), words) for look, words in _STRETCHES]
        keys += [_key(sign(look, 18, 11), words) for look, words in _MARKS]
    return tag("ul", *keys, class_="hw-keys", aria_label="Legend")


def _key(drawing: Html, words: str) -> Html:
    return tag("li", tag("svg", drawing, viewBox="0 0 36 22", class_="hw-keys__key", aria_hidden="true"), tag("span", words))


def _severities(site: Site) -> list[tuple[int, str]]:
    """Each shape with its severities: there are four shapes, and the last serves all that follow."""
    words = list(site.policy.words("severities"))
    shown = [(place + 1, word if word == (name := site.policy.title("severities", word)) else f"{word} {name}") for place, word in enumerate(words[:3])]
    return [*shown, (4, ", ".join(words[3:]))] if words[3:] else shown
