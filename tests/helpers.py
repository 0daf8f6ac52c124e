"""Words that the tests share: the policy of the fixtures, a postmortem from text, and what a check says of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hotwash import project
from hotwash.archive import Archive, gather
from hotwash.check import active, check_file, check_in_archive
from hotwash.model import Diagnostic, Postmortem
from hotwash.parse import parse
from hotwash.policy import Policy, read_policy
from hotwash.report import in_order
from hotwash.rules import GROUPS

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures"
TEAM = (FIXTURES / "policy.yml").read_text(encoding="utf-8")
STANDARD = (FIXTURES / "base" / "standard.md").read_text(encoding="utf-8")
LIGHT = (FIXTURES / "light-b2.md").read_text(encoding="utf-8")
ID = "2026-11-02-checkout-503"
LIGHT_ID = "2026-11-05-update-crashed"


@cache
def policy(team: str = TEAM) -> Policy:
    """The team's text over the shipped defaults."""
    bodies = {name: project.shipped(f"templates/{name}.md") for name in project.TEMPLATES}
    return read_policy(
        project.shipped("defaults.yml"), team, project.shipped("postmortem.schema.json"), bodies, project.shipped("policy.schema.json")
    )


def with_words(more: str) -> Policy:
    """The policy of the fixtures and a few lines more."""
    return policy(f"{TEAM}{more}")


def post(text: str | bytes, id: str = ID) -> Postmortem:
    """A postmortem from its text, under an id."""
    return parse(f"postmortems/{id}.md", text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def light(header: str = "", body: str = "", *, without: str = "", id: str = LIGHT_ID) -> Postmortem:
    """The light postmortem of the fixtures with more lines in its header, without a line of it, or with another body."""
    return post(light_text(header, body, without=without), id)


def light_text(header: str = "", body: str = "", *, without: str = "") -> str:
    """The text of `light`: keys in `header` take the place of its own."""
    spared = {line.split(":")[0] for line in header.splitlines() if line[:1].isalpha()} | set(without.split())
    _, lines, own_body = LIGHT.split("---\n", 2)
    kept = [line for line in lines.splitlines() if line.split(":")[0] not in spared]
    return "\n".join(["---", *kept, *header.rstrip("\n").splitlines(), "---", ""]) + (body or own_body)


@cache
def earlier() -> tuple[Postmortem, ...]:
    """The archive of the fixtures."""
    return tuple(post(path.read_bytes(), path.stem) for path in sorted((FIXTURES / "archive").glob("*.md")))


def findings(
    subject: Postmortem, under: Policy | None = None, *, others: Iterable[Postmortem] = (), groups: Iterable[str] = GROUPS
) -> tuple[Diagnostic, ...]:
    """What a check says of one postmortem among others."""
    judged = under or policy()
    rules, archive = active(judged, groups), gather([*others, subject], judged.merged)
    return in_order([*check_file(subject, judged, rules), *check_in_archive(subject, judged, rules, archive)])


def said(subject: Postmortem, under: Policy | None = None, *, others: Iterable[Postmortem] = ()) -> dict[str, str]:
    """The rules that spoke, each with its level."""
    return {found.rule: found.level for found in findings(subject, under, others=others)}


def archive(*posts: Postmortem) -> Archive:
    """An archive of these postmortems."""
    return gather(posts)
