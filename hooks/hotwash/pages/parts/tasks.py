"""The structural fix as a card, and actions as a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hotwash.clock import day
from hotwash.model import Postmortem
from hotwash.pages import Site
from hotwash.pages.parts import chips
from hotwash.pages.parts.html import Html, chip, facts, join, sentence, table, tag, text
from hotwash.pages.parts.links import is_address, outward
from hotwash.pages.parts.words import day_words, days
from hotwash.recurrence import same_as, unclosed

_LOOKS = {"done": "good", "wont-do": "plain", "in-progress": "busy", "open": "plain"}


def fix_card(post: Postmortem, site: Site, here: str) -> Html:
    """The one structural fix with its owner, day, state, proof and verdict; or where it is, or why there is none."""
    judged = site.verdicts[post.id]
    named = tag("span", "The structural fix", class_="hw-label")
    head = tag("p", named, chips.verdict(judged) if post.get("fix") else None, class_="hw-card__head")
    if same := same_as(post):
        other = site.archive.get(same)
        link = chips.post_link(other, site, here) if other else tag("code", same)
        return _card(head, tag("p", "Covered by the fix of ", link, "."))
    if reason := post.text("fix", "none"):
        return _card(head, tag("p", "No structural fix: ", sentence(reason)), facts([("Accepted by", text(post.text("fix", "accepted_by")))]))
    if not post.text("fix", "change"):
        return Html("") if post.status == "skipped" else _card(head, tag("p", "Not named yet.", class_="hw-quiet"))
    change = tag("p", sentence(post.text("fix", "change")), class_="hw-card__claim")
    said = chips.explained(judged, post, site, here)
    own = judged.word == "dropped"  # the reason, which is written; all others change with the day or with a neighbour
    foot = tag("p", said, class_="hw-card__foot", data_search_exclude=None if own else "true") if said else None
    return _card(head, change, _fix_facts(post, site), _success(post), foot)


def _card(*children: object) -> Html:
    return tag("div", *children, class_="hw-card hw-card--fix", role="group", aria_label="The structural fix")


def _fix_facts(post: Postmortem, site: Site) -> Html:
    fix: Mapping[str, Any] = post.get("fix")
    return facts([
        ("Owner", tag("span", post.text("fix", "owner"), class_="hw-owner") if post.text("fix", "owner") else None),
        ("Due", due(fix, site.as_of)),
        ("State", state(fix)),
        ("Artefact", _artefact(post, site)),
        ("Tracking", tracking(fix)),
    ])


def _success(post: Postmortem) -> Html | None:
    """How anybody will know that it works."""
    what, until = post.text("fix", "success", "what"), post.text("fix", "success", "until")
    when = day(until)
    said = join((sentence(what), day_words(when) if when else until), ", until ")
    return facts([("Success test", said)]) if what else None


def _artefact(post: Postmortem, site: Site) -> Html:
    kind, path, link = (post.text("fix", "artefact", key) for key in ("kind", "path", "link"))
    named = text(site.policy.title("artefacts", kind)) if kind else None
    where = site.links.to(site.links.file, path)
    shown = tag("code", path) if path else None
    return join((named, tag("a", shown, href=where) if where else shown, outward(link) if link else None), " · ")


def state(task: Mapping[str, Any]) -> Html:
    """The state in words, with the day on which it ended and the proof."""
    word = str(task.get("state") or "open")
    closed = day(str(task.get("closed", "")))
    proof = str(task.get("evidence", ""))
    shown = outward(proof, "evidence") if is_address(proof) else text(proof)
    said = chip(chips.STATES.get(word, word), _LOOKS.get(word, "plain"))
    return join((tag("span", join((said, f"on {day_words(closed)}" if closed else None), " "), class_="hw-state"), shown or None), " ")


def due(task: Mapping[str, Any], as_of: date) -> Html:
    """The due day, and how far past it is where the task is still open."""
    written = str(task.get("due", ""))
    when = day(written)
    if not when:
        return text(written)
    shown = tag("time", day_words(when), datetime=written, class_="hw-nowrap")
    late = (as_of - when).days if unclosed(task) else 0
    return join((shown, chip(f"{days(late)} late", "warn", data_search_exclude="true") if late > 0 else None), " ")


def tracking(task: Mapping[str, Any]) -> Html:
    """The link to the ticket."""
    written = task.get("tracking")
    return outward(written) if written else Html("")


def actions_table(post: Postmortem, site: Site) -> Html:
    """The other actions, as they are written; nothing where there are none."""
    rows = [_row(action, site) for _, action in post.entries("actions")]
    heads = ("Action", "Kind", "State") if site.public else ("Action", "Kind", "Owner", "Due", "State", "Tracking")
    return table(heads, rows, "Actions", "hw-grid--cards hw-grid--told hw-grid--actions", told=True) if rows else Html("")


def _row(action: Mapping[str, Any], site: Site) -> tuple[object, ...]:
    kind, horizon = str(action.get("kind", "")), str(action.get("horizon", ""))
    words = join((site.policy.title("action_kinds", kind), site.policy.title("horizons", horizon).lower() if horizon else None), ", ")
    why = tag("span", sentence(action["why"]), class_="hw-quiet hw-block") if action.get("why") else None
    name = tag("code", action["id"]) if action.get("id") else None
    doing = join((name, sentence(action.get("do", "")), why), " ")
    if site.public:
        return doing, words, state(action)
    return doing, words, tag("span", action.get("owner", ""), class_="hw-owner hw-nowrap"), due(action, site.as_of), state(action), tracking(action)
