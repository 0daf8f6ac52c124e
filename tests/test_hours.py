"""Working hours: quiet weeks first, then weekends, holidays, and the nights in which the clocks change."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from helpers import policy
from hypothesis import given
from hypothesis import strategies as st

from hotwash.hours import Working, after, between, span, working
from hotwash.model import Failure, Postmortem
from hotwash.need import deadline

WEEK = {"days": ["mon", "tue", "wed", "thu", "fri"], "hours": "09:00-17:00", "holidays": []}


def week(zone: str = "UTC", **more: object) -> Working:
    """A working week from nine to five, Monday to Friday."""
    return working({**WEEK, **more}, zone)


def utc(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


PASSED = [
    ("within one day", "2026-11-16T10:00", 4, week(), "2026-11-16T14:00"),
    ("to the minute in which work ends", "2026-11-16T09:00", 8, week(), "2026-11-16T17:00"),
    ("into the next morning", "2026-11-16T16:00", 2, week(), "2026-11-17T10:00"),
    ("started at night", "2026-11-16T03:00", 1, week(), "2026-11-16T10:00"),
    ("started after work", "2026-11-16T20:00", 1, week(), "2026-11-17T10:00"),
    ("over a weekend", "2026-11-20T16:00", 2, week(), "2026-11-23T10:00"),
    ("started on a Sunday", "2026-11-22T12:00", 8, week(), "2026-11-23T17:00"),
    ("48 hours are six days", "2026-11-16T09:00", 48, week(), "2026-11-23T17:00"),
    ("over a holiday", "2026-12-24T16:00", 2, week(holidays=["2026-12-25"]), "2026-12-28T10:00"),
    ("a holiday on a Sunday changes nothing", "2026-11-20T16:00", 2, week(holidays=["2026-11-22"]), "2026-11-23T10:00"),
    ("the hours are those of the zone", "2026-11-16T07:00", 1, week("Europe/Berlin"), "2026-11-16T09:00"),
    ("before and after the clocks go back", "2026-10-23T14:00", 2, week("Europe/Berlin"), "2026-10-26T09:00"),
    ("before and after the clocks go forward", "2026-03-27T15:00", 2, week("Europe/Berlin"), "2026-03-30T08:00"),
    ("round the clock, every day", "2026-11-16T10:30", 48, week(days=["mon", "tue", "wed", "thu", "fri", "sat", "sun"], hours="00:00-24:00"), "2026-11-18T10:30"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "hours", "team", "end"), [row[1:] for row in PASSED], ids=[row[0] for row in PASSED])
def test_working_hours_pass_only_while_the_team_works(start: str, hours: int, team: Working, end: str) -> None:
    assert after(utc(start), hours, team) == utc(end)
    assert between(utc(start), utc(end), team) == timedelta(hours=hours)


@pytest.mark.parametrize(("day", "hours"), [("2026-10-24", 24), ("2026-10-25", 25), ("2026-03-29", 23)])
def test_a_day_has_as_many_hours_as_really_pass(day: str, hours: int) -> None:
    berlin = week("Europe/Berlin", days=["sat", "sun"], hours="00:00-24:00")
    begin = utc(f"{day}T00:00") - timedelta(hours=12)
    assert between(begin, begin + timedelta(days=2), berlin._replace(days=frozenset({date.fromisoformat(day).weekday()}))) == timedelta(hours=hours)


DAYS = st.sets(st.sampled_from(WEEK["days"] + ["sat", "sun"]), min_size=1)
SPANS = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda pair: pair[0] + 30 <= pair[1])
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"])
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(timezone.utc))  # noqa: DTZ001
HOLIDAYS = st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)).map(str), max_size=10)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@st.composite
def weeks(draw: st.DrawFn) -> Working:
    opens, closes = draw(SPANS)
    return week(draw(ZONES), days=draw(DAYS), hours=f"{clock(opens)}-{clock(closes)}", holidays=draw(HOLIDAYS))


@given(MOMENTS, st.integers(1, 100), weeks())
def test_what_was_counted_on_counts_back_the_same(start: datetime, hours: int, team: Working) -> None:
    end = after(start, hours, team)
    assert between(start, end, team) == timedelta(hours=hours)
    assert between(end, start, team) == timedelta(0) or end == start


@given(MOMENTS, st.integers(1, 100), st.integers(1, 50), weeks())
def test_more_hours_end_later_and_a_later_start_never_ends_earlier(start: datetime, hours: int, more: int, team: Working) -> None:
    end = after(start, hours, team)
    assert end - start >= timedelta(hours=hours)
    assert end < after(start, hours + more, team)
    assert after(start + timedelta(hours=more), hours, team) >= end


@given(MOMENTS, st.integers(1, 100), weeks())
def test_the_end_lies_in_working_hours_and_on_no_holiday(start: datetime, hours: int, team: Working) -> None:
    end = (after(start, hours, team) - timedelta(microseconds=1)).astimezone(team.zone)
    assert end.weekday() in team.days
    assert end.date() not in team.holidays


@given(MOMENTS, st.integers(1, 100), ZONES)
def test_a_team_that_never_stops_has_calendar_hours(start: datetime, hours: int, zone: str) -> None:
    team = week(zone, days=[*WEEK["days"], "sat", "sun"], hours="00:00-24:00")
    assert after(start, hours, team) == start + timedelta(hours=hours)


@pytest.mark.parametrize(("text", "expected"), [
    ("09:00-17:00", (540, 1020)), ("00:00-24:00", (0, 1440)), ("22:00-06:00", None), ("09:00-09:00", None), ("9-17", None), ("09:00-24:01", None),
    ("09:00-17:00\n", None), ("٠٩:00-17:00", None), ("", None),
])  # fmt: skip
def test_a_span_opens_before_it_closes(text: str, expected: tuple[int, int] | None) -> None:
    assert span(text) == expected


def test_never_working_ends_never_and_the_end_of_time_is_no_deadline() -> None:
    with pytest.raises(OverflowError):
        after(utc("2026-11-16T10:00"), 1, week()._replace(days=frozenset()))
    late = Postmortem("x", header={"severity": "P1", "timestamps": {"resolved": "9999-12-31T16:30:00Z"}})
    assert deadline(late, policy("deadline: business\n")) is None


BY_POLICY = [
    ("", "P1", "2026-11-22T16:00"),
    ("deadline: business\n", "P0", "2026-11-25T16:00"),
    ("deadline: business\nworking: {hours: '08:00-20:00', holidays: [2026-11-23]}\n", "P0", "2026-11-25T16:00"),
    ("severities: {P1: {deadline: business}}\n", "P0", "2026-11-21T16:00"),
    ("severities: {P1: {deadline: business}}\n", "P1", "2026-11-30T16:00"),
    ("deadline: business\nseverities: {P0: {deadline: calendar}}\n", "P0", "2026-11-21T16:00"),
    ("deadline: business\ntimezone: America/New_York\n", "P0", "2026-11-25T16:00"),
]


@pytest.mark.parametrize(("team", "severity", "until"), BY_POLICY)
def test_the_policy_says_which_hours_the_deadline_counts(team: str, severity: str, until: str) -> None:
    post = Postmortem("x", header={"severity": severity, "timestamps": {"resolved": "2026-11-20T16:00:00Z"}})
    assert deadline(post, policy(team)) == utc(until)


@pytest.mark.parametrize(("team", "said"), [
    ("working: {hours: '22:00-06:00'}\n", "1:11: `22:00-06:00` is no span of a day; write `09:00-17:00`"),
    ("working:\n  holidays: [2026-12-25, 2026-02-30]\n", "2:3: `2026-02-30` is not a day"),
    ("working: {days: [monday]}\n", "write `mon`"),
    ("working: {days: []}\n", "1:"),
    ("deadline: fast\n", "write `calendar` or `business`"),
])  # fmt: skip
def test_hours_that_cannot_be_meant_are_errors_of_the_policy(team: str, said: str) -> None:
    with pytest.raises(Failure, match=r"postmortems/policy.yml") as failed:
        policy(team)
    assert said in str(failed.value)
