"""The full-text search as it is built: what of a page is read, in which shard it lies, what is kept, and what the theme's own search does without it."""

from __future__ import annotations

from helpers import post
from hypothesis import given
from hypothesis import strategies as some
from sites import site_of

from hotwash import shards
from hotwash.shards import Leaf, article, document, facts_of, leaf, mark

PAGE = '<html><head><title>x</title></head><body><nav>theme</nav><article class="md-content__inner"><h1>Pool ran dry<a class="headerlink">¶</a></h1>{}</article><footer>theme</footer>'


def leaves(count: int) -> list[Leaf]:
    return [Leaf(f"postmortems/{number}/index.html", str(number), "", bytes([number % 256])) for number in range(count)]


def test_a_page_is_read_without_the_theme_around_it_and_without_its_title_twice() -> None:
    read = document(leaf("a.html", "Pool <ran> dry", "2 Nov 2026 · P1", ""), PAGE.format("<p>a body</p><article>inner</article>"), "en")
    assert "theme" not in read
    assert read.count("Pool") == 1
    assert 'content="Pool &lt;ran&gt; dry"' in read
    assert "<p>a body</p><article>inner</article>" in read


def test_a_page_of_a_theme_without_an_article_has_nothing_to_read() -> None:
    assert article("<html><body><main>x</main></body></html>") == ""
    assert article("</article> <article>") == ""


def test_what_changes_with_the_day_makes_no_other_page() -> None:
    def digest(body: str, facts: str = "P1") -> bytes:
        return leaf("a.html", "t", facts, PAGE.format(body)).digest

    day = '<p>a</p><p class="hw-asof" data-search-exclude="true">as of <time>2026-11-{}</time></p>'
    assert digest(day.format(20)) == digest(day.format(21))
    assert digest("<p>a</p>") != digest("<p>b</p>")
    assert digest("<p>a</p>") != digest("<p>a</p>", "P2")


@given(some.integers(0, 9000), some.integers(0, 8999))
def test_one_changed_page_touches_one_shard(count: int, changed: int) -> None:
    before = leaves(count)
    after = [one._replace(digest=b"other") if number == changed else one for number, one in enumerate(before)]
    kept = {mark(part, "1.5") for part in shards.shards(before)}
    assert len(kept) == -(-count // 2000)
    assert sum(len(part) for part in shards.shards(reversed(before))) == count
    assert len({mark(part, "1.5") for part in shards.shards(reversed(after))} - kept) == (changed < count)


def test_another_release_or_language_makes_other_shards() -> None:
    part = leaves(3)
    assert mark(part, "1.5 en") != mark(part, "1.6 en")


def test_a_result_says_day_and_severity_of_a_postmortem_and_that_a_class_is_one() -> None:
    site = site_of(post("---\ntitle: a\nstatus: published\nseverity: P1\ncause: {class: x}\n---\n", "2026-11-02-a"), post("---\ntitle: b\n---\n", "b"))
    assert facts_of(site) == {"postmortems/2026-11-02-a.md": "2 Nov 2026 · P1", "postmortems/b.md": "", "recurrences/x.md": "Class of incidents"}


def test_a_name_that_is_special_in_an_address_is_escaped() -> None:
    assert shards.file_of("postmortems/a#b?c%20 ü/index.html") == "postmortems/a%23b%3Fc%2520 ü/index.html"
