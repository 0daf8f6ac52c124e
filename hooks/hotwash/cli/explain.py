"""Explain a rule: what it finds, why, and how to write it instead."""

from __future__ import annotations

import argparse

from hotwash import project
from hotwash.model import Failure
from hotwash.rules import RuleDoc, documented, documented_phrases
from hotwash.wording import suggestion


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("rule", nargs="?", metavar="RULE", help="a rule's id, as a finding shows it; none: list them all")


def run(options: argparse.Namespace) -> int:
    """Print one rule's page, or a line for each rule."""
    policy = project.load_policy(project.find_root(options.root))
    docs = {doc.id: doc for doc in (*documented(), *documented_phrases(policy.data.get("phrases") or {}))}
    if options.rule is None:
        width = max(map(len, docs))
        print("\n".join(f"{doc.group:<10}  {doc.id:<{width}}  {doc.summary}" for doc in docs.values()))
        return 0
    if options.rule not in docs:
        raise Failure(f"there is no rule `{options.rule}`{suggestion(options.rule, docs)}; `hotwash explain` lists them")
    print(page(docs[options.rule]))
    return 0


def page(doc: RuleDoc) -> str:
    """A rule's page for a terminal."""
    head = f"{doc.id} ({doc.group}, {doc.level})\n\n{doc.summary}\n\n{doc.why}"
    return f"{head}\n\nBad:\n\n{_indented(doc.bad)}\n\nGood:\n\n{_indented(doc.good)}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
