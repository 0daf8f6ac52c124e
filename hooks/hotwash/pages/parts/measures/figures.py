"""The few numbers at the head of the page, each with what it is of and the way to what is behind it."""

from __future__ import annotations

from hotwash.clock import spoken
from hotwash.metrics import Clocks
from hotwash.metrics.fixes import fixes, recurrence, worked
from hotwash.metrics.shares import Share
from hotwash.metrics.spread import timed
from hotwash.pages.parts.html import Html, tag
from hotwash.pages.parts.measures.view import View
from hotwash.pages.parts.words import days


def figures(view: View) -> Html:
    """How many, how fast, how many came back, which fixes held, what is done, what is overdue."""
    posts, site = view.period.posts, view.site
    window = days(site.policy.data["repeat_window"])
    mitigate, again = timed((post, view.known.clocks[post.id]) for post in posts)[Clocks._fields.index("mitigate")].spread, recurrence(posts, view.known.again, site.archive)
    held = [worked(standings) for standings in fixes(posts, site.verdicts, site.policy).values()]
    stood, found = Share(sum(one.part for one in held), sum(one.whole for one in held)), view.tasks
    done = Share(sum(task.state == "done" for task in found), len(found))
    found_again = view.leads([post for post in posts if post.id in view.known.again], repeat="yes")
    shown = (
        (f"{len(posts):,}", "incident" if len(posts) == 1 else "incidents", "", view.leads(posts)),
        (spoken(round(mitigate.median)), "median time to mitigate", f"of {mitigate.n:,} that say it", "#how-fast") if mitigate.median is not None else _none("median time to mitigate", "no incident says it"),
        (f"{again.part:,}", f"of {again.whole:,} came back within {window}", "of those with a known class", found_again) if again.whole else _none(f"came back within {window}", "no incident names a class"),
        (f"{stood.part:,}", f"of {stood.whole:,} tried fixes held", "", "#what-came-back-and-which-fixes-held") if stood.whole else _none("tried fixes held", "none has been tried yet"),
        (f"{done.part:,}", f"of {done.whole:,} fixes and actions done", f"{sum(task.state == 'overdue' for task in found):,} overdue", site.address(view.here, "actions.md")) if found else _none("fixes and actions done", "none is promised yet"),
    )
    return tag("div", *(_figure(*one) for one in shown), class_="hw-figures hw-figures--metrics")


def _none(label: str, why: str) -> tuple[str, str, str, str]:
    """A number that does not exist yet, and why: nought of nought is none."""
    return "–", label, why, ""


def _figure(number: str, label: str, more: str, href: str) -> Html:
    inside = (tag("b", number), tag("span", label), tag("span", more, class_="hw-quiet") if more else None)
    return tag("a", *inside, href=href, class_="hw-figure") if href else tag("div", *inside, class_="hw-figure")
