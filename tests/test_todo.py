"""The pages of fixes and actions: what is open by day, team, service and class, what is closed with proof or reason, and nobody in a sum."""

from __future__ import annotations

from typing import Any

import pytest
from helpers import TEAM, light, policy
from sites import Markup, dangers, pages_of, site_of

from hotwash.model import Postmortem

TEAMS = policy(TEAM.replace("teams:", 'teams:\n  "@team-shop": ["@a", "@both"]\n  "@team-apps": ["@both", "@c"]'))
VIEWS = ("actions.md", "actions/by-team.md", "actions/by-service.md", "actions/by-class.md", "actions/closed.md")


def incident(day: str, fix: str, *actions: str, more: str = "services: [cart]") -> Postmortem:
    """An incident of a day with its fix and actions."""
    header = f"timestamps: {{started: {day}T10:00:00Z, resolved: {day}T12:00:00Z}}\ncause: {{class: untested-device, what: w}}\nfix: {fix}\nactions: [{', '.join(actions)}]\n{more}"
    return light(header, id=f"{day}-incident")


def fix(owner: str = "@a", due: str = "2026-12-31", state: str = "open", more: str = "") -> str:
    return f"{{change: the guard, owner: '{owner}', due: {due}, state: {state}{more}}}"


def action(name: str, owner: str = "@a", due: str = "2026-12-31", state: str = "open", more: str = "") -> str:
    return f"{{id: {name.replace(' ', '-')}, do: '{name}', owner: '{owner}', due: {due}, state: {state}{more}}}"


def said(path: str, *posts: Postmortem, **more: Any) -> str:
    """What a reader sees of a page, on one line."""
    return " ".join("".join(Markup(pages_of(site_of(*posts, policy=TEAMS, **more))[path].text).texts).split())


def test_every_view_is_there_even_where_nothing_is_open() -> None:
    for path in VIEWS[:-1]:
        assert "No fix and no action is open." in said(path)
    assert "Nothing is done or dropped yet." in said("actions/closed.md")


def test_overdue_stands_first_and_structural_fixes_apart() -> None:
    page = said("actions.md", incident("2026-10-01", fix(due="2026-11-01"), action("sweep", due="2026-11-02"), action("paint")), incident("2026-10-02", fix()))
    order = ["## Overdue", "### Structural fixes", "1 overdue, open for 50 days", "The guard", "### Other actions", "Sweep", "## Open", "### Structural fixes", "The guard", "Paint"]
    place = 0
    for word in order:
        place = page.index(word, place) + 1
    assert "19 days late" in page
    assert "4 open fixes and actions, 2 of them overdue" in page


def test_the_age_counts_from_the_incident() -> None:
    assert "open for 19 days" in said("actions.md", incident("2026-11-01", fix()))


def test_a_team_is_that_of_the_owner_and_an_entry_counts_once() -> None:
    page = said("actions/by-team.md", incident("2026-10-01", fix(owner="@both"), action("sweep", owner="@C"), action("paint", owner="@nobody-knows"), action("mow", owner="@team-apps")))
    shop, apps, none = (page.index(name) for name in ("## @team-shop", "## @team-apps", "## No team"))
    assert shop < page.index("The guard") < apps < page.index("Mow") < page.index("Sweep") < none < page.index("Paint")
    assert page.count("The guard") == 1
    assert "2 open; the oldest open for 50 days" in page[apps:none]


def test_no_page_groups_or_counts_by_person() -> None:
    posts = [incident(f"2026-10-0{number}", fix(owner="@unlisted-person"), action("sweep", owner="@a")) for number in range(1, 5)]
    for path in VIEWS[:-1]:
        text = pages_of(site_of(*posts, policy=TEAMS))[path].text
        assert [line for line in text.split("\n") if line.startswith("#") and ("unlisted" in line or line.endswith(" @a"))] == []
        assert text.count("@unlisted-person") == len(posts), "a person stands on each row and nowhere else"


def test_an_entry_stands_under_each_of_its_services_by_their_names() -> None:
    page = said("actions/by-service.md", incident("2026-10-01", fix(), more="services: [cart, search]"), incident("2026-10-02", fix(), more="services: []"))
    assert page.index("## Cart") < page.index("## Search") < page.index("## No service")
    assert page.count("The guard") == 3
    links = set(Markup(pages_of(site_of(incident("2026-10-01", fix()), policy=TEAMS))["actions/by-service.md"].text).links())
    assert "../../find/?service=cart" in links


def test_a_class_leads_to_its_page() -> None:
    page = pages_of(site_of(incident("2026-10-01", fix()), policy=TEAMS))["actions/by-class.md"].text
    assert "## A device outside the test matrix" in page
    assert 'href="../../recurrences/untested-device/"' in page


def test_what_is_done_shows_its_evidence_and_how_late_it_was() -> None:
    done = ", closed: 2026-11-05, evidence: 'https://example.com/pulls/7'"
    page = said("actions/closed.md", incident("2026-10-01", fix(due="2026-11-01", state="done", more=done), action("sweep", state="done", more=", closed: 2026-11-06")))
    assert page.index("Structural fixes done") < page.index("The guard holding 15 days") < page.index("Other actions done") < page.index("Sweep")
    for words in ("5 Nov 2026", "4 days late", "pulls/7", "no evidence is written"):
        assert words in page


def test_what_is_dropped_gives_the_reason_and_who_accepted_it() -> None:
    page = said("actions/closed.md", incident("2026-10-01", fix(state="wont-do", more=", closed: 2026-10-09, why: costs too much, accepted_by: '@po'"), action("sweep", state="wont-do")))
    for words in ("Dropped, with the reason", "9 Oct 2026", "Costs too much", "accepted by @po", "no reason is written", "day unknown"):
        assert words in page
    assert "Structural fixes done" not in page


def test_the_latest_closed_stands_first() -> None:
    closed = [action(name, state="done", more=f", closed: {day}") for name, day in (("first", "2026-10-05"), ("third", "2026-10-09"), ("second", "2026-10-07"))]
    page = said("actions/closed.md", incident("2026-10-01", fix(), *closed))
    assert page.index("Third") < page.index("Second") < page.index("First")


def test_a_page_lists_five_hundred_and_says_so() -> None:
    post = incident("2026-10-01", fix(), *(action(f"task {number}") for number in range(600)))
    for path in VIEWS[:-1]:
        page = said(path, post)
        assert page.count("Task ") + page.count("The guard") == 500
        assert "The first 500 of 601 entries are listed here; hotwash due lists all." in page
    assert "are listed here" not in said("actions.md", incident("2026-10-01", fix()))


@pytest.mark.parametrize("value", ["<script>x</script>", "# not a heading", "a\n\nb", "@a | @b"])
def test_no_owner_team_or_service_becomes_markup(value: str) -> None:
    quoted = value.replace("\n", "\\n")
    post = incident("2026-10-01", f'{{change: "{quoted}", owner: "{quoted}", due: 2026-11-01, state: open}}', more=f'services: ["{quoted}"]')
    closed = incident("2026-10-02", f'{{change: "{quoted}", owner: "{quoted}", state: done, closed: 2026-11-01, evidence: "{quoted}"}}', more=f'services: ["{quoted}"]')
    for path in VIEWS:
        page = pages_of(site_of(post, closed, policy=TEAMS))[path].text
        assert not dangers(page), path
        assert "\n# not a heading" not in page


def test_the_public_sees_none_of_it() -> None:
    pages = pages_of(site_of(incident("2026-10-01", fix(), more="visibility: public"), policy=TEAMS, audience="public"))
    assert [path for path in pages if path.startswith("actions")] == []
