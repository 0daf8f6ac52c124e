"""Merged classes: chains, circles, and how two names for one flaw are counted as one."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import policy
from hypothesis import given
from hypothesis import strategies as st

from hotwash.archive import gather
from hotwash.merging import astray, merged
from hotwash.model import Failure, Postmortem
from hotwash.recurrence import earlier, verdict

CHAIN = "classes: {a: {title: A}, b: {merged_into: a}, c: {merged_into: b}, d: {}}\n"


def incident(day: str, slug: str, **fix: str) -> Postmortem:
    """An incident of a class that ran for an hour."""
    times = {"started": f"{day}T10:00:00Z", "resolved": f"{day}T11:00:00Z"}
    return Postmortem(f"postmortems/{day}-x.md", header={"status": "published", "cause": {"class": slug}, "timestamps": times, "fix": fix})


def test_without_a_merge_each_class_counts_as_itself() -> None:
    assert merged({"a": {"title": "A"}, "b": None, "c": {}}) == {}
    assert policy("classes: {a: {title: A}}\n").merged == {}


def test_a_chain_is_followed_to_its_end() -> None:
    assert policy(CHAIN).merged == {"b": "a", "c": "a"}


@pytest.mark.parametrize(("classes", "said"), [
    ("{a: {merged_into: a}}", "merged into itself: a -> a"),
    ("{a: {merged_into: b}, b: {merged_into: a}}", "merged into itself: a -> b -> a"),
    ("{cache-key: {}, b: {merged_into: cache-kee}}", "did you mean `cache-key`"),
    ("{a: {merged_into: b}, b: null}", "`b` is not one of `classes`"),
])  # fmt: skip
def test_a_circle_and_a_way_to_nowhere_are_errors_of_the_policy(classes: str, said: str) -> None:
    with pytest.raises(Failure, match=said) as failed:
        policy(f"classes: {classes}\n")
    assert str(failed.value).startswith("postmortems/policy.yml:1:")


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", *"abcdefg"])))
def test_whatever_is_merged_the_end_is_a_class_that_counts(into: dict[str, str]) -> None:
    classes = {slug: {"merged_into": end} if end else {} for slug, end in into.items()}
    ends = merged(classes)
    assert set(ends.values()) <= {slug for slug, end in into.items() if not end}
    if not list(astray(classes)):
        assert set(ends) == {slug for slug, end in into.items() if end}


def test_incidents_under_an_old_and_a_new_name_are_one_class() -> None:
    old, other = incident("2026-01-10", "c", change="a test", state="done", closed="2026-01-20"), incident("2026-01-12", "d")
    new = incident("2026-02-01", "a")
    apart, together = gather([old, new, other]), gather([old, new, other], policy(CHAIN).merged)
    assert [one.id for one in earlier(new, apart)] == []
    assert [one.id for one in earlier(new, together)] == ["2026-01-10-x"]
    assert set(together.by_class) == {"a", "d"}
    assert together.of_class("c") == together.of_class("a") == (old, new)
    assert verdict(old, apart, policy(), None, date(2026, 6, 1)).word == "holding"
    assert verdict(old, together, policy(), None, date(2026, 6, 1)).word == "did not hold"


def test_one_that_names_both_counts_once() -> None:
    post = Postmortem("postmortems/2026-01-10-x.md", header={"cause": {"class": "b", "also": ["a", "c", "d"]}})
    assert gather([post], policy(CHAIN).merged).classes(post) == ["a", "d"]
