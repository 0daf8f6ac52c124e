"""Words of a sentence and the small words of English that hold it together."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_TOKEN = re.compile(r"@?[^\W\d_](?:[\w’'.-]*[\w])?(?:['’]s?)?|\d[\w.,:%/-]*|\x1a+|[^\w\s]")
DETERMINERS = frozenset(["a", "an", "the", "this", "that", "these", "those", "our", "your", "its", "their", "each", "every", "some", "any", "no", "another", "one", "two", "three", "both", "all", "most", "several", "many", "few"])
PREPOSITIONS = frozenset(
    ["about", "across", "after", "against", "along", "among", "around", "as", "at", "before", "behind", "below", "beside", "between", "beyond", "by", "despite", "down", "during", "except", "for", "from", "in", "inside", "into", "like", "near", "of", "off", "on", "onto", "out", "outside", "over", "per", "since", "through", "throughout", "to", "toward", "towards", "under", "until", "up", "upon", "via", "with", "within", "without"]
)
CLAUSE = frozenset(["because", "although", "though", "while", "whereas", "if", "unless", "when", "whenever", "where", "until", "once", "since", "after", "before", "so", "but", "yet", "that", "as", "than", "and", "or"])
JOINS = frozenset(["and", "but", "or", "then", "yet", "also"])
RELATIVE = frozenset(["who", "whom", "which", "that"])
AUX = frozenset(["is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "do", "does", "did", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "ought", "need", "needed"])
ADVERBS = frozenset(
    ["also", "just", "then", "never", "ever", "still", "already", "again", "only", "simply", "even", "once", "later", "first", "soon", "now", "always", "often", "not", "n't", "eventually", "finally", "instead", "probably", "apparently", "clearly", "obviously", "too", "almost", "nearly", "really", "actually", "together", "both", "all"]
)


MANAGED = frozenset(
    ["audio", "boot", "cache", "cert", "certificate", "cluster", "config", "configuration", "connection", "container", "controller", "credential", "csi", "database", "device", "disk", "display", "docker", "event", "gpu", "graphics", "http", "jdbc", "kernel", "kubernetes", "odbc", "printer", "query", "request", "sound", "usb", "video", "webhook", "message", "eviction", "extension", "file", "filter", "heap", "job", "key", "lock", "log", "memory", "network", "node", "package", "partition", "password", "plugin", "pod", "process", "queue", "resource", "secret", "secrets", "session", "socket", "storage", "tag", "task", "thread", "topology", "transaction", "update", "version", "volume", "window", "worker"]
)
"""What makes a manager a program: "the eviction manager"."""
SHARES = frozenset(["one", "two", "three", "four", "five", "six", "some", "none", "each", "most", "many", "several", "all", "both", "either", "neither", "any", "half", "few", "number", "group", "pair", "couple", "which"])
"""In "one of the engineers" the noun that counts comes after."""
TITLES = frozenset(["Mr", "Mrs", "Ms", "Dr", "Prof", "Sir", "Madam", "Sgt", "Capt", "Lt", "Cpl", "Rev", "Cllr"])


class Token(NamedTuple):
    """A word or mark of a sentence: as written, folded, and where."""

    text: str
    low: str
    start: int
    end: int


class Who(NamedTuple):
    """A person or several, as the text names them. `sure` is False for a role that is as often a program."""

    kind: str
    """role, group, we, pronoun or name."""
    start: int
    end: int
    sure: bool = True


class Known(NamedTuple):
    """The team's own words, folded: they win over every list."""

    people: frozenset[str] = frozenset()
    systems: frozenset[str] = frozenset()


def tokens(text: str) -> list[Token]:
    """The tokens of a text."""
    return [Token(found[0], found[0].lower().replace("’", "'"), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def folded(words: Iterable[object]) -> frozenset[str]:
    """The policy's words as they are compared."""
    return frozenset(str(word).lower() for word in words)


def low_at(words: Sequence[Token], at: int) -> str:
    """The folded word at a place; empty outside the sentence."""
    return words[at].low if 0 <= at < len(words) else ""
