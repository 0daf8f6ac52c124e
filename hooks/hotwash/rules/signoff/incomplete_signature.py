"""An entry of `sign_off` lacks its role, its person or its day.

It is the record that stays when the pull request is forgotten. A team cannot sign: one of its members does. `hotwash signoff --record` writes complete entries.

Bad:
    sign_off:
      - {role: tech_lead, on: 2026-11-04}
Good:
    sign_off:
      - {role: tech_lead, by: "@checkout-tl", on: 2026-11-04}
"""

from collections.abc import Iterator

from hotwash.model import UNKNOWN, Hit, Postmortem
from hotwash.policy import Policy
from hotwash.signoff.people import folded, is_team
from hotwash.wording import listed, shown

LEVEL = "error"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for index, entry in post.entries("sign_off"):
        lacking = [name for name in ("role", "by", "on") if folded(str(entry.get(name) or "")) in ("", UNKNOWN)]
        by = post.text("sign_off", index, "by")
        if lacking:
            yield Hit(post.where("sign_off", index), f"a signature without {listed(lacking, last='and')}", "write role, person and day, as the approval has them")
        elif is_team(by, policy):
            yield Hit(post.where_value("sign_off", index, "by"), f"{shown(by)} is a team", "name the member who approved")
