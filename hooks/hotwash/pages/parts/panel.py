"""The panel of facts at the head of a postmortem, all of it from the header."""

from __future__ import annotations

from collections.abc import Iterator

from hotwash.clock import day, moment
from hotwash.model import Postmortem
from hotwash.pages import Site
from hotwash.pages.parts import chips
from hotwash.pages.parts.bars import phase_bar
from hotwash.pages.parts.checks import checks
from hotwash.pages.parts.html import Html, facts, items, join, sentence, tag, text
from hotwash.pages.parts.links import outward
from hotwash.pages.parts.tasks import actions_table, fix_card
from hotwash.pages.parts.words import day_of, day_words

_IMPACT = (("users", "Users"), ("share", "Share"), ("data", "Data"), ("service", "Service"), ("business", "Business"), ("blast_radius", "Blast radius"))
_RELATED = (("issues", "Issues"), ("prs", "Pull requests"), ("adrs", "Decisions"), ("runbooks", "Runbooks"), ("dashboards", "Dashboards"), ("comms", "Messages to customers"))


def panel(post: Postmortem, site: Site, here: str) -> Html:
    """Everything a reader wants before the account begins; nothing where the header could not be read."""
    if not post.header:
        return Html("")
    parts = (_head(post, site), phase_bar(post), _story(post, site, here), fix_card(post, site, here),
             actions_table(post, site), checks(post), _parked(post), _more(post, site, here))
    return tag("div", *(part for part in parts if part), class_="hw-panel")


def _head(post: Postmortem, site: Site) -> Html:
    when = day(day_of(post))
    kind = site.policy.title("kinds", post.text("kind"))
    potential = post.text("potential_severity")
    parts = (
        chips.severity(post, site, named=True), chips.status(post) or None, tag("span", kind) if kind else None,
        tag("span", f"could have been {potential}") if potential else None,
        tag("time", day_words(when), datetime=when.isoformat()) if when else None, chips.services(post, site) or None,
    )
    return tag("div", join(parts, " "), class_="hw-head")


def _story(post: Postmortem, site: Site, here: str) -> Html:
    """What it did and what started it beside what allowed it."""
    columns = (join((_impact(post), _trigger(post, site))), _cause(post, site, here))
    return tag("div", *(tag("div", column, class_="hw-column") for column in columns if column), class_="hw-cards") if any(columns) else Html("")


def _impact(post: Postmortem) -> Html:
    said = [(label, _amount(post.get("impact", key))) for key, label in _IMPACT if post.get("impact", key) is not None]
    return _card("Impact", facts(said)) if said else Html("")


def _amount(value: object) -> Html:
    return text(f"{value:,}") if isinstance(value, (int, float)) and not isinstance(value, bool) else sentence(value)


def _trigger(post: Postmortem, site: Site) -> Html:
    kind, what = post.text("trigger", "kind"), post.text("trigger", "what")
    label = tag("p", site.policy.title("triggers", kind), class_="hw-quiet") if kind else None
    return _card("What started it", tag("p", sentence(what)) if what else None, label) if kind or what else Html("")


def _cause(post: Postmortem, site: Site, here: str) -> Html:
    slug, what = post.text("cause", "class"), post.text("cause", "what")
    if not slug and not what:
        return Html("")
    entry = site.policy.words("classes").get(site.policy.merged.get(slug, slug)) or {}
    also = [chips.class_link(other, site, here) for other in post.items("cause", "also") if isinstance(other, str)]
    factors = [join((tag("b", site.policy.title("factors", str(factor.get("kind", "")))), sentence(factor.get("what", ""))), ": ") for _, factor in post.entries("factors")]
    known = [
        ("Class", join((chips.class_link(slug, site, here), *also), ", ")),
        ("Level that was missing", text(site.policy.title("chain_levels", entry.get("level", "")))),
        ("What was missing", text(site.policy.title("labels", entry.get("label", "")))),
        ("Confidence", text(post.text("cause", "confidence"))),
    ]
    contributed = (tag("p", "What contributed", class_="hw-label"), items(factors)) if factors else ()
    return _card("What allowed it", tag("p", sentence(what)) if what else None, facts(known), *contributed)


def _card(label: str, *children: object) -> Html:
    return tag("section", tag("p", label, class_="hw-label"), *children, class_="hw-card", aria_label=label)


def _parked(post: Postmortem) -> Html:
    ideas = [sentence(idea) for idea in post.items("parked")]
    return tag("details", tag("summary", f"Ideas kept for the next retro ({len(ideas)})"), items(ideas)) if ideas else Html("")


def _more(post: Postmortem, site: Site, here: str) -> Html:
    """Who, which criteria, how it came to light, what belongs to it, and who answered for it: folded away, and found by the search."""
    pairs = [(label, value) for label, value in (*_people(post), *_circumstances(post, site), *_belongings(post, site, here)) if value]
    summary = "Detection and related" if site.public else "People, detection, related, sign-off"
    return tag("details", tag("summary", summary), facts(pairs)) if pairs else Html("")


def _people(post: Postmortem) -> Iterator[tuple[object, object]]:
    roles = post.get("roles")
    for role in roles if isinstance(roles, dict) else {}:
        if isinstance(role, str) and post.items("roles", role):
            yield role.replace("_", " ").capitalize(), text(", ".join(str(name) for name in post.items("roles", role)))
    yield "Participants", text(", ".join(str(name) for name in post.items("participants")))
    signed = [f"{entry.get('by', '')} ({str(entry.get('role', '')).replace('_', ' ')}, {entry.get('on', '')})" for _, entry in post.entries("sign_off")]
    yield "Signed off by", text("; ".join(signed))
    yield "Review held", text(post.text("review", "held"))


def _circumstances(post: Postmortem, site: Site) -> Iterator[tuple[object, object]]:
    source = post.text("detection", "source")
    yield "First signal", text(site.policy.title("detection_sources", source)) if source else None
    runbooks = [join((outward(book.get("ref", "")), "" if book.get("used", True) else "not used", sentence(book.get("why", ""))), ": ") for _, book in post.entries("detection", "runbooks")]
    yield "Runbooks", items(runbooks) if runbooks else None
    criteria = [text(site.policy.title("criteria", str(word))) for word in post.items("criteria")]
    yield "Written because", items(criteria) if criteria else None
    for key, label in (("incidents", "Incidents"), ("versions", "Versions"), ("platforms", "Platforms")):
        yield label, text(", ".join(str(word) for word in post.items(key)))
    paths = [tag("code", path) for path in post.items("paths")]
    yield "Paths", join(paths, " ") if paths else None
    times = [f"{name.replace('_', ' ')} {when:%Y-%m-%d %H:%M}" for name in ("escalated", "mitigation_started") if (when := moment(post.text("timestamps", name)))]
    yield "Also on the clock", text(", ".join(times))
    yield "Visibility", None if site.public else text(post.text("visibility"))


def _belongings(post: Postmortem, site: Site, here: str) -> Iterator[tuple[object, object]]:
    for way, label in ((("recurrence_of",), "Recurrence of"), (("related", "postmortems"), "See also")):
        # A page is found by its own title; that of another would put both into the search anew when it changes.
        found = [tag("span", chips.post_link(other, site, here), data_search_exclude="true") if (other := site.archive.get(str(id))) else tag("code", id) for id in post.items(*way)]
        yield label, items(found) if found else None
    for key, label in _RELATED:
        entries = [outward(entry) for entry in post.items("related", key)]
        yield label, items(entries) if entries else None
