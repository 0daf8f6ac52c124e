"""The story of a class as a chapter: what happened each time, why the fix before did not hold, what was promised, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from hotwash.clock import day
from hotwash.closing import OPEN, tasks
from hotwash.model import Postmortem
from hotwash.pages import Site, page_of
from hotwash.pages.parts import chips
from hotwash.pages.parts.checks import checks
from hotwash.pages.parts.fate import when
from hotwash.pages.parts.html import Html, chip, items, join, sentence, tag, text
from hotwash.pages.parts.tasks import due, fix_card, state
from hotwash.pages.parts.toll import toll
from hotwash.pages.parts.words import count, day_of, day_words, days, from_markdown, shorten
from hotwash.recurrence import is_repeat, unfinished

_LONGEST, _NUMBERS = 900, ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""Characters of a quotation, and numbers in words."""
_NO_PROSE = ("|", "```", "~~~", "    ", "<", "![")
"""How a table, code, markup and a picture begin."""
_BEFORE, _MOST = 3, 6
"""How many incidents back it is asked what was open, and how many tasks are named."""
_FAILED = (
    ("did not hold", "did not hold", "did not hold"), ("not in place", "was not in place when it came back", "were not in place when it came back"),
    ("guard removed", "lost its guard", "lost their guards"), ("dropped", "was dropped", "were dropped"),
)  # fmt: skip
"""A verdict, and how a sentence says it of one fix and of many."""


def opening(posts: Sequence[Postmortem], site: Site) -> str:
    """The chapter in a few sentences: how often it came, what became of the fixes, and how the latest stands."""
    found = [date for post in posts if (date := when(post))]
    if len(posts) == 1:
        return f"It happened once{f', on {day_words(found[0])}' if found else ''}. {_latest(posts[-1], site)}"
    between = f" between {day_words(found[0])} and {day_words(found[-1])}" if len(found) > 1 else ""
    words = [site.verdicts[post.id].word for post in posts[:-1]]
    told = [f"{_number(words.count(word))} {(one if words.count(word) == 1 else many)}" for word, one, many in _FAILED if word in words]
    earlier = f" Of the earlier fixes, {_and(told)}." if told else ""
    return f"It happened {'twice' if len(posts) == 2 else f'{_number(len(posts))} times'}{between}.{earlier} {_latest(posts[-1], site)}"


