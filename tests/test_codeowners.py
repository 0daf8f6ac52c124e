"""A CODEOWNERS section that asks those who have to sign, and nobody else."""

from __future__ import annotations

import pytest
from helpers import ID, STANDARD, archive, light, policy, post, with_words
from hypothesis import given
from hypothesis import strategies as st

from hotwash.codeowners import BEGIN, END, found_section, section, with_section
from hotwash.model import Failure

NEW = f"{BEGIN}\n/postmortems/x.md @a\n{END}"


def lines(*posts, under=None) -> list[str]:
    return section(archive(*posts), under or policy(), "postmortems").split("\n")[1:-1]


def test_nobody_is_asked_where_nobody_is_named() -> None:
    assert lines() == lines(light()) == []
    assert lines(post(STANDARD.replace("status: published", "status: retired"))) == []


def test_the_roles_that_sign_are_asked_in_the_policys_order() -> None:
    assert lines(post(STANDARD)) == [f"/postmortems/{ID}.md @checkout-tl @checkout-oncall @checkout-po"]


def test_a_stub_asks_too_and_one_person_is_asked_once() -> None:
    stub = post(STANDARD.replace("status: published", "status: filed").replace("@checkout-oncall", "@checkout-tl"))
    assert lines(stub) == [f"/postmortems/{ID}.md @checkout-tl @checkout-po"]


def test_delegates_of_roles_are_asked_for_what_is_not_listed_and_accounts_stand_for_handles() -> None:
    words = with_words('delegates: {tech_lead: ["@head-of-engineering"], "@checkout-po": ["@shop-po"]}\nidentities: {"@checkout-tl": [tl@example.com, "@jdoe-example"]}\n')
    assert lines(light(), post(STANDARD), under=words) == [
        "/postmortems/ @head-of-engineering",
        f"/postmortems/{ID}.md @jdoe-example @checkout-oncall @checkout-po",
        "/postmortems/2026-11-05-update-crashed.md @head-of-engineering",
    ]


@pytest.mark.parametrize("handle", ["unknown", "checkout-tl", "@a b", "@x # y", "@x\\n* @evil", "@", "*"])
def test_what_is_no_account_never_reaches_the_file(handle: str) -> None:
    assert lines(post(STANDARD.replace('"@checkout-tl"', f'"{handle}"'))) == [f"/postmortems/{ID}.md @checkout-oncall @checkout-po"]


@pytest.mark.parametrize(("id", "path"), [("2026-11-02 checkout", ["/postmortems/2026-11-02\\ checkout.md"]), ("2026-11-02-größe", ["/postmortems/2026-11-02-größe.md"]), ("2026-11-02-[a]", []), ("2026-11-02-*", []), ("a\n* @evil", [])])
def test_a_name_that_such_a_file_cannot_hold_is_left_to_the_folders_line(id: str, path: list[str]) -> None:
    assert [line.rsplit(" @checkout-tl", 1)[0] for line in lines(post(STANDARD, id))] == path


@pytest.mark.parametrize(("text", "after"), [("", f"{NEW}\n"), ("* @all", f"* @all\n\n{NEW}\n"), (f"* @all\n{BEGIN}\nold\n{END}\n/docs @w\n", f"* @all\n{NEW}\n/docs @w\n"), (f"# BEGIN hotwash\r\nold\r\n{END}\r\n", NEW.replace("\n", "\r\n") + "\r\n")])
def test_what_stands_around_the_section_stays(text: str, after: str) -> None:
    assert with_section(text, NEW) == after
    assert (found_section(after) or "").splitlines() == NEW.splitlines()
    assert with_section(after, NEW) == after


@pytest.mark.parametrize("text", [BEGIN, END, f"{END}\n{BEGIN}\n", f"{NEW}\n{NEW}\n"])
def test_marks_that_do_not_match_are_refused(text: str) -> None:
    with pytest.raises(Failure, match="once each"):
        with_section(text, NEW)


@given(st.text(alphabet="#*@ \n/abc"))
def test_no_text_around_it_is_ever_lost(text: str) -> None:
    assert text.strip() in with_section(text, NEW)
