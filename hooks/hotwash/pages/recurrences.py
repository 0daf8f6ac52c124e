"""Recurrences: every class with its incidents on a line through time, and a page per class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hotwash.clock import day
from hotwash.model import Page, Postmortem
from hotwash.pages import Site, page_of_class
from hotwash.pages.parts import chips
from hotwash.pages.parts.frame import heading, lead, nothing, page
from hotwash.pages.parts.html import Html, chip, facts, items, join, sentence, tag, text
from hotwash.pages.parts.lane import Axis, axis, lane, legend
from hotwash.pages.parts.tasks import due, fix_card
from hotwash.pages.parts.words import count, day_of, day_words, days
from hotwash.recurrence import is_repeat, started, unfinished


def pages(site: Site) -> Iterator[Page]:
    """The overview, then a page per class."""
    yield _overview(site, site.classes)
    for slug, posts in site.classes.items():
        yield _class_page(slug, posts, site)


def _overview(site: Site, classes: Mapping[str, tuple[Postmortem, ...]]) -> Page:
    here = "recurrences/index.md"
    order = sorted(classes, key=lambda slug: (-len(classes[slug]), slug))
    came_back = [slug for slug in order if len(classes[slug]) > 1]
    once = [slug for slug in order if len(classes[slug]) == 1]
    span = axis([post for posts in classes.values() for post in posts], site.as_of)
    blocks: list[str] = [lead("A class is the flaw that allowed an incident. When it comes back, the question is what became of the fix.")]
    if came_back:
        blocks += [heading("Came back"), legend(), *(_class_card(slug, classes[slug], site, here, span) for slug in came_back)]
    if once:
        blocks += [heading("Seen once"), items((_once(slug, classes[slug][0], site, here) for slug in once), "hw-once")]
    return page(site, here, "Recurrences", blocks if classes else [nothing("No incident names a class yet.")], searched=False, hide=("navigation",))


def _class_card(slug: str, posts: Sequence[Postmortem], site: Site, here: str, span: Axis) -> Html:
    title = site.policy.title("classes", slug)
    head = tag("p", tag("a", title, href=site.address(here, page_of_class(slug))), tag("span", count(len(posts), "incident"), class_="hw-quiet"), class_="hw-card__head")
    fixes = [tag("span", tag("time", day_of(post) or "unknown day", class_="hw-quiet"), " ", chips.verdict(site.verdicts[post.id]), class_="hw-nowrap") for post in posts]
    picture = tag("div", lane(posts, site, span, title), class_="hw-scroll", tabindex="0", role="region", aria_label=f"Time line: {title}")
    return tag("section", head, picture, tag("p", tag("span", "Fixes", class_="hw-label"), *fixes, class_="hw-fixes"), class_="hw-card", aria_label=title)


def _once(slug: str, post: Postmortem, site: Site, here: str) -> Html:
    return join((chips.class_link(slug, site, here), chips.verdict(site.verdicts[post.id]), tag("span", day_words_of(post), class_="hw-quiet")), " ")


def day_words_of(post: Postmortem) -> str:
    """The day of a postmortem in words."""
    when = day(day_of(post))
    return day_words(when) if when else day_of(post) or "unknown day"


def _class_page(slug: str, posts: Sequence[Postmortem], site: Site) -> Page:
    here = page_of_class(slug)
    title = site.policy.title("classes", slug)
    picture = tag("div", lane(posts, site, axis(posts, site.as_of), title), class_="hw-scroll", tabindex="0", role="region", aria_label="Time line")
    blocks: list[str] = [tag("nav", tag("a", "All recurrences", href=site.address(here, "recurrences/index.md")), class_="hw-ways", aria_label="Up", data_search_exclude="true"),
              _about(slug, posts, site), picture, legend(), *_unfinished(posts, site, here), heading("Incidents")]
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
