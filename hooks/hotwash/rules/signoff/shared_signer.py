"""One person alone holds two of the roles that have to sign.

That is often right in a small team, and one approval then signs both. It is told because two signatures look like two pairs of eyes.

Bad:
    roles: {incident_commander: "@sre-lead", on_call: "@checkout-tl", product_owner: "@checkout-po", tech_lead: "@checkout-tl"}
Good:
    roles: {incident_commander: "@sre-lead", on_call: "@checkout-oncall", product_owner: "@checkout-po", tech_lead: "@checkout-tl"}
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.signoff.people import folded, is_team, named
from hotwash.signoff.rounds import roles_asked
from hotwash.wording import listed, shown

LEVEL = "info"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    held: dict[str, list[str]] = {}
    for role in roles_asked(post, policy):
        holders = named(post, role)
        if len(holders) == 1 and not is_team(holders[0], policy):
            held.setdefault(folded(holders[0]), []).append(role)
    for roles in held.values():
        if len(roles) > 1:
            who, last = post.text("roles", roles[0]) or named(post, roles[0])[0], roles[-1]
            yield Hit(post.where_value("roles", last), f"{shown(who)} holds {listed(roles, last='and')}", "one approval signs both; name a second person where you want two pairs of eyes")
