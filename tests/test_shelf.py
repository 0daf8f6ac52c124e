"""Pages that were made before come back while everything that they read is as it was, and no longer."""

from __future__ import annotations

import json
from functools import partial

import pytest
from helpers import earlier, light
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import pages_of, site_of

from hotwash.model import Page, Postmortem
from hotwash.pages import Site
from hotwash.pages.parts.shelf import Aside, Shelf
from hotwash.parse import parse


def built(before: dict[str, Aside], *posts: Postmortem) -> tuple[dict[str, Page], Shelf]:
    """All pages of a site, and the shelf that was used."""
    shelf = Shelf(before.get)
    return dict(pages_of(site_of(*posts)._replace(shelf=shelf))), shelf


def incident(day: str, cls: str = "untested-device") -> Postmortem:
    """An incident of a class."""
    return light(f"timestamps: {{started: {day}T10:00:00Z, resolved: {day}T12:00:00Z}}\ncause: {{class: {cls}, what: w}}\n", id=f"{day}-incident")


def changed(post: Postmortem, **more: object) -> Postmortem:
    return post._replace(header={**post.header, **more})


ARCHIVE = (*earlier(), incident("2026-10-01"), incident("2026-10-20", "lock-contention"))


def test_where_nothing_has_changed_no_page_is_made_again() -> None:
    first, shelf = built({}, *ARCHIVE)
    again, second = built(shelf.now, *ARCHIVE)
    assert again == first
    assert second.now == {}
    assert len(second.same) == len(shelf.now) > 4


def test_pages_are_the_same_with_and_without_a_shelf() -> None:
    assert built({}, *ARCHIVE)[0] == dict(pages_of(site_of(*ARCHIVE)))


def test_what_is_put_aside_is_plain_json() -> None:
    for aside in built({}, *ARCHIVE)[1].now.values():
        assert set(json.loads(aside.more)) == {"given", "read", "pages"}


def test_a_changed_title_makes_its_page_again_and_those_that_show_it() -> None:
    shelf = built({}, *ARCHIVE)[1]
    other = (*ARCHIVE[:-2], changed(ARCHIVE[-2], title="Something else"), ARCHIVE[-1])
    again, second = built(shelf.now, *other)
    assert again == dict(pages_of(site_of(*other)))
    assert f"postmortems/{ARCHIVE[-2].id}.md" in second.now
    assert "recurrences/lock-contention.md" in second.same


def test_a_page_that_looked_for_something_is_made_again_when_it_is_there() -> None:
    one = changed(ARCHIVE[-1], recurrence_of=["2026-09-01-incident"])
    shelf = built({}, one)[1]
    again, second = built(shelf.now, one, incident("2026-09-01"))
    assert f"postmortems/{one.id}.md" in second.now
    assert again == dict(pages_of(site_of(one, incident("2026-09-01"))))


@pytest.mark.parametrize("looks", [list, len, lambda posts: list(posts.values()), lambda posts: list(posts.items())])
def test_a_page_that_looks_at_all_of_a_kind_is_made_again_with_any_of_them(looks) -> None:
    def make(site: Site) -> list[Page]:
        return [Page("x.md", f"{looks(site.archive.posts)}")]

    before = Shelf({}.get)
    before.pages(site_of(*ARCHIVE), "x.md", None, make)
    same, other = Shelf(before.now.get), Shelf(before.now.get)
    same.pages(site_of(*ARCHIVE), "x.md", None, make)
    other.pages(site_of(changed(ARCHIVE[0], title="Else"), *ARCHIVE[1:]), "x.md", None, make)
    assert (same.now, list(other.now)) == ({}, ["x.md"])


def body_of(post: Postmortem, text: str) -> Postmortem:
    """The same incident with another text below its header."""
    return parse(post.path, f"---\ntitle: x\n---\n{text}".encode())._replace(header=post.header)


