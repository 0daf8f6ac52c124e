"""What a build for the public writes: the same to the last byte whether anything is hidden or not, and nothing that a hidden postmortem could make false."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from helpers import HERE, TEAM, light, light_text, policy
from hypothesis import given
from hypothesis import strategies as st
from sites import AS_OF, Markup, pages_of
from test_audience import SHIPPED

from hotwash import project
from hotwash.archive import gather
from hotwash.audience import shown
from hotwash.audience.frame import refuse_in_text
from hotwash.cli import main
from hotwash.model import Postmortem
from hotwash.pages import INSIDE, prepare
from hotwash.pages.parts.links import Links
from hotwash.past import History
from hotwash.policy import Policy
from hotwash.site import load_shown, load_site

ROOT = HERE.parent
SCHEMA = json.loads(project.shipped("policy.schema.json"))
REFERENCE = ("rules/", "reference/")


def written(audience: str, *posts: Postmortem, under: Policy | None = None) -> Mapping[str, str]:
    """Every page of a build, by its path."""
    seen = shown(gather(posts, (under or policy()).merged), under or policy(), History(), audience, shipped=SHIPPED)
    return {path: page.text for path, page in pages_of(prepare(seen.archive, seen.policy, seen.history, AS_OF, audience=audience, policy_schema=SCHEMA, url="https://shop.example/")).items()}


@pytest.fixture(scope="module")
def examples() -> Mapping[str, str]:
    """The pages for the public of this repository's own archive."""
    site = load_site(ROOT, AS_OF, Links("https://example.com/forge"), audience="public")
    return {path: page.text for path, page in pages_of(site).items()}


WORDS = re.compile(
    r"\b(holding|did not hold|not in place|guard removed|overdue|pending|late\b|came back|comes back after|again after|repeats? within|no owner|nobody yet|still to write|recurrence rate|"
    r"has not come back|days since|on time|median|per month|open fixes?)", re.IGNORECASE,
)
"""Words of verdicts, rates, intervals and debts. What a hidden postmortem could make false begins with one of them."""


def found_in(pages: Mapping[str, str]) -> dict[str, list[str]]:
    """The words above that stand on our own pages, by path."""
    shown = {path: " ".join(Markup(text).texts) for path, text in pages.items() if not path.startswith(("assets/", *REFERENCE))}
    return {path: words for path, text in shown.items() if (words := [match[0] for match in WORDS.finditer(text)])}


def test_a_public_page_says_nothing_of_fixes_rates_intervals_and_debts(examples: Mapping[str, str]) -> None:
    """In our own words, that is: the account itself is its writer's, and may say that something came back."""
    assert {path: words for path, words in found_in(examples).items() if not path.startswith("postmortems/20") and path.endswith((".md", ".ics"))} == {}
    fixes = ("done, closed: 2026-10-08", "open, due: 2026-10-01", "wont-do, why: x", "done, closed: 2026-10-25", "open")
    posts = [light(f"visibility: public\nfix: {{change: a test, artefact: {{kind: test, path: a.py}}, owner: '@a', state: {fix}}}\nactions: [{{id: a1, do: x, due: 2026-10-02}}]\n"
                   f"timestamps: {{started: 2026-10-{day:02d}T10:00:00Z, resolved: 2026-10-{day:02d}T11:00:00Z}}", id=f"2026-10-{day:02d}-x")
             for day, fix in enumerate(fixes, start=7)]
    assert found_in(written("public", *posts)) == {}
    assert len({word.lower() for words in found_in(written("internal", *posts)).values() for word in words}) > 5


def test_a_public_page_names_nobody_and_leads_to_no_repository(examples: Mapping[str, str]) -> None:
    for path, text in examples.items():
        if not path.startswith(("assets/", *REFERENCE)):
            assert re.findall(r"(?<![\w.])@[a-z][\w-]+", text) == [], path
            assert "example.com" not in text, path


