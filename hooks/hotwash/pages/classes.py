"""A page per class: its incidents in order, each with its fix and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotwash.clock import day
from hotwash.model import Page, Postmortem
from hotwash.pages import Site, page_of_class
from hotwash.pages.parts import chips
from hotwash.pages.parts.fate import when
from hotwash.pages.parts.frame import heading, page
from hotwash.pages.parts.html import Html, chip, facts, items, join, sentence, tag, text
from hotwash.pages.parts.lane import lane, ruler
from hotwash.pages.parts.legend import legend
from hotwash.pages.parts.span import spanning
from hotwash.pages.parts.tasks import due, fix_card
from hotwash.pages.parts.words import day_of, day_words, days
from hotwash.recurrence import is_repeat, started, unfinished


def pages(site: Site) -> Iterator[Page]:
    """A page for each class."""
    for slug, posts in site.classes.items():
        yield _class_page(slug, posts, site)


def day_words_of(post: Postmortem) -> str:
    """The day of a postmortem in words."""
    when = day(day_of(post))
    return day_words(when) if when else day_of(post) or "unknown day"


def _class_page(slug: str, posts: Sequence[Postmortem], site: Site) -> Page:
    here = page_of_class(slug)
    title = site.policy.title("classes", slug)
    span = spanning([found for post in posts if (found := when(post))], site.as_of)
    drawn = tag("div", lane(posts, site, here, span, title), ruler(span, site.as_of), class_="hw-swims hw-swims--one")
    picture = tag("div", drawn, class_="hw-scroll", tabindex="0", role="region", aria_label="Time line")
    blocks: list[str] = [tag("nav", tag("a", "All recurrences", href=site.address(here, "recurrences/index.md")), class_="hw-ways", aria_label="Up", data_search_exclude="true"),
              _about(slug, posts, site), picture, legend(site), *_unfinished(posts, site, here), heading("Incidents")]
    for index, post in enumerate(posts):
        blocks.append(_incident(post, posts[index - 1] if index else None, site, here))
    return page(site, here, title, blocks, hide=("navigation",))


def _about(slug: str, posts: Sequence[Postmortem], site: Site) -> Html:
    entry = site.policy.words("classes").get(slug) or {}
    return facts([
        ("Class", tag("code", slug)),
        ("Merged into it", join((tag("code", old) for old, now in site.policy.merged.items() if now == slug), ", ")),
        ("Incidents", text(len(posts))),
        ("Category", text(site.policy.title("causes", entry.get("category", "")))),
        ("Level that was missing", text(site.policy.title("chain_levels", entry.get("level", "")))),
        ("What was missing", text(site.policy.title("labels", entry.get("label", "")))),
    ])


def _incident(post: Postmortem, before: Postmortem | None, site: Site, here: str) -> Html:
    """One incident with its fix and what became of it; how soon it came after the one before."""
    chipped = (chips.severity(post, site), tag("time", day_words_of(post), datetime=day_of(post)), chips.status(post) or None, _again(post, before, site))
    head = tag("p", join(chipped, " "), class_="hw-head")
    title = tag("p", chips.post_link(post, site, here), class_="hw-incident__title")
    cause = tag("p", sentence(post.text("cause", "what"))) if post.text("cause", "what") else None
    repeat = before is not None and is_repeat(post, before, site.policy)
    return tag("article", head, title, cause, fix_card(post, site, here), class_="hw-incident" + (" hw-incident--repeat" if repeat else ""))


def _again(post: Postmortem, before: Postmortem | None, site: Site) -> Html | None:
    start, earlier = started(post), started(before) if before else None
    if not before or not start or not earlier:
        return None
    said = f"again after {days((start - earlier).days)}"
    return chip(f"{said}, within the repeat window", "bad") if is_repeat(post, before, site.policy) else tag("span", said, class_="hw-quiet")


def _unfinished(posts: Sequence[Postmortem], site: Site, here: str) -> Iterator[str]:
    """What the incidents of the class still owe."""
    open_tasks = [_open_task(post, name, site, here) for post in posts for name in unfinished(post)]
    if open_tasks:
        yield heading("Unfinished")
        yield items(open_tasks)


def _open_task(post: Postmortem, name: str, site: Site, here: str) -> Html:
    actions = {str(action.get("id") or index + 1): action for index, action in post.entries("actions")}
    task = post.get("fix") if name == "fix" else actions[name]
    what = tag("b", "Structural fix: ") if name == "fix" else None
    said = sentence(task.get("change" if name == "fix" else "do", ""))
    return join((what, said, " ", tag("span", task.get("owner", "no owner yet"), class_="hw-owner"), ", due ", due(task, site.as_of), ", from ", chips.post_link(post, site, here)))
