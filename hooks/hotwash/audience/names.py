"""People and addresses in a text that the public will read: a handle becomes a neutral word, an address of a host that is not allowed goes.

A handle is replaced rather than refused: the time line of a published postmortem is frozen, and a site that cannot be built until somebody rewrites it
would not be built at all. In code, where `@Override` is no person, only handles that the policy or a header knows are people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import unquote, urlsplit

from hotwash import prose
from hotwash.disclosure import NEVER
from hotwash.model import Postmortem

LEFT_OUT = "an internal address"
_ADDRESS = r"(?P<address><?(?:(?:[A-Za-z][A-Za-z0-9+.-]{0,30})?://|mailto:|\bwww\.|(?<![:/\w])//[\w-]+(?:\.[\w-]+)+/)[^\s<>\"'`|]*>?)"
_MAIL = r"(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)"
_HANDLE = r"(?P<handle>(?<![\w@\uff20])\\?(?:[@\uff20]|&#0*64;|&#[xX]0*40;|&commat;)[^\W\d_][\w-]*(?:[./][\w-]+)*)"
_HINT = r"[@\uff20&]|//|mailto:|www\."
"""What no address and no handle does without: most texts have none of it, and need not be looked through for all of them."""
_TRAILING = ".,;:!?)*_>"


class Names:
    """What the policy says of a public text: whose names are known, which hosts may be linked, and what stands in place of a person."""

    def __init__(self, data: Mapping[str, Any], posts: Iterable[Postmortem]) -> None:
        public = data.get("public", {})
        self._hosts = [str(host).casefold() for host in public.get("hosts", ())]
        self._colleague = str(public.get("colleague") or "a colleague")
        declared, written = _in_policy(data), {name for post in posts for name in _in_header(post.header)}
        self._known = {name.casefold() for name in declared | written if name.startswith("@")}
        spelt = sorted({name for name in declared | {name for name in written if " " in name} if name and not name.startswith("@")}, key=len, reverse=True)
        plain = [rf"(?P<name>(?<!\w)(?:{'|'.join(map(re.escape, spelt))})(?!\w))"] if spelt else []
        self._pattern = re.compile("|".join((_ADDRESS, _MAIL, *plain, _HANDLE)))
        self._hint = re.compile("|".join((_HINT, *map(re.escape, spelt))))

    def public(self, text: str) -> str:
        """The text without people and without addresses that are not allowed."""
        if not self._hint.search(text):
            return text
        masked = prose.mask_code(text) if "`" in text or "\n" in text or "~~~" in text else text
        return self._pattern.sub(lambda found: self._instead(found, in_code=masked[found.start()] != found[0][0]), text)

    def allows(self, address: str) -> bool:
        """Whether a link may lead there: to a host that the policy names, with no other address and no person inside."""
        try:
            parts = urlsplit(address if "://" in address else f"//{address}")
            host = (parts.hostname or "").casefold()
        except ValueError:
            return False
        seen_through = unquote(address)
        plain = parts.scheme in ("", "http", "https") and "@" not in seen_through and seen_through.count("://") <= 1
        return plain and any(fnmatchcase(host, pattern) for pattern in self._hosts)

    def _instead(self, found: re.Match[str], *, in_code: bool) -> str:
        said = found[0]
        if found.lastgroup == "address":
            bare = said.removeprefix("<").rstrip(_TRAILING)
            rest = said.removeprefix("<")[len(bare) :].removesuffix(">" if said.startswith("<") else "")
            return said if self.allows(bare) else self._colleague + rest if bare.startswith("mailto:") else LEFT_OUT + rest
        if found.lastgroup == "handle":
            return said if in_code and said.casefold() not in self._known else self._colleague
        return self._colleague


def _in_policy(data: Mapping[str, Any]) -> set[str]:
    """Every name of a person or a team that the policy holds."""
    named = {str(name) for name in data.get("people") or ()}
    for key in ("teams", "identities", "delegates"):
        for name, members in (data.get(key) or {}).items():
            named |= {str(member) for member in members or ()} | ({str(name)} if str(name).startswith("@") or key == "identities" else set())
    return named


def _in_header(value: Any, personal: bool = False) -> Iterator[str]:
    """Every text that a header writes where people are named."""
    if isinstance(value, str) and personal:
        yield value.strip()
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _in_header(inner, personal or key in NEVER - {"effectiveness"})
    elif isinstance(value, list):
        for inner in value:
            yield from _in_header(inner, personal)
