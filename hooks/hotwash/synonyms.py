"""Words of operations that mean the same thing, or stand for it: two teams tell one flaw with different ones.

A line is an idea: its name, then words that stand for it. A word may stand for several. It is English; in other languages words count as they are written.
"""

from __future__ import annotations

from collections.abc import Mapping

_IDEAS = """
access: permission role grant privilege scope wildcard access authorise authorisation policy
alert: alert page pager alarm notify notification threshold
amount: amount currency rounding cent decimal price sum
asset: asset script bundle stylesheet javascript browser tab
backup: backup restore snapshot archive recovery
cache: cache cached entry evict invalidate
capacity: capacity scale autoscale autoscaling instance worker replica load traffic
certificate: certificate tls ssl handshake x509 chain credential
clock: clock time drift skew synchronisation ntp daemon
connection: connection session pool socket client
dns: dns resolve resolver lookup hostname address
duplicate: duplicate twice double idempotent idempotence replay redeliver redelivery repeated exactly-once
encoding: encoding unicode utf emoji charset character
expiry: expire expired expiry validity renew renewal lapse lapsed outdated
failover: failover standby primary secondary
flag: flag toggle feature switch fallback
index: index reindex rebuild alias search
key: key prefix namespace collision
limit: limit ceiling budget quota throttle cap bound unbounded
local: timezone daylight summer winter offset utc midnight calendar
lock: lock locked block blocked deadlock contention
log: log logging debug verbose rotate rotation
memory: memory heap leak oom
message: message record event queue broker consumer partition
metric: metric label series cardinality collector dashboard
migration: migration migrate schema ddl column alter
network: network firewall gateway proxy route
order: order sequence race concurrent concurrency
parse: parse decode malformed unreadable deserialise format
release: release deploy deployment rollout version
retry: retry retried repeat resend backoff jitter hammer
secret: secret password credential leak
slow: slow slowed latency timeout hang stall
space: disk volume space storage full
supplier: supplier provider vendor partner upstream third-party
token: token signed issued signature login sign-in
"""


def _stands_for() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _IDEAS.strip().split("\n"):
        idea, _, words = line.partition(":")
        for word in words.split():
            found[word] = (*found.get(word, ()), idea)
    return found


IDEAS: Mapping[str, tuple[str, ...]] = _stands_for()
"""Each word, and the ideas that it stands for."""
