"""The pages: what they say of the archive, and what no value of a header can do to them."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest
from helpers import STANDARD, earlier, light, policy, post
from hypothesis import given
from hypothesis import strategies as st
from sites import AS_OF, NASTY, REPOSITORY, Markup, dangers, pages_of, site_of

from hotwash.model import Failure, Postmortem
from hotwash.pages.parts.body import unmarked
from hotwash.pages.parts.links import Links, address, is_safe, shown
from hotwash.pages.parts.words import quarter, summary
from hotwash.past import History
from hotwash.rules import documented

LIGHT_PAGE = "postmortems/2026-11-05-update-crashed.md"
STANDARD_ID = "2026-11-02-checkout-503"


def incident(day: str, cls: str = "untested-device", fix: str = "{change: x, owner: '@a', due: 2026-12-31, state: open}", more: str = "") -> Postmortem:
    """An incident of a class, over at noon of a day."""
    header = f"timestamps: {{started: {day}T10:00:00Z, resolved: {day}T12:00:00Z}}\ncause: {{class: {cls}, what: w}}\nfix: {fix}\n{more}"
    return light(header, id=f"{day}-incident")


def text_of(site: Any, path: str) -> str:
    """What a reader sees of a page, on one line."""
    return " ".join("".join(Markup(pages_of(site)[path].text).texts).split())


# ---- the whole ------------------------------------------------------------------------------------------------------------------------------------


def test_the_same_archive_gives_the_same_bytes() -> None:
    assert pages_of(site_of(post(STANDARD), *earlier())) == pages_of(site_of(*earlier(), post(STANDARD)))


def test_every_page_says_of_which_day_it_speaks() -> None:
    pages = pages_of(site_of(post(STANDARD), rules=documented(), policy_schema={"properties": {}}))
    assert len(pages) > 9
    for path, page in pages.items():
        if not path.endswith(".md"):
            assert "20261120" in page.text.replace("-", ""), path
            continue
        assert "as of <time" in page.text, path
        assert AS_OF.isoformat() in page.text, path


def test_an_empty_archive_has_its_pages_too() -> None:
    site = site_of()
    assert {"index.md", "postmortems/index.md", "filed.md", "actions.md", "recurrences/index.md"} <= set(pages_of(site))
    assert "Nothing is late" not in text_of(site, "index.md")
    assert 'hotwash new "' in text_of(site, "index.md")
    for path in ("find.md", "filed.md", "metrics.md", "postmortems/index.md"):
        assert "Nothing is filed yet" in text_of(site, path), path
    assert "No incident names a class yet" in text_of(site, "recurrences/index.md")
    assert "Everything that was filed is published" in text_of(site_of(light()), "filed.md")


def test_home_and_index_count_the_same_postmortems() -> None:
    """What was left unwritten has a row, and is no postmortem."""
    site = site_of(light(), light("status: skipped\nskipped: {why: 'a drill', by: '@a'}", id="2026-11-04-drill"))
    assert "1postmortem1 not written, with a reason" in text_of(site, "index.md")
    assert "1 postmortem, the newest first. 1 incident without one stands among them, with the reason." in text_of(site, "postmortems/index.md")


def test_all_pages_count_the_same_days_between_an_incident_and_its_repeat() -> None:
    """From the evening of one day to the morning of the next but one it is two days, to whoever looks at a calendar."""
    first = light("timestamps: {started: 2026-11-02T20:00:00Z, resolved: 2026-11-02T21:00:00Z}\ncause: {class: untested-device, what: w}", id="2026-11-02-first")
    again = light("timestamps: {started: 2026-11-04T08:00:00Z, resolved: 2026-11-04T09:00:00Z}\ncause: {class: untested-device, what: w}", id="2026-11-04-again")
    site = site_of(first, again)
    for path, said in (("index.md", "came back after 2 days"), ("recurrences/index.md", "after 2 days"), ("recurrences/untested-device.md", "again after 2 days"), ("quarters/2026-Q4.md", "two days after the one before")):
        assert said in text_of(site, path), path


@pytest.mark.parametrize("directories", [True, False])
def test_every_link_between_pages_leads_to_a_page(directories: bool) -> None:
    assets = {"hotwash.css": ""}
    pages = pages_of(site_of(post(STANDARD), light(), *earlier(), incident("2026-10-01"), rules=documented(), directories=directories, assets=assets))
    places = {posixpath.normpath(address("index.md", path, directories)): path for path in pages}
    for path, page in pages.items():
        here = posixpath.dirname(address("index.md", path, directories) + ("x" if directories else ""))
        for link in Markup(page.text).links():
            if not link.startswith(("http", "mailto:", "#")):
                assert posixpath.normpath(posixpath.join(here, re.split("[?#]", link)[0])) in places, (path, link)


def test_no_page_needs_inline_styles_or_scripts() -> None:
    for path, page in pages_of(site_of(post(STANDARD), *earlier(), rules=documented())).items():
        assert not dangers(page.text.split("\n---\n", 1)[-1]) or path == "rules/index.md", (path, dangers(page.text))


# ---- the page of a postmortem ---------------------------------------------------------------------------------------------------------------------


def test_the_panel_says_what_the_header_says() -> None:
    said = text_of(site_of(post(STANDARD), links=Links(REPOSITORY)), f"postmortems/{STANDARD_ID}.md")
    for fact in ("P1 High", "Bad release", "2 Nov 2026", "Checkout", "Shared cache", "18,200", "3.1%", "Configuration push", "Two writers share one cache key",
                 "Execution", "Two parts were right alone and wrong together", "established", "Missing automation", "@cache-lead", "16 Nov 2026", "4 days late",
                 "issues/812", "tests/contract/test_cache_keys.py", "No incident of this class, until 16 Feb 2027", "Add an alert on 503 rate", "Incident commander",
                 "A change passed every check and a senior review", "INC-4812", "Led to the cache"):
        assert fact in said, fact


def test_durations_are_computed_in_words_and_shapes() -> None:
    page = pages_of(site_of(post(STANDARD)))[f"postmortems/{STANDARD_ID}.md"].text
    assert "Phases of the incident, 42 min in all: 7 min until detected, 2 min until a person engaged, 27 min until users stopped being hurt, 6 min until it was over" in page
    assert page.count("<rect") == 4
    for words in ("after 7 min", "+2 min", "after 36 min", "after 42 min"):
        assert words in page


@pytest.mark.parametrize("times", ["{resolved: 2026-11-05T16:40:00Z}", "{started: unknown, resolved: 2026-11-05T16:40:00Z}", "{started: 2026-11-05T16:40:00Z}"])
def test_no_bar_is_drawn_where_too_little_is_known(times: str) -> None:
    assert "<rect" not in pages_of(site_of(light(f"timestamps: {times}")))[LIGHT_PAGE].text


def test_an_alert_before_the_impact_is_drawn_all_the_same() -> None:
    page = pages_of(site_of(light("timestamps: {started: 2026-11-05T10:00:00Z, detected: 2026-11-05T09:50:00Z, resolved: 2026-11-06T11:00:00Z}")))[LIGHT_PAGE].text
    assert "after -10 min" in page
    assert "6 Nov, 11:00" in page
    assert 'width="-' not in page


def test_the_body_follows_the_panel_and_comments_stay_behind() -> None:
    page = pages_of(site_of(light(body="## Account\n\nIt fell. <!-- prompt: say more -->\n\n<!-- hotwash: allow x: y -->\nAnd rose.")))[LIGHT_PAGE].text
    assert page.index("hw-panel") < page.index("## Account") < page.index("And rose.")
    assert "prompt" not in page
    assert "hotwash: allow" not in page


def test_edit_and_history_lead_to_the_file_where_the_repository_is_known() -> None:
    known = pages_of(site_of(light(), links=Links(REPOSITORY)))[LIGHT_PAGE]
    assert f'href="{REPOSITORY}/edit/main/{LIGHT_PAGE}"' in known.text
    assert f'href="{REPOSITORY}/commits/main/{LIGHT_PAGE}"' in known.text
    assert known.source == LIGHT_PAGE
    assert "History</a>" not in pages_of(site_of(light()))[LIGHT_PAGE].text


def test_a_stub_says_until_when_and_what_is_missing() -> None:
    stub = light("status: filed\nseverity: P1\nfix: {}")
    on_time = text_of(site_of(stub, as_of=date(2026, 11, 6)), LIGHT_PAGE)
    assert "It is to be published by 7 Nov 2026, 16:40 UTC." in on_time
    assert "Still to write: Executive summary" in on_time
    assert "It was to be published by 7 Nov 2026, 16:40 UTC, 13 days ago." in text_of(site_of(stub), LIGHT_PAGE)


def test_what_is_skipped_retired_or_unreadable_says_so() -> None:
    assert "No postmortem is written. A flicker Decided by @a." in text_of(site_of(light("status: skipped\nskipped: {why: a flicker, by: '@a'}")), LIGHT_PAGE)
    assert "Retired." in text_of(site_of(light("status: retired")), LIGHT_PAGE)
    assert "The header could not be read. Line 3" in text_of(site_of(post("---\ntitle: [\n---\n\nStill here.\n", "2026-11-05-update-crashed")), LIGHT_PAGE)
    assert "role=\"note\"" not in pages_of(site_of(light()))[LIGHT_PAGE].text


@pytest.mark.parametrize(("fix", "said"), [
    ("{none: too rare, accepted_by: '@po'}", "No structural fix: Too rare"),
    ("{same_as: 2026-11-02-checkout-503}", "Covered by the fix of Checkout returned 503 after a cache-key change."),
    ("{same_as: nowhere}", "Covered by the fix of nowhere."),
    ("{change: x, owner: '@a', due: unknown, state: wont-do, why: costs too much}", "It will not be done. costs too much"),
    ("{change: x, owner: '@a', due: 2026-11-19, state: open}", "Its due date has passed."),
    ("{change: x, owner: '@a', due: 2026-12-19, state: open}", "Not in place yet."),
    ("{change: x, owner: '@a', state: done, closed: 2026-11-10}", "In place for 10 days, and the class has not come back since."),
    ("{change: x, owner: '@a', state: done}", "unknown"),
    ("nonsense", "Not named yet."),
])
def test_the_fix_says_how_it_stands(fix: str, said: str) -> None:
    assert said in text_of(site_of(light(f"fix: {fix}"), post(STANDARD)), LIGHT_PAGE)


def test_previous_and_next_are_those_of_its_class() -> None:
    first, second, third = incident("2026-01-01"), incident("2026-02-01"), incident("2026-03-01")
    other = incident("2026-02-15", cls="migration-lock")
    page = pages_of(site_of(first, second, third, other))["postmortems/2026-02-01-incident.md"].text
    assert 'href="../2026-01-01-incident/"><span class="hw-label">Previous of its class' in page
    assert 'href="../2026-03-01-incident/"><span class="hw-label">Next of its class' in page
    alone = pages_of(site_of(other))["postmortems/2026-02-15-incident.md"].text
    assert "Previous of" not in alone
    assert "Next of" not in alone


def test_the_notice_stands_on_every_postmortem_and_only_where_it_is_set() -> None:
    site = site_of(light(), policy=policy("schema: 1\nsite: {name: A Shop, notice: All of this is invented.}\n"))
    assert "All of this is invented." in text_of(site, LIGHT_PAGE)
    assert "Postmortems of A Shop" in text_of(site, "index.md")
    assert "hw-notice" not in pages_of(site_of(light()))[LIGHT_PAGE].text


# ---- lists ----------------------------------------------------------------------------------------------------------------------------------------


def test_the_index_is_grouped_by_quarter_the_newest_first() -> None:
    page = pages_of(site_of(incident("2026-03-31"), incident("2026-04-01"), incident("2025-12-31")))["postmortems/index.md"].text
    assert page.index("## 2026 Q2") < page.index("## 2026 Q1") < page.index("## 2025 Q4")
    assert page.index("2026-04-01-incident") < page.index("2026-03-31-incident")


def test_the_index_by_severity_reads_aliases_and_keeps_the_unknown() -> None:
    page = pages_of(site_of(light("severity: SEV-1"), post("---\ntitle: x\n---\n", "2026-01-01-x")))["postmortems/by-severity.md"].text
    assert page.index("## P0 Critical") < page.index("## Severity unknown")


def test_the_index_by_service_names_every_service_of_a_postmortem() -> None:
    page = pages_of(site_of(light("services: [cart, search]")))["postmortems/by-service.md"].text
    assert page.index("## Cart") < page.index("## Search mobile" if "## Search mobile" in page else "## Search")


def test_stubs_are_listed_with_what_is_owed() -> None:
    said = text_of(site_of(light("status: filed\nseverity: P1\nroles: {incident_commander: '@sre-lead'}"), incident("2026-01-01")), "filed.md")
    assert "7 Nov 2026, 16:40 UTC" in said
    assert "13 days late" in said
    assert "@sre-lead" in said
    assert "2026-01-01" not in said


def test_open_actions_come_overdue_first_and_done_ones_not_at_all() -> None:
    task = "{{id: {0}, do: 'do {0}', owner: '@b', due: {1}, state: {2}}}"
    actions = ", ".join(task.format(*entry) for entry in (("later", "2026-12-01", "open"), ("late", "2026-11-01", "in-progress"), ("done", "2026-11-01", "done")))
    said = text_of(site_of(light(f"actions: [{actions}]")), "actions.md")
    assert said.index("Do late") < said.index("Do later")
    assert "Do done" not in said
    assert "2 of them overdue" in said


# ---- home -----------------------------------------------------------------------------------------------------------------------------------------


def test_a_late_fix_whose_class_came_back_stands_before_a_late_postmortem() -> None:
    late_fix = "{change: the guard, owner: '@a', due: 2026-01-20, state: open}"
    said = text_of(site_of(incident("2026-01-01", fix=late_fix), incident("2026-02-01"), light("status: filed\nseverity: P1")), "index.md")
    attention = said[said.index("Needs attention"):said.index("## New")]
    assert attention.index("its class came back") < attention.index("Postmortem to publish")
    assert "The guard" in attention
    assert "304 days late" in attention


def test_the_home_page_shows_a_few_and_links_to_the_rest() -> None:
    tasks = ", ".join(f"{{id: a{number}, do: 'task {number}', owner: '@b', due: 2026-11-01, state: open}}" for number in range(9))
    page = pages_of(site_of(light(f"actions: [{tasks}]")))["index.md"].text
    assert 'href="actions/">All 10 overdue fixes and actions</a>' in page
    assert "Task 1" in page
    assert "Task 8" not in page


def test_the_newest_stand_on_cards_with_what_happened() -> None:
    said = text_of(site_of(post(STANDARD)), "index.md")
    assert "Two in five checkouts were refused" in said


def test_repeats_within_the_window_are_told_and_later_ones_are_not() -> None:
    near = text_of(site_of(incident("2026-01-01"), incident("2026-02-01")), "index.md")
    assert "came back after 31 days" in near
    far = text_of(site_of(incident("2025-01-01"), incident("2026-02-01")), "index.md")
    assert "Came back within" not in far


# ---- recurrences ----------------------------------------------------------------------------------------------------------------------------------


def class_page(*posts: Postmortem, history: History | None = None) -> str:
    """What a reader sees of the page of the class."""
    return text_of(site_of(*posts, history=history), "recurrences/untested-device.md")


def test_a_fix_that_was_not_there_yet_is_told_from_one_that_did_not_hold() -> None:
    open_fix, done = "{change: x, due: 2026-01-10, state: open}", "{change: x, due: 2026-01-10, state: done, closed: 2026-01-09}"
    not_there = class_page(incident("2026-01-01", fix=open_fix), incident("2026-02-01"))
    assert "not in place" in not_there
    assert "before this was done, when it was already overdue" in not_there
    held_not = class_page(incident("2026-01-01", fix=done), incident("2026-02-01"))
    assert "did not hold" in held_not
    assert "It was in place for 23 days, then the class came back on 1 Feb 2026." in held_not


def test_a_repeat_within_the_window_stands_out() -> None:
    assert "again after 31 days, within the repeat window" in class_page(incident("2026-01-01"), incident("2026-02-01"))
    later = class_page(incident("2025-01-01"), incident("2026-02-01"))
    assert "again after 396 days" in later
    assert "within the repeat window" not in later.replace("came back within the repeat window", "")


def test_a_class_with_one_incident_has_a_page_and_its_unfinished_tasks() -> None:
    said = class_page(incident("2026-01-01", fix="{change: the guard, owner: '@a', due: 2026-01-10, state: open}"))
    assert "A device outside the test matrix" in said
    assert "Still open" in said
    assert "Structural fix: The guard" in said
    assert "Still open" not in class_page(incident("2026-01-01", fix="{change: x, state: done, closed: 2026-01-09}"))


def test_a_guard_that_was_removed_is_named() -> None:
    fix = "{change: x, state: done, closed: 2026-01-09, artefact: {kind: test, path: tests/guard.py}}"
    said = class_page(incident("2026-01-01", fix=fix), history=History(head="x", complete=True, gone={"tests/guard.py": ""}))
    assert "gone from the default branch: tests/guard.py" in said


def test_a_shared_fix_is_judged_by_what_came_after_each_incident() -> None:
    first = incident("2026-01-01", fix="{change: x, due: 2026-01-10, state: done, closed: 2026-01-20}")
    second = incident("2026-01-10", fix="{same_as: 2026-01-01-incident}")
    site = site_of(first, second)
    assert site.verdicts[first.id].word == "not in place"
    assert str(site.verdicts[second.id]) == "holding 304 days"
    assert site_of(incident("2026-01-01", fix="{same_as: nowhere}")).verdicts["2026-01-01-incident"].word == "unknown"


def test_classes_are_listed_by_how_often_they_came() -> None:
    said = text_of(site_of(incident("2026-01-01"), incident("2026-02-01"), incident("2026-03-01", cls="migration-lock")), "recurrences/index.md")
    assert said.index("A device outside") < said.index("Seen once") < said.rindex("A schema change locked")
    assert "2 incidents" in said


def test_a_lane_is_solid_while_a_fix_is_in_place() -> None:
    done = "{change: x, state: done, closed: 2026-01-09}"
    page = pages_of(site_of(incident("2026-01-01", fix=done)))["recurrences/untested-device.md"].text
    legend = 1
    assert page.count("hw-swim__held") == legend + 1
    assert pages_of(site_of(incident("2026-01-01")))["recurrences/untested-device.md"].text.count("hw-swim__held") == legend


# ---- reference ------------------------------------------------------------------------------------------------------------------------------------


def test_the_header_reference_names_every_key_with_the_words_of_the_policy() -> None:
    said = pages_of(site_of())["reference/header.md"].text
    for heading in ("## `title`", "## `timestamps`", "## `fix`"):
        assert heading in said
    for key in ("actions[].owner", "fix.success.until", "timestamps.resolved", "detection.runbooks[].ref"):
        assert f"<code>{key}</code>" in said
    for word in ("P0", "near-miss", "cart", "configuration-push", "wont-do"):
        assert f"<code>{word}</code>" in said


def test_the_rules_page_lists_every_rule_under_its_group() -> None:
    rules = documented()
    page = pages_of(site_of(rules=rules))["rules/index.md"].text
    for rule in rules:
        assert f"\n### {rule.id}\n" in page
    assert page.index("## Actions") < page.index("## Complete")


def test_commands_have_a_page_only_where_they_are_known() -> None:
    assert "usage: hotwash check" in pages_of(site_of(commands=(("check", "usage: hotwash check"),)))["reference/commands.md"].text
    assert "reference/commands.md" not in pages_of(site_of())


def test_the_policy_reference_shows_what_is_in_force() -> None:
    schema = {"properties": {name: {"description": f"about {name}"} for name in ("severities", "repeat_window", "teams", "file", "roles", "systems")}}
    said = text_of(site_of(policy_schema=schema), "reference/policy.md")
    for fact in ("About severities", "Critical", "SEV1, SEV0", "90", "@cache-lead, @cache-oncall", "timestamps.resolved", "First responder", "Nothing is set."):
        assert fact in said, fact


# ---- hostile values -------------------------------------------------------------------------------------------------------------------------------

_EVERYWHERE = """title: {0}
kind: {0}
criteria: [{0}]
services: [{0}]
versions: [{0}]
detection: {{source: {0}, runbooks: [{{ref: {0}, why: {0}}}]}}
impact: {{users: {0}, data: {0}}}
roles: {{incident_commander: {0}}}
participants: [{0}]
trigger: {{kind: {0}, what: {0}}}
cause: {{class: untested-device, what: {0}, confidence: {0}, also: [odd-class]}}
factors: [{{kind: {0}, what: {0}}}]
fix: {{change: {0}, artefact: {{kind: {0}, path: {0}, link: {0}}}, owner: {0}, due: 2026-11-01, tracking: {0}, state: open, success: {{what: {0}, until: {0}}}}}
actions: [{{id: {0}, do: {0}, kind: {0}, owner: {0}, due: 2026-11-01, tracking: {0}, state: open}}, {{id: b, do: x, state: wont-do, why: {0}, evidence: {0}}}]
parked: [{0}]
related: {{issues: [{0}], postmortems: [{0}]}}
effectiveness: [{{on: {0}, by: {0}, completed: true, note: {0}}}]
sign_off: [{{role: {0}, by: {0}, on: {0}}}]
visibility: {0}
"""


def quoted(value: str) -> str:
    """A value as YAML in double quotes, its control characters left out where YAML has none."""
    import json

    return json.dumps(value.replace("\u0002", "").replace("\u0003", ""))


@pytest.mark.parametrize("value", NASTY)
def test_no_value_becomes_markup(value: str) -> None:
    subject = light(_EVERYWHERE.format(quoted(value)))
    assert subject.header, subject.problems
    for path, page in pages_of(site_of(subject, links=Links(REPOSITORY))).items():
        assert not dangers(page.text), path
        assert "\n\n# not a heading" not in page.text, path
        assert "\u202e" not in page.text, path


@pytest.mark.parametrize("value", [*NASTY, "../../outside", "index", "by-cost", "a/b", "Two Words"])
def test_a_class_that_is_no_slug_names_no_file(value: str) -> None:
    pages = pages_of(site_of(light(f"cause: {{class: {quoted(value)}, what: x}}"), incident("2026-10-01")))
    ours = {"recurrences/index.md", "recurrences/by-cost.md", "recurrences/by-date.md", "recurrences/untested-device.md"}
    assert all(path in ours or path.startswith("recurrences/undeclared-") for path in pages if "recurrences/" in path)
    assert len([path for path in pages if "recurrences/" in path]) == len(ours) + 1
    assert not any(dangers(page.text) for page in pages.values())


def test_a_title_of_nothing_visible_still_has_a_heading() -> None:
    assert "\n# 2026-11-05-update-crashed\n" in pages_of(site_of(light('title: "\\u200b"')))[LIGHT_PAGE].text
    assert ">2026-11-05-update-crashed</a>" in pages_of(site_of(light('title: "\\u200b"')))["postmortems/index.md"].text


def test_a_title_is_escaped_where_themes_print_it_raw() -> None:
    page = pages_of(site_of(light('title: "</title><script>x</script> {{ y }} *z*"')))[LIGHT_PAGE].text
    assert 'title: "&lt;/title&gt;&lt;script&gt;x&lt;/script&gt; {{ y }} *z*"\n' in page
    assert "# &lt;/title&gt;&lt;script&gt;x&lt;/script&gt; &#123;&#123; y &#125;&#125; &#42;z&#42;\n" in page


def body_of(text: str, **more: Any) -> str:
    """The body as it reaches the page."""
    page = pages_of(site_of(light(body=text), post(STANDARD), **more))[LIGHT_PAGE].text
    return page.split("</div>\n\n", 1)[-1].rsplit('\n\n<nav class="hw-neighbours"', 1)[0]


@pytest.mark.parametrize("text", [
    "<script>window.hit = 1</script>",
    "<img src=x onerror=window.hit=1>",
    "a <b onclick=window.hit=1>b</b>",
    "```\nnever closed\n\n<script>window.hit = 1</script>",
    "\\`<script>window.hit = 1</script>\\`",
    "> <iframe src=x></iframe>",
    "- item\n\n    <script>window.hit = 1</script>",
    "`a` <script>`b`</script>",
    "<!-- never closed <script>window.hit = 1</script>",
    "<!-- --><script>window.hit = 1</script>",
    "<!--<!-- -->--><script>window.hit = 1</script>",
    "<<!-- -->script>window.hit = 1</script>",
])
def test_raw_html_in_a_body_is_text(text: str) -> None:
    assert not dangers(body_of(text))


@pytest.mark.parametrize("target", [
    "javascript:x", "JaVaScRiPt:x", "java&#115;cript:x", "javascript&colon;x", "&#x6A;avascript:x", " javascript:x", "<javascript:x>", "data:text/html,x", "vbscript:x", "//evil.example",
])
def test_a_link_that_could_run_something_leads_nowhere(target: str) -> None:
    assert "#link-removed" in body_of(f"[x]({target})")
    assert "#link-removed" in body_of(f"[x][y]\n\n[y]: {target}")


@pytest.mark.parametrize(("written", "there"), [
    ("[x](https://example.com/a?b=c#d)", "[x](https://example.com/a?b=c#d)"),
    ("[x](mailto:a@example.com)", "[x](mailto:a@example.com)"),
    ("<https://example.com/a>", "[https://example.com/a](https://example.com/a)"),
    ("[x](#account)", "[x](#account)"),
    (f"[x]({STANDARD_ID}.md)", f"[x]({STANDARD_ID}.md)"),
    (f"[x](./{STANDARD_ID}.md#why)", f"[x]({STANDARD_ID}.md#why)"),
    ("[x](../runbooks/checkout.md)", f"[x]({REPOSITORY}/blob/main/runbooks/checkout.md)"),
    ("`List<String>` and `<b>`", "`List<String>` and `<b>`"),
    ("```html\n<b>shown</b> {: .x }\n<!-- kept -->\n```", "```html\n<b>shown</b> {: .x }\n<!-- kept -->\n```"),
    ("a < b, {x}", "a &lt; b, &#123;x}"),
    ("![a graph](https://example.com/graph.png)", "[a graph](https://example.com/graph.png)"),
    ("```python {.x onclick=y}\na\n```", "```python\na\n```"),
    ("x[^1]\n\n[^1]: The graph. See {x}.", "x[^1]\n\n[^1]: The graph. See &#123;x}."),
    ("- x\n\n    ```html\n    <b>{x}</b> <!-- kept -->\n    ```\n\nafter", "    ```html\n    <b>{x}</b> <!-- kept -->\n    ```\n\nafter"),
    ("!!! note\n\n    ```html\n    <b>{x}</b>\n    ```", "    ```html\n    <b>{x}</b>\n    ```"),
    ("It said `List<\nString> {x}` once.", "It said `List<\nString> {x}` once."),
    ("One <!-- it's `odd --> two `<b>` three", "One  two `<b>` three"),
    ("a `<!--` b `-->` c", "a `<!--` b `-->` c"),
    ("    [x](../a.md) <!-- kept -->", "    [x](../a.md) &lt;!-- kept -->"),
    ("- item\n\n    more [x](../runbooks/a.md)", f"    more [x]({REPOSITORY}/blob/main/runbooks/a.md)"),
    ("[x](https://example.com/a_(b))", "[x](https://example.com/a_(b))"),
    ("[x](<../run books/a.md>)", f"[x]({REPOSITORY}/blob/main/run%20books/a.md)"),
    ("[x](../run%20books/a.md)", f"[x]({REPOSITORY}/blob/main/run%20books/a.md)"),
    ("- x\n\n  ```js title=y\n  a\n  ```", "  ```js\n  a\n  ```"),
    ("# Top\n\n## Below", "## Top\n\n### Below"),
    ("## Below\n\n### Lower", "## Below\n\n### Lower"),
])
def test_an_honest_body_stays_what_it_is(written: str, there: str) -> None:
    assert there in body_of(written, links=Links(REPOSITORY))


@pytest.mark.parametrize("text", [
    "A <!-- long comment -->b.", "A <!--  x  -->b.", "A <!---->b.", "A <!--\n\n    code `x\n\n-->b.", "A <!-- x ` y -->b.",
])
def test_of_a_comment_nothing_stays(text: str) -> None:
    assert body_of(text) == "A b."


def test_nothing_stays_of_a_link_that_leads_nowhere() -> None:
    assert body_of("[c](javascript:alert(1)) d") == "[c](#link-removed) d"
    assert body_of("[c](javascript:alert((1),(2))) d") == "[c](#link-removed) d"


@pytest.mark.parametrize("text", ["[^x]: javascript:alert(1)", "    [x](javascript:alert(1))", "a `b\n- [x](javascript:y)` c", "    ![x](https://example.com/a.png)"])
def test_where_it_may_be_code_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    said = body_of(text)
    assert "javascript" not in said
    assert "![" not in said


@pytest.mark.parametrize("text", [
    "    ```\n\n<script>x</script>\n\n    ```", "`a\n- <script>x</script>`", "a | `x\n--|--\nb | <script>x</script>` |", "# a `b\n<script>x</script>`",
    "- a\n\n        ```\n\n<script>x</script>\n\n        ```", "`a\n\n<script>x</script>`",
])
def test_what_only_looks_like_code_is_made_safe(text: str) -> None:
    assert "<script" not in body_of(text)
    assert "<script" not in body_of(text, cleaned=True)


def test_for_a_door_that_cleans_the_html_code_keeps_every_character() -> None:
    for text in ("    <b>{x}</b> ![p](https://example.com/p.png) [x](../a.md)", "- x\n\n        if a < b: {c}", "a `b\n- <c>` d", "a < b, {x} [^1]\n\n[^1]: The graph."):
        assert unmarked(body_of(text, cleaned=True)).replace("&lt;", "<") == text


def test_a_picture_beside_the_postmortems_is_shown_and_no_other() -> None:
    there = frozenset({"postmortems/img/graph.png", "postmortems/a b.png"})
    cases = (
        ("![g](img/graph.png)", "![g](img/graph.png)"), ("![g](./img/graph.png)", "![g](img/graph.png)"), ("![g](a%20b.png)", "![g](a%20b.png)"),
        ("![g](<a b.png>)", "![g](a%20b.png)"), ("[g](img/graph.png)", "[g](img/graph.png)"), ("![g](../img/graph.png)", "[g](#graph.png)"),
        ("![g](img/other.png)", "[g](#other.png)"), ("![g](https://example.com/img/graph.png)", "[g](https://example.com/img/graph.png)"),
        ("![g](//example.com/graph.png)", "[g](#link-removed)"), ("![g][r]\n\n[r]: https://example.com/graph.png", "[g][r]\n\n[r]: https://example.com/graph.png"),
    )
    for text, expected in cases:
        assert body_of(text, pictures=there) == expected, text


@pytest.mark.parametrize("name", ["by-severity", "by-service"])
def test_a_postmortem_that_is_named_like_a_list_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(Failure, match=f"^postmortems/{name}.md: .*rename the file$"):
        pages_of(site_of(light(id=name)))


def test_no_page_stands_outside_the_site() -> None:
    with pytest.raises(Failure, match="outside the site"):
        pages_of(site_of(assets={"../../x.svg": ""}))


def test_without_a_repository_a_link_to_a_file_has_nowhere_to_lead() -> None:
    assert "[x](#checkout)" in body_of("[x](../runbooks/checkout.md)")


# ---- small words ----------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("here", "there", "folder", "file"), [
    ("index.md", "postmortems/a.md", "postmortems/a/", "postmortems/a.html"),
    ("postmortems/a.md", "postmortems/b.md", "../b/", "b.html"),
    ("postmortems/index.md", "postmortems/b.md", "b/", "b.html"),
    ("postmortems/a.md", "index.md", "../../", "../index.html"),
    ("actions.md", "assets/x y.svg", "../assets/x%20y.svg", "assets/x%20y.svg"),
    ("rules/index.md", "rules/index.md", "./", "index.html"),
    ("postmortems/index.md", "postmortems/a #1?%.md", "a%20%231%3F%25/", "a%20%231%3F%25.html"),
])
def test_an_address_leads_from_page_to_page(here: str, there: str, folder: str, file: str) -> None:
    assert address(here, there) == folder
    assert address(here, there, directories=False) == file


PLACES = st.lists(st.sampled_from(["a", "b", "a.md", "index.md", "a b.md", "x.svg", "ü.md", "...md", "..md", "a.html"]), min_size=1, max_size=3).map("/".join)


@given(PLACES, PLACES, st.booleans())
def test_following_an_address_ends_at_the_page_wherever_both_stand(here: str, there: str, directories: bool) -> None:
    def place(path: str) -> str:
        stem = path.removesuffix(".md")
        if stem == path or not directories:
            return path if stem == path else f"{stem}.html"
        return stem.removesuffix("index") if posixpath.basename(stem) == "index" else f"{stem}/"

    found = unquote(address(here, there, directories))
    assert posixpath.normpath(posixpath.join("/", posixpath.dirname(place(here)), found)) == posixpath.normpath(f"/{place(there)}")
    assert found.endswith("/") == (place(there)[-1:] in ("", "/"))
    assert "//" not in found


def test_only_addresses_that_run_nothing_are_safe() -> None:
    assert all(is_safe(good) for good in ("https://a", "HTTP://a", "mailto:a@b", "a/b:c.md", "#x", "a.md", ""))
    assert not any(is_safe(bad) for bad in ("java\tscript:x", "java\nscript:x", "\u200bjavascript:x", "javascript&#58;x", "&amp;#106;avascript:x", "file:///x", "//a", "/\\a"))


@pytest.mark.parametrize(("whole", "short"), [
    ("https://example.com/issues/812", "issues/812"), ("https://example.com", "example.com"), ("https://example.com/a?b=c", "example.com/a"), ("mailto:a@b", "mailto:a@b"),
])
def test_an_address_is_shown_by_its_end(whole: str, short: str) -> None:
    assert shown(whole) == short


def test_a_quarter_is_that_of_the_month() -> None:
    assert [quarter(f"2026-{month:02d}-01")[-1] for month in range(1, 13)] == list("111222333444")


@pytest.mark.parametrize(("body", "said"), [
    ("## Executive summary\n\nIt **fell** for [an hour](x.md).\n\nMore.", "It fell for an hour."),
    ("> Example.\n\nit fell.\n\n## Notes\n\nOther.", "It fell."),
    ("## Notes\n\nOther.", "The release checklist names no device older than two years"),
])
def test_a_summary_is_the_first_thing_said(body: str, said: str) -> None:
    assert summary(light(body=body), policy()) == said


def test_a_day_that_is_none_is_refused_in_a_word() -> None:
    from hotwash.today import as_of

    with pytest.raises(Failure, match="YYYY-MM-DD"):
        as_of("tomorrow")
