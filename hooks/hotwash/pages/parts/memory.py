"""One old lesson: what happened in this week of an earlier year, what allowed it, what was changed, and whether that held."""

from __future__ import annotations

from collections.abc import Iterator

from hotwash.lesson import Lesson, old_lesson
from hotwash.pages import Site
from hotwash.pages.parts import chips
from hotwash.pages.parts.frame import heading
from hotwash.pages.parts.html import Html, facts, join, sentence, tag
from hotwash.pages.parts.words import day_words, shorten
from hotwash.recurrence import whose_fix


def remembered(site: Site, here: str) -> Iterator[str]:
    """The lesson with its heading; nothing while the archive is young."""
    lesson = old_lesson(site.archive, site.policy, site.as_of)
    if lesson:
        yield heading(lesson.heading)
        yield _lesson(lesson, site, here)


def _lesson(lesson: Lesson, site: Site, here: str) -> Html:
    post = lesson.post
    head = tag("p", join((chips.severity(post, site), tag("time", day_words(lesson.day), datetime=lesson.day.isoformat(), class_="hw-quiet"), chips.services(post, site)), " "), class_="hw-head")
    title = tag("p", chips.post_link(post, site, here), class_="hw-memory__title")
    learnt = facts([("What allowed it", sentence(post.text("cause", "what"))), (_label(lesson, site), _change(lesson, site, here))])
    return tag("article", head, title, tag("p", shorten(site.briefs[post.id].summary)), learnt, class_="hw-card hw-memory")


def _label(lesson: Lesson, site: Site) -> str:
    """What the fix is called, by how far it is."""
    fixed = whose_fix(lesson.post, site.archive)
    return _LABELS.get(fixed.text("fix", "state") if fixed else "", "What is to be changed")


_LABELS = {"done": "What was changed", "wont-do": "What was considered"}


def _change(lesson: Lesson, site: Site, here: str) -> Html:
    """The fix, and how it stands; on a public site the fix alone."""
    fixed = whose_fix(lesson.post, site.archive)
    change = fixed.text("fix", "change") if fixed else ""
    if not change or site.public:
        return sentence(change)
    judged = site.verdicts[lesson.post.id]
    return join((sentence(change), tag("span", join((chips.verdict(judged), chips.explained(judged, lesson.post, site, here)), " "), class_="hw-block hw-memory__verdict")), " ")
