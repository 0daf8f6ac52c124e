"""Deadlines, what is owed, the clocks, and how durations and days are spoken."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest
from helpers import policy, with_words

from hotwash.archive import gather
from hotwash.clock import day, local_day, moment, seconds, spoken
from hotwash.closing import tasks
from hotwash.due import owed
from hotwash.metrics import Clocks, clocks
from hotwash.model import Failure, Postmortem
from hotwash.need import deadline, need
from hotwash.past import History
from hotwash.recurrence import unfinished
from hotwash.today import as_of, now

TODAY = date(2026, 11, 21)


def about(id: str = "2026-11-19-x", **header: object) -> Postmortem:
    return Postmortem(f"postmortems/{id}.md", header={"timestamps": {"resolved": "2026-11-19T10:00:00+01:00"}, **header})


DEADLINES = [
    ({"severity": "P0"}, "2026-11-20T09:00"), ({"severity": "SEV2"}, "2026-11-21T09:00"), ({"severity": "P2"}, None), ({"severity": "P3"}, None), ({}, None),
    ({"severity": "P3", "potential_severity": "P0"}, "2026-11-20T09:00"), ({"severity": "P3", "criteria": ["data-loss"]}, "2026-11-21T09:00"),
    ({"severity": "P3", "criteria": ["gap"]}, None), ({"severity": "P1", "timestamps": {"resolved": "unknown"}}, None), ({"severity": "P1", "timestamps": {}}, None),
    ({"severity": "P3", "criteria": ["gap", "outage-over-30-minutes", 3, "no-word"]}, "2026-11-21T09:00"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "until"), DEADLINES)
def test_the_clock_starts_when_the_incident_is_over(header: dict, until: str | None) -> None:
    found = deadline(about(**header), policy())
    assert (found and found.strftime("%Y-%m-%dT%H:%M")) == until


def test_a_team_without_deadlines_has_none() -> None:
    team = with_words("severities: {P0: {within: null}, P1: {within: null}}\n")
    assert deadline(about(severity="P0", criteria=["data-loss"]), team) is None


NEEDS = [
    ({"severity": "P0"}, "required"),
    ({"severity": "P2"}, "optional"),
    ({"severity": "P3"}, "none"),
    ({}, "none"),
    ({"severity": "P3", "criteria": ["gap", "near-miss"]}, "recommended"),
]


@pytest.mark.parametrize(("header", "expected"), NEEDS)
def test_the_strongest_reason_decides_whether_one_is_needed(header: dict, expected: str) -> None:
    assert need(about(**header), policy()) == expected


def test_what_is_late_comes_by_its_kind_and_what_is_due_by_its_day() -> None:
    filed = about(
        "2026-11-18-filed", status="filed", severity="P0", roles={"tech_lead": "@tl"}, fix={"change": "a test", "owner": "@a", "due": "2026-11-20"}
    )
    waiting = about("2026-11-20-waiting", status="filed", severity="P3")
    published = about("2026-11-01-out", status="published", fix={"change": "b", "due": "2026-12-01", "state": "open"}, actions=[
        {"id": "a1", "do": "late", "due": "2026-11-10", "owner": "@b"}, {"id": "a2", "do": "done", "state": "done"}, {"id": "a3", "do": "today", "due": "2026-11-21"}, {"do": "some day"}, "no mapping",
    ])  # fmt: skip
    skipped = about("2026-11-02-skipped", status="skipped", fix={"change": "c"})
    found = owed(gather([waiting, published, filed, skipped]), policy(), TODAY, History())
    assert [(one.what, one.post.id[11:], one.action, one.late) for one in found] == [
        ("filing", "filed", "", True),
        ("review", "filed", "", True),
        ("fix", "filed", "", True),
        ("action", "out", "a1", True),
        ("action", "out", "a3", False),
        ("fix", "out", "", False),
        ("filing", "waiting", "", False),
        ("action", "out", "", False),
    ]
    assert (found[3].owner, found[0].owner, found[0].due) == ("@b", "@tl", date(2026, 11, 20))


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_says_nothing_of_its_state_is_open_and_has_no_owner(nothing: str | None) -> None:
    bare = {"id": nothing, "owner": nothing, "state": nothing, "due": "2026-11-10"}
    one = about("2026-11-01-out", status="published", fix={"change": "b", **bare}, actions=[{"do": "late", **bare}])
    found = owed(gather([one]), policy(), TODAY, History())
    assert [(item.what, item.owner, item.action, item.late) for item in found] == [("fix", "", "", True), ("action", "", "", True)]
    assert [task.name for task in tasks(one)] == unfinished(one) == ["fix", "1"]


def test_nothing_is_owed_by_an_empty_archive() -> None:
    assert owed(gather([]), policy(), TODAY, History()) == ()


TIMES = {
    "started": "2026-11-02T13:55:00Z",
    "detected": "2026-11-02T14:02:00Z",
    "acknowledged": "2026-11-02T14:04:00Z",
    "mitigated": "2026-11-02T15:31:00+01:00",
    "resolved": "2026-11-02T14:37:30Z",
}


def test_the_clocks_are_computed_from_the_timestamps() -> None:
    assert clocks(about(timestamps=TIMES)) == Clocks(detect=420, acknowledge=120, mitigate=2160, resolve=2550)


@pytest.mark.parametrize("missing", TIMES)
def test_a_clock_without_one_of_its_ends_is_not_known(missing: str) -> None:
    found = clocks(about(timestamps={**TIMES, missing: "unknown"}))
    ends = {
        "detect": {"started", "detected"},
        "acknowledge": {"detected", "acknowledged"},
        "mitigate": {"started", "mitigated"},
        "resolve": {"started", "resolved"},
    }
    assert {name for name, value in found._asdict().items() if value is None} == {name for name, pair in ends.items() if missing in pair}


def test_an_alert_before_the_impact_gives_a_negative_time_to_detect() -> None:
    assert clocks(about(timestamps={**TIMES, "detected": "2026-11-02T13:50:00Z"})).detect == -300


SPOKEN = [
    (0, "0 s"), (59, "59 s"), (60, "1 min"), (2_160, "36 min"), (3_599, "59 min"), (3_600, "1 h"), (3_660, "1 h 01 min"), (7_500, "2 h 05 min"), (86_340, "23 h 59 min"), (86_400, "1 d"), (169_320, "1 d 23 h"), (172_800, "2 d"),
    (273_600, "3 d 4 h"), (-90, "-1 min"),
]  # fmt: skip


@pytest.mark.parametrize(("duration", "words"), SPOKEN)
def test_a_duration_is_spoken_as_people_speak(duration: int, words: str) -> None:
    assert spoken(duration) == words


MOMENTS = [
    ("2026-11-02T14:02:00Z", "2026-11-02T14:02:00"), ("2026-11-02t14:02:00z", "2026-11-02T14:02:00"), ("2026-11-02 15:02:00+01:00", "2026-11-02T14:02:00"), ("2026-11-02T14:02Z", "2026-11-02T14:02:00"),
    ("2026-11-02T14:02:00.123456789Z", "2026-11-02T14:02:00"), ("2026-11-02T08:17:00-05:45", "2026-11-02T14:02:00"), ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00"),
    ("2026-11-02T14:02:00", None), ("2026-11-02", None), ("unknown", None), ("", None), ("2026-02-30T10:00:00Z", None), ("2026-11-02T25:00:00Z", None), ("2026-11-02T14:02:00+01:60", None),
    ("2026-11-02T14:02:00+0100", None), ("2026-11-02T14:02:00+24:00", None), (" 2026-11-02T14:02:00Z", None), ("2026-11-02T14:02:00Z\n", None), ("2026-11-02T14:02:60Z", None),
    ("٢٠٢٦-11-02T14:02:00Z", None), ("9999-12-31T23:59:59-01:00", None), ("14:02", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "utc"), MOMENTS)
def test_only_a_time_with_an_offset_is_a_moment(text: str, utc: str | None) -> None:
    found = moment(text)
    assert (found and found.strftime("%Y-%m-%dT%H:%M:%S")) == utc


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("2026-11-02", True), ("2026-2-3", False), ("2026-02-30", False), ("unknown", False), ("2026-11-02T00:00:00Z", False), ("2026-11-02\n", False)],
)
def test_only_a_day_of_the_calendar_is_a_day(text: str, is_one: bool) -> None:
    assert (day(text) is not None) == is_one


def test_the_day_of_a_moment_is_the_teams() -> None:
    late = datetime(2026, 11, 2, 23, 30, tzinfo=timezone.utc)
    assert [local_day(late, zone).day for zone in ("UTC", "Europe/Berlin", "America/New_York")] == [2, 3, 2]
    for zone in ("Mars/Olympus", "../../etc/passwd", "", "/etc/passwd"):
        with pytest.raises(Failure):
            local_day(late, zone)


def test_seconds_between_times_are_not_known_where_one_of_them_is_not() -> None:
    assert seconds(None, datetime.now(timezone.utc)) is None


def test_today_is_what_is_given_then_the_epoch_then_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    assert (as_of("2026-02-03"), as_of(), now().year) == (date(2026, 2, 3), date(2026, 11, 1), 2026)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert as_of() == datetime.now(timezone.utc).date()
    for wrong in ("yesterday", "-1" * 20, "9" * 30, "²"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(Failure, match="not a number of seconds"):
            as_of()
        with pytest.raises(Failure, match="not a number of seconds"):
            now()
    with pytest.raises(Failure, match="not a day; write YYYY-MM-DD"):
        as_of("21.11.2026")
