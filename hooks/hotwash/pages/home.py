"""The home page: what needs attention, what is new, what came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from hotwash.clock import spoken
from hotwash.due import SOON, Owed
from hotwash.lesson import NEW, is_new
from hotwash.metrics import clocks, skipped
from hotwash.metrics.spread import spread
from hotwash.model import Page, Postmortem
from hotwash.pages import CALENDAR, Site, page_of
from hotwash.pages.parts import chips
from hotwash.pages.parts.frame import heading, lead, nothing, page
from hotwash.pages.parts.html import Html, block, chip, join, tag
from hotwash.pages.parts.memory import remembered
from hotwash.pages.parts.owing import TASKS, rows
from hotwash.pages.parts.words import count, day_of, day_words, days, shorten, title_of
from hotwash.pages.recorded.feeds import ATOM
from hotwash.quarter.span import quarter_of
from hotwash.recurrence import LIVE, apart, earlier, is_repeat

HERE = "index.md"
_MOST, _SOON, _CARDS, _REPEATS, _IN_PUBLIC = 5, 3, 3, 3, 6

_LONGEST = 160
"""Characters of what happened, on a card."""
Repeat = tuple[Postmortem, Postmortem]
"""An incident, and the earlier one of its class."""


def pages(site: Site) -> Iterator[Page]:
    """The one home page."""
    title = f"Postmortems of {site.name}" if site.name else "Postmortems"
    if site.public:
        yield page(site, HERE, title, (_opening(site), *_newest(site), *remembered(site, HERE), _onward(site)), searched=False, hide=("navigation", "toc"))
        return
    owing, again = site.owing, repeats(site)
    blocks = (_opening(site), _figures(site, owing, again), *_attention(site, owing), *_new(site), *_soon(site, owing), *_came_back(site, again), *remembered(site, HERE), _onward(site))
    if not site.archive.posts:
        blocks = (_opening(site), heading("File the first postmortem"), *_first())
    yield page(site, HERE, title, blocks, searched=False, hide=("navigation", "toc"))


def _opening(site: Site) -> Html:
    said = lead("What happened, what allowed it, and what was changed so that it does not happen again.")
    return join((said, tag("p", site.notice, class_="hw-notice"))) if site.notice else said


def _first() -> Iterator[str]:
    """What to do in an archive that is still empty."""
    yield tag("p", "Nothing is filed yet. As soon as an incident is over, a stub is enough: what happened, how grave it was, and when it was over.")
    yield block('hotwash new "Checkout returned 503 for 36 minutes" --stub')
    yield tag("p", "Fill in what is known, commit the file, and it appears here with the day by which it is to be published.")


def _figures(site: Site, owing: Sequence[Owed], again: list[Repeat]) -> Html:
    """A few numbers, each leading to its list."""
    tasks = [item for item in owing if item.what in TASKS]
    filed = [post for post in site.archive.posts.values() if post.status == "filed"]
    written, left_out = [post for post in site.archive.posts.values() if post.status != "skipped"], skipped(site.archive)
    figures = [
        _figure(len(written), "postmortem" if len(written) == 1 else "postmortems", "postmortems/index.md", site, f"{left_out:,} not written, with a reason" if left_out else ""),
        _figure(len(filed), "being written", "filed.md", site),
        _figure(len(tasks), "open fixes and actions", "actions.md", site, f"{sum(item.late for item in tasks):,} overdue"),
        _figure(len(again), f"{'repeat' if len(again) == 1 else 'repeats'} within {days(site.policy.data['repeat_window'])}", "recurrences/index.md", site),
    ]
    if (median := _median_mitigation(site)) is not None:
        figures.append(_figure(spoken(median), "median time to mitigate", "postmortems/by-severity.md" if site.public else "metrics/all.md", site))
    return tag("div", *figures, class_="hw-figures")


def _figure(number: object, label: str, there: str, site: Site, more: str = "") -> Html:
    return tag("a", tag("b", f"{number:,}" if isinstance(number, int) else number), tag("span", label), tag("span", more, class_="hw-quiet") if more else None, href=site.address(HERE, there), class_="hw-figure")


def _median_mitigation(site: Site) -> int | None:
    median = spread(found for post in site.archive.posts.values() if (found := clocks(post).mitigate) is not None and found >= 0).median
    return None if median is None else round(median)


def _attention(site: Site, owing: Sequence[Owed]) -> Iterator[str]:
    late = [item for item in owing if item.late or item.what == "came-back"]
    yield heading("Needs attention")
    yield rows(late[:_MOST], site, HERE) if late else nothing("Nothing is late.")
    if len(late) > _MOST:
        tasks = sum(item.what in TASKS for item in late)
        yield tag("p", tag("a", f"All {tasks:,} overdue fixes and actions", href=site.address(HERE, "actions.md")), class_="hw-onward")


def _soon(site: Site, owing: Sequence[Owed]) -> Iterator[str]:
    soon = [item for item in owing if not item.late and item.due and (item.due - site.as_of).days <= SOON]
    if soon:
        yield heading(f"Due within {days(SOON)}")
        yield rows(soon[:_SOON], site, HERE)


def _newest(site: Site) -> Iterator[str]:
    """The newest postmortems of a public site. How many there are, and when the last one came, a hidden one could make false."""
    latest = [post for post in site.newest() if post.status in LIVE][:_IN_PUBLIC]
    if latest:
        yield heading("New")
        yield tag("div", *(_card(post, site) for post in latest), class_="hw-cards")
        yield tag("p", tag("a", "All postmortems", href=site.address(HERE, "postmortems/index.md")), class_="hw-onward")


def _new(site: Site) -> Iterator[str]:
    """What came since a week ago; the latest ones where nothing did."""
    since = max(site.as_of, date.min + NEW) - NEW
    latest = [post for post in site.newest() if post.status in LIVE]
    fresh = {post.id for post in latest if is_new(post, site.history, site.as_of)}
    if latest:
        yield heading("New")
        said = f"{count(len(fresh), 'postmortem')} since {day_words(since)}." if fresh else f"Nothing since {day_words(since)}. These are the latest."
        yield tag("p", said, class_="hw-quiet hw-count")
        shown = sorted(latest, key=lambda post: post.id not in fresh)[: max(_CARDS, min(len(fresh), 2 * _CARDS))]
        yield tag("div", *(_card(post, site, new=post.id in fresh) for post in shown), class_="hw-cards hw-cards--three")
        yield tag("p", tag("a", "All postmortems", href=site.address(HERE, "postmortems/index.md")), class_="hw-onward")


def _card(post: Postmortem, site: Site, *, new: bool = False) -> Html:
    mark = chip("new", "busy") if new else None
    again = chip("came back", "bad") if not site.public and earlier(post, site.archive) else None
    parts = (chips.severity(post, site), mark, again, chips.status(post) or None, tag("time", day_of(post), class_="hw-quiet") if day_of(post) else None)
    head = tag("p", join(parts, " "), class_="hw-head")
    title = tag("a", title_of(post), href=site.address(HERE, page_of(post)), class_="hw-card__title")
    return tag("article", head, title, tag("p", shorten(site.briefs[post.id].summary, _LONGEST)), tag("p", chips.services(post, site), class_="hw-card__foot"), class_="hw-card")


def _onward(site: Site) -> Html:
    """Where to go from here."""
    quarter = quarter_of(site.as_of)
    feed = ((ATOM, "New ones as a feed"),) if site.url else ()
    inside = () if site.public else (("metrics.md", "Metrics"), (f"quarters/{quarter.name}.md", f"Review of {quarter.name}"), (CALENDAR, "Dates as a calendar"))
    ways = (("find.md", "Find a postmortem"), *inside, *feed)
    return tag("nav", *(tag("a", label, href=site.address(HERE, there)) for there, label in ways), class_="hw-further", aria_label="Further")


def repeats(site: Site) -> list[Repeat]:
    """Incidents that came within the repeat window of the one before them in their class, the newest first."""
    found = {post.id: (post, before) for same in site.classes.values() for before, post in pairwise(same) if is_repeat(post, before, site.policy)}
    return [found[id] for id in sorted(found, reverse=True)]


def _came_back(site: Site, again: list[Repeat]) -> Iterator[str]:
    if again:
        yield heading(f"Came back within {days(site.policy.data['repeat_window'])}")
        yield tag("ul", *(_repeat(post, before, site) for post, before in again[:_REPEATS]), class_="hw-repeats")


def _repeat(post: Postmortem, before: Postmortem, site: Site) -> Html:
    passed = apart(before, post)
    gap = days(passed) if passed is not None else "a while"
    said = join((chips.class_link(before.text("cause", "class"), site, HERE), " came back after ", gap, ": ", chips.post_link(post, site, HERE)))
    fix = join(("The fix of ", chips.post_link(before, site, HERE, day_of(before)), ": ", chips.verdict(site.verdicts[before.id])))
    return tag("li", tag("p", said), tag("p", fix, class_="hw-quiet"))