def _and(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def _latest(post: Postmortem, site: Site) -> str:
    judged = site.verdicts[post.id]
    match judged.word:
        case "holding":
            return f"The latest fix has held for {days(judged.days)}."
        case "pending":
            return "The latest fix is not in place yet, and its day has passed." if judged.overdue else "The latest fix is not in place yet."
        case "guard removed":
            return "The guard that was put in place last is gone from the default branch."
        case "dropped":
            return "The latest fix will not be done."
        case "accepted":
            return "The last time, the risk was accepted."
        case "unknown":
            return "What became of the latest fix is not known."
    return f"The latest fix: {judged.word}."


def incident(post: Postmortem, earlier: Sequence[Postmortem], site: Site, here: str) -> Html:
    """One incident: how soon it came, what happened, why it came back, its fix, and what was answered later. It is found by its own page."""
    before = earlier[-1] if earlier else None
    repeat = before is not None and is_repeat(post, before, site.policy)
    chipped = (chips.severity(post, site), tag("time", day_words(found) if (found := day(day_of(post))) else "day unknown", datetime=day_of(post)), chips.status(post) or None, _again(post, before, site))
    parts = (
        tag("p", join(chipped, " "), class_="hw-head"), tag("h3", chips.post_link(post, site, here), class_="hw-incident__title"),
        tag("p", shorten(site.briefs[post.id].summary, 320)), _cause(post), tag("p", _toll(post, site), class_="hw-quiet hw-incident__toll"),
        _why_again(post, site, here), _left_open(post, earlier, site, here), fix_card(post, site, here), checks(post),
    )
    return tag("article", *parts, class_="hw-incident" + (" hw-incident--repeat" if repeat else ""), data_search_exclude="true")


def _again(post: Postmortem, before: Postmortem | None, site: Site) -> Html | None:
    start, earlier = when(post), when(before) if before else None
    if not before or not start or not earlier:
        return None
    said = f"again after {days((start - earlier).days)}"
    return chip(f"{said}, within the repeat window", "bad") if is_repeat(post, before, site.policy) else tag("span", said, class_="hw-quiet")


def _cause(post: Postmortem) -> Html | None:
    what = post.text("cause", "what")
    return tag("p", tag("span", "What allowed it", class_="hw-label"), sentence(what)) if what else None


def _toll(post: Postmortem, site: Site) -> Html:
    """How long and how many, where it is known, and which services."""
    cost = toll([post])
    return join((f"impact for {cost.time()}" if cost.timed else None, count(cost.users, "user") if cost.counted else None, chips.services(post, site) or None), " · ")


def _why_again(post: Postmortem, site: Site, here: str) -> Html | None:
    """What the postmortem says of the fix before it, in its own words; tables, pictures and code stay where they are."""
    section = next((section for section in post.sections if "why-again" in site.policy.sections_named(section.title)), None)
    if not section:
        return None
    parts = [part for part in section.text.split("\n\n") if part.strip()]
    told = list(_quoted(part for part in parts if not part.lstrip().startswith(_NO_PROSE)))
    more = None if len(told) == len(parts) and not told[-1].endswith("…") else tag("p", tag("a", "The whole account", href=site.address(here, page_of(post))))
    quote = tag("blockquote", *(tag("p", said) for said in told)) if told else None
    return tag("div", tag("p", section.title, class_="hw-label"), quote, more, class_="hw-why", role="group", aria_label=section.title)


def _quoted(parts: Iterable[str]) -> Iterator[str]:
    """Paragraphs as far as a quotation goes."""
    left = _LONGEST
    for part in parts:
        if left <= 0:
            return
        if said := shorten(from_markdown(part), left):
            yield said
            left -= len(said)


def _left_open(post: Postmortem, earlier: Sequence[Postmortem], site: Site, here: str) -> Html | None:
    """What the incidents just before had promised and was open when this one began, and what became of it since."""
    began = when(post)
    found = [(other, name) for other in earlier[-_BEFORE:] for name in (_open_on(other, began) if began else ())]
    if not found:
        return None
    shown = [_task(other, name, site, here, day_of(other)) for other, name in found[:_MOST]]
    rest = [text(f"and {len(found) - _MOST} more")] if len(found) > _MOST else []
    return tag("section", tag("p", f"Open from before when it came back ({len(found)})", class_="hw-label"), items([*shown, *rest]), class_="hw-left", aria_label="Open from before")


def _open_on(post: Postmortem, began: date) -> list[str]:
    """The names of its tasks that were neither done nor dropped by a day."""
    return [found.name for found in tasks(post) if found.state in OPEN or ((closed := day(found.closed)) is not None and closed > began)]


def still_open(posts: Sequence[Postmortem], site: Site, here: str) -> list[Html]:
    """What the incidents of the class still owe."""
    return [_task(post, name, site, here) for post in posts for name in unfinished(post)]


def _task(post: Postmortem, name: str, site: Site, here: str, called: str = "") -> Html:
    task = post.get("fix") if name == "fix" else next(action for index, action in post.entries("actions") if str(action.get("id") or index + 1) == name)
    what = tag("b", "Structural fix: ") if name == "fix" else None
    over = task.get("state") in ("done", "wont-do")
    how = join((", now ", state(task))) if over else join((", ", tag("span", task.get("owner") or "no owner yet", class_="hw-owner"), ", due ", due(task, site.as_of)))
    return join((what, sentence(task.get("change" if name == "fix" else "do", "")), how, ", from ", chips.post_link(post, site, here, called)))


def plain_incident(post: Postmortem, site: Site, here: str) -> Html:
    """One incident in a line, as the public sees it."""
    found = day(day_of(post))
    return join((tag("time", day_words(found) if found else "day unknown", datetime=day_of(post), class_="hw-quiet"), chips.severity(post, site), chips.post_link(post, site, here), chips.services(post, site) or None), " ")


def newest_first(posts: Sequence[Postmortem], site: Site, here: str) -> Iterator[Html]:
    """The incidents as lines, the newest first."""
    return (plain_incident(post, site, here) for post in reversed(posts))
