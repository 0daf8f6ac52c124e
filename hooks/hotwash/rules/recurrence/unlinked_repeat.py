"""An earlier incident of the same class is not linked.

This is what hotwash is for: the same incident does not happen twice without anybody noticing. A postmortem whose class occurred before names the
earlier ones in `recurrence_of`. The finding lists which of their actions were never finished, because that is often the answer.

Bad:
    cause: {class: cache-key-collision, what: Two services share one key space, confidence: established}
    recurrence_of: []
Good:
    cause: {class: cache-key-collision, what: Two services share one key space, confidence: established}
    recurrence_of: [2026-02-03-cart-mixed-up]
"""

from collections.abc import Iterator

from hotwash.archive import Archive
from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.recurrence import earlier, unfinished
from hotwash.wording import listed

LEVEL = "error"
_MOST = 5
"""Ids and actions that a finding names: of hundreds, the latest tell enough."""


def find(post: Postmortem, policy: Policy, archive: Archive) -> Iterator[Hit]:
    if post.status == "skipped":
        return
    linked = {str(id).removesuffix(".md") for id in post.items("recurrence_of")}
    missing = [before for before in earlier(post, archive) if before.id not in linked]
    if not missing:
        return
    place = post.where("recurrence_of") if "recurrence_of" in post.header else post.where_value("cause", "class")
    times = "once" if len(missing) == 1 else f"{len(missing)} times"
    slugs = [slug for slug in archive.classes(post) if any(slug in archive.classes(before) for before in missing)]
    latest = [before.id for before in missing[-_MOST:]]
    more = f", and {len(missing) - _MOST} earlier ones" if len(missing) > _MOST else ""
    message = f"{listed(slugs, last='and')} occurred {times} before and is not linked: {listed(latest, last='and')}{more}{_owing(missing)}"
    ids = ", ".join([*(id for id in map(str, post.items("recurrence_of")) if archive.get(id)), *latest][-_MOST:])
    more = f" (... and {len(missing) - _MOST} more)" if len(missing) > _MOST else ""
    yield Hit(place, message, f"write `recurrence_of: [{ids}]`{more} and say under \"{policy.title('sections', 'why-again')}\" what let it pass")


def _owing(before: list[Postmortem]) -> str:
    owing = [f"{post.id} ({', '.join(ids[:_MOST])})" for post in before[-_MOST:] if (ids := unfinished(post))]
    return f"; still unfinished there: {'; '.join(owing)}" if owing else ""
