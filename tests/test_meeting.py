"""The review meeting: its agenda, filled from one file, and its place in the calendar."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from helpers import HERE, STANDARD, findings, policy, post
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar

from hotwash.agenda import agenda, written
from hotwash.archive import gather
from hotwash.cli import main
from hotwash.diary import Event, events, icalendar
from hotwash.past import FileHistory, History
from hotwash.project import load_policy

EXAMPLES = HERE.parent / "postmortems"
TODAY = date(2026, 11, 20)
WHOLE = """---
schema: 1
title: Checkout returned 503
status: filed
severity: P1
kind: outage
services: [checkout]
timestamps: {started: 2026-11-02T13:55:00Z, detected: 2026-11-02T14:02:00Z, acknowledged: 2026-11-02T14:04:00Z, mitigated: 2026-11-02T14:31:00Z, resolved: 2026-11-02T14:37:00Z}
detection: {source: alert, runbooks: [{ref: runbooks/checkout.md, used: true, why: led to the cache}]}
impact: {users: 18200}
roles: {incident_commander: "@sre-lead", on_call: "@checkout-oncall", tech_lead: "@sre-lead", reported_by: alert}
participants: ["@support-lead"]
trigger: {kind: configuration-push, what: the cache prefix changed}
cause: {class: cache-key-collision, what: two services share one key space, confidence: disputed}
fix: {change: a contract test, owner: "@cache-lead", due: 2026-11-16, state: open}
review: {at: 2026-11-03T16:00:00+01:00}
---

## Timeline

