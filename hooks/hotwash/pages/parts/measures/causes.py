"""What triggered incidents and what allowed them: crossed, and beside a published distribution."""

from __future__ import annotations

from collections.abc import Mapping

from hotwash.metrics import reference
from hotwash.metrics.counting import Tally, crossed, of_class, tally, trigger
from hotwash.metrics.shares import SMALL, Share, wilson
from hotwash.pages.parts.charts.canvas import Numbers, cards, chart, keys, linked
from hotwash.pages.parts.charts.heat import heat
from hotwash.pages.parts.charts.versus import Pair, versus
from hotwash.pages.parts.html import Html, join, tag
from hotwash.pages.parts.measures.view import SILENT, View, silent, told_by

_MOST = 12


def causes(view: View) -> Html:
    """The crossing, then both comparisons."""
    by_trigger = tally(view.period.posts, trigger)
    by_cause = tally(view.period.posts, of_class("category", view.site.policy, view.site.archive))
    return cards(_crossed(view, by_trigger, by_cause), _beside(view, by_trigger, "triggers", "trigger", reference.TRIGGERS), _beside(view, by_cause, "causes", "category", reference.CAUSES))


def _crossed(view: View, triggers: Tally, found: Tally) -> Html:
    policy, title = view.site.policy, "Trigger and root cause"
    counted = crossed(triggers, found)
    rows = [word for word in triggers.by_word if any(row == word for row, _ in counted)][:_MOST]
    columns = [word for word in found.by_word if any(column == word for _, column in counted)][:_MOST]
    fields = {
        (row, column): view.part(posts, "", f"{policy.title('triggers', row)}, {policy.title('causes', column)}", trigger=row, category=column)
        for (row, column), posts in counted.items() if row in rows and column in columns
    }
    names = [(word, policy.title("triggers", word)) for word in rows], [(word, policy.title("causes", word)) for word in columns]
    said = "A field for each pair of what started an incident (rows) and what allowed it (columns), with the number of incidents."
    data = [(name, *(linked(f"{fields[row, column].size:.0f}", fields[row, column].href) if (row, column) in fields else "" for column in columns)) for row, name in names[0]]
    both = len({post.id for posts in counted.values() for post in posts})
    notes = (silent(len(view.period.posts) - both, "one of them"), f"Only the {_MOST} most frequent of each are drawn." if max(len(triggers.by_word), len(found.by_word)) > _MOST else "")
    headline = join((tag("b", f"{both:,} of {len(view.period.posts):,}"), " incidents say both")) if counted else "No incident says both."
    return chart(title, [heat(title, said, *names, fields)] if counted else [], Numbers(("Trigger", *(name for _, name in names[1])), data), headline=headline, notes=notes, wide=True)


def _beside(view: View, found: Tally, vocabulary: str, key: str, theirs: Mapping[str, float]) -> Html:
    policy = view.site.policy
    title = "Triggers beside a published distribution" if key == "trigger" else "Root causes beside a published distribution"
    words = [*theirs, *(word for word in found.by_word if word not in theirs)][: _MOST * 2]
    pairs = [Pair(policy.title(vocabulary, word), Share(len(found.by_word.get(word, ())), found.told), theirs.get(word), view.leads(found.by_word.get(word, ()), **{key: word})) for word in words]
    data = [(pair.name, linked(pair.ours.part, pair.href), f"{pair.ours.percent:.1f} %", _interval(pair.ours), f"{pair.theirs} %" if pair.theirs is not None else "–") for pair in pairs]
    said = "A bar for our share with the interval in which it may lie, and a diamond for the published share."
    source = join(("Theirs: ", tag("a", reference.NAME, href=reference.SOURCE, rel="noopener"), ", postmortems of Google, 2010 to 2017."))
    few = f"Only {found.told:,} incidents say it, fewer than {SMALL}: the intervals are wide, and a difference inside them means nothing." if 0 < found.told < SMALL else ""
    notes = (source, "The thin line is a 95 % interval after Wilson (1927).", few, silent(len(found.silent), "one"))
    numbers = Numbers(("Word", "Ours", "Ours, share", "95 % interval", "Theirs"), data)
    if not found.told:
        return chart(title, [], numbers, headline=SILENT, notes=(source,))
    headline = join((told_by(found.told, view), " say it" if len(view.period.posts) > 1 else " says it"))
    return chart(title, [versus(title, said, pairs)], numbers, headline=headline, notes=notes, keys=keys((("good", "ours"), ("theirs", "theirs"))))


def _interval(share: Share) -> str:
    low, high = wilson(share)
    return f"{low:.0f} to {high:.0f} %" if share.whole else "–"
