"""Who has signed: a table of decisions, each a case that a team has argued about, and what the handbook says of it."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from helpers import STANDARD, light, policy, post, with_words

from hotwash.model import Failure, Postmortem
from hotwash.past import Approval
from hotwash.reviews import Review, State
from hotwash.signoff.people import folded, people
from hotwash.signoff.rounds import Round, roles_asked, round_of, same_text
from hotwash.signoff.verdict import Evidence, SignOff, sign_off

POST = post(STANDARD)
"""P1: signed by tech lead @checkout-tl, on-call @checkout-oncall and product owner @checkout-po."""
WORDS = with_words(
    """delegates: {"@checkout-po": ["@shop-po"], tech_lead: ["@head-of-engineering"]}
identities: {"@checkout-tl": ["@jdoe-example", tl@example.com]}
"""
)
ALL = ("checkout-tl", "checkout-oncall", "checkout-po")


def says(by: str, state: State = "approved", at: str = "", commit: str = "") -> Review:
    return Review(by, state, at, commit)


def trailer(by: str) -> Approval:
    return Approval("Reviewed-by", by, "2026-11-04T09:00:00Z", "c1", "c1")


def verdict(subject: Postmortem = POST, needed: Round = "roles", **evidence: Any) -> SignOff:
    return sign_off(subject, WORDS, Evidence(**evidence), needed)


def signed(outcome: SignOff) -> dict[str, str]:
    """Each signed role, and by whom and how."""
    return {one.role: f"{one.signed.by} {one.signed.source}{' ' + one.signed.right if one.signed.right else ''}" for one in outcome.roles if one.signed}


def why(outcome: SignOff) -> dict[str, str]:
    return {one.role: one.why for one in outcome.roles if not one.signed}


class Case(NamedTuple):
    """A story, its evidence, the roles left unsigned, and whether somebody other than the author has approved."""

    story: str
    evidence: dict[str, Any]
    unsigned: tuple[str, ...] = ()
    other: bool = True


def with_all(*more: Review, **evidence: Any) -> dict[str, Any]:
    return {"reviews": (*map(says, ALL), *more), **evidence}


TABLE = [
    Case("everybody approves", with_all()),
    Case("a remark from a fourth changes nothing", with_all(says("search-lead", "changes"))),
    Case("handles differ in case only", {"reviews": tuple(says(name.upper()) for name in ALL)}),
    Case("the author's own role is signed by opening it", {"reviews": (says(ALL[1]), says(ALL[2])), "author": "checkout-tl"}),
    Case("under the forge's name of the author", {"reviews": (says(ALL[1]), says(ALL[2])), "author": "jdoe-example"}),
    Case("a delegate of a person", {"reviews": (says(ALL[0]), says(ALL[1]), says("shop-po"))}),
    Case("a delegate of a role", {"reviews": (says("head-of-engineering"), says(ALL[1]), says(ALL[2]))}),
    Case("changes asked for, then approved", {"reviews": (says(ALL[0], "changes"), *map(says, ALL))}),
    Case("read back from trailers", {"trailers": tuple(trailer(f"@{name}") for name in ALL)}),
    Case("a trailer by address", {"trailers": (trailer("Somebody <TL@example.com>"), *(trailer(f"@{name}") for name in ALL[1:]))}),
    Case("read back from the record", {"recorded": tuple({"role": role, "by": f"@{by}", "on": "2026-11-04"} for role, by in zip(("tech_lead", "on_call", "product_owner"), ALL, strict=True))}),
    Case("nothing yet", {}, ("tech_lead", "on_call", "product_owner"), other=False),
    Case("the author alone", {"reviews": (says("checkout-tl"),), "author": "checkout-tl"}, ("on_call", "product_owner"), other=False),
    Case("a stranger's approval signs no role", {"reviews": (says("search-lead"),)}, ("tech_lead", "on_call", "product_owner")),
    Case("approved, then changes asked for", with_all(says(ALL[0], "changes")), ("tech_lead",)),
    Case("a holder approves and the delegate objects", with_all(says("shop-po", "changes")), ("product_owner",)),
    Case("approved, then dismissed", with_all(says(ALL[1], "dismissed")), ("on_call",)),
    Case("a dismissed request leaves no earlier approval standing", with_all(says(ALL[2], "changes"), says(ALL[2], "dismissed")), ("product_owner",)),
    Case("approved an earlier text", {"reviews": (says(ALL[0], commit="old"), says(ALL[1]), says(ALL[2], commit="new")), "outdated": frozenset({"old"})}, ("tech_lead",)),
    Case("all approved an earlier text", {"reviews": tuple(says(name, commit="old") for name in ALL), "outdated": frozenset({"old"})}, ("tech_lead", "on_call", "product_owner"), other=False),
    Case("the author is a delegate: that is no role of their own", {"reviews": (says(ALL[0]), says(ALL[1])), "author": "shop-po"}, ("product_owner",)),
    Case("the author approves what somebody else holds", {"reviews": (*map(says, ALL[:2]), says("shop-po")), "author": "shop-po"}, ("product_owner",)),
    Case("a trailer by name alone, which anybody may bear", {"trailers": (trailer("checkout tl"), *(trailer(f"@{name}") for name in ALL[1:]))}, ("tech_lead",)),
    Case("a trailer by an address that the policy does not list", {"trailers": (trailer("checkout-tl <tl@example.net>"),)}, ("tech_lead", "on_call", "product_owner")),
    Case("the writer's own trailer", {"trailers": (trailer("Somebody <tl@example.com>"),), "wrote": "Somebody <tl@example.com>"}, ("on_call", "product_owner"), other=False),
]  # fmt: skip


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.story)
def test_a_decision(case: Case) -> None:
    outcome = verdict(**case.evidence)
    assert (tuple(why(outcome)), outcome.other is not None) == (case.unsigned, case.other), outcome
    assert outcome.complete == (not case.unsigned and case.other)


def test_the_best_right_signs_and_the_forge_counts_before_what_is_written_by_hand() -> None:
    outcome = verdict(reviews=(says("head-of-engineering"), *map(says, ALL)), trailers=(trailer("@checkout-po"),), recorded=({"role": "on_call", "by": "@checkout-oncall", "on": "2026-11-04"},))
    assert signed(outcome) == {"tech_lead": "@checkout-tl review", "on_call": "@checkout-oncall review", "product_owner": "@checkout-po review"}
    assert signed(verdict(reviews=(says("shop-po"),)))["product_owner"] == "@shop-po review for @checkout-po"


def test_times_order_the_reviews_where_all_have_one() -> None:
    early, late = "2026-11-04T09:00:00Z", "2026-11-04T11:30:00+02:00"
    assert "tech_lead" in signed(verdict(reviews=(says(ALL[0], at=late), says(ALL[0], "changes", early))))
    assert "tech_lead" in why(verdict(reviews=(says(ALL[0], "changes", late), says(ALL[0], at=early))))
    assert "tech_lead" in why(verdict(reviews=(says(ALL[0], at=late), says(ALL[0], "changes", "yesterday"))))


def test_each_reason_says_what_to_do() -> None:
    said = why(verdict(reviews=(says(ALL[0], "changes"), says(ALL[1], "dismissed"), says(ALL[2], commit="0123456789abcdef")), outdated=frozenset({"0123456789abcdef"})))
    assert said == {
        "tech_lead": "`@checkout-tl` asks for changes; once they are made, ask for another look",
        "on_call": "the approval of @checkout-oncall was dismissed; ask for another look",
        "product_owner": "@checkout-po approved commit 0123456789ab, in which this file says something else; ask for another look",
    }
    assert why(verdict())["product_owner"] == "no approval yet by `@checkout-po` or `@shop-po`"


def test_one_approval_signs_every_role_that_its_giver_holds() -> None:
    small = post(STANDARD.replace('on_call: "@checkout-oncall"', 'on_call: "@checkout-tl"'))
    outcome = verdict(small, reviews=(says("checkout-tl"), says("checkout-po")))
    assert outcome.complete
    assert outcome.roles[0].signed == outcome.roles[1].signed


def test_one_person_who_holds_every_role_and_opens_it_still_needs_somebody_else() -> None:
    lone = post(STANDARD.replace('"@checkout-oncall"', '"@checkout-tl"').replace('"@checkout-po"', '"@checkout-tl"'))
    alone = verdict(lone, author="checkout-tl")
    assert (why(alone), alone.complete, alone.why) == ({}, False, "no approval yet by somebody other than the author")
    assert verdict(lone, author="checkout-tl", reviews=(says("search-lead"),)).complete


def test_a_team_signs_through_a_member_and_opening_it_as_one_is_no_signature() -> None:
    team = post(STANDARD.replace('tech_lead: "@checkout-tl"', 'tech_lead: "@team-cache"'))
    assert signed(verdict(team, reviews=(says("cache-oncall"),))) == {"tech_lead": "@cache-oncall review of @team-cache"}
    assert "tech_lead" in why(verdict(team, author="cache-lead", reviews=(says("search-lead"),)))
    assert "tech_lead" in why(verdict(team, reviews=(says("team-cache"),)))


def test_where_one_role_signs_and_nobody_is_named_any_colleague_will_do() -> None:
    short = light()
    assert roles_asked(short, policy()) == ["tech_lead"]
    plain = sign_off(short, policy(), Evidence((says("search-lead"),), "apps-lead"), "roles")
    assert (plain.complete, signed(plain)) == (True, {"tech_lead": "@search-lead review"})
    assert not sign_off(short, policy(), Evidence((says("apps-lead"),), "apps-lead"), "roles").complete


def test_a_stub_needs_one_approval_of_somebody_else() -> None:
    stub = light("status: filed")
    assert round_of(stub, None) == "approval"
    assert verdict(stub, "approval", reviews=(says("search-lead"),), author="apps-lead").complete
    assert not verdict(stub, "approval", reviews=(says("apps-lead"),), author="apps-lead").complete
    assert verdict(stub, "approval", reviews=(says("search-lead", "dismissed"),)).why == "the approval was dismissed; ask for another look"


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("state: open\n  success", "state: done\n  closed: 2026-11-15\n  evidence: https://example.com/1\n  success"),
        ("state: open}", "state: wont-do, why: replaced by the contract test, accepted_by: '@checkout-po'}"),
        ("trigger:", "effectiveness: [{on: 2026-12-04, by: '@checkout-po', about: publication}]\ntrigger:"),
        ("trigger:", "sign_off: [{role: tech_lead, by: '@checkout-tl', on: 2026-11-04}]\ntrigger:"),
        ("kind: bad-release", "kind:   'bad-release'   # as decided"),
        ("## Timeline", "\n\n## Timeline"),
    ],
)
def test_states_effectiveness_sign_off_and_layout_need_no_new_round(before: str, now: str) -> None:
    changed = post(STANDARD.replace(before, now, 1))
    assert changed != POST
    assert same_text(POST, changed)
    assert round_of(changed, POST) == "none"
    assert sign_off(changed, WORDS, Evidence(), "none").complete


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("due: 2026-11-16", "due: 2026-12-16"), ("two services share", "three services share"), ("Customers saw", "Few customers saw"), ("state: open\n", "state: open\n  tracking2: x\n"),
        ("severity: P1", "severity: P2"), ('tech_lead: "@checkout-tl"', 'tech_lead: "@search-lead"'),
    ],
)  # fmt: skip
def test_anything_else_needs_a_new_round(before: str, now: str) -> None:
    assert round_of(post(STANDARD.replace(before, now, 1)), POST) == "roles"


def test_publishing_needs_the_roles_and_retiring_one_approval() -> None:
    assert round_of(POST, post(STANDARD.replace("status: published", "status: filed"))) == "roles"
    assert round_of(POST, None) == "roles"
    assert round_of(post(STANDARD.replace("status: published", "status: retired")), POST) == "approval"


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("@JDoe-Example", "checkout-tl"), ("A B <tl@EXAMPLE.com>", "checkout-tl"), ("A B <12345+jdoe-example@users.noreply.github.com>", "checkout-tl"),
        ("A B <77-jdoe-example@users.noreply.gitlab.com>", "checkout-tl"), ("A B <9+somebody@users.noreply.github.com>", "somebody"),
        ("jdoe-example <other@example.com>", "other@example.com"), ("@search-lead", "search-lead"), ("", ""),
    ],
)  # fmt: skip
def test_one_person_has_one_handle(name: str, handle: str) -> None:
    assert people(WORDS).handle(name) == handle


def test_a_policy_that_leads_to_nobody_is_refused() -> None:
    for words, said in (("delegates: {tech-lead: ['@a']}\n", "did you mean `tech_lead`"), ("severities: {P1: {sign_off: [techlead]}}\n", "not one of `roles`")):
        with pytest.raises(Failure, match=said):
            with_words(words)
    assert folded(" @Cache-Lead ") == "cache-lead"
