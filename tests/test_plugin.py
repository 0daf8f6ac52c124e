"""The MkDocs door, with the real MkDocs: what is built, what is escaped, and that both doors write the same."""

from __future__ import annotations

import copy
import json
import logging
import os
import pickle
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from helpers import STANDARD, light_text
from sites import AS_OF, NASTY, REPOSITORY, Markup, dangers, site_of

from hotwash.cli import main
from hotwash.model import Page

pytest.importorskip("material", reason="MkDocs with Material is not installed")
if not os.environ.get("CI") and not any(point.name == "hotwash" for point in entry_points(group="mkdocs.plugins")):
    pytest.skip("hotwash is not installed, so MkDocs does not find its plugin: pip install --editable .", allow_module_level=True)

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from hotwash.plugin import shelving
from hotwash.plugin.files import file_of

CONFIG = f"""site_name: A shop
strict: true
theme: {{name: material, font: false}}
plugins: [search, hotwash: {{as_of: "{AS_OF}", repository: "{REPOSITORY}"}}]
markdown_extensions: [attr_list, md_in_html, admonition, pymdownx.superfences]
nav: [index.md, handbook.md]
validation: {{nav: {{omitted_files: ignore}}}}
"""
STANDARD_NAME = "2026-11-02-checkout-503.md"


@pytest.fixture
def site(project: Callable[..., Path]) -> Callable[..., Path]:
    """Build the site of a project on disk; its folder is `site` beside the postmortems."""

    def make(files: dict[str, str], more: str = "", **docs: str) -> Path:
        root = project(files)
        (root / "docs").mkdir(exist_ok=True)
        for name, text in ({"handbook": "# Handbook\n"} | docs).items():
            (root / "docs" / f"{name}.md").write_text(text)
        (root / "mkdocs.yml").write_text(CONFIG + more)
        build(load_config(str(root / "mkdocs.yml")))
        return root / "site"

    return make


def test_a_strict_build_warns_of_nothing(site: Callable[..., Path], caplog: pytest.LogCaptureFixture) -> None:
    built = site({STANDARD_NAME: STANDARD, "2026-11-05-update-crashed.md": light_text()})
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    for page in ("", "postmortems/", "postmortems/2026-11-02-checkout-503/", "recurrences/", "recurrences/cache-key-collision/", "filed/", "actions/", "rules/",
                 "reference/header/", "reference/policy/", "reference/commands/"):
        assert (built / page / "index.html").is_file(), page
    assert (built / "assets/hotwash/hotwash.css").is_file()