def test_pages_of_what_is_owed_do_not_exist(examples: Mapping[str, str]) -> None:
    assert [path for path in examples if path.startswith(INSIDE)] == []
    inside = {path for path in pages_of(load_site(ROOT, AS_OF, Links())) if not path.startswith(("postmortems/20", "recurrences/"))}
    assert {path for path in inside if path not in examples and not path.startswith(INSIDE)} == set(), "name it in INSIDE, so that the navigation does without it"


@given(st.lists(st.tuples(st.sampled_from(["public", "internal", "restricted"]), st.sampled_from(["cache-key-collision", "cart-mix-up", "own"]),
                          st.sampled_from(["published", "filed", "retired", "skipped"]), st.integers(1, 28)), max_size=8), st.sampled_from(["public", "internal"]))
def test_a_build_is_the_same_whether_anything_is_hidden_or_not(kinds: list[tuple[str, str, str, int]], audience: str) -> None:
    posts = [light(f"visibility: {word}\nstatus: {status}\ncause: {{class: {slug}, what: x}}\ntimestamps: {{started: 2026-10-{day:02d}T10:00:00Z, resolved: 2026-10-{day:02d}T11:00:00Z}}",
                   id=f"2026-10-{day:02d}-number-{number}") for number, (word, slug, status, day) in enumerate(kinds)]
    kept = [post for post in posts if post.text("visibility") == "public" or (audience == "internal" and post.text("visibility") == "internal")]
    all_of, rest = written(audience, *posts), written(audience, *kept)
    if audience == "internal":  # a word that nobody uses is still in force; one that only a restricted postmortem uses is not shown
        all_of, rest = ({path: text for path, text in pages.items() if path != "reference/policy.md"} for pages in (all_of, rest))
    assert all_of == rest


def test_the_examples_are_the_same_without_those_that_are_hidden(examples: Mapping[str, str], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "postmortems", tmp_path / "postmortems")
    for path in (tmp_path / "postmortems").glob("20*.md"):
        if "\nvisibility: public\n" not in path.read_text():
            path.unlink()
    site = load_site(tmp_path, AS_OF, Links(), audience="public")
    assert {path: page.text for path, page in pages_of(site).items()} == dict(examples)


def test_the_handbook_can_be_built_for_anybody() -> None:
    """It tells of the example archive, most of which is internal."""
    hidden = load_shown(ROOT, "public").hidden
    assert hidden
    for path in (ROOT / "docs").rglob("*.md"):
        refuse_in_text(path.name, path.read_text(encoding="utf-8"), hidden, "public")


def test_nothing_of_the_team_is_told_by_the_reference_of_the_policy() -> None:
    under = policy(TEAM + "phrases: {sloppy: {message: m, patterns: [sloppy]}}\npublic: {never: [heron]}\n")
    text = written("public", light("visibility: public"), under=under)["reference/policy.md"]
    assert [word for word in ("@team-cache", "@cache-lead", "sloppy", "heron", "Baskets of two", "handled twice") if word in text] == []
    assert "missing-automation" in text


def test_pages_of_an_earlier_build_are_not_published_with_those_for_the_public(project: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project({"2026-11-05-a.md": light_text("visibility: public"), "2026-11-06-b.md": light_text("visibility: internal")})
    words = ["pages", "--out", str(tmp_path / "out"), "--as-of", "2026-11-20", "--audience"]
    assert main([*words, "public"]) == main([*words, "public"]) == main([*words, "internal"]) == 0
    assert main([*words, "public"]) == 2
    assert "may be from a build for others" in capsys.readouterr().err


@pytest.mark.parametrize(("audience", "said"), [("public", "of what was made public"), ("internal", "restricted postmortems left out"), ("restricted", "restricted postmortems included")])
def test_every_page_says_whose_it_is_in_the_same_words_whether_anything_is_left_out_or_not(audience: str, said: str) -> None:
    pages = written(audience, light("visibility: public"))
    assert [path for path, text in pages.items() if path.endswith(".md") and said not in text] == []
