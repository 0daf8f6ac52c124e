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
from hotwash.recurrence import earlier, started, unfinished, verdict
from hotwash.wording import listed

LEVEL = "error"
GAP = True
_ASKED = {
    "not in place": "what kept it from being built, and is it still the right one?",
    "did not hold": "what does it guard, and how did this incident pass it?",
}
"""An earlier fix that was never built and one that was built and void need different answers."""
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
    judged = _judged(post, linked or list(earlier(post, archive)), archive, policy)
    owing = [f"{other.id} {listed(ids[:_MOST], last='and')}" for other in linked[-_MOST:] if (ids := unfinished(other))]
    message = f"this is a repeat, and no section says \"{title}\""
    for word in dict.fromkeys(judged.values()):
        message += f"; the fix of {listed([id for id, said in judged.items() if said == word][-_MOST:], last='and')} {_said(word)}"
    if owing:
        message += f"; still unfinished: {'; '.join(owing)}"
    place = post.where("recurrence_of") if "recurrence_of" in post.header else post.where_value("cause", "class")
    yield Hit(place, message, f"add `## {title}`: {' '.join(dict.fromkeys(_ASKED[word] for word in judged.values())) or 'was it never in place, in place and void, or aimed elsewhere?'}")


def _judged(post: Postmortem, before: list[Postmortem], archive: Archive, policy: Policy) -> dict[str, str]:
    """Earlier incidents whose fix had failed by the day of this one, each with the word of the verdict."""
    start = started(post)
    verdicts = {other.id: verdict(other, archive, policy, None, start.date()).word for other in before} if start else {}
    return {id: word for id, word in verdicts.items() if word in _ASKED}


def _said(word: str) -> str:
    return "was not in place" if word == "not in place" else word
