"""What a reader waits for and fetches before the first result of a full-text search, and what the index costs to make.

Builds a site of generated postmortems (`--site` takes one that is built), opens a new browser without any cache for each query, and counts from the key that
ends the query to the first result on the screen. Bytes are those on the wire from the first key on, favicon and all. Nothing is throttled, and nothing here
fails. Beside it: the seconds and the memory of indexing everything, and of indexing again after one changed page.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from generate import write

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]
CONFIG = """site_name: Postmortems
theme: {name: material, font: false}
plugins: [search, hotwash: {as_of: "2026-11-20"}]
validation: {nav: {omitted_files: ignore}}
nav: [index.md]
"""
QUERIES = (
    "certificate", "worker pool lost its place", "INC-4711", "runbook dashboard tenant", "release 3881", "xylophone", "the service", "rounded prices down payments",
    "twice prices overdue answered outage", "the queue of checkout lost its place after release 3881", "4711 8123 3881", '"lost its place"',
)
"""Common words, rare ones, both; none that is found; three and five of middling frequency; a sentence; numbers; a phrase."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")


class Seen(NamedTuple):
    """One query: milliseconds to the first result after the last key, and with the typing; bytes and requests; what was said of the number."""

    words: str
    waited: float
    typed: float
    fetched: int
    requests: int
    said: str


def main() -> None:
    """Print two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000, help="how many postmortems (default: 10000)")
    parser.add_argument("--site", type=Path, help="a site that is built already")
    parser.add_argument("--runs", type=int, default=3, help="browsers opened for each query; the median counts (default: 3)")
    options = parser.parse_args()
    with _site(options.site, options.files) as site:
        _index(site)
        print(f"\n{'query':<56} {'first result':>13} {'with typing':>12} {'fetched':>9} {'requests':>9}  said")
        for seen in _asked(site, options.runs):
            print(f"{seen.words:<56} {seen.waited:>10.0f} ms {seen.typed:>9.0f} ms {seen.fetched / 1000:>6.0f} kB {seen.requests:>9}  {seen.said}")


@contextmanager
def _site(built: Path | None, files: int) -> Iterator[Path]:
    if built:
        yield built
        return
    with tempfile.TemporaryDirectory(prefix="hotwash-bench-") as folder:
        root = Path(folder)
        write(root, files)
        (root / "docs").mkdir()
        (root / "mkdocs.yml").write_text(CONFIG)
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "hooks")}
        subprocess.run((sys.executable, "-m", "mkdocs", "build", "-q"), cwd=root, env=environment, check=True)
        yield root / "site"


def _asked(site: Path, runs: int) -> Iterator[Seen]:
    from playwright.sync_api import sync_playwright
    from serving import served

    with served(site) as address, sync_playwright() as playwright:
        for words in QUERIES:
            found = sorted((_ask(playwright, address, words) for _ in range(runs)), key=lambda seen: seen.waited)
            yield found[len(found) // 2]


def _ask(playwright: Any, address: str, words: str) -> Seen:
    browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=list(FLAGS))
    page = browser.new_context().new_page()
    asked: list[Any] = []
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.on("requestfinished", lambda request: asked.append(request))
    page.keyboard.press("/")
    began = time.perf_counter()
    page.keyboard.type(words, delay=60)
    ended = time.perf_counter()
    while page.evaluate("new URL(location).searchParams.get('q')") != words:
        page.wait_for_timeout(5)
    page.locator(".md-search-result__item, .md-search-result__meta a").first.wait_for()
    shown = time.perf_counter()
    said = page.locator(".md-search-result__meta").inner_text()
    fetched = [request.sizes() for request in asked]
    browser.close()
    return Seen(words, 1000 * (shown - ended), 1000 * (shown - began), sum(size["responseBodySize"] + size["responseHeadersSize"] for size in fetched), len(fetched), said)


def _index(site: Path) -> None:
    """Index a copy of what was built, anew and after one change. The program is a process of its own, so its memory counts apart from ours."""
    from hotwash.full_text import Index
    from hotwash.shards import searched

    pages = sorted(path.relative_to(site).as_posix() for path in site.glob("postmortems/*/index.html"))
    with tempfile.TemporaryDirectory(prefix="hotwash-bench-") as folder:
        root = Path(folder)
        (root / ".git").mkdir()
        print(f"{'indexing':<30} {'wall':>8} {'program':>9} {'most memory':>12}")
        for what in (f"{len(pages)} pages", "again, nothing changed", "again, one page changed"):
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            index = Index(root, root / "site", "en")
            for number, path in enumerate(pages):
                text = (site / path).read_text("utf-8")
                if not number and "one page" in what:
                    text = text.replace("</article>", "<p>Changed.</p></article>")
                (root / "site" / path).parent.mkdir(parents=True, exist_ok=True)
                (root / "site" / path).write_text(text, "utf-8")
                index.take(path, {})
                index.read(path, path, path, "", searched(text))
            read = time.perf_counter()
            index.write()
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(f"{what:<30} {time.perf_counter() - read:>6.1f} s {spent:>7.1f} s {after.ru_maxrss / 1000:>9.0f} MB   (reading and hashing, files written: {read - began:.1f} s)")


if __name__ == "__main__":
    main()
