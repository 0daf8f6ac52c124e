"""What a postmortem's page leads to: earlier ones with the reason, and those before it at the same service."""

from __future__ import annotations

from helpers import archive, light, policy
from sites import Markup, dangers, pages_of, site_of

from hotwash.model import Postmortem
from hotwash.related import Related, related


def story(day: str, title: str, cause: str, cls: str = "untested-device", more: str = "services: [cart]") -> Postmortem:
    """A short postmortem of a day."""
    header = f'title: "{title}"\ntimestamps: {{started: {day}T10:00:00Z, resolved: {day}T12:00:00Z}}\ncause: {{class: {cls}, what: "{cause}"}}\ntrigger: {{kind: configuration-push, what: x}}\nfix: {{}}\n{more}'
    return light(header, id=f"{day}-story")


CERTIFICATE = story("2026-01-10", "Mails stopped when the relay certificate expired", "renewal ran without a listener for its failure", "migration-lock")
QUEUE = story("2026-02-10", "One poisoned envelope blocked the parcel queue", "the consumer retries an unreadable envelope for ever", more="services: [search]")
AGAIN = story("2026-06-10", "The relay certificate expired once more on the gateway", "the listener for renewal failure was mute")


def found(*posts: Postmortem) -> dict[str, Related]:
    return related(archive(*posts), policy())


def test_nothing_is_related_where_nothing_came_before() -> None:
    assert found(CERTIFICATE) == {CERTIFICATE.id: Related()}


def test_two_that_share_their_telling_words_are_related_and_the_reason_says_which() -> None:
    [near] = found(CERTIFICATE, QUEUE, AGAIN)[AGAIN.id].similar
    assert near.post.id == CERTIFICATE.id
    assert [str(reason) for reason in near.reasons] == ["words: certificate, expired, failure, listener", "both touch cart", "same trigger: configuration-push"]


def test_words_of_any_account_are_no_reason() -> None:
    one = story("2026-01-10", "Nobody had seen that the first part went wrong", "people never knew what the next step was", "migration-lock")
    two = story("2026-02-10", "People had never seen the next step go wrong", "nobody knew the first part")
    assert found(one, two)[two.id].similar == ()


def test_those_of_its_own_class_stand_on_the_page_already() -> None:
    same = story("2026-06-11", AGAIN.title, AGAIN.text("cause", "what"), cls="migration-lock")
    assert found(CERTIFICATE, same)[same.id].similar == ()


def test_the_latest_three_before_it_of_its_service() -> None:
    posts = [story(f"2026-0{month}-01", f"word{month}", f"cause{month}") for month in range(1, 6)]
    last = found(*posts)[posts[-1].id]
    assert (last.service, [other.id for other in last.before]) == ("cart", [posts[3].id, posts[2].id, posts[1].id])


def test_a_new_postmortem_changes_nothing_for_older_ones() -> None:
    before, after = found(CERTIFICATE, QUEUE), found(CERTIFICATE, QUEUE, AGAIN)
    assert {id: after[id] for id in before} == before


def test_the_order_of_the_files_does_not_matter() -> None:
    assert found(AGAIN, QUEUE, CERTIFICATE) == found(CERTIFICATE, QUEUE, AGAIN)


def test_a_skipped_one_is_neither_related_nor_led_to() -> None:
    skipped = CERTIFICATE._replace(header={**CERTIFICATE.header, "status": "skipped"})
    result = found(skipped, AGAIN)
    assert skipped.id not in result
    assert result[AGAIN.id] == Related()


def test_a_word_that_everybody_uses_leads_nowhere() -> None:
    posts = [story(f"2026-01-{number // 24 + 1:02}", "Relay certificate expired", "renewal", cls=f"class-{number}")._replace(path=f"postmortems/2026-01-{number // 24 + 1:02}-{number:03}.md") for number in range(60)]
    result = found(*posts)
    assert result[posts[5].id].similar
    assert result[posts[-1].id].similar == ()


def test_the_page_shows_them_with_reasons_in_the_words_of_the_policy() -> None:
    page = pages_of(site_of(CERTIFICATE, QUEUE, AGAIN))[f"postmortems/{AGAIN.id}.md"].text
    said = " ".join("".join(Markup(page).texts).split())
    assert "Similar, of other classes Mails stopped when the relay certificate expired 2026-01-10" in said
    assert "Cart; Configuration push" in said
    assert "Earlier at Cart" in said
    assert "../../find/?service=cart" in set(Markup(page).links())
    assert not dangers(page)
    assert "hw-kin" not in pages_of(site_of(CERTIFICATE))[f"postmortems/{CERTIFICATE.id}.md"].text
