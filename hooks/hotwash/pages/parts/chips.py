"""Chips and short phrases for the words of a header: severity, status, verdict, class, services."""

from __future__ import annotations

from functools import lru_cache

from hotwash.clock import day
from hotwash.model import Postmortem
from hotwash.pages import Site, page_of, page_of_class
from hotwash.pages.parts.html import Html, chip, join, tag
from hotwash.pages.parts.words import day_words, days, title_of
from hotwash.recurrence import Verdict

STATUSES = {"filed": "being written", "published": "published", "retired": "retired", "skipped": "not written"}
STATES = {"open": "open", "in-progress": "in progress", "done": "done", "wont-do": "won't do"}
LOOKS = {"holding": "good", "did not hold": "bad", "guard removed": "bad", "not in place": "warn"}


def rank(post: Postmortem, site: Site) -> int:
    """The severity's place from 1, the gravest; at most 4, which is as many as there are colours; 0 where it is unknown."""
    return place(site.policy.severity(post), site)


def place(severity: str, site: Site) -> int:
    """The place of a severity among those of the policy; see `rank`."""
    order = list(site.policy.words("severities"))
    return min(order.index(severity) + 1, 4) if severity in order else 0


def severity(post: Postmortem, site: Site, *, named: bool = False) -> Html:
    """The severity under the policy's own word."""
    word = site.policy.severity(post) or post.text("severity") or "unknown"
    name = site.policy.title("severities", word)
    label = f"{word} {name}" if named and name != word else word
    return chip(label, f"sev{rank(post, site)}", f"severity: {name}")


def status(post: Postmortem) -> Html:
    """Where the postmortem stands; nothing for the usual case, a published one."""
    return Html("") if post.status == "published" else chip(STATUSES.get(post.status, "status unknown"), post.status or "unknown")


def verdict(judged: Verdict) -> Html:
    """How a fix stands, in the words of the verdict; nothing where none is given. It changes with the day, and is not searched."""
    if not judged.word:
        return Html("")
    if judged.word == "pending" and judged.overdue:
        return chip("overdue", "warn", data_search_exclude="true")
    label = f"holding {days(judged.days)}" if judged.word == "holding" else judged.word
    return chip(label, LOOKS.get(judged.word, "plain"), data_search_exclude="true")


def standing(post: Postmortem, site: Site) -> Html:
    """The verdict on a postmortem's fix; nothing where none is written, and while it is being written and names no fix yet."""
    judged = site.verdicts[post.id]
    return Html("") if is_unnamed(post.status, judged, post.text("fix", "change")) else verdict(judged)


def is_unnamed(status: str, judged: Verdict, change: str) -> bool:
    """Whether there is no fix yet of which a verdict could be said."""
    return status == "skipped" or (status == "filed" and judged.word == "pending" and not change)


def explained(judged: Verdict, post: Postmortem, site: Site, here: str) -> Html:
    """The verdict in a sentence, with a link to the incident that decided."""
    repeat = site.archive.get(judged.repeat)
    again = tag("a", f"on {day_words(when)}" if (when := day(judged.repeat[:10])) else judged.repeat, href=site.address(here, page_of(repeat))) if repeat else ""
    match judged.word:
        case "did not hold":
            return join(("It was in place for ", days(judged.days), ", then the class came back ", again, "."))
        case "not in place":
            return join(("The class came back ", again, " before this was done", ", when it was already overdue." if judged.overdue else "."))
        case "guard removed":
            return join(("Its artefact is gone from the default branch: ", tag("code", post.text("fix", "artefact", "path")), "."))
        case "holding":
            return join(("In place for ", days(judged.days), ", and the class has not come back since."))
        case "dropped":
            return join(("It will not be done. ", post.text("fix", "why")))
        case "pending":
            return join(("Its due date has passed." if judged.overdue else "Not in place yet.",))
    return Html("")


def class_link(slug: str, site: Site, here: str) -> Html:
    """A class by its title, linked to its page; a merged one by what it counts as. One that only a skipped postmortem names has no page."""
    slug = site.policy.merged.get(slug, slug)
    if slug not in site.classes:
        return tag("span", site.policy.title("classes", slug), class_="hw-class") if slug else Html("")
    return tag("a", site.policy.title("classes", slug), href=site.address(here, page_of_class(slug)), class_="hw-class")


def post_link(post: Postmortem, site: Site, here: str, label: str = "") -> Html:
    """A postmortem by its title, linked to its page."""
    return _link(label or title_of(post), site.address(here, page_of(post)))


@lru_cache(maxsize=16_384, typed=True)
def _link(label: str, there: str) -> Html:
    """From the page of one postmortem to that of another, the address is the same for all."""
    return tag("a", label, href=there)


def services(post: Postmortem, site: Site) -> Html:
    """The services by their names."""
    named = [site.policy.title("services", word) for word in post.items("services") if isinstance(word, str)]
    return join((tag("span", name, class_="hw-service") for name in named), " ")
