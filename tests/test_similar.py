"""What is alike and why, what is not, and when a class is suggested: the quiet cases first."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from helpers import archive, earlier, light_text, policy, post
from hypothesis import given
from hypothesis import strategies as st
from test_rule_examples import placed

from hotwash.archive import gather
from hotwash.cli import main
from hotwash.model import Hit, Postmortem
from hotwash.past import FileHistory, History
from hotwash.rules import documented
from hotwash.rules.recurrence.look_alike import find
from hotwash.similar import Like, linked, similar, suggested, weigh

CART = "2026-02-03-cart-mixed-up"
DOC = next(doc for doc in documented() if doc.id == "look-alike")
Make = Callable[..., Path]


def incident(id: str, title: str = "x", *, slug: str = "unknown", status: str = "published", what: str = "", **more: object) -> Postmortem:
    """A postmortem of a few keys; its body says what its title says."""
    header = {"title": title, "status": status, "cause": {"class": slug, "what": what}, **more}
    return Postmortem(f"postmortems/{id}.md", header=header, prose=title)


def likes(subject: Postmortem, *others: Postmortem, limit: int = 3) -> tuple[Like, ...]:
    whole = archive(*others, subject)
    return similar(subject, whole, weigh(whole, policy()), limit)


def ids(found: Iterable[Like]) -> list[str]:
    return [like.post.id for like in found]


NEW = incident("2026-11-05-new", "the relay's certificate expired and mails stopped", services=["mail"])
OLD = incident("2026-05-11-old", "a certificate expired, and no mail left the relay", services=["mail"], slug="certificate-expiry")
FAR = incident("2026-06-01-far", "a label printer lost its gateway", services=["warehouse"], slug="dns-cached-forever")
HERB = incident("2026-06-02-herb", "seed packets were weighed twice in the hall", services=["hall"], slug="double-weight")


# --- quiet


def test_nothing_is_like_the_only_one_nor_like_one_without_a_word_in_common() -> None:
    assert likes(NEW) == ()
    assert likes(NEW, FAR, HERB) == ()


def test_what_came_later_is_not_earlier() -> None:
    assert likes(OLD, NEW, FAR) == ()


@pytest.mark.parametrize("status", ["skipped", ""])
def test_what_has_no_account_of_its_cause_is_left_out(status: str) -> None:
    assert likes(NEW, OLD._replace(header={**OLD.header, "status": status}), FAR) == ()


def test_two_unknown_classes_are_not_the_same_nor_are_two_other_triggers() -> None:
    other = {"trigger": {"kind": "other"}}
    one, two = incident("2026-01-01-a", "red kites", **other), incident("2026-01-02-b", "blue jays", **other)
    assert likes(two, one, FAR) == ()


def test_no_class_is_suggested_for_one_that_has_one_nor_by_distant_neighbours_nor_by_divided_ones() -> None:
    found = likes(NEW, OLD, FAR, HERB)
    assert suggested(NEW._replace(header={**NEW.header, "cause": {"class": "mine"}}), found, archive()) is None
    assert suggested(NEW, [like._replace(score=0.2) for like in found], archive()) is None
    assert suggested(NEW, [Like(OLD, 0.4, ()), Like(FAR, 0.4, ())], archive()) is None
    assert suggested(NEW, [Like(incident("2026-01-01-a"), 0.9, ())], archive()) is None


def asked(subject: Postmortem, *others: Postmortem, published: bool = False, known: bool = True) -> list[Hit]:
    history = History(complete=known, files={subject.path: FileHistory(published="2026-11-03T14:00:00Z")} if published else {})
    return list(find(subject, policy(), archive(*others, subject), history, date(2026, 11, 20)))


def test_the_question_is_not_asked_of_a_published_file_nor_of_a_linked_one_nor_of_one_of_the_same_class() -> None:
    bad = placed(DOC.bad)
    assert asked(bad, *earlier(), published=True) == []
    assert asked(bad, *earlier(), known=False) == []
    assert asked(placed(DOC.good), *earlier()) == []
    assert asked(placed(DOC.bad.replace("unknown", "cache-key-collision")), *earlier()) == []
    assert asked(bad._replace(header={**bad.header, "status": "skipped"}), *earlier()) == []


# --- speaking


def test_the_likest_comes_first_with_its_reasons() -> None:
    found = likes(NEW, FAR, OLD, HERB)
    assert ids(found) == [OLD.id]
    assert [reason.kind for reason in found[0].reasons] == ["services", "words"]
    assert found[0].reasons[0].values == ("mail",)
    assert {"certificate", "expired", "relay"} <= set(found[0].reasons[-1].values)
    assert str(found[0].reasons[0]) == "both touch mail"


def test_a_class_in_common_outweighs_every_word() -> None:
    same = incident("2026-03-01-same", "quite another story", slug="certificate-expiry")
    found = likes(incident("2026-11-06-new", NEW.title, slug="certificate-expiry"), OLD._replace(header={**OLD.header, "cause": {}}), same)
    assert ids(found)[0] == same.id
    assert str(found[0].reasons[0]) == "same class certificate-expiry"


def test_merged_classes_are_one_and_the_name_that_counts_now_is_suggested() -> None:
    whole = gather([OLD, FAR, HERB, NEW, late := incident("2026-11-06-late", "x", slug="expired-keys")], {"certificate-expiry": "expired-keys"})
    (like, *_) = similar(late, whole, weigh(whole, policy()))
    assert [str(reason) for reason in like.reasons if reason.kind == "class"] == ["same class expired-keys"]
    given = suggested(NEW, similar(NEW, whole, weigh(whole, policy())), whole)
    assert given is not None
    assert given.slug == "expired-keys"


def test_other_words_for_the_same_thing_are_understood() -> None:
    told = incident("2026-01-05-told", "all sessions of the pool were taken")
    again = incident("2026-09-05-again", "no connection was free")
    assert ids(likes(again, told, FAR, HERB)) == [told.id]


def test_watched_paths_that_overlap_are_a_reason() -> None:
    one, two = incident("2026-01-01-a", "red kites", paths=["config/cache/**"]), incident("2026-01-02-b", "kites in red", paths=["config/cache/keys.yml"])
    assert [str(reason) for reason in likes(two, one, FAR)[0].reasons if reason.kind == "paths"] == ["both watch config/cache/keys.yml"]


def test_of_two_that_are_equally_like_it_the_later_comes_first_and_the_limit_holds() -> None:
    twins = [incident(f"2026-0{month}-01-twin", "the same words here") for month in range(1, 6)]
    assert ids(likes(incident("2026-11-01-new", "the same words here"), *twins, limit=2)) == ["2026-05-01-twin", "2026-04-01-twin"]


def test_the_class_of_a_close_relative_is_suggested() -> None:
    given = suggested(NEW, likes(NEW, OLD, FAR, HERB), archive())
    assert given is not None
    assert (given.slug, given.bearers) == ("certificate-expiry", (OLD.id,))


def test_the_question_is_asked_once_at_the_title_with_the_reasons() -> None:
    (hit,) = asked(placed(DOC.bad), *earlier())
    assert hit.message.startswith(f"looks like {CART} (both touch cart, cache; words: ")
    assert hit.span == placed(DOC.bad).where_value("title")
    assert "write `cause.class: cache-key-collision`" in hit.help


def test_every_kind_of_link_counts() -> None:
    subject = post(light_text("recurrence_of: [a.md]\nrelated: {postmortems: [postmortems/b.md]}\nfix: {same_as: c}\n", "See [d](2026-01-01-d.md).\n"))
    assert {"a", "b", "c", "2026-01-01-d"} <= linked(subject)


@given(st.lists(st.sampled_from([NEW, OLD, FAR, HERB, *earlier()]), unique_by=lambda one: one.id, min_size=1))
def test_the_order_in_which_files_are_read_changes_nothing(posts: list[Postmortem]) -> None:
    def told(order: list[Postmortem]) -> list[tuple[str, list[tuple[str, float, str]]]]:
        whole = gather(order)
        texts = weigh(whole, policy())
        return [(one.id, [(like.post.id, like.score, str(like.reasons)) for like in similar(one, whole, texts)]) for one in sorted(posts, key=lambda one: one.id)]

    assert told(posts) == told(posts[::-1])


_VALUE = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3))


@given(st.dictionaries(st.sampled_from(["title", "services", "paths", "cause", "trigger", "factors", "fix", "status", "recurrence_of", "related", "impact"]), _VALUE))
def test_a_header_of_any_shape_is_compared_without_a_complaint(header: dict[str, object]) -> None:
    odd = Postmortem("postmortems/2026-12-01-odd.md", header={**header, "status": "published"}, prose=NEW.prose)
    assert set(ids(likes(odd, NEW, OLD))) <= {NEW.id, OLD.id}


# --- the command


def test_the_command_names_them_with_reasons_and_the_class(project: Make, capsys: pytest.CaptureFixture[str]) -> None:
    project({f"{one.id}.md": (Path(__file__).parent / "fixtures" / "archive" / f"{one.id}.md").read_text() for one in earlier()})
    Path("draft.md").write_text("---\ntitle: Carts showed other carts\nservices: [cart, cache]\ncause: {what: cart and search wrote one key}\n---\n\nA cart was mixed up.\n")
    assert main(["similar", "draft.md"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"postmortems/{CART}.md: Carts showed the contents of other carts\n  both touch cart, cache; words: ")
    assert "class: cache-key-collision may fit" in said
    assert main(["similar", "draft.md", "--format", "json", "--limit", "1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["id"], one["class"], one["linked"]) for one in told["similar"]] == [(CART, "cache-key-collision", False)]
    assert told["similar"][0]["reasons"][0] == {"kind": "services", "values": ["cart", "cache"]}
    assert told["suggested_class"] == {"class": "cache-key-collision", "because": [CART]}


def test_where_nothing_is_alike_only_stderr_says_so(project: Make, capsys: pytest.CaptureFixture[str]) -> None:
    project({f"{CART}.md": light_text()})
    assert main(["similar", "cart"]) == 0
    assert capsys.readouterr() == ("", "hotwash: no earlier postmortem is like it\n")


@pytest.mark.parametrize("words", [["nothing-of-that-name"], ["broken"], ["missing.md"]])
def test_what_cannot_be_compared_is_one_line_and_status_2(words: list[str], project: Make, capsys: pytest.CaptureFixture[str]) -> None:
    project({f"{CART}.md": light_text(), "2026-03-01-broken.md": "---\ntitle: [\n---\n"})
    assert main(["similar", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("hotwash: ")


# --- the pull request

BARE = "---\ntitle: Carts showed other carts\nstatus: filed\nseverity: P2\nservices: [cart, cache]\ncause: {what: cart and search wrote one key}\n---\n\nA cart was mixed up.\n"


@pytest.fixture
def pull_request(project: Make, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in Git whose archive is on `main`, and beside it a new file that nobody has linked."""
    root = project({f"{one.id}.md": (Path(__file__).parent / "fixtures" / "archive" / f"{one.id}.md").read_text() for one in earlier()})
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for words in (["init", "--quiet", "--initial-branch=main"], ["add", "--all"], ["commit", "--quiet", "-m", "archive"]):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *words], cwd=root, check=True)
    (root / "postmortems" / "2026-11-05-carts.md").write_text(BARE)
    return root


