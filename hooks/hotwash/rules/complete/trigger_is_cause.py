"""The trigger and the root cause are the same text.

The trigger is the event that started it: a release, a spike, an expiry. The root cause is the flaw that allowed it, and that would have allowed
another trigger, too. Where both say the same, the question after the flaw has not been asked yet. What was written is compared, not the kinds.

Bad:
    trigger: {kind: configuration-push, what: The cache key prefix was changed in release 2026.11.3}
    cause: {class: cache-key-collision, what: "the cache key prefix was changed, in release 2026.11.3."}
Good:
    trigger: {kind: configuration-push, what: The cache key prefix was changed in release 2026.11.3}
    cause: {class: cache-key-collision, what: Two services share one key space and no test covers both}
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy

LEVEL = "error"
_SAME = 0.9
"""Share of words in common from which two texts count as one."""
_SMALL = frozenset({"a", "an", "and", "as", "at", "by", "in", "is", "it", "of", "on", "the", "to", "was", "were", "with"})


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    trigger, cause = _words(post.text("trigger", "what")), _words(post.text("cause", "what"))
    if trigger and cause and len(trigger & cause) >= _SAME * len(trigger | cause):
        help = "keep the event under `trigger`; under `cause`, say which flaw would have let another event do the same"
        yield Hit(post.where_value("cause", "what"), "the root cause repeats the trigger's text", help)


def _words(text: str) -> frozenset[str]:
    words = "".join(char if char.isalnum() else " " for char in text.casefold()).split()
    return frozenset(words) - _SMALL
