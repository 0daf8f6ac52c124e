"""Something is done, and it is not said when.

The day decides whether a fix was in place when the incident came back, and how long actions take. The day it was done is `closed`.

Bad:
    actions:
      - {id: a1, do: add an alert on 503 rate > 2 %, kind: detect, owner: "@sre-lead", due: 2026-11-20, state: done}
Good:
    actions:
      - {id: a1, do: add an alert on 503 rate > 2 %, kind: detect, owner: "@sre-lead", due: 2026-11-20, state: done, closed: 2026-11-18}
"""

from collections.abc import Iterator

from hotwash.model import Hit, KeyPath, Postmortem
from hotwash.policy import Policy

LEVEL = "error"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    ways: list[tuple[str, KeyPath]] = [("the fix", ("fix",))]
    ways += [(f"action {action.get('id', index + 1)}", ("actions", index)) for index, action in post.entries("actions")]
    for name, way in ways:
        if post.text(*way, "state") == "done" and not post.text(*way, "closed"):
            yield Hit(post.where_value(*way, "state"), f"{name} is done, and `closed` does not say when", "add `closed: YYYY-MM-DD` and, better still, `evidence:`")