def test_a_sentence_more_in_a_body_makes_its_page_and_its_class_again_and_no_list() -> None:
    story = "## Summary\n\nAll went dark.\n\n## Timeline\n\nIt began."
    first = (*ARCHIVE[:-1], body_of(ARCHIVE[-1], story))
    shelf = built({}, *first)[1]
    other = (*ARCHIVE[:-1], body_of(ARCHIVE[-1], f"{story} One sentence more."))
    again, second = built(shelf.now, *other)
    assert set(second.now) == {f"postmortems/{ARCHIVE[-1].id}.md", "recurrences/lock-contention.md"}
    assert again == dict(pages_of(site_of(*other)))


def test_a_list_is_made_again_where_what_it_tells_of_a_body_is_another() -> None:
    shelf = built({}, *ARCHIVE[:-1], body_of(ARCHIVE[-1], "## Summary\n\nAll went dark."))[1]
    other = (*ARCHIVE[:-1], body_of(ARCHIVE[-1], "## Summary\n\nHalf of it went dark."))
    again, second = built(shelf.now, *other)
    assert {"all records", "recurrences/lock-contention.md"} <= set(second.now)
    assert "all metrics" in second.same
    assert again == dict(pages_of(site_of(*other)))


@pytest.mark.parametrize("name", ["keys", "values", "body", "body_line", "sections", "waivers", "comments", "links", "prose"])
def test_whatever_is_read_of_a_body_is_noted(name: str) -> None:
    def make(site: Site) -> list[Page]:
        return [Page("x.md", repr([getattr(post, name) for posts in (site.archive.posts, site.archive.by_path) for post in posts.values()]))]

    before = Shelf({}.get)
    before.pages(site_of(*ARCHIVE), "x", None, make)
    other = Shelf(before.now.get)
    other.pages(site_of(*ARCHIVE[:-1], body_of(ARCHIVE[-1], "Another one.")), "x", None, make)
    assert list(other.now) == ["x"]


def test_what_is_owed_leads_to_bodies_that_are_noted() -> None:
    late = changed(ARCHIVE[-1], fix={"change": "a test", "state": "open", "due": "2026-10-22", "owner": "@a"})
    before = Shelf({}.get)
    for text in ("One.", "Two."):
        shelf = Shelf(before.now.get)
        assert shelf.pages(site_of(body_of(late, text)), "x", None, lambda site: [Page("x.md", site.owing[0].post.body)])[0].text == text
        before = shelf


def test_what_a_page_is_given_counts_as_read() -> None:
    before = Shelf({}.get)
    for words, made in (("a", ["x.md"]), ("b", ["x.md"])):
        shelf = Shelf(before.now.get)
        shelf.pages(site_of(), "x.md", words, partial(lambda said, _: [Page("x.md", said)], words))
        assert list(shelf.now) == made
        before = shelf


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["title", "status", "severity", "services", "fix", "cause", "drop", "body"]), max_size=4), st.data())
def test_after_any_change_a_site_from_the_shelf_is_the_site_made_anew(what: list[str], data: st.DataObject) -> None:
    values = {
        "title": "Another", "status": "filed", "severity": "P0", "services": ["search"], "fix": {"change": "a test", "state": "done", "closed": "2026-10-10"},
        "cause": {"class": "lock-contention", "what": "a lock"},
    }  # fmt: skip
    posts = list(ARCHIVE)
    shelf = built({}, *posts)[1]
    for key in what:
        place = data.draw(st.integers(0, len(posts) - 1))
        if key == "body":
            posts[place] = body_of(posts[place], data.draw(st.sampled_from(["", "## Summary\n\nDark.", "## Summary\n\nDark.\n\n## Lessons\n\nMany."])))
            continue
        posts[place : place + 1] = [] if key == "drop" and len(posts) > 1 else [changed(posts[place], **{key: values.get(key, "published")})]
    assert built(shelf.now, *posts)[0] == dict(pages_of(site_of(*posts)))