def found(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[list[tuple[str, str, str]], list[str]]:
    """The findings of the rule (path, level, message) and the rules that were not run."""
    main(["check", "--format", "json", "--only", "recurrence", *words])
    told = json.loads(capsys.readouterr().out)
    return [(one["path"], one["level"], one["message"]) for one in told["findings"] if one["rule"] == "look-alike"], told["not_run"]


def test_the_commit_hook_never_asks_and_says_that_it_did_not(pull_request: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(["postmortems/2026-11-05-carts.md"], capsys) == ([], ["look-alike"])


def test_a_file_that_is_not_in_the_pull_request_is_not_asked(pull_request: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(["--history", f"postmortems/{CART}.md"], capsys) == ([], [])


def test_on_the_pull_request_a_new_file_is_asked_for_information(pull_request: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ((path, level, message),) = found(["--history", "postmortems/2026-11-05-carts.md"], capsys)[0]
    assert (path, level) == ("postmortems/2026-11-05-carts.md", "info")
    assert message.startswith(f"looks like {CART} (both touch cart, cache; ")
    assert found(["--history"], capsys)[0] == [(path, level, message)]


def test_a_file_outside_the_archive_is_asked_too(pull_request: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pull_request / "draft.md").write_text((pull_request / "postmortems" / "2026-11-05-carts.md").read_text())
    (pull_request / "postmortems" / "2026-11-05-carts.md").unlink()
    assert [path for path, *_ in found(["--history", "draft.md"], capsys)[0]] == ["draft.md"]
