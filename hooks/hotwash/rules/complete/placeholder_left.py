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
    r"|\[(?:insert|fill|add|describe|your|name of|link to)\b[^\]\n]{0,80}\](?![(\[])"
    r"|<(?:insert|fill in|your|name|service|link|url|date|time|team|owner|description|ticket|handle)\b[^>\n]{0,60}>"
)
_HINTS = ("todo", "tbd", "tba", "tbc", "fixme", "xxx", "yyyy", "hh:mm", "???", "ipsum", "[", "<")
"""What every placeholder holds a piece of: most texts hold none, and are spared the search."""
_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“”", "‘": "’", "‚": "‘", "«": "»", "»": "«"}
_THINGS = ("column", "list", "board", "lane", "queue", "comment")
"""A `TODO column` is a thing that has the word for a name."""
_FOLDED = r"\?\?\?\+?[ \t]+(?:[\w-]+[ \t]*$|[\w \t-]*\"[^\"\n]*\"[ \t]*$)"
"""A note that can be folded: `??? note "Long log"`."""
_LONG = 200
"""Characters of a note's first line."""


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    help = "write the fact, or `unknown` where the header allows it"
    if _may_hold("\n".join(text for _, text in post.texts)):
        for way, text in post.texts:
            if (found := next(_placeholders(text), None)) and not str(way[0]).startswith("x-"):
                yield Hit(post.where_value(*way), f"`{key_name(way)}` holds the placeholder `{found[0]}`", help)
    for match in _placeholders(post.prose) if _may_hold(post.prose) else ():
        if not (match[0].islower() and match[0].isalpha()):
            yield Hit(post.line_of(match.start(), len(match[0])), f"the placeholder `{match[0]}` is left here", help)


def _placeholders(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _pattern().finditer(text) if not _is_word_for_itself(text, match))


def _is_word_for_itself(text: str, match: re.Match[str]) -> bool:
    """Whether it is quoted, is part of a name (`Todo-Liste`, `TODO column`), or opens a note that can be folded."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 10]
    if before in _QUOTES and after[:1] and after[0] in _QUOTES[before]:
        return True
    if match[0].isalpha():
        return (after[:1] == "-" and after[1:2].isalpha()) or after[1:].lower().startswith(_THINGS)
    line = text.rfind("\n", 0, match.start()) + 1
    if match[0][0] != "?" or text[line : match.start()].strip():
        return False
    return bool(re.match(_FOLDED, text[match.start() : match.start() + _LONG].partition("\n")[0]))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(_WORDS, re.IGNORECASE)


def _may_hold(text: str) -> bool:
    low = text.lower()
    return any(hint in low for hint in _HINTS)
