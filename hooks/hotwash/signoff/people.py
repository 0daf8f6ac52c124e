"""Who is who: one person under the handle of a header, the account of a forge and the address of a commit; teams and delegates.

The policy says it: `identities` gives a handle its other names, `teams` a team its members, `delegates` a handle or a role those who may sign instead.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from hotwash.model import UNKNOWN, Postmortem
from hotwash.policy import Policy

_ADDRESS = r"<([^<>]*)>\s*\Z"
_PRIVATE = r"(?:\d+[+-])?([^@]+)@users\.noreply\.[\w.-]+\Z"
"""The address that a forge writes where an account hides its own: it bears the account's name."""


class Signer(NamedTuple):
    """Somebody who may sign a role: a handle as the header or the policy writes it, and by which right where not by their own."""

    handle: str
    right: str = ""
    """`for @cache-lead` or `of @team-cache`; empty for one whom the header names."""


def folded(handle: str) -> str:
    """A handle as it is compared: no `@`, no case."""
    return handle.strip().removeprefix("@").casefold()


def named(post: Postmortem, role: str) -> list[str]:
    """The handles that a header names for a role; `unknown` is nobody."""
    return list(dict.fromkeys(name.strip() for name in post.items("roles", role) if isinstance(name, str) and folded(name) not in ("", UNKNOWN)))


def is_team(handle: str, policy: Policy) -> bool:
    """Whether the policy's `teams` has it."""
    return any(folded(handle) == folded(team) for team in policy.words("teams"))


def signers(post: Postmortem, role: str, policy: Policy) -> list[Signer]:
    """Everybody who may sign a role, those with the best right first: named, of a named team, delegates of these, delegates of the role."""
    found: dict[str, Signer] = {}
    for signer in _signers(named(post, role), role, policy):
        found.setdefault(folded(signer.handle), signer)
    return list(found.values())


def _signers(holders: list[str], role: str, policy: Policy) -> Iterator[Signer]:
    yield from (Signer(handle) for handle in holders if not is_team(handle, policy))
    for team in holders:
        yield from (Signer(member, f"of {team}") for member in _listed(policy, "teams", team))
    for handle in holders:
        yield from (Signer(other, f"for {handle}") for other in _listed(policy, "delegates", handle))
    yield from (Signer(other, f"for {role}") for other in policy.words("delegates").get(role) or ())


def _listed(policy: Policy, key: str, handle: str) -> list[str]:
    return [str(other) for name, others in policy.words(key).items() if folded(name) == folded(handle) for other in others or ()]


class People(NamedTuple):
    """Every name that the policy knows of somebody, folded, and the handle it leads to."""

    handles: dict[str, str]
    spellings: dict[str, str]
    """Each folded handle as the policy writes it."""

    def handle(self, name: str) -> str:
        """The folded handle of an account, a handle, an address, or `Name <address>`.

        A name without an address leads to somebody only where the policy lists it; an address that it does not list stands for itself.
        """
        addressed = re.search(_ADDRESS, name)
        if not addressed:
            return self.handles.get(folded(name), folded(name))
        address = folded(addressed[1])
        private = re.match(_PRIVATE, address)
        names = [address, *([private[1]] if private else ())]
        return next((self.handles[one] for one in names if one in self.handles), names[-1])

    def spelt(self, name: str) -> str:
        """A name as a header writes it: the policy's handle, else the account with its `@`, else as it stands."""
        handle = self.handle(name)
        return self.spellings.get(handle) or (name if set(name) & set("@<") else f"@{name}")


def people(policy: Policy) -> People:
    """The people of a policy."""
    known = policy.words("identities")
    handles = {folded(name): folded(handle) for handle, names in known.items() for name in (handle, *(names or ()))}
    return People(handles, {folded(handle): handle for handle in known})


def account(handle: str, policy: Policy) -> str:
    """How a forge knows a handle: the first other name that begins with `@`, else the handle itself."""
    others: Iterable[Any] = next((names or () for known, names in policy.words("identities").items() if folded(known) == folded(handle)), ())
    return next((name for name in others if str(name).startswith("@")), handle)
