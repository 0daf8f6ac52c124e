"""Times or the time line changed after publication, and no amendment says so.

Somebody may have read, quoted or counted what was published. A correction is welcome: it takes a line with its day under `## Amendments`, so that a reader can
see what was known when. The published text is the one of the first commit on the default branch in which the file is `published`.

Bad:
    timestamps:
      started: 2026-11-02T13:40:00Z
      detected: 2026-11-02T14:02:00Z
      acknowledged: 2026-11-02T14:04:00Z
      mitigated: 2026-11-02T14:31:00Z
      resolved: 2026-11-02T14:37:00Z
Good:
    timestamps:
      started: 2026-11-02T13:40:00Z
      detected: 2026-11-02T14:02:00Z
      acknowledged: 2026-11-02T14:04:00Z
      mitigated: 2026-11-02T14:31:00Z
      resolved: 2026-11-02T14:37:00Z

    ## Amendments

    - 2026-11-20: `started` was 13:55; the first refused checkout stands in the load balancer's log at 13:40.
"""

from collections.abc import Iterator
from datetime import date

from hotwash.archive import Archive
from hotwash.freeze import unmarked
from hotwash.model import Hit, Postmortem
from hotwash.parse import parse
from hotwash.past import History
from hotwash.policy import Policy

LEVEL = "error"


def find(post: Postmortem, policy: Policy, archive: Archive, history: History, as_of: date) -> Iterator[Hit]:
    frozen = history.of(post.path).frozen
    if frozen is not None and post.status == "published":
        yield from unmarked(parse(post.path, frozen), post, policy)
