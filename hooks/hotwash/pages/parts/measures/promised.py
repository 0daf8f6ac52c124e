"""What became of what was promised: fixes and actions done, dropped, open and overdue, and how old the open ones are."""

from __future__ import annotations

from collections.abc import Sequence

from hotwash.metrics.shares import Share
from hotwash.metrics.spread import spread
from hotwash.metrics.tasks import FIX, STATES, Task, by_age, in_time
from hotwash.pages.parts.charts.canvas import Numbers, Part, cards, chart, keys, linked
from hotwash.pages.parts.charts.rows import Row, rows
from hotwash.pages.parts.html import Html, join, tag
from hotwash.pages.parts.measures.view import View, small
from hotwash.pages.parts.words import count, days

_LOOKS = {"done": "good", "dropped": "plain", "open": "pale", "overdue": "warn"}
_SAID = {"done": "done", "dropped": "will not be done", "open": "open", "overdue": "overdue"}


def promised(view: View) -> Html:
    """Both charts."""
    found = view.tasks
    return cards(_states(view, found), _ages(view, found))


def _states(view: View, found: Sequence[Task]) -> Html:
    groups = {name: [task for task in found if task.kind in kinds] for name, kinds in _kinds(view, found)}
    drawn, data = [], []
    for name, same in groups.items():
        by_state = {state: [task for task in same if task.state == state] for state in STATES}
        parts = tuple(_part(view, name, by_state[state], state) for state in STATES)
        drawn.append(Row(name, f"{len(by_state['done'])} of {len(same)} done" if same else "none", parts))
        data.append((name, len(same), *(linked(len(by_state[state]), part.href) for state, part in zip(STATES, parts, strict=True)), str(in_time(same))))
    title, done = "Done, dropped, open, overdue", Share(sum(task.state == "done" for task in found), len(found))
    punctual = in_time(found)
    headline = join((tag("b", f"{done.part:,} of {done.whole:,}"), f" done, {done.percent:.0f} %")) if found else "Nothing has been promised yet."
    kept = f"Of {punctual.whole:,} done ones that say both days, {punctual.part:,} ({punctual.percent:.0f} %) were done by the day they were due." if punctual.whole else ""
    said = "A bar for structural fixes and one for each kind of action, parted by what became of them."
    heads = ("What", "All", *(_SAID[state] for state in STATES), "Done by the due day")
    return chart(title, [rows(title, said, drawn)] if found else [], Numbers(heads, data if found else []), headline=headline, keys=keys((_LOOKS[state], _SAID[state]) for state in STATES) if found else None, notes=(kept, small(done)))


def _kinds(view: View, found: Sequence[Task]) -> list[tuple[str, tuple[str, ...]]]:
    """Structural fixes first, then actions by their kinds in the policy's order; kinds that it does not have count as not said."""
    used, policy = {task.kind for task in found}, view.site.policy
    known = [word for word in policy.words("action_kinds") if word in used and word != FIX]
    rest = tuple(used - {FIX, *known})
    named = [(f"Actions: {policy.title('action_kinds', word).lower()}", (word,)) for word in known]
    return [("Structural fixes", (FIX,)), *named, *([("Actions whose kind is not said", rest)] if rest else [])]


def _part(view: View, name: str, same: Sequence[Task], state: str) -> Part:
    return Part(len(same), _LOOKS[state], f"{name}, {_SAID[state]}: {len(same):,}", _leads(view, same, closed=state in ("done", "dropped")))


def _leads(view: View, same: Sequence[Task], *, closed: bool) -> str:
    """To the incident where it is one, else to the list of what is to be done, or of what is done and dropped."""
    posts = list({task.post.id: task.post for task in same}.values())
    if len(posts) == 1:
        return view.leads(posts)
    return view.site.address(view.here, "actions/closed.md" if closed else "actions.md") if posts else ""


def _ages(view: View, found: Sequence[Task]) -> Html:
    title, waiting = "Age of what is open", [task for task in found if task.state in ("open", "overdue")]
    drawn, data = [], []
    for name, same in by_age(waiting).items():
        split = {state: [task for task in same if task.state == state] for state in ("open", "overdue")}
        parts = tuple(Part(len(some), _LOOKS[state], f"{name}, {_SAID[state]}: {len(some):,}", _leads(view, some, closed=False)) for state, some in split.items())
        drawn.append(Row(name, f"{len(same):,}", parts))
        data.append((name, *(linked(part.size, part.href) for part in parts)))
    aged = [task.age for task in waiting if task.age is not None]
    middle = spread(aged)
    headline = join((tag("b", days(round(middle.median))), f" median of {middle.n:,} open ones")) if middle.median is not None else "Nothing is open."
    said = "A bar for each step of age, parted into what is open and what is overdue."
    missing = len(waiting) - len(aged)
    notes = ("Age counts from the end of the incident; when an action was thought of nobody writes down.", f"Of {count(missing, 'open one')} no age is known." if missing else "")
    return chart(title, [rows(title, said, drawn)] if aged else [], Numbers(("Age", "Open", "Overdue"), data if aged else []), headline=headline, keys=keys((_LOOKS[state], state) for state in ("open", "overdue")) if aged else None, notes=notes if waiting else ())
