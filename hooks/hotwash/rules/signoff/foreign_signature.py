"""A role is signed by somebody who does not hold it.

Either `roles` names somebody else by now, or the entry belongs to another role. Who may sign in whose place stands in the policy, under `delegates`; a member
signs for a team that holds the role. A role for which nobody is named may be signed by anybody.

Bad:
    roles: {incident_commander: "@sre-lead", on_call: "@checkout-oncall", product_owner: "@checkout-po", tech_lead: "@checkout-tl"}
    sign_off:
      - {role: tech_lead, by: "@search-lead", on: 2026-11-04}
Good:
    roles: {incident_commander: "@sre-lead", on_call: "@checkout-oncall", product_owner: "@checkout-po", tech_lead: "@checkout-tl"}
    sign_off:
      - {role: tech_lead, by: "@checkout-tl", on: 2026-11-04}
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.signoff.people import people, signers
from hotwash.wording import listed, shown

LEVEL = "warning"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    entries = post.entries("sign_off")
    known = people(policy) if entries else None
    for index, entry in entries:
        role, by = post.text("sign_off", index, "role"), str(entry.get("by") or "")
        may = signers(post, role, policy)
        if known and by and may and known.handle(by) not in {known.handle(signer.handle) for signer in may}:
            help = f"it is signed by {listed(signer.handle for signer in may)}; where {shown(by)} signs in their place, add `delegates` to the policy"
            yield Hit(post.where_value("sign_off", index, "by"), f"{shown(by)} does not hold the role `{role}`", help)
