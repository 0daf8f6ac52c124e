"""A postmortem as one record for the outside: what the filter page, `archive.json`, the feeds and `hotwash export` tell of it.

Nobody is named here. What a public site must not tell is empty in a public record already.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from hotwash.clock import moment, seconds
from hotwash.lateness import published as published_at
from hotwash.metrics import Clocks, clocks
from hotwash.model import UNKNOWN, Postmortem
from hotwash.need import deadline
from hotwash.pages import Site, page_of
from hotwash.pages.parts.html import plain
from hotwash.pages.parts.words import day_of, shorten, title_of
from hotwash.recurrence import Verdict, apart, is_repeat
from hotwash.teams import members, teams_of

DAY = 86_400
"""Seconds."""
_STATES = {"open": "open", "in-progress": "open", "done": "done", "wont-do": "dropped"}


class Again(NamedTuple):
    """An incident that came within the repeat window of the one before it in its class."""

    of: str
    """The id of the one before."""
    class_: str
    days: int
    """From the start of the one before to the start of this one."""


class Filing(NamedTuple):
    """When it came to the default branch and when it was to be published. Moments are RFC 3339 in UTC; what is not known is empty."""

    filed: str = ""
    published: str = ""
    deadline: str = ""
    late: int | None = None
    """From the deadline to the publication, in seconds; 0 and less is in time. Of a stub past its deadline whole days so far; None where nobody can tell yet."""


class Record(NamedTuple):
    """What is told of one postmortem. Words are the policy's own; what is not said is empty or None."""

    id: str = ""
    title: str = ""
    address: str = ""
    """Of its page, from the root of the site."""
    day: str = ""
    quarter: str = ""
    status: str = ""
    severity: str = ""
    potential_severity: str = ""
    kind: str = ""
    services: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    """The classes that it counts in, its own first, merged ones under the name that counts now."""
    merged_from: str = ""
    """The class that its header names, where that one was merged into another."""
    category: str = ""
    level: str = ""
    label: str = ""
    trigger: str = ""
    source: str = ""
    summary: str = ""
    cause: str = ""
    clocks: Clocks = Clocks(None, None, None, None)
    fix: Mapping[str, str] = {}
    """`change`, `state`, `due` and `closed` of the structural fix; the kind of its `artefact`, where the fix is its own."""
    actions: Mapping[str, int] = {}
    """How many are open, done and dropped."""
    verdict: Verdict | None = None
    repeat: Again | None = None
    recurrence_of: tuple[str, ...] = ()
    filing: Filing = Filing()


def as_json(value: object, *, compact: bool = False) -> str:
    """A value as JSON in which nothing looks like markup, should something ever take the file for a page."""
    said = json.dumps(value, separators=(",", ":"), ensure_ascii=False) if compact else json.dumps(value, indent=2, ensure_ascii=False)
    return said.replace("<", "\\u003c")


def records(site: Site) -> list[Record]:
    """Every postmortem of the site, the newest first."""
    teams = {} if site.public else members(site.policy)
    again = {} if site.public else {found[0]: found[1] for found in _repeats(site)}
    return [_record(post, site, teams, again.get(post.id)) for post in site.newest()]


def _record(post: Postmortem, site: Site, teams: Mapping[str, tuple[str, ...]], again: Again | None) -> Record:
    policy, when, named = site.policy, day_of(post), _word(post, "cause", "class")
    counted = tuple(plain(slug) for slug in site.archive.classes(post))
    own = policy.words("classes").get(counted[0] if counted else "") or {}
    return Record(
        id=post.id, title=title_of(post), day=when, quarter=f"{when[:4]}-Q{(int(when[5:7]) + 2) // 3}" if when else "", status=_word(post, "status"),
        severity=policy.severity(post) or _word(post, "severity"), potential_severity=policy.canonical_severity(post.text("potential_severity")), kind=_word(post, "kind"),
        services=tuple(dict.fromkeys(plain(word) for word in post.items("services") if isinstance(word, str))), teams=teams_of(post, teams),
        classes=counted, merged_from=named if named in policy.merged else "", category=own.get("category", ""), level=own.get("level", ""), label=own.get("label", ""),
        trigger=_word(post, "trigger", "kind"), source=_word(post, "detection", "source"), summary=shorten(site.briefs[post.id].summary), cause=plain(post.text("cause", "what")),
        clocks=clocks(post), fix=_fix(post), actions=_actions(post),
        verdict=None if site.public else site.verdicts[post.id], repeat=again, recurrence_of=_earlier(post, site), filing=_filing(post, site),
        address=site.address("index.md", page_of(post)),
    )  # fmt: skip


def _fix(post: Postmortem) -> Mapping[str, str]:
    said = {key: plain(post.text("fix", key)) for key in ("change", "state", "due", "closed") if post.text("fix", key)}
    own = post.text("fix", "change") and not post.text("fix", "same_as")
    return {**said, "artefact": _word(post, "fix", "artefact", "kind") or UNKNOWN} if own else said


def _word(post: Postmortem, *way: str) -> str:
    said = plain(post.text(*way))
    return "" if said.casefold() == UNKNOWN else said


def _actions(post: Postmortem) -> Mapping[str, int]:
    counted = dict.fromkeys(("open", "done", "dropped"), 0)
    for _, action in post.entries("actions"):
        counted[_STATES.get(str(action.get("state") or "open"), "open")] += 1
    return counted


def _earlier(post: Postmortem, site: Site) -> tuple[str, ...]:
    """The earlier incidents that it names and that this site shows."""
    named = (word.removesuffix(".md") for word in post.items("recurrence_of") if isinstance(word, str))
    return tuple(dict.fromkeys(id for id in named if site.archive.get(id)))


def _repeats(site: Site) -> Iterator[tuple[str, Again]]:
    for slug, same in site.classes.items():
        for before, post in pairwise(same):
            passed = apart(before, post)
            if passed is not None and is_repeat(post, before, site.policy):
                yield post.id, Again(before.id, slug, passed)


def _filing(post: Postmortem, site: Site) -> Filing:
    known = site.history.of(post.path)
    filed, published = (when if (at := moment(when)) and at.date() <= site.as_of else "" for when in (known.filed, known.published))
    if site.public:
        return Filing(published=published)
    until = deadline(post, site.policy)
    passed = (site.as_of - until.date()).days if until and post.status == "filed" else 0
    # As `published_late`, but that the deadline is worked out once: of all that a record says it takes the longest.
    late = passed * DAY if passed > 0 else seconds(until, published_at(post, site.history, site.as_of))
    return Filing(filed, published, f"{until:%Y-%m-%dT%H:%M:%SZ}" if until else "", late)
