"""The agenda of a review meeting: sixty minutes, filled with what one postmortem holds and with questions where it holds nothing yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hotwash.archive import Archive
from hotwash.clock import moment, spoken
from hotwash.metrics import clocks
from hotwash.model import Postmortem
from hotwash.past import History
from hotwash.policy import Policy
from hotwash.recurrence import earlier, verdict

MINUTES = 60
OPENING = (
    "We are here to understand how this made sense at the time, and what in our systems to change. Everybody acted on what they knew. Tell us what you saw."
)
_TIMES = ("started", "detected", "acknowledged", "escalated", "mitigation_started", "mitigated", "resolved")
_MARGIN = timedelta(hours=1)
"""How much of the monitoring belongs to the meeting, before the impact began and after the incident was over."""


class Item(NamedTuple):
    """One part of the hour: its minutes (`"0–5"`), what the file says, what to ask, and with what it ends."""

    minutes: str
    name: str
    facts: tuple[str, ...]
    questions: tuple[str, ...]
    ends_with: str


class Agenda(NamedTuple):
    """What a facilitator reads from. Texts are plain, as they stand in the file: whoever shows them escapes them."""

    post: Postmortem
    at: datetime | None
    """When the meeting begins, in UTC; None where no date is set."""
    invited: tuple[tuple[str, str], ...]
    """Handles, and the role of each in words."""
    inputs: tuple[tuple[str, tuple[str, ...]], ...]
    """What to have at hand, by kind."""
    timeline: str
    """The time line as it stands in the body, to be read aloud; empty where there is none."""
    items: tuple[Item, ...]


def agenda(post: Postmortem, archive: Archive, policy: Policy, history: History, as_of: date) -> Agenda:
    """The agenda of a postmortem's review, as things stand on a day."""
    before = tuple(f"{other.id}: {verdict(other, archive, policy, history, as_of)}" for other in earlier(post, archive))
    items = (_facts(post, policy), _detection(post, policy), _whys(post, before), _level(post, policy), _fix(post), _sign(post, policy))
    return Agenda(post, moment(post.text("review", "at")), tuple(_invited(post, policy)), tuple(_inputs(post, before)), _timeline(post, policy), items)


