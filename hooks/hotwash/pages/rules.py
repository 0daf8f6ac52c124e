"""The rules page, from the rules' own words: each with what it finds, why, and an example that it speaks and one that it does not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from hotwash.model import Page
from hotwash.pages import Site
from hotwash.pages.parts.frame import heading, page
from hotwash.pages.parts.html import Html, block, chip, join, tag

if TYPE_CHECKING:
    from hotwash.rules import RuleDoc

_GROUPS = {
    "complete": "The postmortem is whole, readable and true to itself.",
    "blameless": "It speaks of conditions and systems, never of persons as causes.",
    "actions": "There is one structural fix, and few actions, each with an owner and a day.",
    "recurrence": "What happened before is linked, and why it came back is said.",
    "signoff": "Those who have to read it have signed it.",
}
_LOOKS = {"error": "bad", "warning": "warn", "info": "plain"}


def pages(site: Site) -> Iterator[Page]:
    """The one page of rules, where rules are known."""
    if site.rules:
        yield page(site, "rules/index.md", "Rules", _blocks(site.rules))


def _blocks(rules: tuple[RuleDoc, ...]) -> Iterator[str]:
    yield ("What `hotwash check` and the hooks look at. A finding speaks of the text, never of its writer. While a postmortem is being written, only a header "
           "that cannot be read fails; once it is published, everything counts. `hotwash explain RULE` prints the same words. A team changes a rule's level "
           "in its policy under `rules`; a single place is waived with its reason: `<!-- hotwash: allow RULE: reason -->`.")
    for group, same in groupby(rules, lambda rule: rule.group):
        yield heading(group.capitalize())
        yield _GROUPS.get(group, "")
        for rule in same:
            yield from _rule(rule, rule.level)


def _rule(rule: RuleDoc, level: str) -> Iterator[str]:
    yield f"### {rule.id}"
    yield tag("p", chip(level, _LOOKS[level]), " ", tag("span", f"reads {rule.reach}", class_="hw-quiet"), class_="hw-head")
    yield rule.summary
    yield rule.why
    if rule.bad or rule.good:
        yield tag("div", _example("It speaks", rule.bad, "bad"), _example("It is content", rule.good, "good"), class_="hw-cards hw-examples")


def _example(label: str, said: str, look: str) -> Html:
    return tag("div", tag("p", label, class_="hw-label"), block(said), class_=f"hw-example hw-example--{look}") if said else join(())
