"""The numbers of the metrics page as one flat list, for JSON and CSV: what is counted, of which time, by which word, and of how many."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from hotwash.archive import Archive
from hotwash.lateness import publications, punctuality
from hotwash.metrics import Clocks, clocks
from hotwash.metrics.counting import Tally, of_class, services, source, tally, trigger
from hotwash.metrics.fixes import WORDS, fixes, recurrence, repeated, worked
from hotwash.metrics.period import Period, latest, steps, whole
from hotwash.metrics.shares import Share
from hotwash.metrics.spread import timed
from hotwash.metrics.tasks import STATES, by_age, in_time, tasks
from hotwash.model import Postmortem
from hotwash.past import History
from hotwash.policy import Policy
from hotwash.recurrence import Verdict
from hotwash.tabular import as_csv as table

VERSION = 1
_QUANTILES = ("median", "lower", "upper", "ninetieth")
_SILENT = "none"


class Number(NamedTuple):
    """One number. `of` is how many it is a part or a quantile of; None where it is a plain count."""

    period: str
    """`latest`, the last four quarters, or `whole`, the archive."""
    measure: str
    by: str
    """What the incidents are told apart by: `severity`, `month`; empty for all."""
    word: str
    """The word of that; `none` for those that do not say."""
    value: int | None
    of: int | None
    unit: str
    """`incidents`, `seconds`, `fixes`, `tasks` or `postmortems`."""


Told: TypeAlias = "tuple[str, str, str, int | None, int | None, str]"
"""A number without its period."""


class Known(NamedTuple):
    """What the numbers are made of."""

    archive: Archive
    policy: Policy
    history: History
    verdicts: Mapping[str, Verdict]


def numbers(known: Known, as_of: date) -> list[Number]:
    """All numbers, of the last four quarters and of the whole archive."""
    everything = whole(known.archive, as_of)
    return [Number(name, *told) for name, period in (("latest", latest(everything)), ("whole", everything)) for told in _of_period(period, known)]


def _of_period(period: Period, known: Known) -> Iterator[Told]:
    posts = period.posts
    yield "incidents", "", "", len(posts), None, "incidents"
    size, found = steps(period)
    for step in found:
        yield "incidents", size, step.name, len(step.posts), None, "incidents"
    for by, words in _words(known).items():
        yield from _counted(by, tally(posts, words))
    yield from _clocks(posts)
    yield _share("came back within the repeat window", recurrence(posts, repeated(known.archive, known.policy), known.archive), "incidents")
    yield from _fixes(posts, known)
    yield from _tasks(posts, period.last)
    told = punctuality(publications(posts, known.policy, known.history, period.last))
    yield _share("published by the deadline", told.on_time, "postmortems")
    yield "publication not known", "", "", told.unknown, None, "postmortems"
    yield "being written", "", "", told.waiting, None, "postmortems"


def _words(known: Known) -> Mapping[str, Callable[[Postmortem], Iterable[str]]]:
    """What incidents are told apart by, under the keys of the filter page."""
    policy, archive = known.policy, known.archive
    return {
        "severity": lambda post: [policy.severity(post)], "kind": lambda post: [post.text("kind")], "service": services, "class": archive.classes,
        "trigger": trigger, "source": source, **{key: of_class(key, policy, archive) for key in ("category", "level", "label")},
    }  # fmt: skip


def _counted(by: str, found: Tally) -> Iterator[Told]:
    for word, posts in found.by_word.items():
        yield "incidents", by, word, len(posts), None, "incidents"
    if found.silent:
        yield "incidents", by, _SILENT, len(found.silent), None, "incidents"


def _clocks(posts: Sequence[Postmortem]) -> Iterator[Told]:
    """Quantiles, and no mean: one long incident would carry it away."""
    for name, clock in zip(Clocks._fields, timed((post, clocks(post)) for post in posts), strict=True):
        for quantile in _QUANTILES:
            value = getattr(clock.spread, quantile)
            yield f"time to {name}", "quantile", quantile, None if value is None else round(value), clock.spread.n, "seconds"


def _fixes(posts: Sequence[Postmortem], known: Known) -> Iterator[Told]:
    found = fixes(posts, known.verdicts, known.policy).values()
    every = sum(len(same) for standings in found for same in standings.values())
    for word in WORDS:
        yield "fixes", "fix", word, sum(len(standings[word]) for standings in found), every, "fixes"
    tried = [worked(standings) for standings in found]
    yield _share("tried fixes that held", Share(sum(one.part for one in tried), sum(one.whole for one in tried)), "fixes")


def _tasks(posts: Sequence[Postmortem], as_of: date) -> Iterator[Told]:
    found = [task for post in posts for task in tasks(post, as_of)]
    for state in STATES:
        yield "fixes and actions", "state", state, sum(task.state == state for task in found), len(found), "tasks"
    for age, same in by_age(found).items():
        yield "open fixes and actions", "age", age, len(same), None, "tasks"
    yield _share("done by the day they were due", in_time(found), "tasks")


def _share(measure: str, share: Share, unit: str) -> Told:
    return measure, "", "", share.part, share.whole, unit


def as_json(found: Iterable[Number], as_of: date) -> str:
    """The list as a document, a number a line."""
    lines = ",\n".join(json.dumps(number._asdict(), ensure_ascii=False) for number in found)
    return f'{{\n"version": {VERSION},\n"as_of": "{as_of}",\n"numbers": [\n{lines}\n]\n}}\n'


def as_csv(found: Iterable[Number]) -> str:
    """The list as CSV, a number a line."""
    return table((number._asdict() for number in found), Number._fields)
