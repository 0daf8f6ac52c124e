"""No structural fix is named.

A postmortem ends in exactly one named change to an artefact: a checklist, runbook, test, CI step, alert, rollout guard. Where another file's fix
covers this incident it is said with `same_as`; where the risk is accepted, with `none`, the reason, and who accepted it. Saying nothing is the one
answer that lets the same incident come back.

Bad:
    fix: {}
Good:
    fix: {none: the service is switched off in December, accepted_by: "@checkout-po"}
"""

from collections.abc import Iterator

from hotwash.draft import fix_ways, skeleton
from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy

LEVEL = "error"
GAP = True


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    if not post.header or post.status == "skipped":
        return
    if not any(post.text("fix", way) for way in ("change", "same_as", "none")):
        help = "name one change to one thing, or another file's fix with `same_as: ID`, or `none: WHY` with `accepted_by: HANDLE`; add:"
        help = "\n".join([help, *skeleton(fix_ways(policy.fix_keys(post)), policy)])
        yield Hit(post.where("fix"), "no structural fix is named", help)