- 13:55 UTC first errors
- 14:31 UTC rolled back
"""


def meeting(text: str = WHOLE, *others: str):
    mine, before = post(text, "2026-11-02-checkout-503"), [post(other, "2026-05-01-earlier") for other in others]
    return agenda(mine, gather([mine, *before]), policy(), History(), TODAY)


def part(text: str, minutes: str) -> str:
    return text.partition(f"## {minutes} ")[2].partition("\n## ")[0]


def test_the_hour_has_six_parts_without_a_gap() -> None:
    minutes = [tuple(map(int, item.minutes.split("–"))) for item in meeting().items]
    assert minutes == [(0, 5), (5, 15), (15, 35), (35, 45), (45, 55), (55, 60)]


def test_it_is_filled_with_what_the_file_says() -> None:
    said = written(meeting())
    assert "2026-11-03 15:00 UTC, 60 minutes" in said
    assert "- @sre-lead (incident commander, tech lead)\n" in said
    assert "- @support-lead (participant)" in said
    assert "(reported by)" not in said, "an alert is not invited"
    assert "- Runbooks: runbooks/checkout.md" in said
    assert "from 2026-11-02 12:55 UTC until 2026-11-02 15:37 UTC" in said
    facts = part(said, "0–5")
    assert "time to mitigate: 36 min" in facts
    assert "users: 18200" in facts
    assert "- 13:55 UTC first errors\n- 14:31 UTC rolled back" in facts, "the time line is read aloud"
    assert "time to detect: 7 min" in part(said, "5–15")
    assert "was used: led to the cache" in part(said, "5–15")
    assert "what allowed it, so far: two services share one key space" in part(said, "15–35")
    assert "proposed: a contract test" in part(said, "45–55")
    assert "tech lead: @sre-lead" in part(said, "55–60")
    assert "product owner: not named yet" in part(said, "55–60")


def test_what_is_missing_becomes_a_question() -> None:
    said = written(meeting())
    assert "What do we know of these times: escalated, mitigation started?" in part(said, "0–5")
    assert "Which observation would decide between the hypotheses?" in part(said, "15–35")
    bare = written(meeting("---\nschema: 1\ntitle: Mails came twice\nstatus: filed\n---\n\nNotes.\n"))
    assert "no date yet: set `review.at`" in bare
    assert "no severity yet" in bare
    assert "Runbooks: none named" in bare


def test_a_repeat_asks_what_the_earlier_fix_did_not_reach() -> None:
    before = WHOLE.replace("2026-11", "2026-05").replace("status: filed", "status: published").replace("state: open", "state: done, closed: 2026-05-15")
    said = written(meeting(WHOLE, before))
    assert "Earlier incidents of this class: 2026-05-01-earlier: did not hold" in said
    assert "What did the earlier fix not reach?" in part(said, "15–35")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("2026-*.md")), ids=lambda path: path.stem)
def test_the_agenda_asks_for_conditions_and_never_for_a_culprit(path) -> None:
    one = post(path.read_text("utf-8"), path.stem)
    said = written(agenda(one, gather([one]), load_policy(EXAMPLES.parent), History(), TODAY))
    assert not [found for found in findings(post(said, "2026-11-20-agenda"), policy()) if found.group == "blameless" and found.level == "error"]


def read(found: list[Event]) -> dict[str, object]:
    return {str(entry["uid"]): entry for entry in Calendar.from_ical(icalendar(found, TODAY, policy())).walk("VEVENT")}


def dates(text: str, history: History, *, actions: bool = False) -> dict[str, object]:
    mine = post(text, "2026-11-02-checkout-503")
    return read(list(events(gather([mine]), policy(), history, date(2026, 11, 20), actions=actions)))


def test_a_stub_has_its_deadline_and_its_meeting_in_the_calendar() -> None:
    found = dates(WHOLE, History())
    deadline, review = found["deadline.2026-11-02-checkout-503@hotwash"], found["review.2026-11-02-checkout-503@hotwash"]
    assert deadline["dtstart"].dt == datetime(2026, 11, 4, 14, 37, tzinfo=timezone.utc), "48 hours after the incident was over"
    assert review["dtstart"].dt == datetime(2026, 11, 3, 15, tzinfo=timezone.utc), "16:00 in Berlin in winter"
    assert review["duration"].dt == timedelta(minutes=60)
    assert "## 45–55" in review["description"]
    assert len(found) == 2


def test_due_dates_stand_in_it_when_they_are_asked_for() -> None:
    due = dates(WHOLE, History(), actions=True)["due-fix.2026-11-02-checkout-503@hotwash"]
    assert due["dtstart"].dt == date(2026, 11, 16)
    assert "@cache-lead" in due["summary"]


def test_a_summer_meeting_is_an_hour_earlier_in_utc() -> None:
    summer = WHOLE.replace("2026-11-03T16:00:00+01:00", "2026-07-03T16:00:00+02:00")
    assert dates(summer, History())["review.2026-11-02-checkout-503@hotwash"]["dtstart"].dt == datetime(2026, 7, 3, 14, tzinfo=timezone.utc)


def test_a_published_one_is_looked_at_again_after_thirty_days() -> None:
    text = WHOLE.replace("status: filed", "status: published").replace("review: {at: 2026-11-03T16:00:00+01:00}", "review: {held: 2026-11-03}")
    past = History(files={"postmortems/2026-11-02-checkout-503.md": FileHistory(published="2026-11-04T09:00:00Z")})
    found = dates(text, past)
    assert {str(uid): entry["dtstart"].dt for uid, entry in found.items()} == {"effectiveness-publication.2026-11-02-checkout-503@hotwash": date(2026, 12, 4)}


def test_the_same_archive_gives_the_same_bytes() -> None:
    mine = post(WHOLE, "2026-11-02-checkout-503")
    made = [icalendar(events(gather([mine]), policy(), History(), TODAY, actions=True), TODAY, policy()) for _ in range(2)]
    assert made[0] == made[1]


@given(some.text(), some.text(min_size=1, max_size=20))
def test_no_title_breaks_out_of_its_entry(title: str, name: str) -> None:
    entry = Event(post(WHOLE, "2026-11-02-checkout-503"), "review", title, datetime(2026, 11, 20, tzinfo=timezone.utc), 60, title)
    text = icalendar([entry], TODAY, policy())
    assert text.count("BEGIN:VEVENT\r\n") == 1
    assert len(Calendar.from_ical(text).walk("VEVENT")) == 1
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_both_commands_print_to_standard_output() -> None:
    agenda_said, calendar_said = (
        subprocess.run([sys.executable, str(EXAMPLES.parent / "hooks"), *words, "--as-of", "2026-11-20"], capture_output=True, text=True, cwd=EXAMPLES.parent, check=True)
        for words in (("agenda", "refunds-waited"), ("calendar", "--actions"))
    )
    assert agenda_said.stdout.startswith("# Review: Refunds to gift cards waited in a queue\n")
    assert Calendar.from_ical(calendar_said.stdout).walk("VEVENT")
    assert "entries, as of 2026-11-20" in calendar_said.stderr


def test_a_draft_beside_the_archive_has_an_agenda_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "draft.md").write_text(STANDARD)
    assert main(["agenda", str(tmp_path / "draft.md"), "--root", str(EXAMPLES.parent)]) == 0
    assert capsys.readouterr().out.startswith("# Review: Checkout returned 503")


def test_what_has_no_header_has_no_agenda(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.md").write_text("Notes.\n")
    assert main(["agenda", str(tmp_path / "notes.md"), "--root", str(EXAMPLES.parent)]) == 2
    assert "notes.md:1: there is no header; begin the file with ---" in capsys.readouterr().err
