"""Nothing that a writer sends survives into any file of the site: pages with their heads, charts, lists for programs, feeds and calendar, found by walking what was built."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import hostile_site
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import Markup, dangers

from hotwash.pages.parts.links import is_safe

pytest.importorskip("material", reason="MkDocs with Material is not installed")
_DEPTH = re.compile(r'"base": ?"[^"]*"|new URL\("[^"]*"|sha256-[\w+/=]+')
_LOADED = ("script", "style", "iframe", "object", "embed", "base", "form", "frame", "template", "portal")


@pytest.fixture(scope="module")
def innocent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_site.build(hostile_site.write(tmp_path_factory.mktemp("innocent") / "x", innocent=True))


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_site.build(hostile_site.write(tmp_path_factory.mktemp("attacked") / "x"))


def powers(html: str) -> Iterator[str]:
    """What in a whole page runs, loads or rules something; two pages that differ only in depth have the same."""
    for element, attributes in Markup(html).elements:
        named = attributes.get("src") or attributes.get("action") or attributes.get("data") or ""
        if element in _LOADED:
            yield f"{element} {named.rsplit('/', 1)[-1]}"
        elif element == "meta":
            yield f"meta {attributes.get('http-equiv') or attributes.get('name') or attributes.get('property') or 'charset'}"
        elif element == "link":
            yield f"link {attributes.get('rel')} {attributes.get('href', '').rsplit('/', 1)[-1] if attributes.get('rel') in ('stylesheet', 'preload') else ''}"
        for name, value in attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "ping", "background") or (name in ("href", "src", "xlink:href", "data", "action", "poster") and not is_safe(value)):
                yield f"{element} {name}={value}"
    for script in re.findall(r"<script\b[^>]*>(.*?)</script>", html, re.DOTALL):
        yield f"script text {_DEPTH.sub('', script)}"


def pages(built: Path) -> list[Path]:
    return sorted(built.rglob("*.html"))


def test_an_attacked_site_has_the_pages_and_files_of_an_innocent_one(innocent: Path, attacked: Path) -> None:
    kinds = [{path.relative_to(site).parts[0] for path in site.rglob("*") if path.is_file()} for site in (innocent, attacked)]
    assert kinds[0] <= kinds[1]
    assert len(pages(attacked)) > len(pages(innocent)) > 20


def test_no_page_runs_loads_or_rules_more_than_an_innocent_one(innocent: Path, attacked: Path) -> None:
    allowed = {power for path in pages(innocent) for power in powers(path.read_text(encoding="utf-8"))}
    assert any(power.startswith("script text") for power in allowed), "the theme's own scripts are seen"
    more = {f"{path.relative_to(attacked)}: {power[:200]}" for path in pages(attacked) for power in powers(path.read_text(encoding="utf-8")) if power not in allowed}
    assert more == set()


def test_the_look_at_powers_sees_what_it_should() -> None:
    bad = '<b onclick=x></b><a href="java&#115;cript:x"></a><svg><script>y</script></svg><meta http-equiv=refresh content="0"><base href=z><p style="x">'
    assert {power.split(" ")[0] for power in powers(bad)} == {"b", "a", "script", "meta", "base", "p"}


def test_nothing_in_an_article_could_run(attacked: Path) -> None:
    for path in pages(attacked):
        text = path.read_text(encoding="utf-8")
        article = text[text.index("<article") : text.rindex("</article>")]
        found = [danger for danger in dangers(article) if danger not in ("script", "form")]  # the page's own, which the comparison above holds to
        assert found == [], path
        assert text[: text.index("<body")].count("<title>") == 1, path


def test_files_for_programs_stay_what_they_are(attacked: Path) -> None:
    seen = set()
    for path in (path for path in attacked.rglob("*") if path.is_file()):
        seen.add(path.suffix)
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix in (".atom", ".xml", ".svg"):
            tree = ET.fromstring(path.read_bytes())
            for element in tree.iter():
                if path.suffix == ".svg":
                    assert element.tag.rsplit("}", 1)[-1] not in ("script", "foreignObject"), path
                elif element.get("type") == "html":
                    assert dangers(element.text or "") == [], path
                assert is_safe(element.get("href", "")), path
    assert {".json", ".html", ".ics", ".xml", ".atom"} <= seen


def test_a_feed_carries_no_markup_that_runs(attacked: Path) -> None:
    feed = json.loads((attacked / "feed.json").read_text(encoding="utf-8"))
    assert feed["items"]
    for item in feed["items"]:
        assert dangers(item.get("content_html", "")) == []
        assert is_safe(item.get("url", ""))


def test_the_calendar_holds_events_and_nothing_that_was_smuggled_in(attacked: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    calendar = icalendar.Calendar.from_ical((attacked / "calendar.ics").read_bytes())
    assert {part.name for part in calendar.walk()} <= {"VCALENDAR", "VEVENT", "VTODO", "VTIMEZONE", "STANDARD", "DAYLIGHT"}
    assert [is_safe(str(part.get("URL", ""))) for part in calendar.walk("VEVENT")] == [True] * len(calendar.walk("VEVENT"))


PIECES = st.lists(st.sampled_from(["<script>", "</script>", '"', "'", "<", ">", "&", "javascript:", "onload=", "`", "{", "}", "]]>", "\n", "--", "|", "\\", "#", "](", "\u2028", "x", " "]), min_size=2, max_size=12)


@settings(max_examples=3)
@given(PIECES.map("".join), PIECES.map("".join))
def test_no_mixture_of_pieces_does_either(tmp_path_factory: pytest.TempPathFactory, innocent: Path, one: str, two: str) -> None:
    built = hostile_site.build(hostile_site.write(tmp_path_factory.mktemp("mixed") / "x", {"one": one, "two": two}))
    test_no_page_runs_loads_or_rules_more_than_an_innocent_one(innocent, built)
    test_files_for_programs_stay_what_they_are(built)