def test_both_doors_write_the_same_markdown(site: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hotwash import plugin

    made: dict[str, str] = {}

    def keep(page: Page, held: Callable[[], bytes], config: object) -> object:
        made[page.path] = held().decode()
        return original(page, held, config)

    original = plugin.file_of
    monkeypatch.setattr(plugin, "file_of", keep)
    root = site({STANDARD_NAME: STANDARD}).parent
    assert main(["pages", "--root", str(root), "--out", str(tmp_path / "out"), "--as-of", str(AS_OF), "--repository", REPOSITORY]) == 0
    written = {path.relative_to(tmp_path / "out").as_posix(): path.read_bytes().decode() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert written == made


def test_a_file_is_read_when_it_is_asked_for_and_what_another_plugin_writes_wins(site: Callable[..., Path]) -> None:
    config = load_config(str(site({STANDARD_NAME: STANDARD}).parent / "mkdocs.yml"))
    config.plugins._current_plugin = "hotwash"  # as MkDocs has it while it calls a plugin
    asked: list[str] = []
    file = file_of(Page("postmortems/a.md", ""), lambda: asked.append("a") or "# Größe\n".encode(), config)
    assert asked == []
    assert (file.content_string, file.content_bytes.decode()) == ("# Größe\n", "# Größe\n")
    assert asked == ["a", "a"]
    sent = pickle.loads(pickle.dumps(copy.deepcopy(file)))
    assert (sent.content_string, sent.src_uri) == ("# Größe\n", "postmortems/a.md")
    asked.clear()
    file.content_string = "# Another\n"
    assert (file.content_string, file.content_bytes, asked) == ("# Another\n", b"# Another\n", [])


def test_the_edit_link_opens_the_postmortem_or_the_handbook_and_no_list_has_one(site: Callable[..., Path]) -> None:
    built = site({STANDARD_NAME: STANDARD}, more="extra: {}\n")
    config = (built.parent / "mkdocs.yml").read_text().replace("font: false", "font: false, features: [content.action.edit]")
    (built.parent / "mkdocs.yml").write_text(config)
    build(load_config(str(built.parent / "mkdocs.yml")))
    button = re.compile(r'<a href="([^"]+)" title="Edit this page"')
    assert button.findall((built / "postmortems/2026-11-02-checkout-503/index.html").read_text()) == [f"{REPOSITORY}/edit/main/postmortems/{STANDARD_NAME}"]
    assert button.findall((built / "handbook/index.html").read_text()) == [f"{REPOSITORY}/edit/main/docs/handbook.md"]
    assert button.findall((built / "actions/index.html").read_text()) == []


def test_postmortems_stay_out_of_the_navigation(site: Callable[..., Path]) -> None:
    home = (site({STANDARD_NAME: STANDARD}) / "handbook/index.html").read_text()
    assert "checkout-503" not in home


def test_there_is_a_way_on_from_a_list_with_tabs_and_without(site: Callable[..., Path]) -> None:
    def beside(built: Path) -> str:
        return re.findall(r'<div class="md-sidebar md-sidebar--primary"[^>]*>', (built / "find/index.html").read_text())[0]

    assert "hidden" not in beside(site({STANDARD_NAME: STANDARD}))
    assert "hidden" in beside(site({STANDARD_NAME: STANDARD}, "theme: {name: material, font: false, features: [navigation.tabs]}\n"))


def test_a_page_that_the_team_wrote_itself_wins(site: Callable[..., Path]) -> None:
    built = site({STANDARD_NAME: STANDARD}, index="# Our own home\n")
    home = (built / "index.html").read_text()
    assert "Our own home" in home
    assert "Needs attention" not in home


def test_links_fit_a_site_without_folders(site: Callable[..., Path]) -> None:
    built = site({STANDARD_NAME: STANDARD}, more="use_directory_urls: false\n")
    for page in built.rglob("*.html"):
        for link in Markup(page.read_text()).links():
            if page.name != "404.html" and link and not link.startswith(("http", "#", "mailto:")):
                assert (page.parent / link.split("#")[0].split("?")[0]).exists(), (page, link)


def test_a_broken_policy_ends_the_build_in_one_line(site: Callable[..., Path], project: Callable[..., Path], caplog: pytest.LogCaptureFixture) -> None:
    root = site({}).parent
    project({}, policy="severities: [")
    with pytest.raises(Abort):
        build(load_config(str(root / "mkdocs.yml")))
    assert "hotwash: postmortems/policy.yml:" in caplog.records[-1].message


@pytest.mark.parametrize("key", ["site_description: After {id}", "copyright: See {id}", "nav: [index.md, {{'Story of {id}': handbook.md}}]", "nav: [index.md, {{Forge: 'https://example.com/{id}.md'}}]",
                                 "extra: {{notes: [{{link: 'https://example.com/{id}'}}]}}"])
def test_what_stands_around_every_page_names_nothing_that_is_hidden(site: Callable[..., Path], caplog: pytest.LogCaptureFixture, key: str) -> None:
    files, id = {STANDARD_NAME: STANDARD, "2026-11-05-hidden.md": light_text("visibility: restricted")}, "2026-11-05-hidden"
    said = key.format(id=id)
    with pytest.raises(Abort):
        site(files, said)
    assert f"hotwash: mkdocs.yml: `{said.partition(':')[0]}` names {id}, which a build for the audience `internal` does not show" in caplog.text


def test_a_page_that_is_hidden_drops_out_of_the_navigation(site: Callable[..., Path]) -> None:
    """So that two sites of one repository share it."""
    files = {STANDARD_NAME: STANDARD, "2026-11-05-hidden.md": light_text("visibility: restricted")}
    built = site(files, f"nav: [index.md, {{One: postmortems/{STANDARD_NAME}}}, {{Another: postmortems/2026-11-05-hidden.md}}]")
    assert "One" in [text.strip() for text in Markup((built / "index.html").read_text()).texts]
    assert not [path for path in built.rglob("*.html") if "Another" in path.read_text() or "2026-11-05-hidden" in path.read_text()]


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_a_class_that_only_a_skipped_postmortem_names_is_a_word_without_a_link(site: Callable[..., Path], audience: str) -> None:
    """There is no story to tell of it, so it has no page; a strict build would end at a link to one."""
    header = "status: skipped\nvisibility: public\nskipped: {why: nobody was affected, by: '@a'}\ncause: {class: a-class-of-its-own, what: x}\nactions: [{id: a1, do: x, owner: '@a', due: 2026-12-01, state: open}]"
    built = site({STANDARD_NAME: STANDARD, "2026-11-05-skipped.md": light_text(header)}, f"plugins: [search, hotwash: {{as_of: '{AS_OF}', audience: {audience}}}]\n")
    assert not (built / "recurrences/a-class-of-its-own").exists()
    assert "a-class-of-its-own" not in " ".join(link for path in built.rglob("*.html") for link in Markup(path.read_text()).links() if "recurrences" in link)
    options = next(facet for facet in json.loads((built / "find.json").read_text())["facets"] if facet["key"] == "class")["options"]
    assert ["to" in option for option in options if option["word"] == "a-class-of-its-own"] == [False]


def test_a_build_watches_the_postmortems(site: Callable[..., Path]) -> None:
    root = site({STANDARD_NAME: STANDARD}).parent
    config = load_config(str(root / "mkdocs.yml"))
    config.plugins.on_config(config)
    assert str(root / "postmortems") in config.watch


HOSTILE_BODY = """
## Account {: onclick="window.hit=1" }

<script>window.hit = 1</script>

<div markdown="1" onmouseover="window.hit=1">x</div>

[a](javascript:window.hit=1) [b](java&#115;cript:window.hit=1){: onclick="window.hit=1" } ![c](data:image/svg+xml,x){: onerror="window.hit=1" }

```html { onclick="window.hit=1" }
<script>shown</script>
```

!!! note "<img src=x onerror=window.hit=1>"

    <iframe src="https://evil.example"></iframe>

```
never closed

<script>window.hit = 1</script>
"""


@pytest.mark.parametrize("value", NASTY)
def test_nothing_that_a_writer_sends_runs_on_the_site(site: Callable[..., Path], value: str) -> None:
    import json

    title = json.dumps(value.replace("\u0002", "").replace("\u0003", ""))
    built = site({"2026-11-05-update-crashed.md": light_text(f"title: {title}\nparked: [{title}]", HOSTILE_BODY)})
    page = (built / "postmortems/2026-11-05-update-crashed/index.html").read_text()
    article = page[page.index("<article"):page.index("</article>")]
    assert not dangers(article)
    assert "<script>window" not in page
    assert "onerror=window" not in page.replace("onerror=window.hit=1&gt;", "")
    assert page[:page.index("<body")].count("<title>") == 1
    for name in ("index.html", "postmortems/index.html", "recurrences/index.html"):
        text = (built / name).read_text()
        assert not dangers(text[text.index("<article"):text.index("</article>")]), name


PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082")
STILL = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
HONEST_BODY = """
## Account of `a<b>` and <c>

The share rose[^1], and <https://example.com/a> {x} said so.<!-- prompt: say more -->

[^1]: The graph. It shows {y}.

- item

        if a < b: {c}  <!-- kept -->

- item

    ```html
    <b>{d}</b>
    ```

!!! note

    ```html
    <i>{e}</i>
    ```

A span `over two
<lines> {f}` ends.

<div>raw</div>
"""


def article(built: Path, page: str) -> str:
    text = (built / page / "index.html").read_text()
    return text[text.index("<article"):text.index("</article>")]


def test_honest_text_reaches_the_reader_as_it_was_written(site: Callable[..., Path]) -> None:
    built = site({"2026-11-05-update-crashed.md": light_text("", HONEST_BODY)}, more="").parent
    config = (built / "mkdocs.yml").read_text().replace("admonition,", "admonition, footnotes, toc: {permalink: true},").replace("[attr_list", "[attr_list")
    (built / "mkdocs.yml").write_text(re.sub(r"markdown_extensions: .*", "markdown_extensions: [attr_list, md_in_html, admonition, footnotes, pymdownx.superfences]", config))
    build(load_config(str(built / "mkdocs.yml")))
    page = (built / "site/postmortems/2026-11-05-update-crashed/index.html").read_text()
    said = "".join(Markup(article(built / "site", "postmortems/2026-11-05-update-crashed")).texts)
    for words in ("Account of a<b> and <c>", "rose1, and https://example.com/a {x} said so.\n", "The graph. It shows {y}.", "if a < b: {c}  <!-- kept -->",
                  "<b>{d}</b>", "<i>{e}</i>", "over two\n<lines> {f}", "<div>raw</div>"):
        assert words in said, words
    assert "prompt" not in page
    assert not {"\ufdd0", "\ufdd1", "\ufdd2"} & set(page + (built / "site/search/search_index.json").read_text())
    assert page.count("Account of ") >= 2, "the heading, and the table of contents"


def test_a_picture_beside_the_postmortems_is_shown_and_none_from_elsewhere(site: Callable[..., Path], project: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PIXEL)
    img = tmp_path / "postmortems" / "img"
    img.mkdir(parents=True)
    (img / "a graph.png").write_bytes(PIXEL)
    (img / "still.svg").write_text(STILL)
    (img / "lively.svg").write_text(STILL.replace("<path", "<script>1</script><path"))
    (img / "large.png").write_bytes(PIXEL + bytes(2 * 1024 * 1024))
    (img / "linked.png").symlink_to(tmp_path / "secret.png")
    (img / "notes.txt").write_text("x")
    body = "\n\n".join(f"![{alt}]({target})" for alt, target in (
        ("a", "img/a%20graph.png"), ("b", "img/still.svg"), ("c", "img/lively.svg"), ("d", "img/large.png"), ("e", "img/linked.png"), ("f", "../secret.png"),
        ("g", "https://example.com/g.png"), ("h", "/assets/h.png"),
    ))  # fmt: skip
    built = site({"2026-11-05-update-crashed.md": light_text("", body + "\n\n    ![i](https://example.com/i.png)\n\n\\![k](https://example.com/k.png)\n")})
    shown = [attributes for tag, attributes in Markup(article(built, "postmortems/2026-11-05-update-crashed")).elements if tag == "img"]
    assert [(image["alt"], image["src"]) for image in shown] == [("a", "../img/a%20graph.png"), ("b", "../img/still.svg")]
    assert sorted(path.name for path in (built / "postmortems/img").iterdir()) == ["a graph.png", "still.svg"]
    assert main(["pages", "--root", str(tmp_path), "--out", str(tmp_path / "out"), "--as-of", str(AS_OF)]) == 0
    assert sorted(path.name for path in (tmp_path / "out/postmortems/img").iterdir()) == ["a graph.png", "still.svg"]


@pytest.mark.parametrize("svg", [
    "<svg onload=x>", "<svg><a href='java&#115;cript:x'/></svg>", "<svg><x:script xmlns:x='http://www.w3.org/2000/svg'/></svg>", "<!DOCTYPE s [<!ENTITY a 'b'>]><svg/>",
    "<svg><set attributeName='href'/></svg>", "<?xml version='1.0' encoding='utf-7'?><svg/>", "<svg><foreignObject/></svg>", "<svg><use href='data:text/html,x'/></svg>",
])  # fmt: skip
def test_a_drawing_in_which_something_may_run_stays_at_home(tmp_path: Path, svg: str) -> None:
    from hotwash.site import pictures

    (tmp_path / "postmortems").mkdir()
    (tmp_path / "postmortems/a.svg").write_text(svg)
    (tmp_path / "postmortems/b.svg").write_bytes(svg.encode("utf-16"))
    (tmp_path / "postmortems/c.svg").write_text(STILL)
    assert list(pictures(tmp_path)) == ["postmortems/c.svg"]


@pytest.mark.parametrize("directories", ["true", "false"])
def test_links_lead_to_files_of_every_name(site: Callable[..., Path], directories: str) -> None:
    from urllib.parse import unquote

    names = ["2026-11-05-a#b.md", "2026-11-06-a b.md", "2026-11-07-a%20b.md", "2026-11-08-what?.md", "draft.md"]
    built = site({name: light_text() for name in names}, more=f"use_directory_urls: {directories}\n")
    for page in ("index.html", "postmortems/index.html", "actions/index.html" if directories == "true" else "actions.html"):
        links = [link for link in Markup((built / page).read_text()).links() if "2026-" in link]
        assert links, page
        for link in links:
            assert ((built / page).parent / unquote(link.split("#")[0].split("?")[0])).exists(), (page, link)


def test_a_postmortem_that_is_named_like_a_list_ends_the_build_in_one_line(site: Callable[..., Path], caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Abort):
        site({"by-severity.md": light_text()})
    assert "hotwash: postmortems/by-severity.md: a list of the site stands at this name; rename the file" in caplog.records[-1].message


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is done elsewhere")
@pytest.mark.parametrize(("waits", "far", "by"), [({0: 5}, 5, "there"), ({0: 39, 39: 34}, 34, "here")])
def test_two_processes_make_the_pages_from_both_ends_and_leave_them_in_order(waits: dict[int, int], far: int, by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the long work is, at the beginning or at the end, the other process goes on beyond the middle."""
    monkeypatch.setattr(shelving, "possible", lambda: True)
    monkeypatch.setattr(shelving, "_MANY", 0)
    here = os.getpid()

    def piece(place: int) -> list[Page]:
        with (tmp_path / f"{place}").open("a") as times:
            times.write("once ")
        until = time.monotonic() + 30
        while place in waits and not (tmp_path / f"{waits[place]}").exists() and time.monotonic() < until:
            time.sleep(0.01)
        return [Page(f"{place}.md", "here" if os.getpid() == here else "there")]

    made = [page for pages in shelving.Shelving(tmp_path, site_of(), "").each([partial(piece, place) for place in range(40)]) for page in pages]
    assert [page.path for page in made] == [f"{place}.md" for place in range(40)]
    told = [page.text for page in made]
    assert told == sorted(told), "one from the front, the other from behind"
    assert (told[0], told[far], told[39]) == ("here", by, "there")
    assert len([place for place in range(40) if (tmp_path / f"{place}").read_text() != "once "]) <= 1, "only where the two meet may both make the same"
