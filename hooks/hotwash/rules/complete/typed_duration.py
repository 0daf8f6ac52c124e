"""A duration typed by hand contradicts the timestamps.

Durations are computed from the timestamps and shown on the page; a typed one is a second copy of a fact, and second copies drift. Only what plainly
names a clock is compared: "Duration: 45 minutes", "time to detect: 7 min", a title's "for 36 minutes". Rounding is allowed for.

Bad:
    title: Checkout returned 503 for 3 hours
Good:
    title: Checkout returned 503 for 36 minutes
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from hotwash.clock import moment, spoken
from hotwash.metrics import Clocks, clocks
from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy

LEVEL = "error"
_AMOUNT = r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)\b(?:,?\s*(?:and\s+)?(\d{1,2})\s*(minutes?|mins?|m)\b)?"
_ABOUT = r"(?:about|around|roughly|some|approximately|approx\.?|nearly|almost|~|≈)?\s*"
_NAMES = {
    "detect": r"time to detect(?:ion)?|ttd|mttd",
    "acknowledge": r"time to acknowledge|tta|mtta",
    "mitigate": r"time to mitigate|time to mitigation|ttm|mttm",
    "resolve": r"time to (?:resolve|resolution|recover|recovery|restore)|ttr|mttr",
    "whole": r"(?:total |incident |outage )?duration|(?:total )?downtime|(?:the )?(?:incident|outage) lasted",
}
_HINTS = ("time to ", "ttd", "tta", "ttm", "ttr", "duration", "downtime", "lasted")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    computed = clocks(post)
    spans = _whole(post, computed)
    if (match := _in_title(post.text("title"))) and spans and not _fits(match.groups(), spans):
        yield Hit(post.where_value("title"), f"the title says \"{match[0]}\"; by the timestamps it was {spoken(spans[0])}", "correct the one that is wrong")
    for match in _named(post.prose):
        which = next(name for name in _NAMES if match[name])
        known = spans if which == "whole" else [value for value in (getattr(computed, which),) if value is not None]
        if known and not _fits(match.groups()[len(_NAMES) :], known):
            message = f"\"{' '.join(match[0].split())}\" contradicts the timestamps, by which it was {spoken(known[0])}"
            yield Hit(post.line_of(match.start(), len(match[0])), message, "delete it: the page computes it from the header")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Compiled when it is first needed: few postmortems name a clock, and compiling costs more than reading one."""
    which = "|".join(f"(?P<{name}>{words})" for name, words in _NAMES.items())
    return re.compile(rf"\b(?:{which})\b[*_`]*(?:\s+was|\s+of|\s*[:=|])?[*_`]*\s*{_ABOUT}{_AMOUNT}", re.IGNORECASE)


def _named(text: str) -> Iterator[re.Match[str]]:
    low = text.lower()
    return _pattern().finditer(text) if any(hint in low for hint in _HINTS) else iter(())


def _in_title(title: str) -> re.Match[str] | None:
    return re.search(rf"\bfor {_ABOUT}{_AMOUNT}", title, re.IGNORECASE) if " for " in title else None


def _whole(post: Postmortem, computed: Clocks) -> list[int]:
    """What a reader may mean by the length of the incident, in seconds: from its start or its detection, to the end of the impact or of the incident.

    Empty while one of the two ends is unknown, since it may be the one that is meant.
    """
    begin, ends = moment(post.text("timestamps", "detected")), [moment(post.text("timestamps", name)) for name in ("mitigated", "resolved")]
    if computed.mitigate is None or computed.resolve is None:
        return []
    return [computed.mitigate, computed.resolve, *(int((end - begin).total_seconds()) for end in ends if begin and end)]


def _fits(amount: tuple[str | None, ...], known: list[int]) -> bool:
    """Whether a typed duration agrees with a computed one: to one of its own units, or to a tenth."""
    number, unit, minutes, _ = amount
    one = _SECONDS[str(unit)[0].lower()]
    typed = float(str(number).replace(",", ".")) * one + int(minutes or 0) * 60
    slack = 60 if minutes else one * (0.1 if "." in str(number) or "," in str(number) else 1)
    return any(abs(typed - value) <= max(slack, value * 0.1) for value in known)
