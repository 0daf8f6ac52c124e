"""Whose work it is: the teams of the policy whose members a postmortem names as owners of its fix and its actions."""

from collections.abc import Mapping

from hotwash.model import Postmortem
from hotwash.policy import Policy
from hotwash.signoff.people import folded


def members(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """The teams of each folded handle, in the policy's order. A team that is named itself stands for itself."""
    found: dict[str, tuple[str, ...]] = {}
    for team, handles in policy.words("teams").items():
        for handle in {folded(str(name)) for name in (team, *(handles or ()))}:
            found[handle] = (*found.get(handle, ()), team)
    return found


def teams_of(post: Postmortem, of: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The teams that own the structural fix and the actions, the fix's first; `of` is what `members` gives."""
    owners = [post.get("fix", "owner"), *(action.get("owner") for _, action in post.entries("actions"))]
    return tuple(dict.fromkeys(team for owner in owners if isinstance(owner, str) for team in of.get(folded(owner), ())))
