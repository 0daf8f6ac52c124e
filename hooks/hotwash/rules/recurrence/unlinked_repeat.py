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


def find(post: Postmortem, policy: Policy, archive: Archive) -> Iterator[Hit]:
    if post.status == "skipped":
        return
    linked = {str(id).removesuffix(".md") for id in post.items("recurrence_of")}
    missing = [before for before in earlier(post, archive) if before.id not in linked]
    if not missing:
        return
    place = post.where("recurrence_of") if "recurrence_of" in post.header else post.where_value("cause", "class")
    times = "once" if len(missing) == 1 else f"{len(missing)} times"
    slug = post.text("cause", "class")
    message = f"`{slug}` occurred {times} before and is not linked: {listed((before.id for before in missing), last='and')}{_owing(missing)}"
    ids = ", ".join(before.id for before in earlier(post, archive))
    yield Hit(place, message, f"write `recurrence_of: [{ids}]` and say under \"{policy.title('sections', 'why-again')}\" what let it pass")


def _owing(before: list[Postmortem]) -> str:
    owing = [f"{post.id} ({', '.join(ids)})" for post in before if (ids := unfinished(post))]
    return f"; still unfinished there: {'; '.join(owing)}" if owing else ""
