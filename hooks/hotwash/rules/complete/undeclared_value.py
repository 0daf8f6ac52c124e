"""A word of the header is not one that the policy declares.

Severities, kinds, criteria, services, triggers, factors, artefacts, actions and roles each have a short list of words, so that incidents can be
counted and compared. The list is the team's own: a word that is truly missing is added to `postmortems/policy.yml`.

Bad:
    kind: bad-relase
Good:
    kind: bad-release
"""

from collections.abc import Iterator

from hotwash.model import UNKNOWN, Hit, Postmortem
from hotwash.policy import VOCABULARIES, Policy, written
from hotwash.wording import key_name, listed, shown, suggestion

LEVEL = "error"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for pattern, vocabulary in VOCABULARIES.items():
        words = policy.words(vocabulary)
        for way, value in written(post, pattern):
            if words and isinstance(value, str) and not (_declared(value, vocabulary, policy) or (value == UNKNOWN and pattern[-1] != "@")):
                place = post.where(*way) if pattern[-1] == "@" else post.where_value(*way)
                name = key_name(way[:-1] if pattern[-1] in "*@" else way)
                message = f"`{name}` says {shown(value)}, which the policy does not declare{suggestion(value, words)}"
                yield Hit(place, message, f"write {listed(words)}, or add it to `{vocabulary}` in postmortems/policy.yml")


def _declared(value: str, vocabulary: str, policy: Policy) -> bool:
    if value in policy.words(vocabulary) or not value.strip():
        return True
    if vocabulary == "severities":
        return bool(policy.canonical_severity(value))
    return vocabulary == "roles" and value.startswith("x-")
