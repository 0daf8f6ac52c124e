"""The structural fix lacks what makes it happen.

A fix without an owner and a date is a wish. Standard and full postmortems also say where it is tracked, which artefact it changes, and by which
test its success will be judged. A fix that is `none` carries who accepted the risk.

Bad:
    fix:
      change: contract test that fails when two services write the same key prefix
      owner: "@cache-lead"
Good:
    fix:
      change: contract test that fails when two services write the same key prefix
      artefact: {kind: test, path: tests/contract/test_cache_keys.py}
      owner: "@cache-lead"
      due: 2026-11-16
      tracking: https://example.com/issues/812
      success: {what: no incident of this class, until: 2027-02-16}
"""

from collections.abc import Iterator

from hotwash.draft import fix_ways, skeleton
from hotwash.model import Hit, Postmortem
from hotwash.policy import Policy
from hotwash.wording import listed

LEVEL = "error"
GAP = True
_INSIDE = {"artefact": ("kind", "path|link"), "success": ("what",)}


def find(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    if post.text("fix", "none"):
        if not post.text("fix", "accepted_by"):
            yield Hit(post.where("fix"), "the fix is `none`, and nobody is named who accepted that", "add `accepted_by:` with a handle")
    elif post.text("fix", "change"):
        lacking = [name for name in policy.fix_keys(post) if not post.text("fix", name) and not _given(post.get("fix", name))]
        if lacking:
            help = f"the {policy.template(post)} template asks for it; what is not known yet may say `unknown` until publication; add:"
            lines = skeleton(fix_ways(lacking), policy)
            yield Hit(post.where("fix"), f"the structural fix lacks {listed(lacking, last='and')}", "\n".join([help, *lines]))
        yield from _inside(post, policy)


def _given(value: object) -> bool:
    return not isinstance(value, str) and value not in (None, {})


def _inside(post: Postmortem, policy: Policy) -> Iterator[Hit]:
    for part in policy.fix_keys(post):
        if part not in _INSIDE or not post.get("fix", part):
            continue
        ways = [name.split("|") for name in _INSIDE[part]]
        names = [listed(either) for either in ways if not any(post.text("fix", part, way) for way in either)]
        if names:
            yield Hit(post.where("fix", part), f"`fix.{part}` lacks {' and '.join(names)}", "say which thing changes, and how its success is judged")
