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

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.wording import key_name

LEVEL = "error"
GAP = True
_WORDS = re.compile(
    r"\b(?:TODO|TBD|TBA|TBC|FIXME|XXX+|YYYY-MM-DD|HH:MM)\b|\?\?\?+|\blorem ipsum\b"
    r"|\[(?:insert|fill|add|describe|your|name of|link to)\b[^\]\n]{0,80}\](?!\()"
    r"|<(?:insert|fill in|your|name|service|link|url|date|time|team|owner|description|ticket|handle)\b[^>\n]{0,60}>",
    re.IGNORECASE,
)
_ANY = re.compile(r"[tfx?yhl\[<]", re.IGNORECASE)


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    help = "write the fact, or `unknown` where the header allows it"
    for way, span in post.values.items():
        value = post.get(*way)
        if isinstance(value, str) and (match := _WORDS.search(value)) and not str(way[0]).startswith("x-"):
            yield Hit(span, f"`{key_name(way)}` holds the placeholder `{match[0]}`", help)
    for match in _WORDS.finditer(post.prose):
        if not (match[0].islower() and match[0].isalpha()):
            yield Hit(post.line_of(match.start(), len(match[0])), f"the placeholder `{match[0]}` is left here", help)
