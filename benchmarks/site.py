"""How long the site takes to build, beside plain MkDocs and Material on the same Markdown, in the same run.

Plain: the postmortems as they are in the source folder, out of the navigation, Material's own search on. Ours: the hotwash site with everything on it,
under the same theme and the same Markdown extensions. Whole processes; CPU seconds of each and its children, seconds on the wall, the most memory that one
of them held, and (on Linux, looked at every two seconds, so that a short peak may be missed) all of them together, what they share counted once.
`--files 10000` takes ten minutes or so. Nothing here fails.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from generate import write

ROOT = Path(__file__).resolve().parent.parent
ASK = build_opener(ProxyHandler({})).open
AS_OF = "2026-11-20"
PORT = 8765
THEME = """site_name: Postmortems
docs_dir: {docs}
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.top, toc.follow, content.action.edit, content.code.copy, search.suggest, search.highlight]
  palette:
    - {{media: "(prefers-color-scheme: light)", scheme: default, toggle: {{icon: material/weather-night, name: Dark}}}}
    - {{media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {{icon: material/weather-sunny, name: Light}}}}
markdown_extensions:
  - admonition
  - footnotes
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tasklist
  - pymdownx.highlight
  - tables: {{use_align_attribute: true}}
  - toc: {{permalink: true, toc_depth: 3}}
"""
PLAIN = THEME + "plugins: [search]\nnav: [index.md]\nnot_in_nav: /postmortems/\n"
OURS = THEME + f'plugins: [search, hotwash: {{{{as_of: "{AS_OF}", repository: https://example.com/shop/postmortems}}}}]\n' + """nav:
  - index.md
  - Postmortems: [postmortems/index.md, postmortems/by-severity.md, postmortems/by-service.md, filed.md]
  - recurrences/index.md
  - actions.md
  - Rules: rules/index.md
"""


_LOOK = 2.0
"""Seconds between two looks at memory. Each takes the kernel a hundredth of a second for 500 MB, on a processor that a build may want."""


class Spent(NamedTuple):
    """What a build took: CPU seconds, seconds on the wall, the most memory that a process of it held, and all of them together, in MB."""

    cpu: float
    wall: float
    memory: float
    together: float


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000, help="how many postmortems (default: 1000)")
    parser.add_argument("--serve", type=int, default=1000, help="how many where `mkdocs serve` is timed; 0 for not at all (default: 1000)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hotwash-bench-") as folder:
        if options.files:
            _builds(Path(folder, "built"), options.files)
        if options.serve:
            _edits(Path(folder, "served"), options.serve)


def _builds(folder: Path, count: int) -> None:
    _project(folder, count)
    print(f"{count} postmortems; whole processes\n\n{'what':<34} {'CPU s':>8} {'x plain':>8} {'wall s':>8} {'x plain':>8} {'MB':>6} {'all MB':>7}", flush=True)
    plain = _row("plain MkDocs + Material", folder, "plain.yml", None)
    _row("ours, cold", folder, "mkdocs.yml", plain)
    _row("ours, nothing changed", folder, "mkdocs.yml", plain)
    _edit(folder)
    _row("ours, one file changed", folder, "mkdocs.yml", plain)
    _edit(folder, title="Another title")
    _row("ours, one title changed", folder, "mkdocs.yml", plain)
    _row("plain again", folder, "plain.yml", plain)
    print(f"\non disk: plain {_size(folder / 'site-plain')}, ours {_size(folder / 'site-mkdocs')}, kept in .git {_size(folder / '.git', 'hotwash*')}\n", flush=True)


def _row(name: str, folder: Path, config: str, plain: Spent | None) -> Spent:
    """Build once and print a line."""
    print(f"{time.strftime('%H:%M:%S')} {name} ...", file=sys.stderr, flush=True)
    spent = _build(folder, config)
    than = plain or spent
    print(f"{name:<34} {spent.cpu:>8.1f} {spent.cpu / than.cpu:>8.2f} {spent.wall:>8.1f} {spent.wall / than.wall:>8.2f} {spent.memory:>6.0f} {spent.together:>7.0f}", flush=True)
    return spent


def _project(folder: Path, count: int) -> None:
    """The archive, in a repository, and a configuration for each of both sites."""
    write(folder, count, hours=10 * 365 * 24 / count)
    for name in ("docs", "plain"):
        (folder / name).mkdir()
    (folder / "plain" / "index.md").write_text("# Postmortems\n", "utf-8")
    (folder / "plain" / "postmortems").mkdir()
    for file in (folder / "postmortems").glob("*.md"):
        os.link(file, folder / "plain" / "postmortems" / file.name)
    (folder / "plain.yml").write_text(f"{PLAIN.format(docs='plain')}site_dir: site-plain\n", "utf-8")
    (folder / "mkdocs.yml").write_text(f"{OURS.format(docs='docs')}site_dir: site-mkdocs\n", "utf-8")
    git = ("git", "-C", str(folder), "-c", "user.name=bench", "-c", "user.email=bench@example.com")
    subprocess.run((*git, "init", "-q", "-b", "main"), check=True)
    subprocess.run((*git, "add", "postmortems"), check=True)
    subprocess.run((*git, "commit", "-q", "-m", "file them all"), check=True)


def _edit(folder: Path, said: str = "One sentence more.", title: str = "") -> Path:
    """Change one postmortem in the middle of the archive: its body, or its title as well, which stands in many lists."""
    files = sorted((folder / "postmortems").glob("*.md"))
    file = files[len(files) // 2]
    # Written anew, not appended: the plain site's copy is the same file on disk and stays as it was.
    text = file.read_text("utf-8")
    file.unlink()
    file.write_text(f"{re.sub('^title: .*', f'title: {title}', text, count=1, flags=re.MULTILINE) if title else text}\n{said}\n", "utf-8")
    return file


def _mkdocs(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "mkdocs", *arguments)


def _environment() -> dict[str, str]:
    """Ours is this checkout's; byte code is written and used, as in any install."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT / "hooks"), "NO_MKDOCS_2_WARNING": "1"}


