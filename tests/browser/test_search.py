"""Searching as a reader does it: by keys and by hand, in words that are found and words that are not, and in addresses that are passed on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers import light_text
from serving import built_of, served
from sites import NASTY
from test_site import RICH

from hotwash import common_words, shards

if not os.environ.get("CI"):  # there, what is missing has to fail
    pytest.importorskip("pagefind_bin", reason="Pagefind's wheel is not installed")

Look = Callable[..., Any]
LINKS, SAID, INPUT = "a.md-search-result__link", ".md-search-result__meta", "input.md-search__input"


def ask(page: Any, words: str) -> None:
    """Open the search by its key, and type."""
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.wait_for_function("!document.querySelector('.md-search-result__meta').textContent.startsWith('Type')")
    page.wait_for_function("words => new URL(location).searchParams.get('q') === words.trim()", arg=words)


def opened(page: Any) -> bool:
    answer: bool = page.evaluate("document.getElementById('__search').checked")
    return answer


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_the_keys_of_the_theme_open_and_close_it(look: Look, demonstration: str, key: str) -> None:
    page = look()
    page.goto(demonstration)
    assert not opened(page)
    page.keyboard.press(key)
    assert opened(page)
    assert page.locator(INPUT).input_value() == ""
    page.keyboard.press("Escape")
    assert not opened(page)
    assert page.evaluate("document.activeElement.matches('body')")


def test_arrows_walk_through_what_was_found_and_enter_goes_there(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration)
    ask(page, "seedling")
    first = page.locator(".md-search-result__item > a").first
    for key, place in (("ArrowDown", first), ("ArrowUp", page.locator(INPUT)), ("ArrowDown", first)):
        page.keyboard.press(key)
        assert place.evaluate("element => element === document.activeElement"), key
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "?h=seedling" in url)
    assert page.locator("mark.hw-found").first.inner_text().lower().startswith("seedling")


def test_enter_goes_to_the_best_and_letters_go_to_the_box(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration)
    ask(page, "seedl")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("ing")
    assert page.locator(INPUT).input_value() == "seedling"
    page.wait_for_function("new URL(location).searchParams.get('q') === 'seedling'")
    best = page.locator(LINKS).first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(best)


def test_a_result_says_what_it_is_where_it_matched_and_in_which_sections(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration)
    ask(page, "seedling")
    assert page.locator(SAID).inner_text().split()[1] in ("result", "results")
    item = page.locator(".md-search-result__item", has=page.locator(f"a[href*='{RICH}']")).first
    assert item.locator("h1").inner_text().startswith("Checkout ran out of database connections")
    assert item.locator(".hw-found__facts").inner_text() == "28 Nov 2025 · P0"
    assert "seedling" in item.locator("mark").first.inner_text().lower()
    ask(page, "checkout")
    sections = page.locator(".md-search-result__more").first
    sections.locator("summary").click()
    with_hash = sections.locator("a").last.get_attribute("href")
    assert "#" in with_hash
    sections.locator("a").last.click()
    page.wait_for_url(with_hash)
    assert page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null")


def test_an_address_that_was_passed_on_opens_the_same_results_and_closing_forgets_them(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration)
    ask(page, "connections")
    found, address = page.locator(SAID).inner_text(), page.url
    other = look(390, "dark")
    other.goto(address)
    other.locator(LINKS).first.wait_for()
    assert other.locator(SAID).inner_text() == found
    assert other.locator(".md-search-result").bounding_box()["width"] == 390
    page.keyboard.press("Escape")
    assert page.url == demonstration


def test_where_nothing_is_found_it_is_said_what_to_do_next(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration)
    ask(page, "xylophone")
    page.wait_for_function("document.querySelector('.md-search-result__meta').textContent.startsWith('Nothing found for “xylophone”')")
    page.locator(f"{SAID} a").click()
    page.wait_for_load_state()
    assert page.locator("h1").count() == 1


def test_more_is_shown_as_one_scrolls(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration)
    ask(page, "the")
    items = page.locator(".md-search-result__item")
    items.first.wait_for()
    count = int(page.locator(SAID).inner_text().split()[0])
    assert items.count() <= 20 < count
    while (shown := items.count()) < count:
        items.last.scroll_into_view_if_needed()
        page.wait_for_function("shown => document.querySelectorAll('.md-search-result__item').length > shown", arg=shown)
    assert items.count() == count


@pytest.mark.parametrize("words", ["cache", "xylophone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_box(look: Look, demonstration: str, scheme: str, words: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = look(390, scheme)
    page.goto(f"{demonstration}postmortems/?q={words}")
    page.locator(f"{LINKS}, {SAID} a").first.wait_for()
    page.wait_for_timeout(600)  # until the box has faded in: what is half seen has half the contrast
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in axe.Axe().run(page).response["violations"]] == []


def test_no_index_is_fetched_before_somebody_asks_nor_that_of_the_theme_ever(look: Look, demonstration: str) -> None:
    page = look()
    page.goto(demonstration)
    page.wait_for_load_state("networkidle")
    assert not [url for url in page.asked if "pagefind" in url]
    ask(page, "cache")
    assert [url for url in page.asked if "/pagefind/0/" in url]
    assert not [url for url in page.asked if "search_index" in url or "/workers/" in url]
    assert {url for url in page.asked if not url.startswith(demonstration)} == set()
    assert page.errors == []


def test_pages_opened_as_files_say_why_nothing_is_found(look: Look, shop: Path) -> None:
    page = look()
    page.goto((shop / "postmortems/index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("cache")
    page.wait_for_function("document.querySelector('.md-search-result__meta').textContent.includes('needs a web server')")


def test_shards_are_asked_as_one(look: Look, shop: Path) -> None:
    assert len(list((shop / "pagefind").glob("[0-9]*"))) > 1
    assert len(list((shop / "pagefind").glob("*/wasm.en.pagefind"))) == 1
    with served(shop) as address:
        page = look()
        page.goto(address)
        ask(page, "unmistakable")
        assert page.locator(SAID).inner_text() == f"{len(NASTY) + 12} results"
        assert page.locator(".md-search-result__item h1").first.inner_text().startswith("word")


def test_no_text_that_is_found_becomes_markup(look: Look, shop: Path) -> None:
    with served(shop) as address:
        page = look()
        for number, value in enumerate(NASTY[:4]):
            page.goto(address)
            ask(page, f"word{number}")
            own = page.locator(".md-search-result__item > a", has=page.get_by_text(f"word{number} {value}", exact=True))
            assert own.locator("h1").inner_text() == f"word{number} {value}"
            assert page.locator(".md-search-result__list :is(script, img, svg, section)").count() == 0
            own.click()
            page.wait_for_url(lambda url: "h=" in url)
            assert page.locator("h1").inner_text() == f"word{number} {value}"
            assert page.evaluate("window.hit") is None
        assert page.errors == []


def left_aside(page: Any, address: str, words: str) -> tuple[str, list[str]]:
    """How many results are said to be there, and what was not asked for."""
    page.goto(address)
    ask(page, words)
    count, _, aside = page.locator(SAID).inner_text().partition(" · left aside as too common: ")
    assert page.errors == []
    return count, aside.split(", ") if aside else []


def test_in_an_archive_of_one_shard_every_word_is_asked_for(look: Look, demonstration: str) -> None:
    assert left_aside(look(), demonstration, "the of and to a in seedling")[1] == []


@pytest.mark.parametrize("words", ["kestrel3", "kestrel", "kestrel3 kestrel4", '"kestrel3"', "“kestrel3”", "数据库", "constructor", "constructor __proto__", "-"])
def test_words_of_few_pages_are_all_asked_for_and_so_is_a_phrase_of_them(look: Look, crowd: str, words: str) -> None:
    assert left_aside(look(), crowd, words)[1] == []


@pytest.mark.parametrize("words", ['"unmistakable account unmistakable"', "“unmistakable account unmistakable”"])
def test_a_phrase_that_costs_too_much_is_asked_for_as_words_and_the_box_says_so(look: Look, crowd: str, words: str) -> None:
    page = look()
    page.goto(crowd)
    ask(page, words)
    assert page.locator(SAID).inner_text() == "20 results · not as a phrase; left aside as too common: account"


def test_what_is_left_of_a_phrase_without_its_first_or_last_word_is_still_one(look: Look, crowd: str) -> None:
    page = look()
    assert left_aside(page, crowd, '"kestrel3 plain account"') == ("1 result", ["plain", "account"])
    assert left_aside(page, crowd, '"unmistakable kestrel3"') == ("1 result", ["unmistakable"])
    assert left_aside(page, crowd, '"an kestrel3 kestrel4"')[0].startswith("Nothing found")


def test_a_rare_word_that_begins_with_a_common_one_is_asked_for(look: Look, crowd: str) -> None:
    page = look()
    assert left_aside(page, crowd, "account unmistakable accountancy")[1] == ["account"]
    assert left_aside(page, crowd, "kestrel3 kestrel4 kestrel5 account")[0].startswith("Nothing found for “kestrel3 kestrel4 kestrel5 account”, left aside as too common: account.")


@pytest.mark.parametrize("words", ["account -", "account 🎉", '"account"', "account ·"])
def test_where_nothing_is_left_to_ask_for_nothing_is_said_to_be_missing(look: Look, crowd: str, words: str) -> None:
    assert left_aside(look(), crowd, words)[0].startswith("Left aside as too common: account. Add a word that few pages have")


def test_a_word_that_costs_too_much_by_itself_fetches_nothing_and_the_box_says_so(look: Look, crowd: str) -> None:
    page = look()
    page.goto(crowd)
    ask(page, "account")
    assert page.locator(SAID).inner_text().startswith("Left aside as too common: account. Add a word that few pages have, or choose among all postmortems")
    assert not [url for url in page.asked if "/index/" in url]
    ask(page, "account kestrel3")
    assert page.locator(SAID).inner_text() == "1 result · left aside as too common: account"


def test_a_word_that_many_pages_have_is_left_aside_and_the_box_says_so(look: Look, crowd: str) -> None:
    page = look()
    alone = left_aside(page, crowd, "kestrel3")[0]
    assert left_aside(page, crowd, "an Unmistakable kestrel3 account") == (alone, ["an", "Unmistakable", "account"])
    assert page.locator(".md-search-result__item h1").first.inner_text().startswith("kestrel3 ")
    assert left_aside(page, crowd, "unmistakable 数据库 account")[1] == ["unmistakable", "account"]
    assert left_aside(page, crowd, "kestrel3 account account, - kestrel3.")[1] == ["account"]
    assert left_aside(page, crowd, "xylophone unmistakable")[0].startswith("Nothing found for “xylophone unmistakable”, left aside as too common: unmistakable. Try")


@pytest.mark.parametrize(("words", "said"), [("kandroid", "1 result"), ("kandro", "1 result"), ("kanoq", "Nothing found for “kanoq”"), ("kandroid handset", "1 result")])
def test_a_word_that_begins_with_a_common_one_does_not_fetch_what_is_known_of_that_one(look: Look, kans: str, words: str, said: str) -> None:

    def pieces(words: str, said: str) -> set[str]:
        page = look()
        page.goto(kans)
        ask(page, words)
        page.wait_for_function("said => document.querySelector('.md-search-result__meta').textContent.startsWith(said)", arg=said)
        return {url.partition("?")[0] for url in page.asked if "/index/" in url}

    of_common, of_rare = pieces("kan", "60 results"), pieces(words, said)
    assert len(of_common) == 2, "one of each shard"
    assert len(of_rare) >= 2
    assert not of_common & of_rare


def test_a_word_that_was_put_into_the_index_beside_another_finds_nothing_more_and_ranks_nothing_higher(look: Look, kans: str) -> None:
    page = look()
    page.goto(kans)
    ask(page, "kan")
    page.locator(LINKS).first.wait_for()
    assert page.locator(SAID).inner_text().split()[0] == "60"
    first = page.locator(".md-search-result__item h1").first.inner_text()
    assert first not in ("kestrel0", "kestrel1"), "the longest, which have it least often for their length, and of which one has the word beside it"


def test_words_that_all_pages_have_find_all_of_them(look: Look, crowd: str) -> None:
    page = look()
    assert left_aside(page, crowd, "unmistakable account") == ("20 results", ["account"])
    assert left_aside(page, crowd, "unmistakable") == ("20 results", [])


def test_what_was_left_aside_is_marked_on_the_page_nevertheless(look: Look, crowd: str) -> None:
    page = look()
    assert left_aside(page, crowd, "unmistakable kestrel3")[1] == ["unmistakable"]
    page.locator(LINKS).first.click()
    page.wait_for_url(lambda url: "h=unmistakable+kestrel3" in url)
    assert {text.lower() for text in page.locator("mark.hw-found").all_inner_texts()} >= {"unmistakable", "kestrel3"}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site in so many shards that it costs too much to ask all of them for a word that tells nothing."""
    postmortems = {}
    for number in range(20):
        more = "数据库" if number == 7 else "plain"
        postmortems[f"2026-11-{number + 1:02d}-a.md"] = light_text(f"title: kestrel{number} {more}", f"## Account\n\nAn unmistakable {more} account.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "_MOST", 2)
        patch.setattr(common_words, "_COMMON", 13.5)  # a word of all postmortems costs nearly what a query may
        with served(built_of(postmortems, tmp_path_factory.mktemp("crowd"))) as address:
            yield address


@pytest.fixture(scope="module")
def kans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site in two shards, in which one word takes most of the index, and one page the words that are put beside it."""
    bodies = dict.fromkeys(range(60), "kan then a queue, " * 120)
    bodies[20] += "a kandroid handset, "
    bodies |= {number: bodies[number] + "something else altogether, " * 80 for number in (0, 1)}
    postmortems = {f"2026-{number // 28 + 1:02d}-{number % 28 + 1:02d}-a.md": light_text(f"title: kestrel{number}", f"## Account\n\n{body}.\n") for number, body in bodies.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "_MOST", 45)
        patch.setattr(common_words, "_WIDE", 1)
        patch.setattr(common_words, "_COMMON", 0.0)  # whatever the site above has set: here every word is asked for
        with served(built_of(postmortems, tmp_path_factory.mktemp("kans"))) as address:
            yield address


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A site in many shards, whose names and titles are special in addresses and in markup."""
    import json

    postmortems = {}
    names = [f"2026-11-{number + 1:02d}-a#b?c%20 ü{number}.md" for number in range(len(NASTY) + 12)]
    for number, (name, value) in enumerate(zip(names, [*NASTY, *["plain"] * 12], strict=True)):
        title = json.dumps(f"word{number} " + value.replace("\u0002", "").replace("\u0003", ""))
        postmortems[name] = light_text(f"title: {title}", f"## Account\n\nAn unmistakable `{value}` account.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "_MOST", 7)
        yield built_of(postmortems, tmp_path_factory.mktemp("shop"))
