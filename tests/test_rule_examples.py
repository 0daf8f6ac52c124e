"""Each rule's page shows a bad and a good text; both are executed here.

A text is a fragment of a header, a body, or both: its top-level keys take the place of those of a whole, valid postmortem, and so do its sections.
A text that begins with `---` is a whole file.
"""

from __future__ import annotations

import re

import pytest
from helpers import ID, STANDARD, earlier, findings, post

from hotwash.model import Postmortem
from hotwash.rules import HISTORY, RuleDoc, documented, load

RULES = {rule.id: rule for rule in load()}
DOCS = tuple(doc for doc in documented() if doc.group != "blameless" and RULES[doc.id].reach < HISTORY)
"""Rules of phrases bring whole sentences, which are tried in `test_blameless`; those of history need a published text to compare with."""
_KEY = re.compile(r"^([\w-]+):", re.MULTILINE)
_INHERENT = {"dangling-link": {"unlinked-repeat"}, "not-earlier": {"unlinked-repeat"}, "void-same-as": {"unlinked-repeat"}}
"""A rule that reads the archive meets an earlier incident of the same class there; these good texts are not about linking it."""


def placed(fragment: str) -> Postmortem:
    """A fragment in its place in a whole postmortem."""
    if fragment.startswith("---"):
        return post(fragment)
    header, _, sections = ("\n" + fragment).partition("\n## ")
    body = f"## {sections}" if sections else ""
    _, own_header, own_body = STANDARD.split("---\n", 2)
    return post(f"---\n{_merged(own_header, header.strip(chr(10)), _KEY)}\n---\n\n{_merged(own_body, body, re.compile('^(## .*)$', re.MULTILINE))}\n")


def _merged(base: str, fragment: str, begins: re.Pattern[str]) -> str:
    """The blocks of a base without those that a fragment brings, then the fragment as it is."""
    brought = set(begins.findall(fragment))
    starts = [match.start() for match in begins.finditer(base)]
    blocks = [base[start:end] for start, end in zip(starts, [*starts[1:], len(base)], strict=True)]
    kept = "".join(block for block in blocks if begins.match(block)[1] not in brought)
    return f"{kept.rstrip()}\n\n{fragment}" if begins is not _KEY else f"{kept.rstrip()}\n{fragment}".rstrip()


def speaking(doc: RuleDoc, fragment: str) -> set[str]:
    """The rules that find something in a fragment; those that find what is missing are left out, for a fragment leaves out much."""
    others = earlier() if RULES[doc.id].reach > 2 else ()
    found = findings(placed(fragment), others=others)
    return {one.rule for one in found if one.rule == doc.id or not RULES[one.rule].gap}


def ids(doc: RuleDoc) -> str:
    return doc.id


def test_the_whole_postmortem_around_the_fragments_is_clean() -> None:
    assert findings(post(STANDARD)) == ()
    assert placed("severity: P1\n\n## Lessons\n\nA new one.").id == ID


@pytest.mark.parametrize("doc", DOCS, ids=ids)
def test_a_rule_has_a_page_with_a_bad_and_a_good_text(doc: RuleDoc) -> None:
    assert doc.summary.endswith(".")
    assert doc.why
    assert doc.bad
    assert doc.good


@pytest.mark.parametrize("doc", DOCS, ids=ids)
def test_the_good_text_leaves_its_rule_silent_and_is_not_wrong_otherwise(doc: RuleDoc) -> None:
    assert speaking(doc, doc.good) - _INHERENT.get(doc.id, set()) == set()


@pytest.mark.parametrize("doc", DOCS, ids=ids)
def test_the_bad_text_makes_its_rule_speak(doc: RuleDoc) -> None:
    assert doc.id in speaking(doc, doc.bad)
