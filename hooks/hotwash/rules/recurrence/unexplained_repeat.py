"""A repeat does not say why the earlier fix did not hold.

A second fix beside a first one that was never examined is a second guess. Whether the fix was never put in place, was in place and void, or guarded
against something else decides what to do now.

Bad:
    recurrence_of: [2026-02-03-cart-mixed-up]

    ## Resolution

    The prefix was rolled back.
Good:
    recurrence_of: [2026-02-03-cart-mixed-up]

    ## Why the earlier fix did not hold

    The contract test matched no file, because its pattern looked for `.yml` and the services write `.yaml`.
"""

from collections.abc import Iterator

from hotwash.archive import Archive
from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.recurrence import earlier, unfinished
from hotwash.wording import listed

LEVEL = "error"
GAP = True
_MOST = 5
"""Files and actions that a finding names."""


def find(post: Postmortem, policy: Policy, archive: Archive) -> Iterator[Hit]:
    named = (archive.get(str(id).removesuffix(".md")) for id in post.items("recurrence_of"))
    linked = [other for other in named if other and other.status != "skipped"]
    if post.status == "skipped" or not (linked or earlier(post, archive)):
        return
    if any("why-again" in policy.sections_named(section.title) for section in post.sections):
        return
    title = policy.title("sections", "why-again")
    owing = [f"{other.id} {listed(ids[:_MOST], last='and')}" for other in linked[-_MOST:] if (ids := unfinished(other))]
    message = f"this is a repeat, and no section says \"{title}\""
    if owing:
        message += f"; still unfinished: {'; '.join(owing)}"
    place = post.where("recurrence_of") if "recurrence_of" in post.header else post.where_value("cause", "class")
    yield Hit(place, message, f"add `## {title}`: was it never in place, in place and void, or aimed elsewhere?")