def written(meeting: Agenda) -> str:
    """The agenda as Markdown, for a terminal, a document or the text of an invitation."""
    when = f"{_clock(meeting.at)}, {MINUTES} minutes" if meeting.at else f"{MINUTES} minutes; no date yet: set `review.at`"
    lines = [f"# Review: {meeting.post.title}", "", when, "", *_bullets(f"{handle} ({roles})" for handle, roles in meeting.invited), "## To have at hand", ""]
    lines += [*_bullets(f"{kind}: {', '.join(found) or 'none named'}" for kind, found in meeting.inputs), f"> {OPENING}", ""]
    for item in meeting.items:
        lines += [f"## {item.minutes} {item.name}", "", *_bullets(item.facts)]
        if item.minutes.startswith("0–") and meeting.timeline:
            lines += [meeting.timeline, ""]
        lines += [*_bullets(f"**{question}**" for question in item.questions), f"Ends with: {item.ends_with}.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _bullets(entries: Iterable[str]) -> list[str]:
    said = [f"- {' '.join(entry.split())}" for entry in entries]
    return [*said, ""] if said else []


def _timeline(post: Postmortem, policy: Policy) -> str:
    return "\n\n".join(section.text.strip() for section in post.sections if "timeline" in policy.sections_named(section.title))


def _invited(post: Postmortem, policy: Policy) -> Iterator[tuple[str, str]]:
    holders: dict[str, list[str]] = {}
    for role in policy.words("roles"):
        for handle in post.items("roles", role):
            if str(handle).startswith("@"):
                holders.setdefault(str(handle), []).append(role.replace("_", " "))
    for handle in post.items("participants"):
        holders.setdefault(str(handle), ["participant"])
    yield from ((handle, ", ".join(roles)) for handle, roles in holders.items())


def _inputs(post: Postmortem, before: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "The postmortem", (post.path,)
    yield "Runbooks", tuple(dict.fromkeys([*(str(entry.get("ref", "")) for _, entry in post.entries("detection", "runbooks")), *_related(post, "runbooks")]))
    yield "Decision records", _related(post, "adrs")
    yield "Communication record", _related(post, "comms")
    start, end = moment(post.text("timestamps", "started")), moment(post.text("timestamps", "resolved"))
    window = (f"from {_clock(_moved(start, -_MARGIN))} until {_clock(_moved(end, _MARGIN))}",) if start and end else ()
    yield "Monitoring window", (*window, *_related(post, "dashboards"))
    if before:
        yield "Earlier incidents of this class", before


def _related(post: Postmortem, key: str) -> tuple[str, ...]:
    return tuple(map(str, post.items("related", key)))


def _facts(post: Postmortem, policy: Policy) -> Item:
    impact, services = post.get("impact"), ", ".join(policy.title("services", str(word)) for word in post.items("services"))
    times = {name: when for name in _TIMES if (when := moment(post.text("timestamps", name)))}
    said = [
        f"{policy.severity(post) or 'no severity yet'}, {policy.title('kinds', post.text('kind')) or 'no kind yet'}; services: {services or 'not named yet'}",
        *(f"{label}: {spoken(value)}" for label, value in zip(_CLOCKS, clocks(post), strict=True) if value is not None and label in _DURATIONS),
        *(f"{str(key).replace('_', ' ')}: {value}" for key, value in (impact if isinstance(impact, dict) else {}).items() if not isinstance(value, (dict, list))),
        *(f"{name.replace('_', ' ')} {_clock(when)}" for name, when in times.items()),
    ]
    missing = [name.replace("_", " ") for name in _TIMES if name not in times]
    ask = ["What is missing in this time line?", "Which entry did you see differently?"]
    if missing:
        ask.insert(0, f"What do we know of these times: {', '.join(missing)}?")
    return Item("0–5", "Facts, and the time line read aloud", tuple(said), tuple(ask), "a time line that nobody disputes")


_CLOCKS = ("time to detect", "time to acknowledge", "time to mitigate", "time to resolve")
_DURATIONS = _CLOCKS[2:]


def _detection(post: Postmortem, policy: Policy) -> Item:
    source = policy.title("detection_sources", post.text("detection", "source"))
    said = [f"first signal from: {source}"] if source else []
    said += [f"{label}: {spoken(value)}" for label, value in zip(_CLOCKS, clocks(post), strict=True) if value is not None and label not in _DURATIONS]
    for _, entry in post.entries("detection", "runbooks"):
        why = f": {entry['why']}" if entry.get("why") else ""
        said.append(f"runbook {entry.get('ref', '')} {'was used' if entry.get('used') else 'was not used'}{why}")
    ask = (
        "When did the system first know? When did the first person know? What lay between?",
        "What did your screen show at that moment?",
        "Which runbook did you open, and where did it stop fitting?",
        "How did you decide that it was safe to act?",
        "What kept it from reaching further?",
    )
    return Item("5–15", "Detection and containment", tuple(said), ask, "when the system knew, when a person knew")


def _whys(post: Postmortem, before: tuple[str, ...]) -> Item:
    said = [f"{label}: {text}" for label, text in (("what started it", post.text("trigger", "what")), ("what allowed it, so far", post.text("cause", "what"))) if text]
    said += [f"contributed: {factor['what']}" for _, factor in post.entries("factors") if factor.get("what")]
    confidence = post.text("cause", "confidence")
    said += [f"confidence: {confidence}"] if confidence else []
    ask = ["How did that become possible? And how did that?", "What made it look right at the time?", "What would have let anybody in that chair see it?"]
    if confidence in ("disputed", "unknown"):
        ask.append("Which observation would decide between the hypotheses?")
    if before:
        ask.append(f"It came back after {before[-1]}. What did the earlier fix not reach?")
    return Item("15–35", "The chain of whys", tuple(said), tuple(ask), "a flaw in the system, in one sentence")


def _level(post: Postmortem, policy: Policy) -> Item:
    entry = policy.words("classes").get(post.text("cause", "class")) or {}
    level, label = policy.title("chain_levels", entry.get("level", "")), policy.title("labels", entry.get("label", ""))
    said = (f"the class {post.text('cause', 'class')} says: {level}; {label}",) if level else ()
    levels = ", ".join(policy.title("chain_levels", word) for word in policy.words("chain_levels"))
    return Item("35–45", "The level that was missing", said, (f"At which level would it have been caught earliest: {levels}?",), "one level and a label")


def _fix(post: Postmortem) -> Item:
    said = [f"{label}: {text}" for label, text in (
        ("proposed", post.text("fix", "change")), ("artefact", post.text("fix", "artefact", "path") or post.text("fix", "artefact", "link")),
        ("owner", post.text("fix", "owner")), ("due", post.text("fix", "due")), ("held when", post.text("fix", "success", "what")),
        ("the fix of", post.text("fix", "same_as")), ("no fix", post.text("fix", "none")),
    ) if text]  # fmt: skip
    said += [f"parked: {idea}" for idea in post.items("parked")]
    ask = (
        "Which artefact changes: a test, a CI step, a checklist, a runbook, an alert, a rollout guard, a decision record?",
        "If it had existed, would this incident have been stopped, or seen sooner?",
        "Who owns it, and what will be put aside for it?",
        "How shall we know in three months that it holds?",
    )
    return Item("45–55", "The one structural fix", tuple(said), ask, "artefact, owner, due date, success test")


def _sign(post: Postmortem, policy: Policy) -> Item:
    roles = (policy.words("severities").get(policy.severity(post)) or {}).get("sign_off", ())
    said = tuple(f"{role.replace('_', ' ')}: {_listed(post, 'roles', role) or 'not named yet'}" for role in roles)
    return Item("55–60", "Sign", said, ("Read the cause and the fix aloud. Do the roles sign, and what is still open?",), "approvals on the pull request that publishes the file")


def _moved(when: datetime, by: timedelta) -> datetime:
    try:
        return when + by
    except OverflowError:  # the calendar has two ends
        return when


def _listed(post: Postmortem, *way: str) -> str:
    return ", ".join(map(str, post.items(*way)))


def _clock(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
