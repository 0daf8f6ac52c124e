"""Two actions bear the same id.

An action is closed by its id; with two of one name, nobody can tell which was done.

Bad:
    actions:
      - {id: a1, do: add an alert on 503 rate > 2 %, kind: detect, owner: "@sre-lead", due: 2026-11-20, state: open}
      - {id: a1, do: drain the queue before a restart, kind: prevent, owner: "@sre-lead", due: 2026-11-20, state: open}
Good:
    actions:
      - {id: a1, do: add an alert on 503 rate > 2 %, kind: detect, owner: "@sre-lead", due: 2026-11-20, state: open}
      - {id: a2, do: drain the queue before a restart, kind: prevent, owner: "@sre-lead", due: 2026-11-20, state: open}
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy

LEVEL = "error"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    seen: dict[str, int] = {}
    for index, action in post.entries("actions"):
        id = str(action.get("id") or "")
        if id in seen:
            free = next(name for number in range(1, 10_000) if (name := f"a{number}") not in seen)
            yield Hit(post.where_value("actions", index, "id"), f"the id `{id}` stands here again; it is on line {seen[id]} already", f"call it `{free}`")
        elif id:
            seen[id] = post.where_value("actions", index, "id").line
