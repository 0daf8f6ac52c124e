"""Who sees what: an archive cut down to its audience before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers import TEAM, light, light_text, policy, with_words
from hypothesis import example, given
from hypothesis import strategies as st
from sites import Markup

from hotwash import project, yaml12
from hotwash.archive import gather
from hotwash.audience import Shown, shown
from hotwash.disclosure import disclosed
from hotwash.model import Failure, Postmortem
from hotwash.past import Approval, FileHistory, History
from hotwash.policy import Policy

SHIPPED = yaml12.read(project.shipped("defaults.yml")).data
HIDDEN = "2026-10-01-hidden-one"


def seen(*posts: Postmortem, audience: str = "public", under: Policy | None = None, **more: Any) -> Shown:
    """What an audience sees of these postmortems."""
    return shown(gather(posts), under or policy(), more.pop("history", History()), audience, shipped=SHIPPED, **more)


def public(header: str = "", body: str = "Orders were refused.\n", more: str = "", **also: Any) -> Postmortem:
    """A postmortem as the public sees it."""
    posts = seen(light(f"visibility: public\n{header}", body), under=with_words(more), **also).archive.posts
    return next(iter(posts.values()))


def hidden(visibility: str = "internal", header: str = "") -> Postmortem:
    return light(f"visibility: {visibility}\n{header}", id=HIDDEN)


def test_restricted_sees_all_and_as_it_is_written() -> None:
    posts = (light("visibility: restricted"), hidden())
    assert dict(seen(*posts, audience="restricted").archive.posts) == {post.id: post for post in posts}


def test_internal_sees_the_rest_as_it_is_written() -> None:
    post = light("visibility: internal\nroles: {on_call: '@anna'}", "Anna <!-- a word --> asks @ben.\n")
    assert list(seen(post, hidden("restricted"), audience="internal").archive.posts.values()) == [post]


def test_the_public_sees_what_is_published_and_said_to_be_public() -> None:
    posts = [light(f"visibility: {word}\nstatus: {status}", id=f"2026-11-0{number}-{word}-{status}")
             for number, (word, status) in enumerate([("public", "published"), ("public", "filed"), ("internal", "published"), ("restricted", "published")], 1)]
    assert list(seen(*posts).archive.posts) == ["2026-11-01-public-published"]


def test_a_word_that_is_no_visibility_and_a_header_that_cannot_be_read_are_restricted() -> None:
    posts = (light("visibility: Public", id="2026-11-01-a"), light("visibility: [public]", id="2026-11-02-b"), light("a: [", id="2026-11-03-c"))
    assert not seen(*posts, audience="internal").archive.by_path
    assert not seen(*posts).archive.by_path
    assert len(seen(*posts, audience="restricted").archive.by_path) == 3


def test_the_header_of_a_public_one_holds_only_what_the_policy_lets_through() -> None:
    post = public("""roles: {on_call: "@anna"}
