"""How often: incidents through time by severity, and by service."""

from __future__ import annotations

from collections.abc import Iterator

from hotwash.metrics.counting import Tally, most, services, tally
from hotwash.metrics.period import Step, steps
from hotwash.model import Postmortem
from hotwash.pages.parts.charts.canvas import Numbers, Part, cards, chart, keys, linked
from hotwash.pages.parts.charts.columns import Column, columns
from hotwash.pages.parts.charts.rows import Row, rows
from hotwash.pages.parts.html import Html
from hotwash.pages.parts.measures.view import SILENT, View, looks, silent, step_words
from hotwash.pages.parts.words import count

_EVERY = {"month": "every month", "quarter": "every quarter", "year": "every year"}
_HIGH = 240
"""As high as a dozen services beside it."""


def often(view: View) -> Html:
    """Both charts."""
    return cards(_through_time(view), _by_service(view))


def _through_time(view: View) -> Html:
    size, drawn = steps(view.period)
    policy = view.site.policy
    split = [(step, tally(step.posts, lambda post: [policy.severity(post) or post.text("severity")])) for step in drawn]
    severities = [*dict.fromkeys([*policy.words("severities"), *(word for _, found in split for word in found.by_word)]), ""]
    colours = {**looks(severities[:-1]), "": "sev0"}
    used = [word for word in severities if any(_of(found, word) for _, found in split)]
    title = f"Incidents {_EVERY[size]}, by severity"
    found = [Column(step_words(step.name), str(len(step.posts) or ""), tuple(_parts(view, size, step, tallied, colours, used))) for step, tallied in split]
    said = f"A column for {_EVERY[size]}; the gravest severity stands at the bottom."
    heads = (size.title(), "All", *(_named(word, view) for word in used))
    data = [(step.name, linked(len(step.posts), view.leads(step.posts, **{size: step.name})), *(len(_of(tallied, word)) for word in used)) for step, tallied in split]
    last = f"The last {size} is not over." if drawn else ""
    headline = f"{count(len(view.period.posts), 'incident')} in all"
    return chart(title, [columns(title, said, found, high=_HIGH)], Numbers(heads, data), headline=headline, keys=keys((colours[word], _named(word, view)) for word in used), notes=(last, view.undrawn(drawn)))


def _parts(view: View, size: str, step: Step, found: Tally, colours: dict[str, str], used: list[str]) -> Iterator[Part]:
    for word in used:
        posts = _of(found, word)
        yield view.part(posts, colours[word], f"{step.name}, {_named(word, view)}", **{size: step.name, "severity": word or "none"})


def _of(found: Tally, word: str) -> tuple[Postmortem, ...]:
    return found.by_word.get(word, ()) if word else found.silent


def _named(word: str, view: View) -> str:
    if not word:
        return "unknown severity"
    name = view.site.policy.title("severities", word)
    return word if name == word else f"{word} {name}"


def _by_service(view: View) -> Html:
    title, policy = "Incidents per service", view.site.policy
    found = tally(view.period.posts, services)
    shown, named = most(found), set[str]()
    named.update(word for word, _ in shown)
    rest = [word for word in found.by_word if word not in named]
    drawn, data = [], []
    for word, posts in shown:
        name = policy.title("services", word) if word else f"{count(len(rest), 'other service')}"
        part = view.part(posts, "good" if word else "pale", name, service=word or rest)
        drawn.append(Row(name, f"{len(posts):,}", (part,)))
        data.append((name, linked(len(posts), part.href)))
    said = "A bar for each service, the most frequent first. An incident that names several services counts with each."
    notes = ("An incident counts with every service that it names.", silent(len(found.silent), "a service"))
    return chart(title, [rows(title, said, drawn)], Numbers(("Service", "Incidents"), data), notes=notes, headline=f"{count(len(found.by_word), 'service')} named by {count(found.told, 'incident')}" if found.told else SILENT)
