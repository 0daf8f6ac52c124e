"""Postmortems by the thousand: published, valid, and as long as real ones. The same seed gives the same files."""

from __future__ import annotations

import argparse
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

SERVICES = ("checkout", "cache", "search", "catalogue", "payments", "warehouse", "mail", "identity")
THINGS = ("queue", "index", "cache", "certificate", "migration", "worker pool", "feature flag", "token", "price feed", "canary", "replica", "gateway")
EFFECTS = ("returned 503", "served stale pages", "lost its place", "answered slowly", "stopped consuming", "refused connections", "sent mails twice")
WORDS = (
    "the {thing} of {service} {effect} after a release had raised its limit from {a} to {b}",
    "a probe reported success because it asks the {thing} and not what users see",
    "{a} of {b} replicas held the old configuration until the next deploy",
    "the runbook named a dashboard that shows the {thing} by region, and the effect was by tenant",
    "latency at the 99th percentile rose from {a} ms to {b} ms within two minutes",
    "the alert has a window of {a} minutes, longer than the burst that filled the {thing}",
    "traffic was moved to the second zone, where the {thing} had {b} free slots",
    "the pipeline compares names, and the {thing} of {service} is known by its address",
)
SECTIONS = ("Executive summary", "What happened", "Detection and containment", "Why it happened", "Why the earlier fix did not hold", "Resolution", "Lessons")
POLICY = "schema: 1\nservices: {{{services}}}\nclasses:\n{classes}"


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    options = parser.parse_args()
    write(options.folder, options.count)


def write(folder: Path, count: int) -> None:
    """A project with a policy and `count` postmortems, about twenty to a class, each linked to the earlier ones of its class."""
    (folder / "postmortems").mkdir(parents=True, exist_ok=True)
    slugs = max(1, count // 20)
    classes = "".join(f"  class-{number}: {{title: Class {number}}}\n" for number in range(slugs))
    policy = POLICY.format(services=", ".join(f"{name}: {name.title()}" for name in SERVICES), classes=classes)
    (folder / "postmortems" / "policy.yml").write_text(policy, "utf-8")
    names: list[str] = []
    for number in range(count):
        name, text = postmortem(number, number % slugs, names[number % slugs :: slugs])
        names.append(name.removesuffix(".md"))
        (folder / "postmortems" / name).write_text(text, "utf-8")


def postmortem(number: int, slug: int, earlier: list[str]) -> tuple[str, str]:
    """File name and text of one postmortem, given the number of its class and the ids of its earlier incidents."""
    chance = random.Random(number)
    start = datetime(2016, 1, 1, 8, tzinfo=timezone.utc) + timedelta(hours=9 * number, minutes=chance.randrange(60))
    at = {name: _utc(start + timedelta(minutes=minutes)) for name, minutes in _MINUTES.items()}
    service, thing, effect = chance.choice(SERVICES), chance.choice(THINGS), chance.choice(EFFECTS)
    due = (start + timedelta(days=14)).date()
    header = HEADER.format(service=service, thing=thing, effect=effect, number=number, slug=slug, earlier=', '.join(earlier), due=due, until=due + timedelta(days=90), **at)
    body = "".join(f"\n## {title}\n\n{_paragraphs(chance, service)}\n" for title in SECTIONS)
    line = "\n".join(f"- {start + timedelta(minutes=3 * step):%H:%M} UTC {_sentence(chance, service)}" for step in range(12))
    return f"{start:%Y-%m-%d}-{service}-{number:05}.md", f"---\n{header}---\n{body}\n## Timeline\n\n{line}\n"


_MINUTES = {"started": 0, "detected": 7, "acknowledged": 9, "mitigation_started": 20, "mitigated": 36, "resolved": 42}


def _utc(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"


def _sentence(chance: random.Random, service: str) -> str:
    text = chance.choice(WORDS)
    return text.format(thing=chance.choice(THINGS), service=service, effect=chance.choice(EFFECTS), a=chance.randrange(2, 90), b=chance.randrange(100, 900))


def _paragraphs(chance: random.Random, service: str) -> str:
    return "\n\n".join(" ".join(f"{_sentence(chance, service).capitalize()}." for _ in range(5)) for _ in range(2))


HEADER = """\
schema: 1
title: The {thing} of {service} {effect}
status: published
severity: P1
kind: bad-release
criteria: [customer-impact]
incidents: [INC-{number}]
services: [{service}]
paths: ["config/{service}/**"]
timestamps:
  started: {started}
  detected: {detected}
  acknowledged: {acknowledged}
  mitigation_started: {mitigation_started}
  mitigated: {mitigated}
  resolved: {resolved}
detection: {{source: alert}}
impact: {{users: {number}, share: 3.1%, data: none, service: "503 on 41 % of requests"}}
roles:
  incident_commander: "@sre-lead"
  on_call: "@{service}-oncall"
  product_owner: "@{service}-po"
  tech_lead: "@{service}-tl"
trigger: {{kind: configuration-push, what: "a limit was raised in release {number}"}}
cause:
  class: class-{slug}
  what: "two parts share one {thing} and no test covers both"
  confidence: established
factors:
  - {{kind: missing-automation, what: "limits are set by hand"}}
fix:
  change: "contract test that fails when two parts write to the same {thing}"
  artefact: {{kind: test, path: tests/contract/test_{number}.py}}
  owner: "@{service}-lead"
  due: {due}
  tracking: https://example.com/issues/{number}
  state: done
  closed: {due}
  success: {{what: "no incident of this class", until: {until}}}
actions:
  - {{id: a1, do: "page on 503 rate > 2 % for 3 minutes", kind: detect, horizon: short-term, owner: "@sre-lead", due: {due}, state: open}}
recurrence_of: [{earlier}]
sign_off: [{{role: tech_lead, by: "@{service}-tl", on: {due}}}]
"""

if __name__ == "__main__":
    main()
