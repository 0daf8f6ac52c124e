"""There are more actions than will be done.

A long list feels thorough and ends unread. The one structural fix counts; beside it a few actions are enough, and the rest of the ideas are kept for
the next retro under `parked`, without owner or date.

Bad:
    actions:
      - {id: a1, do: pin the prefix in the client, kind: prevent, owner: "@cache-lead", due: 2026-11-20, state: open}
      - {id: a2, do: graph key collisions by service, kind: monitoring, owner: "@cache-lead", due: 2026-11-20, state: open}
      - {id: a3, do: drain the queue before a restart, kind: mitigate, owner: "@sre-lead", due: 2026-11-20, state: open}
      - {id: a4, do: add the rollback step to the runbook, kind: documentation, owner: "@sre-lead", due: 2026-11-20, state: open}
      - {id: a5, do: page on 503 rate > 2 %, kind: detect, owner: "@sre-lead", due: 2026-11-20, state: open}
      - {id: a6, do: rename the shared bucket, kind: technical, owner: "@cache-lead", due: 2026-11-20, state: open}
Good:
    actions:
      - {id: a1, do: pin the prefix in the client, kind: prevent, owner: "@cache-lead", due: 2026-11-20, state: open}
    parked: [graph key collisions by service, rename the shared bucket]
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy

LEVEL = "warning"


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    count, most = len(post.entries("actions")), policy.data["most_actions"]
    if count > most:
        help = "keep what changes the odds, and move the other ideas to `parked`"
        yield Hit(post.where("actions"), f"there are {count} actions beside the fix; more than {most} are seldom done", help)
