"""Something will not be done, and nobody says why.

Dropping an action is a decision like any other. The reason lets the next reader, after the next incident, see what was known when it was made.

Bad:
    actions:
      - {id: a1, do: shard the session store, kind: technical, owner: "@cache-lead", due: 2026-11-20, state: wont-do}
Good:
    actions:
      - id: a1
        do: shard the session store
        kind: technical
        owner: "@cache-lead"
        due: 2026-11-20
        state: wont-do
        why: sessions move to signed cookies in January
        accepted_by: "@checkout-po"
"""

from collections.abc import Iterator

from hotwash.model import Hit, KeyPath, Postmortem
from hotwash.policy import Policy
from hotwash.wording import listed

LEVEL = "error"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    ways: list[tuple[str, KeyPath]] = [("the fix", ("fix",))]
    ways += [(f"action {action.get('id', index + 1)}", ("actions", index)) for index, action in post.entries("actions")]
    for name, way in ways:
        lacking = [key for key in ("why", "accepted_by") if not post.text(*way, key)]
        if post.text(*way, "state") == "wont-do" and lacking:
            message = f"{name} will not be done, and lacks {listed(lacking, last='and')}"
            yield Hit(post.where_value(*way, "state"), message, "say why, and who accepted it")
