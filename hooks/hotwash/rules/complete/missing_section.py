"""A section that this postmortem's template asks for is not there.

Headings match by the policy's aliases at any level: "What happened", "3. Root cause" and "Follow-ups" are found as they are. Other languages come
in through the same aliases. Where the cause is disputed or unknown, hypotheses stand in for the chain of whys.

Bad:
    ---
    title: Checkout returned 503 after a cache-key change
    status: published
    severity: P1
    ---
    ## What we saw

    Orders were refused.
Good:
    ---
    title: Checkout returned 503 after a cache-key change
    status: published
    severity: P1
    ---
    ## What happened

    Orders were refused after a release; it was rolled back, and service is restored.

    ## 1. Timeline (UTC)

    - 14:02 alert on the error rate
    - 14:31 error rate back to normal

    ## 2. Detection

    The alert fired seven minutes in.

    ## 3. Root cause

    Two services share one key space, and no test runs both.

    ## 4. Resolution

    The release was rolled back.

    ## What didn't go well

    Nothing says who owns which part of the key space.
"""

from collections.abc import Iterator

from hotwash.model import Hit, Postmortem, Section, Span
from hotwash.policy import Policy
from hotwash.wording import listed, near

LEVEL = "error"
GAP = True


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    if not post.header:
        return
    present = {section for heading in post.sections for section in policy.sections_named(heading.title)}
    if post.text("cause", "confidence") in ("disputed", "unknown") and "hypotheses" in present:
        present.add("why")
    missing = [section for section in policy.section_ids(post) if section not in present]
    unplaced = []
    for section in missing:
        title = policy.title("sections", section)
        if meant := _meant(post, policy, title):
            yield Hit(meant.span, f"\"{meant.title}\" is not a section hotwash knows; is it \"{title}\"?", _help(policy, section))
        else:
            unplaced.append(section)
    if unplaced:
        titles = [f'"{policy.title("sections", section)}"' for section in unplaced]
        names = f"section {titles[0]} is" if len(titles) == 1 else f"sections {', '.join(titles[:-1])} and {titles[-1]} are"
        yield Hit(Span(post.body_line), f"the {names} missing", _help(policy, *unplaced))


def _meant(post: Postmortem, policy: Policy, title: str) -> Section | None:
    """A heading of the writer's own that is probably this section, misspelt."""
    own = [heading for heading in post.sections if not policy.sections_named(heading.title)]
    meant = near(title, [heading.title for heading in own])
    return next((heading for heading in own if heading.title == meant), None)


def _help(policy: Policy, *sections: str) -> str:
    if len(sections) > 1:
        return "\n".join(["at any heading level, in any order, under these names or their aliases; add:", *(f"## {policy.title('sections', id)}" for id in sections)])
    title, aliases = policy.title("sections", sections[0]), (policy.words("sections").get(sections[0]) or {}).get("aliases", ())
    return f"write `## {title}`; it is also found as {listed(aliases, most=4)}" if aliases else f"write `## {title}`"
