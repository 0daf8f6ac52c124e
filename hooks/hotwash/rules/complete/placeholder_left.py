"""A placeholder stands where a fact belongs.

`TODO`, `TBD`, `<service>`, `YYYY-MM-DD`: each reads like an answer to a script and like a hole to a person. While the postmortem is being written it
is a reminder; at publication somebody fills it or says `unknown`.

Bad:
    ## Resolution

    The prefix was rolled back at TBD.
Good:
    ## Resolution

    The prefix was rolled back at 14:31 UTC.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.wording import key_name

LEVEL = "error"
GAP = True
_WORDS = (
    r"\b(?:TODO|TBD|TBA|TBC|FIXME|XXX+|YYYY-MM-DD|HH:MM)\b|\?\?\?+|\blorem ipsum\b"
    r"|\[(?:insert|fill|add|describe|your|name of|link to)\b[^\]\n]{0,80}\](?!\()"
    r"|<(?:insert|fill in|your|name|service|link|url|date|time|team|owner|description|ticket|handle)\b[^>\n]{0,60}>"
)
_HINTS = ("todo", "tbd", "tba", "tbc", "fixme", "xxx", "yyyy", "hh:mm", "???", "ipsum", "[", "<")
"""What every placeholder holds a piece of: most texts hold none, and are spared the search."""


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    help = "write the fact, or `unknown` where the header allows it"
    if _may_hold("\n".join(text for _, text in post.texts)):
        for way, text in post.texts:
            if (match := _pattern().search(text)) and not str(way[0]).startswith("x-"):
                yield Hit(post.where_value(*way), f"`{key_name(way)}` holds the placeholder `{match[0]}`", help)
    for match in _pattern().finditer(post.prose) if _may_hold(post.prose) else ():
        if not (match[0].islower() and match[0].isalpha()):
            yield Hit(post.line_of(match.start(), len(match[0])), f"the placeholder `{match[0]}` is left here", help)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(_WORDS, re.IGNORECASE)


def _may_hold(text: str) -> bool:
    low = text.lower()
    return any(hint in low for hint in _HINTS)
