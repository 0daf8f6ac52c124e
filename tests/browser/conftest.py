"""What the browser tests share: two built sites on a local port, and tabs that report whatever they ask for."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import hostile_site
import pytest
from helpers import light_text
from serving import built, built_of, served
from sites import NASTY

CHECKOUT = Path(__file__).parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here, and say why it is skipped where it cannot run. On CI nothing is: there, what is missing has to fail."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            if (reason := _missing()) and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=reason))


def _missing() -> str:
    try:
        import material  # noqa: F401
        import playwright  # noqa: F401
    except ImportError as error:
        return f"{error.name} is not installed"
    found = any(point.name == "hotwash" for point in entry_points(group="mkdocs.plugins"))
    return "" if found else "hotwash is not installed, so MkDocs does not find its plugin: pip install --editable ."


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of this repository's own site."""
    with served(built(CHECKOUT / "mkdocs.yml", tmp_path_factory.mktemp("site") / "out")) as address:
        yield address


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the same site as everybody may see it."""
    with served(built(CHECKOUT / "mkdocs.yml", tmp_path_factory.mktemp("public") / "out", "public")) as address:
        yield address


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose writers try everything."""
    postmortems = {}
    for number, value in enumerate(NASTY):
        title = json.dumps(f"word{number} " + value.replace("\u0002", "").replace("\u0003", ""))
        text = light_text(f"title: {title}\nparked: [{title}]", f"## Account {value}\n\n{value}\n\n<b onclick='window.hit=1'>press</b>\n")
        postmortems[f"2026-11-{number + 1:02d}-x.md"] = text
    with served(built_of(postmortems, tmp_path_factory.mktemp("hostile"))) as address:
        yield address


def _until(page: Any, expression: str, arg: Any = None, timeout: int = 10_000) -> Any:
    """What Playwright's own `wait_for_function` does, which lets the page evaluate a text: the policy of our pages forbids that, rightly."""
    for _ in range(timeout // 20):
        if answer := page.evaluate(expression, arg):
            return answer
        page.wait_for_timeout(20)
    raise AssertionError(f"waited in vain for {expression}")


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The address of a site with an attack at every key of every header and in the policy's names, and all its pages."""
    folder = hostile_site.build(hostile_site.write(tmp_path_factory.mktemp("attacked") / "x"))
    with served(folder) as address:
        yield address, sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


@pytest.fixture
def look(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Open a page of a given width and colour scheme. `page.asked` are the addresses it asked for, `page.errors` what went wrong."""
    opened = []

    def make(width: int = 1280, scheme: str = "light") -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        opened.append(context)
        page = context.new_page()
        page.asked, page.errors = [], []
        page.wait_for_function = partial(_until, page)
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        return page

    yield make
    for context in opened:
        context.close()
