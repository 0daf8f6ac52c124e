"""The severity asks a role to sign, and nobody is named for it.

A pull request can only ask for the approval of somebody it knows. Where one role alone signs, any colleague's approval will do and no name is needed; where
several sign, each needs one, in the header or as a delegate in the policy.

Bad:
    kind: near-miss
    severity: P3
    potential_severity: P1
    roles: {tech_lead: "@checkout-tl"}
Good:
    kind: near-miss
    severity: P3
    potential_severity: P1
    roles: {tech_lead: "@checkout-tl", on_call: "@checkout-oncall", product_owner: "@checkout-po"}
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.signoff.people import signers
from hotwash.signoff.rounds import roles_asked
from hotwash.wording import listed

LEVEL = "error"
GAP = True


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    asked = roles_asked(post, policy)
    if post.status not in ("filed", "published") or len(asked) < 2:
        return
    # A key that the template asks for is missed by `missing-key` already, and one that is `unknown` by `still-unknown`.
    told = {key.removeprefix("roles.") for key in policy.keys(post)} | {role for role in asked if post.items("roles", role)}
    lacking = [role for role in asked if role not in told and not signers(post, role, policy)]
    if lacking:
        keys = listed((f"roles.{role}" for role in lacking), last="and")
        yield Hit(post.where("roles"), f"{policy.gravest(post)} is signed by {listed(lacking, last='and')}, and nobody is named", f"add {keys}, or `delegates` in the policy")