participants: ["@ben"]
incidents: [INC-1]
paths: ["config/**"]
x-budget: secret
impact: {users: 12, x-cost: secret}
fix: {change: "a test", owner: "@anna", due: 2026-12-01, tracking: "https://in.example/1", artefact: {kind: test, path: tests/a.py}}
actions: [{id: a1, do: "ask", owner: "@ben", state: done, evidence: "https://in.example/2"}]
review: {held: 2026-11-06}
effectiveness: [{on: 2026-12-01, by: "@anna", no_recurrence: true}]
sign_off: [{role: tech_lead, by: "@anna", on: 2026-11-06}]""")
    assert {"roles", "participants", "incidents", "paths", "x-budget", "review", "effectiveness", "sign_off"} & set(post.header) == set()
    assert post.get("impact") == {"users": 12}
    assert post.get("fix") == {"change": "a test", "artefact": {"kind": "test"}}
    assert post.get("actions") == [{"id": "a1", "do": "ask", "state": "done"}]
    assert not post.keys.get(("roles",))


def test_a_link_that_leads_inside_keeps_its_words() -> None:
    more = "public: {hosts: [status.example.com, '*.open.example']}"
    body = """See [the wiki](https://wiki.example/x), [status](https://status.example.com/1 "now"), [docs][d], [inner][i], [i], and <https://wiki.example/y>.
Also https://a.open.example/z and ssh://build.example/q, [a runbook](../runbooks/x.md "how"), ![a graph](pics/a.png) and [here](#there).

[d]: https://docs.open.example/
[i]: https://wiki.example/z
[//]: # (a note to ourselves)
"""
    said = public("", body, more).body
    assert said == """See the wiki, [status](https://status.example.com/1 "now"), [docs][d], inner, i, and an internal address.
Also https://a.open.example/z and an internal address, a runbook, a graph and [here](#there).

[d]: https://docs.open.example/
"""


def test_people_become_colleagues() -> None:
    body = "14:20 both write the same prefix (@anna). anna.b@shop.example and @team-x/leads asked @ben's bot; `@Override` stays, `@anna` goes.\n"
    said = public('roles: {on_call: "@anna"}', body).body
    assert said == "14:20 both write the same prefix (a colleague). a colleague and a colleague asked a colleague's bot; `@Override` stays, `a colleague` goes.\n"
    assert public("title: Asked @anna in vain", "x\n", "public: {colleague: jemand}").title == "Asked jemand in vain"
    named = public('roles: {on_call: "Anna Bell"}', "Anna Bell and Ben Ford.\n", "identities: {'@ben': [Ben Ford]}")
    assert named.body == "a colleague and a colleague.\n"


def test_comments_and_sections_that_are_kept_back_leave_nothing() -> None:
    post = public("", "# A\n\nOne <!-- a\nnote --> two.\n\n## Attendees\n\nnobody\n\n### Late\n\nsomebody\n\n## Lessons\n\nThree. <!-- open\n\nfour\n")
    assert post.body == "# A\n\nOne  two.\n\n## Lessons\n\nThree. "
    assert [section.title for section in post.sections] == ["A", "Lessons"]
    assert post.comments == post.waivers == ()


@pytest.mark.parametrize("body", [f"As in {HIDDEN}.", f"See [this]({HIDDEN}.md).", f"<!-- {HIDDEN} -->", f"`{HIDDEN.upper()}`", f"x/{HIDDEN}/", f"**{HIDDEN}**", f"_{HIDDEN}_"])
@pytest.mark.parametrize(("audience", "visibility"), [("public", "internal"), ("internal", "restricted")])
def test_a_body_that_names_a_hidden_one_ends_the_build_with_its_line(body: str, audience: str, visibility: str) -> None:
    post = light("visibility: public", f"First.\n\n{body}\n")
    line = post.body_line + 2
    with pytest.raises(Failure, match=rf"^{post.path}:{line}: names {HIDDEN}, .*its visibility is {visibility}\); take the id out"):
        seen(post, hidden(visibility), audience=audience)


@pytest.mark.parametrize("key", [f"recurrence_of: [{HIDDEN}]", f"related: {{postmortems: [{HIDDEN}.md]}}", f"fix: {{same_as: {HIDDEN}}}", f"x-note: see {HIDDEN}", f"title: After {HIDDEN}"])
def test_a_header_that_names_a_hidden_one_ends_a_public_build(key: str) -> None:
    post = light(f"{key}\nvisibility: public")
    line = post.where(key.split(":", maxsplit=1)[0]).line
    with pytest.raises(Failure, match=rf":{line}: names {HIDDEN}"):
        seen(post, hidden())


def test_an_internal_build_leaves_out_hidden_ids_where_the_rules_ask_for_them() -> None:
    post = light(f"recurrence_of: [{HIDDEN}, 2026-09-01-other]\nrelated: {{postmortems: [{HIDDEN}]}}")
    cut = seen(post, hidden("restricted"), audience="internal").archive.get(post.id)
    assert cut
    assert cut.get("recurrence_of") == ["2026-09-01-other"]
    assert cut.get("related", "postmortems") == []


def test_a_longer_id_that_begins_like_a_hidden_one_is_no_mention_of_it() -> None:
    other = light("visibility: public", id=f"{HIDDEN}-again")
    assert seen(light("visibility: public", f"As in {HIDDEN}-again, and 2026-10-01."), other, hidden()).hidden


def test_words_that_only_hidden_ones_use_leave_the_policy() -> None:
    words = "classes: {leak: {title: A leak}, crash: {title: A crash}, old-leak: {title: x, merged_into: leak}, spare: {title: Spare}}\nteams: {'@t': ['@a']}\nsystems: [Basil]"
    under = policy(f"{TEAM.split('classes:')[0]}\n{words}\n") if "classes:" in TEAM else with_words(words)
    posts = (light("visibility: public\ncause: {class: crash, what: x}"), hidden("restricted", "cause: {class: old-leak, what: x}"))
    assert set(seen(*posts, under=under).policy.words("classes")) == {"crash"}
    assert set(seen(*posts, under=under, audience="internal").policy.words("classes")) == {"crash", "spare"}
    assert seen(*posts, under=under).policy.merged == {}
    assert not seen(*posts, under=under).policy.data["teams"]
    assert seen(*posts, under=under, audience="internal").policy.data["teams"]


def test_git_tells_the_public_only_when() -> None:
    post, other = light("visibility: public"), hidden()
    known = FileHistory("2026-11-05T10:00:00Z", "c0ffee", "2026-11-06T10:00:00Z", "c0ffee", author="Anna", approvals=(Approval("Reviewed-by", "Anna", "", "", ""),), was=("x.md",))
    cut = seen(post, other, history=History("c0ffee", "main", True, "", {post.path: known, other.path: known}, frozenset({"a"}), {"b": ""})).history
    assert cut == History(complete=True, files={post.path: FileHistory("2026-11-05T10:00:00Z", published="2026-11-06T10:00:00Z")})


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_only_pictures_that_a_visible_body_shows_come_along(audience: str) -> None:
    post = light("visibility: public", "![x](pics/a.png), [file](../src/a.py)\n\n![y][r]\n\n`![z](pics/code.png)`\n\n[r]: pics/b%20c.png\n")
    secret = light("visibility: restricted", "![x](pics/secret.png)\n", id=HIDDEN)
    there = [f"postmortems/pics/{name}.png" for name in ("a", "b c", "code", "secret", "nobody")]
    assert seen(post, secret, audience=audience, pictures=there).pictures == {"postmortems/pics/a.png", "postmortems/pics/b c.png"}


def test_words_that_the_policy_keeps_back_end_the_build() -> None:
    with pytest.raises(Failure, match=r":\d+: says `heron`.*public.never"):
        public("", "One.\n\nProject Heron.\n", "public: {never: [heron]}")
    assert public("x-note: heron", "One. <!-- heron -->\n", "public: {never: [heron]}")


def test_a_title_of_the_policy_names_nobody_and_leads_nowhere_inside() -> None:
    """It stands on public pages as a body does: the title of a class or a service, the severity's name, the notice."""
    more = ("schema: 1\nservices: {checkout: 'Checkout of @cache-lead'}\nclasses: {cache-key-collision: {title: 'Keys, see https://in.example/x and https://ok.example/'}}\n"
            "severities: {P2: {name: 'High (mail ops@in.example)'}}\nsite: {name: Shop, notice: 'Ask @cache-lead'}\npublic: {hosts: [ok.example]}\n")
    said = seen(light("visibility: public\nservices: [checkout]\ncause: {class: cache-key-collision}"), under=policy(more)).policy
    assert said.title("services", "checkout") == "Checkout of a colleague"
    assert said.title("classes", "cache-key-collision") == "Keys, see an internal address and https://ok.example/"
    assert said.title("severities", "P2") == "High (mail a colleague)"
    assert said.data["site"] == {"name": "Shop", "notice": "Ask a colleague"}
    assert said.data["severities"]["P2"]["sign_off"] == policy(more).data["severities"]["P2"]["sign_off"]
    assert "cache-lead" in str(seen(light("visibility: public"), under=policy(more), audience="internal").policy.data["site"])


def test_words_that_the_policy_keeps_back_end_the_build_where_its_own_texts_say_them() -> None:
    under = policy("schema: 1\nservices: {checkout: Project Heron}\npublic: {never: [heron, outage]}\n")
    with pytest.raises(Failure, match=r"^postmortems/policy.yml:1: says `heron`.*public.never"):
        seen(light("visibility: public\nservices: [checkout]"), under=under)
    seen(light("visibility: public"), under=policy("schema: 1\npublic: {never: [outage]}\n"))


@pytest.mark.parametrize(("words", "message"), [
    ("keys: [title, roles]", "names people"), ("keys: [effectiveness]", "names people"), ("keys: [impact]", "such as `impact.users`"), ("drop_keys: [fix.chnage]", "did you mean"), ("drop_sections: [peeple]", "did you mean"),
])
def test_a_policy_that_would_not_do_what_it_says_is_refused(words: str, message: str) -> None:
    with pytest.raises(Failure, match=rf"postmortems/policy.yml:\d+:\d+: .*{message}"):
        with_words(f"public: {{{words}}}")


def test_the_folder_of_the_project_is_read_through_the_same_cut(project: Any) -> None:
    from hotwash.site import load_shown

    root: Path = project({"2026-11-05-a.md": light_text("visibility: public"), f"{HIDDEN}.md": light_text("visibility: internal")})
    assert list(load_shown(root, "public").archive.posts) == ["2026-11-05-a"]


PIECES = ("[", "]", "(", ")", "![", "](", "<", ">", '"', "'", " ", "\n", "\n\n", "`", "```\n", "~~~\n", "https://in.example/secret", "../x/secret.md", "secret.md", "secret x.md", "[a]: ", "[a]", "[a][]",
          "[b][a]", "\\", "word", "#there", "https://ok.example/", "- ", "> ", "    ", "\t", "<!--", "-->", '"t"', "mailto:x@in.example", "@anna", " //in.example/secret", "secret.png", "|", "*", "]:",
          "ftp://in.example/secret", " www.in.example", "[^1]", "[^1]: ", "&#64;anna", "\\@anna", "# ", "\n---\n", "HTTPS://IN.EXAMPLE/secret")  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@example(["[", "word", "](", "https://in.example/secret", ' "a)b"', ")"])
@example(["[a]: ", "\n", "https://in.example/secret", "\n", '"t"', "\n\n", "[a]"])
@example(["[", "](", "../x/secret.md", '"t"', "https://in.example/secret"])
@example(["![", "](", "secret.png", ")", "[", "![", "](", "secret.png", ")", "](", "../x/secret.md", ")"])
def test_no_body_links_inside_whatever_its_brackets(pieces: list[str]) -> None:
    """Held against the real converter: what it takes for a link is what counts."""
    converter = pytest.importorskip("markdown").Markdown
    body = "".join(pieces)
    posts = seen(light("visibility: public", body), under=with_words("public: {hosts: [ok.example]}")).archive.posts
    said = next(iter(posts.values())).body
    assert "in.example" not in said.lower()
    html = converter(extensions=["tables", "footnotes", "pymdownx.superfences"]).convert(said)
    targets = [attributes.get("href", attributes.get("src", "")) for _, attributes in Markup(html).elements]
    assert [target for target in targets if "secret" in target.lower() or "mailto" in target] == []


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.sampled_from(["secret"]), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.sampled_from(["title", "impact", "users", "owner", "roles", "fix", "change", "x-own", "cause", "success", "by", "effectiveness", "anything"]), inner, max_size=4), max_leaves=20))
def test_of_a_header_nothing_passes_but_values_at_the_ways_that_are_named(header: Any) -> None:
    named = {tuple(key.split(".")) for key in SHIPPED["public"]["keys"]}

    def ways(value: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        for key, inner in value.items() if isinstance(value, dict) else ():
            yield from ways(inner, (*way, key))
        for inner in value if isinstance(value, list) else ():
            yield from ways(inner, way)
        if not isinstance(value, dict | list):
            yield way

    assert set(ways(disclosed(header if isinstance(header, dict) else {"title": header}, SHIPPED["public"]))) <= named | {()}
