"""An action lacks what makes it happen.

In a public collection of 39 postmortems, 158 actions had one owner and one date between them. Every action here carries an id, what is done, a kind,
an owner, a due date and a state.

Bad:
    actions:
      - {id: a1, do: add an alert on 503 rate > 2 % for 3 minutes, kind: detect}
Good:
    actions:
      - {id: a1, do: add an alert on 503 rate > 2 % for 3 minutes, kind: detect, owner: "@sre-lead", due: 2026-11-20, state: open}
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.wording import listed

LEVEL = "error"
GAP = True
ASKED = ("id", "do", "kind", "owner", "due", "state")


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for index, action in post.entries("actions"):
        lacking = [name for name in ASKED if str(action.get(name) or "").strip() == ""]
        if lacking:
            name = f"action {action['id']}" if action.get("id") else f"action {index + 1}"
            yield Hit(post.where("actions", index), f"{name} lacks {listed(lacking, last='and')}", "an idea without an owner goes to `parked`")
