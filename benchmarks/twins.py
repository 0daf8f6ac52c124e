"""Postmortems in pairs: the same flaw of the same part told twice in other words, among hundreds of other incidents of the same parts.

The two tellings of a flaw are two texts below, never one text with words exchanged, and what surrounds them is drawn anew for each. The others mention the
flaws as well, as what was suspected and was not it. The same seed gives the same files.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple


class Telling(NamedTuple):
    """One way to tell a flaw: what was seen, what allowed it, what set it off, and how it went."""

    seen: str
    flaw: str
    trigger: str
    story: str


# Each flaw under its class: the kind of its trigger, and two tellings.
FLAWS: dict[str, tuple[str, Telling, Telling]] = {
    "certificate-expiry": ("expiry", Telling(
        "stopped answering when its certificate expired", "nothing counts down the days that a certificate has left", "the client certificate ran out at midnight",
        "Every handshake failed with `certificate has expired`. The renewal reminder went to a mailbox that was closed in spring."), Telling(
        "refused every TLS connection for two hours", "renewing credentials is a note in a calendar and no job does it", "the validity of a signed key ended",
        "Peers no longer trusted the presented chain. A new certificate was issued by hand, which needed two people and a token from the safe.")),
    "pool-exhaustion": ("capacity-management", Telling(
        "ran out of database connections", "pool size times instances may exceed what the database allows, and nobody multiplies them", "autoscaling added eight instances",
        "New instances waited for a connection and were killed by the health check, which started more of them."), Telling(
        "queued requests because no session was free", "the sum of all pools has no owner and no limit below the server's own", "a launch doubled the number of workers",
        "The database rejected logins with `too many clients`. CPU was idle. Closing idle sessions brought it back.")),
    "retry-storm": ("service-provider-change", Telling(
        "was flattened by its own retries", "each layer retries three times and no budget limits the product", "the provider slowed from 80 ms to 4 s",
        "One slow answer became twenty-seven requests. Queues grew faster than they drained until retries were switched off."), Telling(
        "received twenty times its usual load after a short hiccup", "clients repeat a timed-out call at once, without jitter and without a ceiling", "a partner's interface hung for a minute",
        "Repeated calls arrived in waves. Shedding the repetitions at the edge let the backlog melt.")),
    "timezone-arithmetic": ("other", Telling(
        "doubled entries on the night the clocks changed", "a day is taken for 24 hours, and local time is stored without an offset", "daylight saving time ended",
        "The hour from two to three came twice, and each pass wrote its own rows."), Telling(
        "fired an hour early for everybody abroad", "schedules are computed in wall time and compared with UTC", "the clocks went forward in spring",
        "Reminders were due at nine and left at eight. The offset of March was applied to rows written in February.")),
    "migration-lock": ("binary-push", Telling(
        "froze while a column was added", "a schema change takes a lock for as long as the longest reader, and rehearsals run on an empty table", "a migration altered the busiest table",
        "`ALTER TABLE` waited behind a report, and every writer waited behind `ALTER TABLE`."), Telling(
        "timed out on writes during a deploy", "nobody sees before production how long DDL blocks a table of this size", "a deploy rewrote an index in place",
        "The lock queue held four hundred sessions. Cancelling the migration freed them within seconds.")),
    "duplicate-delivery": ("processing-pipeline", Telling(
        "handled the same message twice", "a consumer that is restarted replays what it had not acknowledged, and handlers are not idempotent", "a rebalance restarted the consumer",
        "Two hundred customers were sent two confirmations each. No key tells a second delivery from a first."), Telling(
        "charged some orders two times", "at-least-once is what the broker promises and exactly-once is what the code expects", "a worker died between its effect and its acknowledgement",
        "The message came back after the visibility timeout and was processed again. Refunds took a day.")),
    "cache-key-collision": ("configuration-push", Telling(
        "showed one customer's data to another", "two writers share one cache key and no test covers both", "a prefix changed in a release",
        "Both wrote under `v3`. The later writer won, and readers took what they found."), Telling(
        "served pages in the wrong language", "names in the shared cache are chosen freely, so that different contents can have the same address", "a new reader was pointed at existing entries",
        "The key held the article and not the language. Whoever asked first decided what the next thousand saw.")),
    "flag-default-on": ("configuration-push", Telling(
        "exposed an unfinished page to everybody", "a flag that cannot be fetched counts as on", "the flag service was restarted",
        "For nine minutes no flags were known, and the code's fallback opened what was hidden."), Telling(
        "switched to the new flow without being asked", "toggles fall back to enabled where their provider is away", "the toggle provider refused connections",
        "Support saw screens that were meant for March. Forcing the toggle off in the configuration ended it.")),
    "disk-full": ("performance-decay", Telling(
        "stopped writing because its disk was full", "log files are rotated by day and never by size", "debug logging was left on after a test",
        "`No space left on device` stood in the last log line. Deleting yesterday's log brought it back."), Telling(
        "went read-only on a Sunday", "growth of the volume is drawn on a dashboard and alerts nobody", "an archive job kept its temporary files",
        "The disk had filled at a steady four percent a day for three weeks. Three gigabytes of leftovers were removed.")),
    "unbounded-cardinality": ("binary-push", Telling(
        "drowned the metrics store", "a label may take as many values as there are customers", "a label with the basket number was added",
        "Series grew from eighty thousand to nine million. Dashboards went blank, alerts with them."), Telling(
        "lost its alerts for half a day", "what a service may send to the collector has no ceiling", "a metric began to carry the session in a label",
        "The collector ran out of memory three times. Dropping that one metric at the gateway was enough.")),
    "dns-cached-forever": ("hardware", Telling(
        "kept talking to a gateway that had moved", "the resolver's answer is kept for the life of the process", "the gateway got a new address",
        "Everything that was started before noon went to the old address; everything after it worked. Restarting was the cure."), Telling(
        "could not find its upstream after a failover", "time-to-live is ignored by the runtime, which looks a name up once", "the standby took over under another IP",
        "`dig` gave the right address while the process kept dialling the dead one.")),
    "poison-message": ("processing-pipeline", Telling(
        "stood still behind one message", "what cannot be parsed is retried for ever, at the head of the queue", "a name with an emoji came in",
        "The handler crashed, restarted and met the same message again. Forty thousand waited behind it."), Telling(
        "fell four hours behind on one partition", "there is no side road for a record that no consumer can decode", "a producer sent a field as text that had been a number",
        "The same offset was tried eleven thousand times. Skipping that one message by hand let the rest flow.")),
    "stale-asset": ("binary-push", Telling(
        "showed blank pages to returning visitors", "old scripts stay in browsers for a day and the interface changes at once", "a release renamed a field",
        "Yesterday's script asked for `total` and was given `sum`. A forced reload helped, which no visitor knows."), Telling(
        "broke for those who had it open overnight", "client and server are released together and do not arrive together", "an answer of the interface lost a field",
        "Errors fell off as tabs were closed. The removed field was put back for a week.")),
    "iam-scope": ("manual-change", Telling(
        "could delete what it should only read", "roles are copied from the nearest one, wildcards included", "a clean-up job ran with the role of the backup",
        "The job listed, and then removed. Versioning in the bucket saved the objects."), Telling(
        "lost write access to half of its buckets", "nobody can say which permissions a role needs, so they are granted and withdrawn by guess", "a wildcard was narrowed by hand",
        "The role had been used by four jobs, of which the ticket named one. The old permissions were restored.")),
    "search-reindex": ("manual-change", Telling(
        "found nothing while its index was rebuilt", "the index is rebuilt in place, under the name that readers use", "a rebuild was started in the afternoon",
        "For thirty minutes every search had zero hits. The rebuild could not be stopped without starting over."), Telling(
        "returned half of the catalogue", "there is one index and no alias that could point to the complete one", "an analyser was changed and documents were written anew",
        "Hits grew by the minute as documents came in. Traffic was sent to yesterday's copy of the index.")),
    "clock-skew": ("hardware", Telling(
        "rejected tokens that had just been issued", "two machines may disagree about the time, and no tolerance is granted", "a host came back from maintenance two minutes slow",
        "`issued in the future` was the reason in the log. Time synchronisation had been off since the reboot."), Telling(
        "signed people out as soon as they signed in", "drift between hosts is not watched, and tokens are checked to the second", "the time daemon did not start after a patch",
        "One host of twelve ran ninety seconds behind. Taking it out of rotation ended it.")),
}  # fmt: skip

PARTS = {
    "basket store": "checkout", "price feed": "pricing", "label printer gateway": "warehouse", "order exporter": "warehouse", "invoice archive": "payments",
    "card vault": "payments", "gift desk": "checkout", "mail relay": "mail", "newsletter sender": "mail", "photo service": "catalogue", "wish list": "catalogue",
    "sign-in page": "identity",
}  # fmt: skip
OTHER_SEEN = ("answered slowly", "lost its place", "was down for ten minutes", "sent empty answers", "stopped at noon", "showed old figures", "was refused by its peers")
OTHER_FLAWS = (
    "a limit was set for the traffic of two years ago", "nobody is told when the nightly job ends early", "the order of two steps was never written down",
    "the test data has no customer with two addresses", "a default of the supplier is not ours", "the load test leaves out the slowest page",
    "two teams each thought that the other one had switched it on", "the backlog is cleared by hand and nobody counts it",
)  # fmt: skip
OTHER_TRIGGERS = ("a release went out at ten", "an operator restarted the wrong host", "a supplier changed a format", "the sale began", "a batch grew by a third")
OTHER_KINDS = ("binary-push", "manual-change", "service-provider-change", "user-behaviour-change", "capacity-management", "processing-pipeline")
HERRINGS = (
    "The certificate was looked at first and is valid until June.", "The connection pool stood at a third of its size.", "Retries were suspected and were not there.",
    "The clocks of all hosts agreed.", "No migration had run that week.", "Messages were delivered once, as a look at the keys showed.", "The cache had its usual hit ratio.",
    "The feature flag was off before and after.", "The disk was half empty.", "No new metric label had been added.", "DNS answered with the right address.",
    "The queue was empty, and no message waited.", "Browsers had the newest script.", "Roles and permissions had not changed.", "The search index was whole.",
    "Tokens were issued and checked as ever.",
)  # fmt: skip
AROUND = (
    "The alert came after {a} minutes and named the symptom.", "Support had {b} tickets before noon.", "The runbook led to the right dashboard.",
    "The release of that morning was suspected first and cleared after {a} minutes.", "Traffic was moved to the second zone.",
    "The on-call engineer of the neighbouring service joined and brought the missing graph.", "A status page entry was written after {a} minutes.",
    "Nothing in staging looks like this, because staging has one instance.", "Orders that had been refused were repeated by hand, {b} of them.",
    "The rollback took {a} minutes, as rehearsed.", "Two dashboards disagreed, and both were right about their own region.",
    "The first fix made it slower and was taken back.", "A customer wrote before the alert did.", "The weekly report shows a dent of {b} orders.",
)  # fmt: skip
FILE = """\
---
title: The {part} {told.seen}
status: published
severity: P2
kind: outage
services: [{service}]
timestamps: {{started: {start}, resolved: {end}}}
trigger: {{kind: {kind}, what: "{told.trigger}"}}
cause: {{class: {slug}, what: "{told.flaw}", confidence: established}}
fix: {{change: "a check in the pipeline of the {part}", owner: "@{service}-lead", due: {due}, state: open}}
---

