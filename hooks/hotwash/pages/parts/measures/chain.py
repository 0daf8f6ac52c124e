"""Where the chain broke, and who noticed first."""

from __future__ import annotations

from hotwash.metrics.counting import of_class, source, tally
from hotwash.metrics.period import steps
from hotwash.metrics.shares import Share
from hotwash.pages.parts.charts.canvas import Numbers, cards, chart, keys, linked
from hotwash.pages.parts.charts.columns import Column, columns
from hotwash.pages.parts.charts.rows import Row, rows
from hotwash.pages.parts.html import Html, join, tag
from hotwash.pages.parts.measures.view import SILENT, View, silent, small, step_words, told_by

CUSTOMER = "customer"


def chain(view: View) -> Html:
    """Levels and labels."""
    return cards(_words(view, "level", "chain_levels", "Which level of the chain was missing"), _words(view, "label", "labels", "What was missing there"))


def noticed(view: View) -> Html:
    """What noticed it first: over time by customers, and by everything."""
    return cards(_by_customers(view), _sources(view))


def _words(view: View, key: str, vocabulary: str, title: str) -> Html:
    policy = view.site.policy
    found = tally(view.period.posts, of_class(key, policy, view.site.archive))
    # Levels have an order of their own, from strategy down to operation; labels stand by their number.
    order = [word for word in policy.words(vocabulary) if key == "level" or word in found.by_word] if key == "level" else list(found.by_word)
    drawn, data = [], []
    for word in [*order, *(word for word in found.by_word if word not in order)]:
        posts = found.by_word.get(word, ())
        name, share = policy.title(vocabulary, word), Share(len(posts), found.told)
        part = view.part(posts, "good", name, **{key: word})
        drawn.append(Row(name, f"{share.part:,} · {share.percent:.0f} %", (part,)))
        data.append((name, linked(len(posts), part.href), str(share)))
    said = f"A bar for each {key}; the {key} is the one that the policy gives to the class."
    notes = (silent(len(found.silent), f"a {key}"), small(Share(0, found.told)))
    return chart(title, [rows(title, said, drawn)] if found.told else [], Numbers((key.title(), "Incidents", "Share"), data if found.told else []), headline=told_by(found.told, view), notes=notes)


def _by_customers(view: View) -> Html:
    size, found = steps(view.period, "quarter")
    drawn, data, name = [], [], view.site.policy.title("detection_sources", CUSTOMER)
    others = [word for word in tally(view.period.posts, source).by_word if word != CUSTOMER]
    for step in found:
        told = tally(step.posts, source)
        customers = told.by_word.get(CUSTOMER, ())
        rest = [post for word, posts in told.by_word.items() if word != CUSTOMER for post in posts]
        parts = (view.part(customers, "warn", f"{step.name}, {name}", **{size: step.name, "source": CUSTOMER}), view.part(rest, "pale", f"{step.name}, something else", **{size: step.name, "source": others}))
        share = Share(len(customers), told.told)
        drawn.append(Column(step_words(step.name), f"{share.part}/{share.whole}" if share.whole else "", parts))
        data.append((step.name, linked(len(customers), parts[0].href), linked(len(rest), parts[1].href), str(share)))
    told = tally(view.period.posts, source)
    share = Share(len(told.by_word.get(CUSTOMER, ())), told.told)
    title, said = "Noticed first by customers", f"A column for every {size}: at the bottom the incidents that a customer noticed before we did."
    headline = join((tag("b", f"{share.part:,} of {share.whole:,}"), f" that say it, {share.percent:.0f} %")) if share.whole else SILENT
    legend = keys((("warn", name), ("pale", "something else"))) if share.whole else None
    return chart(title, [columns(title, said, drawn)] if share.whole else [], Numbers((size.title(), name, "Something else", "Share"), data if share.whole else []), headline=headline, keys=legend, notes=(silent(len(told.silent), "a first signal"), small(share)))


def _sources(view: View) -> Html:
    policy, found = view.site.policy, tally(view.period.posts, source)
    drawn, data = [], []
    for word, posts in found.by_word.items():
        name, share = policy.title("detection_sources", word), Share(len(posts), found.told)
        part = view.part(posts, "warn" if word == CUSTOMER else "good", name, source=word)
        drawn.append(Row(name, f"{share.part:,} · {share.percent:.0f} %", (part,)))
        data.append((name, linked(len(posts), part.href), str(share)))
    title = "What noticed it first"
    return chart(title, [rows(title, "A bar for each kind of first signal, the most frequent first.", drawn)] if drawn else [], Numbers(("First signal", "Incidents", "Share"), data), headline=told_by(found.told, view), notes=(small(Share(0, found.told)),))