def _build(folder: Path, config: str) -> Spent:
    """One build, started by a small process that waits for it, so that its children's memory and time are its own."""
    waiter = "import resource, subprocess, sys; r = subprocess.run(sys.argv[1:]).returncode; u = resource.getrusage(resource.RUSAGE_CHILDREN); print(r, u.ru_utime + u.ru_stime, u.ru_maxrss)"
    began, together = time.monotonic(), 0.0
    command = (sys.executable, "-I", "-c", waiter, *_mkdocs("build", "-q", "-f", str(folder / config)))
    with subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            together = max(together, sum(map(_held, _family(process.pid))))
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK)
        out, said = process.communicate()
    status, cpu, memory = out.split()[-3:]
    if status != "0":
        raise SystemExit(said[-3000:])
    return Spent(float(cpu), time.monotonic() - began, float(memory) / 1024, together)


def _family(process: int) -> Iterator[int]:
    """A process and all that it started."""
    yield process
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))


def _held(process: int) -> float:
    """The memory that a process holds in MB, its share of what it shares with others."""
    with suppress(OSError):
        found = re.search(r"^Pss: +(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
        return int(found[1]) / 1024 if found else 0
    return 0


def _edits(folder: Path, count: int) -> None:
    """How long `mkdocs serve` needs until it shows an edit, three times."""
    _project(folder, count)
    with _served(folder, "mkdocs.yml") as (address, log):
        began = time.monotonic()
        _until(lambda: b"hw-panel" in ASK(address + "/postmortems/" + _edit_page(folder), timeout=60).read(), log)
        print(f"serve, {count} postmortems: first shown after {time.monotonic() - began:.1f} s", flush=True)
        for turn in range(3):
            time.sleep(2)
            said = f"Edited for the {turn}th time."
            page = f"{address}/postmortems/{_edit(folder, said).stem}/"
            began = time.monotonic()
            _until(lambda page=page, said=said: said.encode() in ASK(page, timeout=60).read(), log)
            print(f"serve, {count} postmortems: an edit is shown after {time.monotonic() - began:.2f} s", flush=True)


def _edit_page(folder: Path) -> str:
    files = sorted((folder / "postmortems").glob("*.md"))
    return f"{files[len(files) // 2].stem}/"


@contextmanager
def _served(folder: Path, config: str) -> Iterator[tuple[str, Path]]:
    log = folder / "serve.log"
    command = _mkdocs("serve", "-f", str(folder / config), "-a", f"127.0.0.1:{PORT}")
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=_environment(), stdout=out, stderr=out)
        try:
            yield f"http://127.0.0.1:{PORT}", log
        finally:
            process.terminate()
            process.wait()


def _until(shown: Callable[[], bool], log: Path) -> None:
    """Ask until it is so.

    Raises:
        SystemExit: it was not so within five minutes.
    """
    for _ in range(6000):
        try:
            if shown():
                return
        except (URLError, OSError):
            pass
        time.sleep(0.05)
    raise SystemExit(log.read_text("utf-8", "replace")[-3000:])


def _size(folder: Path, pattern: str = "**/*") -> str:
    files = [path for path in folder.glob(pattern) if path.is_file()]
    return f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