{before}

## What happened

{told.story}

{after}
"""


def write(folder: Path, *, classed: bool, others: int = 300, seed: int = 1) -> dict[str, str]:
    """Write a project of twins and others; each second twin's id and that of the first.

    Args:
        folder: the project's folder.
        classed: whether the second twin bears its class, or `unknown`.
        others: how many postmortems are no twins.
        seed: of everything that is drawn.
    """
    chance = random.Random(seed)
    (folder / "postmortems").mkdir(parents=True)
    (folder / "postmortems" / "policy.yml").write_text("schema: 1\n", "utf-8")
    told = [(slug, *tellings) for slug, (_, *tellings) in FLAWS.items()]
    halves = [(slug, telling) for slug, *pair in told for telling in chance.sample(pair, 2)]
    places = sorted(chance.sample(range(others + len(halves)), len(halves)))
    # The first tellings come in any order before the second ones, so that a twin may be hundreds of incidents away.
    order = [*chance.sample(halves[::2], len(told)), *chance.sample(halves[1::2], len(told))]
    at, first, twins = dict(zip(places, order, strict=True)), dict[str, str](), dict[str, str]()
    part_of = {slug: chance.choice(list(PARTS)) for slug in FLAWS}
    for number in range(others + len(halves)):
        slug, telling = at.get(number) or (f"other-{chance.randrange(40)}", _other(chance))
        again = slug in first
        kind = FLAWS[slug][0] if slug in FLAWS and chance.random() < 0.75 else chance.choice(OTHER_KINDS)
        id = _write(folder, chance, number, telling, part_of.get(slug) or chance.choice(list(PARTS)), kind, "unknown" if again and not classed else slug)
        if slug in FLAWS:
            twins |= {id: first[slug]} if again else {}
            first.setdefault(slug, id)
    return twins


def _other(chance: random.Random) -> Telling:
    story = chance.choice(HERRINGS) if chance.random() < 0.3 else "It took a while to see it."
    return Telling(chance.choice(OTHER_SEEN), chance.choice(OTHER_FLAWS), chance.choice(OTHER_TRIGGERS), story)


def _write(folder: Path, chance: random.Random, number: int, told: Telling, part: str, kind: str, slug: str) -> str:
    start = datetime(2024, 1, 1, 8, tzinfo=timezone.utc) + timedelta(hours=31 * number)
    around = [line.format(a=chance.randrange(3, 40), b=chance.randrange(20, 900)) for line in chance.sample(AROUND, 6)]
    id = f"{start:%Y-%m-%d}-{part.replace(' ', '-')}-{number}"
    text = FILE.format(
        part=part, told=told, service=PARTS[part], kind=kind, slug=slug, start=f"{start:%Y-%m-%dT%H:%M:%SZ}", due=f"{start + timedelta(days=20):%Y-%m-%d}",
        end=f"{start + timedelta(minutes=50):%Y-%m-%dT%H:%M:%SZ}", before=" ".join(around[:3]), after=" ".join(around[3:]),
    )
    (folder / "postmortems" / f"{id}.md").write_text(text, "utf-8")
    return id
