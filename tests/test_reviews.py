"""The answers of forges: each form read, and everything else refused in one line."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotwash.model import Failure
from hotwash.reviews import Review, Reviews, read_reviews

AT = "2026-11-04T09:00:00Z"


def read(data: Any) -> Reviews:
    return read_reviews(json.dumps(data), "reviews.json")


def github(by: str, state: str, **more: Any) -> dict[str, Any]:
    return {"id": 1, "user": {"login": by, "type": "User"}, "state": state, "submitted_at": AT, "commit_id": "c1", **more}


def note(by: str, body: str, at: str = AT, *, system: bool = True) -> dict[str, Any]:
    return {"id": 1, "author": {"username": by}, "body": body, "system": system, "created_at": at}


def test_no_reviews_are_an_answer_too() -> None:
    assert read([]) == read([[]]) == Reviews()
    assert read({"approved_by": []}) == Reviews()


def test_githubs_interface() -> None:
    data = [github("checkout-tl", "APPROVED"), github("checkout-po", "CHANGES_REQUESTED"), github("sre-lead", "DISMISSED")]
    opinions = (Review("checkout-tl", "approved", AT, "c1"), Review("checkout-po", "changes", AT, "c1"), Review("sre-lead", "dismissed", AT, "c1"))
    assert read(data) == Reviews(opinions)
    assert read([data[:2], data[2:]]) == Reviews(opinions), "as `gh api --paginate --slurp` gives it"
    assert read_reviews(json.dumps(data[:2]) + json.dumps(data[2:]), "-") == Reviews(opinions), "as older versions of `gh api --paginate` gave it"


def test_remarks_drafts_programs_and_accounts_that_are_gone_have_no_opinion() -> None:
    bot = {"login": "helper[bot]", "type": "Bot"}
    assert read([github("a", "COMMENTED"), github("a", "PENDING"), github("a", "APPROVED", user=bot), github("a", "APPROVED", user=None), github("a", "NEW")]) == Reviews()


def test_githubs_command_line() -> None:
    review = {"author": {"login": "checkout-tl"}, "state": "APPROVED", "submittedAt": AT, "commit": {"oid": "c1"}}
    assert read({"reviews": [review], "author": {"login": "sre-lead"}, "headRefOid": "c2"}) == Reviews((Review("checkout-tl", "approved", AT, "c1"),), "sre-lead", "c2")
    assert read({"reviews": [{**review, "author": None}, {**review, "state": "COMMENTED"}, 7]}) == Reviews()


@pytest.mark.parametrize("by", ["a b", "a\n- role: tech_lead", "a\x1b[31m", "\ud800", " "])
def test_what_cannot_be_an_account_has_no_opinion(by: str) -> None:
    assert read([github(by, "APPROVED"), github("checkout-tl", "APPROVED")]) == Reviews((Review("checkout-tl", "approved", AT, "c1"),))


@pytest.mark.parametrize("at", ["yesterday", "x: [}", "2026-11-04", None, 7])
def test_what_is_no_moment_is_recorded_as_none(at: Any) -> None:
    assert read([github("checkout-tl", "APPROVED", submitted_at=at)]) == Reviews((Review("checkout-tl", "approved", "", "c1"),))


def test_gitlabs_approvals() -> None:
    data = {"approved": True, "approved_by": [{"user": {"username": "checkout-tl"}, "approved_at": AT}, {"user": {"username": "checkout-po"}}, {"user": None}]}
    assert read(data) == Reviews((Review("checkout-tl", "approved", AT), Review("checkout-po", "approved")))


def test_gitlabs_notes() -> None:
    later = "2026-11-04T10:00:00Z"
    data = [note("a", "unapproved this merge request", later), note("b", "requested changes", later), note("a", "approved this merge request")]
    assert read(data) == Reviews((Review("a", "approved", AT), Review("b", "changes", later), Review("a", "dismissed", later)))


def test_the_last_word_is_told_by_the_moment_and_not_by_its_digits() -> None:
    before, after = "2026-10-25T02:50:00+02:00", "2026-10-25T02:10:00+01:00"
    data = [note("a", "unapproved this merge request", after), note("a", "approved this merge request", before)]
    assert [review.state for review in read(data).reviews] == ["approved", "dismissed"]


def test_what_a_person_writes_into_a_remark_is_no_approval() -> None:
    assert read([note("a", "approved this merge request", system=False), note("a", "mentioned in merge request !3")]) == Reviews()


@pytest.mark.parametrize("text", ["", "no", "{", "[1]", "null", "7", '"APPROVED"', "{}", '{"reviews": 3}', '{"message": "Not Found", "status": "404"}', "[][]{}", "[" * 100_000, "[[]", "[[], 1]", "\x00"])
def test_anything_else_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(Failure, match=r"^reviews\.json: (not JSON|JSON, but no reviews)[^\n]*$"):
        read_reviews(text, "reviews.json")


_ANY = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.sampled_from(["user", "login", "state", "author", "username", "body", "system", "approved_by", "reviews", "commit", "oid", "x"]), inner, max_size=4), max_leaves=12)  # fmt: skip


@given(_ANY)
def test_whatever_json_it_is_nothing_but_a_failure_is_raised(data: Any) -> None:
    with suppress(Failure):
        assert all(review.by for review in read(data).reviews)
