"""Raw HTML, or a link that is not to a page, a file or an address.

A postmortem is text from many hands, and its page is read by people who are signed in. The site shows raw HTML as text and cuts such links off, so
what was meant is lost. Markdown says nearly all of it.

Bad:
    ## Resolution

    <div onclick="restart()">The prefix was rolled back.</div>
Good:
    ## Resolution

    The prefix was rolled back; `<div>` elements came back with it. See <https://example.com/issues/812>.
"""

import re
from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.wording import short

LEVEL = "warning"
_TAG = re.compile(r"(?<!\]\()</?[a-zA-Z][a-zA-Z0-9-]{0,30}(?=[\s/>])[^<>\n]{0,300}>?")
_TARGET = re.compile(r"\]\(\s*<?([^\s()<>]{1,300})|^ {0,3}\[[^\]\n]{1,100}\]:\s*<?([^\s<>]{1,300})", re.MULTILINE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ALLOWED = frozenset({"http", "https", "mailto"})


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for match in _TAG.finditer(post.prose) if "<" in post.prose else ():
        place = post.line_of(match.start(), len(match[0]))
        yield Hit(place, f"raw HTML is shown as text: `{short(match[0])}`", "use Markdown, or put it in backticks to show it as it is")
    for match in _TARGET.finditer(post.prose) if "](" in post.prose or "]:" in post.prose else ():
        target = match[1] or match[2]
        if scheme := _foreign_scheme(target):
            group = 1 if match[1] else 2
            yield Hit(post.line_of(match.start(group), len(target)), f"a `{scheme}:` link is cut off on the page", "link to http, https, mailto or a file beside this one")


def _unescaped(target: str) -> str:
    if "&" not in target:
        return target
    from html import unescape  # its table of 2,000 names is seldom asked

    return unescape(target)


def _foreign_scheme(target: str) -> str:
    plain = re.sub(r"[\x00-\x20]", "", _unescaped(target))
    scheme = _SCHEME.match(plain)
    return scheme[1].lower() if scheme and scheme[1].lower() not in _ALLOWED else ""
