r"""A character that nobody sees changes how the text reads.

Marks that turn the writing direction can make a line read otherwise than it is stored (CVE-2021-42574); other invisible ones break searching. Line
separators that Git does not count as line ends make every later line number wrong.

Bad:
    title: "Checkout returned 503 for 36\u202e minutes"
Good:
    title: Checkout returned 503 for 36 minutes
"""

import re
from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.wording import key_name

LEVEL = "warning"
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u2028\u2029\x85\x0b\x0c\x00\u200b\ufeff]")


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for way, text in post.texts:
        if not text.isprintable() and (match := _HIDDEN.search(text)):
            yield Hit(post.where_value(*way), f"`{key_name(way)}` holds the invisible character U+{ord(match[0]):04X}", "type the value again")
    for match in _HIDDEN.finditer(post.body):
        yield Hit(post.line_of(match.start(), 1), f"the invisible character U+{ord(match[0]):04X} stands here", "delete it")
