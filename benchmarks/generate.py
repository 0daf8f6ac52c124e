"""Postmortems by the thousand: published, valid, and as long as real ones. The same seed gives the same files."""

from __future__ import annotations

import argparse
import random
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

SERVICES = ("checkout", "cache", "search", "catalogue", "payments", "warehouse", "mail", "identity", "pricing", "basket", "returns", "reviews")
THINGS = (
    "queue", "index", "cache", "certificate", "migration", "worker pool", "feature flag", "token", "price feed", "canary", "replica", "gateway", "connection pool", "scheduler",
    "load balancer", "schema", "retry budget", "time-out", "health check", "secret", "partition", "consumer group", "rate limit", "snapshot", "name server", "batch job",
)
EFFECTS = (
    "returned 503", "served stale pages", "lost its place", "answered slowly", "stopped consuming", "refused connections", "sent mails twice", "dropped every tenth order",
    "rounded prices down", "showed another region", "fell behind by an hour", "ran out of memory", "held its lock", "signed people out", "sent rows twice", "left pages blank",
)
PLACES = ("the first zone", "the second zone", "the northern region", "the warehouse network", "the canary hosts", "the oldest cluster", "staging", "the tenant of the largest supplier")
WORDS = (
    "the {thing} of {service} {effect} after release {release} had raised its limit from {a} to {b}",
    "a probe reported success because it asks the {thing} and not what users see",
    "{a} of {b} replicas in {place} held the old configuration until the next deploy",
    "the runbook named a dashboard that shows the {thing} by region, and the effect was by tenant",
    "latency at the 99th percentile rose from {a} ms to {b} ms within two minutes",
    "the alert has a window of {a} minutes, longer than the burst that filled the {thing}",
    "traffic was moved to {place}, where the {thing} had {b} free slots",
    "the pipeline compares names, and the {thing} of {service} is known by its address",
    "host {service}-{host} logged `{code}` {b} times before anything else was to be seen",
    "support had {a} tickets by then, {b} by noon, and most of them named the {other} page",
    "the {thing} and the {second} share one disk, which no diagram shows",
    "in {place} the same release had run since the morning without a sign of it",
    "the review covers the {thing} and not the {second} that depends on it",
    "a dry run had been planned for {place} and was left out when the window became shorter",
    "restarting {service}-{host} helped for {a} minutes, after which the {thing} was full again",
    "{other} retried each call {a} times, so that {service} met {b} times its usual load",
    "the figure on the dashboard is a mean over {a} minutes and hid that every {b}th request failed",
    "the {second} was rolled back first, since it had changed last; the effect stayed",
    "a flag turned the new path off for {other} and for nobody else",
    "the load test of {release} ran against an empty {thing}, and a full one behaves differently",
    "the on-call engineer of {other} brought the graph on which both curves stand side by side",
    "orders from before the incident were repeated by hand from the log of {service}-{host}",
    "the time-out of the {thing} is {a} s and that of its caller {b} ms, so the caller always gave up first",
    "nothing in the contract between {service} and {other} says what an empty answer means",
    "the ticket for a second {thing} has been open since release {release}, and its priority is low",
)
CODES = ("E_TIMEDOUT", "connection reset by peer", "deadline exceeded", "no such key", "certificate has expired", "too many open files", "lock wait exceeded", "ERR_POOL_EMPTY")
SECTIONS = ("Executive summary", "What happened", "Detection and containment", "Why it happened", "Why the earlier fix did not hold", "Resolution", "Lessons")
FLAWS = ("shares", "outgrows", "forgets", "outlives", "trusts", "repeats", "hides", "blocks")
KINDS = ("outage", "degradation", "bad-release", "data-integrity", "process-failure")
TRIGGERS = ("binary-push", "configuration-push", "user-behaviour-change", "processing-pipeline", "service-provider-change", "performance-decay", "capacity-management", "hardware")
CAUSES = ("software", "development-process", "complex-system", "deployment-planning", "network", "other")
LEVELS = ("strategy", "discovery", "scope", "execution", "operation")
LABELS = ("scenario-gap", "adr-drift", "integration-gap", "observation-mismatch", "configuration")
SOURCES = ("alert", "alert", "alert", "customer", "employee", "automation", "partner")
STATES = ("open", "in-progress", "done, closed: {closed}", "done, closed: {closed}", 'wont-do, why: "the {thing} is gone", accepted_by: "@{service}-po"')
POLICY = "schema: 1\nservices: {{{services}}}\nclasses:\n{classes}"


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    options = parser.parse_args()
    write(options.folder, options.count)


