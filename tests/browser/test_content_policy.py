"""The policy of the pages in a browser: every kind of page keeps it, nothing leaves the host, and what somebody slips into a page does not run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from kinds import kinds
from test_search import ask

Look = Callable[..., Any]
LISTEN = """
window.violations = [];
addEventListener("securitypolicyviolation", event => window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
"""


@pytest.fixture
def watched(look: Look) -> Look:
    """A tab that notes whatever the policy of a page forbids, from its first byte on."""

    def make(**more: Any) -> Any:
        page = look(**more)
        page.add_init_script(LISTEN)
        return page

    return make


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_keeps_the_policy_and_asks_nobody_else(watched: Look, demonstration: str, scheme: str) -> None:
    page, broken, addresses = watched(scheme=scheme), {}, set(kinds().values())
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith(demonstration) else route.abort())
    for path in addresses:
        page.goto(demonstration + path)
        page.wait_for_timeout(100)
        broken[path] = [*page.evaluate("violations"), *page.errors]
        assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1, path
        page.errors.clear()
    assert len(addresses) > 20
    assert {path: said for path, said in broken.items() if said} == {}
    assert [url for url in page.asked if not url.startswith((demonstration, "data:", "blob:"))] == []


def test_what_runs_in_a_page_still_runs(watched: Look, demonstration: str) -> None:
    page = watched()
    page.goto(f"{demonstration}postmortems/")
    page.locator("label[title='Switch to dark colours']:visible").click()
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"  # the theme's inline script, allowed by its hash
    ask(page, "cache")
    assert page.locator("a.md-search-result__link").count() > 3
    assert page.evaluate("violations") == []


SLIPPED: Mapping[str, str] = {
    "an inline script": "<script>window.hit = 1</script>",
    "a handler": "<img src='x.png' onerror='window.hit = 1'>",
    "a script from elsewhere": "<script src='https://elsewhere.example/x.js'></script>",
    "a frame": "<iframe srcdoc='<script>parent.hit = 1</script>'></iframe>",
    "a style": "<style>body { display: none }</style>",
    "an inline style": "<p style='display: none'>x</p>",
    "a picture from elsewhere": "<img src='https://elsewhere.example/x.png'>",
    "a form that sends elsewhere": "<form action='https://elsewhere.example/'><input name=a></form><script src='../assets/hotwash/sends.js'></script>",
    "another base": "<base href='https://elsewhere.example/'>",
}


@pytest.mark.parametrize("what", SLIPPED)
def test_what_somebody_slips_into_a_page_is_refused(watched: Look, demonstration: str, what: str) -> None:
    page, reached = watched(), list[str]()
    with_it = lambda route: route.fulfill(response=(got := route.fetch()), body=got.text().replace("</article>", f"{SLIPPED[what]}</article>"))
    page.route("**/postmortems/", with_it)
    page.route("https://elsewhere.example/**", lambda route: (reached.append(route.request.url), route.abort()))
    page.route("**/sends.js", lambda route: route.fulfill(body="document.querySelector('form[action]').submit()", content_type="text/javascript"))
    page.goto(f"{demonstration}postmortems/", wait_until="commit")
    page.wait_for_function("document.body && [window, ...Array.from({length: frames.length}, (_, place) => frames[place])].some(one => one.violations?.length)")
    assert page.evaluate("window.hit") is None
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert reached == []


def test_without_the_policy_it_would_have_run(watched: Look, demonstration: str) -> None:
    page = watched()
    without = lambda text: text.replace("http-equiv=\"Content-Security-Policy\"", "name=\"x\"").replace("</article>", f"{SLIPPED['an inline script']}</article>")
    page.route("**/postmortems/", lambda route: route.fulfill(response=(got := route.fetch()), body=without(got.text())))
    page.goto(f"{demonstration}postmortems/")
    assert page.evaluate("window.hit") == 1