def write(folder: Path, count: int, hours: float = 9) -> None:
    """A project with a policy and `count` postmortems, `hours` apart, some twenty to a class, each linked to the earlier ones of its class."""
    (folder / "postmortems").mkdir(parents=True, exist_ok=True)
    slugs, chance = max(1, count // 20), random.Random(count)
    services = ", ".join(f"{name}: {name.title()}" for name in SERVICES)
    (folder / "postmortems" / "policy.yml").write_text(POLICY.format(services=services, classes="".join(map(_class, range(slugs)))), "utf-8")
    ids: dict[int, list[str]] = {}
    for number in range(count):
        # Flaws do not come back equally often: the first class has several times as many incidents as the last.
        slug = int(slugs * chance.random() ** 1.3)
        name, text = postmortem(number, slug, ids.setdefault(slug, []), hours)
        ids[slug].append(name.removesuffix(".md"))
        (folder / "postmortems" / name).write_text(text, "utf-8")


def _class(number: int) -> str:
    chance = random.Random(-number)
    title = f"{chance.choice(THINGS).capitalize()} {chance.choice(FLAWS)} the {chance.choice(THINGS)} ({number})"
    return f'  class-{number}: {{title: "{title}", category: {chance.choice(CAUSES)}, level: {chance.choice(LEVELS)}, label: {chance.choice(LABELS)}}}\n'


def postmortem(number: int, slug: int, earlier: list[str], hours: float = 9) -> tuple[str, str]:
    """File name and text of one postmortem, given the number of its class, the ids of its earlier incidents, and how far apart they are."""
    chance = random.Random(number)
    start = datetime(2016, 1, 1, 8, tzinfo=timezone.utc) + timedelta(hours=hours * number, minutes=chance.randrange(60))
    pace = chance.lognormvariate(0, 0.9)
    at = {name: _utc(start + timedelta(minutes=round(minutes * pace))) for name, minutes in _MINUTES.items()}
    service, thing, effect = chance.choice(SERVICES), chance.choice(THINGS), chance.choice(EFFECTS)
    due = (start + timedelta(days=14)).date()
    header = HEADER.format(
        service=service, thing=thing, effect=effect, number=number, slug=slug, earlier=", ".join(earlier), due=due, until=due + timedelta(days=90), **at, **_words(chance, service, thing, due)
    )
    body = "".join(f"\n## {title}\n\n{_paragraphs(chance, service)}\n" for title in SECTIONS)
    log = "\n".join(f"{start + timedelta(seconds=7 * step):%H:%M:%S} {service}-{chance.randrange(4096):03x} {chance.choice(CODES)}" for step in range(6))
    line = "\n".join(f"- {start + timedelta(minutes=3 * step):%H:%M} UTC {_sentence(chance, service)}" for step in range(12))
    return f"{start:%Y-%m-%d}-{service}-{number:05}.md", f"---\n{header}---\n{body}\n```text\n{log}\n```\n\n## Timeline\n\n{line}\n"


def _words(chance: random.Random, service: str, thing: str, due: date) -> dict[str, str]:
    """What a header takes from the policy's vocabularies: as mixed as an archive of ten years is."""
    closed = due + timedelta(days=chance.randrange(-10, 40))
    other = chance.choice([name for name in SERVICES if name != service])
    return {
        "severity": chance.choices(("P1", "P2", "P3"), (5, 8, 4))[0], "kind": chance.choices(KINDS, (6, 4, 5, 2, 1))[0], "trigger": chance.choices(TRIGGERS, (37, 31, 9, 6, 5, 5, 5, 2))[0],
        "source": chance.choice(SOURCES), "services": service if chance.random() < 0.7 else f"{service}, {other}", "visibility": "public" if chance.random() < 0.2 else "internal",
        "fixed": f"done\n  closed: {closed}" if chance.random() < 0.8 else "open", "state": chance.choice(STATES).format(closed=closed, thing=thing, service=service),
        "confidence": chance.choices(("established", "likely"), (8, 3))[0], "share": f"{chance.lognormvariate(0, 1):.1f}%", "users": str(round(chance.lognormvariate(7, 1.5))),
    }


_MINUTES = {"started": 0, "detected": 7, "acknowledged": 9, "mitigation_started": 20, "mitigated": 36, "resolved": 42}


def _utc(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"


def _sentence(chance: random.Random, service: str) -> str:
    text = chance.choice(WORDS)
    return text.format(
        thing=chance.choice(THINGS), second=chance.choice(THINGS), service=service, other=chance.choice(SERVICES), effect=chance.choice(EFFECTS), place=chance.choice(PLACES),
        a=chance.randrange(2, 90), b=chance.randrange(100, 900), host=f"{chance.randrange(4096):03x}", code=chance.choice(CODES), release=f"{chance.randrange(16, 27)}.{chance.randrange(1, 53)}",
    )


def _paragraphs(chance: random.Random, service: str) -> str:
    return "\n\n".join(" ".join(f"{_opened(_sentence(chance, service))}." for _ in range(5)) for _ in range(2))


def _opened(said: str) -> str:
    return said[0].upper() + said[1:]


HEADER = """\
schema: 1
title: The {thing} of {service} {effect}
status: published
severity: {severity}
kind: {kind}
criteria: [customer-impact]
incidents: [INC-{number}]
services: [{services}]
paths: ["config/{service}/**"]
timestamps:
  started: {started}
  detected: {detected}
  acknowledged: {acknowledged}
  mitigation_started: {mitigation_started}
  mitigated: {mitigated}
  resolved: {resolved}
detection: {{source: {source}}}
impact: {{users: {users}, share: {share}, data: none, service: "503 on 41 % of requests"}}
roles:
  incident_commander: "@sre-lead"
  on_call: "@{service}-oncall"
  product_owner: "@{service}-po"
  tech_lead: "@{service}-tl"
trigger: {{kind: {trigger}, what: "a limit was raised in release {number}"}}
cause:
  class: class-{slug}
  what: "two parts share one {thing} and no test covers both"
  confidence: {confidence}
factors:
  - {{kind: missing-automation, what: "limits are set by hand"}}
fix:
  change: "contract test that fails when two parts write to the same {thing}"
  artefact: {{kind: test, path: tests/contract/test_{number}.py}}
  owner: "@{service}-lead"
  due: {due}
  tracking: https://example.com/issues/{number}
  state: {fixed}
  success: {{what: "no incident of this class", until: {until}}}
actions:
  - {{id: a1, do: "page on 503 rate > 2 % for 3 minutes", kind: detect, horizon: short-term, owner: "@sre-lead", due: {due}, state: {state}}}
recurrence_of: [{earlier}]
visibility: {visibility}
sign_off: [{{role: tech_lead, by: "@{service}-tl", on: {due}}}]
"""

if __name__ == "__main__":
    main()
