"""How long a check takes, as a whole process, beside other programs in the same run.

Ratios are taken pair by pair (ours, theirs, ours, theirs ...), so that a machine that drifts drifts for both. CPU seconds of the process and its
children count, not the clock on the wall. The budgets stand in the handbook's page on speed; nothing here fails.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from generate import write

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from hotwash import project  # noqa: E402
from hotwash.check import check_file  # noqa: E402
from hotwash.rules import load  # noqa: E402

BARE = (sys.executable, "-I", "-c", "pass")
HOTWASH = (sys.executable, str(ROOT / "hooks"), "check")
Prepare = Callable[[], object]


def main() -> None:
    """Print a table of ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000, help="how many postmortems the large archive holds (default: 1000)")
    parser.add_argument("--runs", type=int, default=9, help="pairs of runs (default: 9)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hotwash-bench-") as folder:
        archive = Path(folder)
        write(archive, options.files)
        subprocess.run(("git", "init", "-q", str(archive)), check=True)
        print(f"{options.files} postmortems, {_megabytes(archive)} MB; {options.runs} pairs of runs; CPU seconds of whole processes\n")
        print(f"{'what':<52} {'ours':>8} {'theirs':>8} {'ratio':>7}  (least, most)")
        _one_file(archive, options.runs)
        _touches(archive, options.runs)
        _whole_archive(archive, options.files, options.runs)
        _blameless_alone(archive)


def _one_file(archive: Path, runs: int) -> None:
    file = next((archive / "postmortems").glob("*.md"))
    check = (*HOTWASH, "--root", str(archive), str(file))
    _run(check)
    _row("one unchanged file / bare interpreter", check, BARE, runs)
    _row("one changed clean file / bare interpreter", check, BARE, runs, lambda: _touch(file))
    whole = file.read_text("utf-8")
    file.write_text(whole.replace("status: published", "status: publised"), "utf-8")
    _row("one changed file with a finding / bare interpreter", check, BARE, runs, lambda: _touch(file))
    file.write_text(whole, "utf-8")


def _touches(archive: Path, runs: int) -> None:
    """The hook that every commit of any file pays for."""
    hook = (sys.executable, str(ROOT / "hooks"), "touches", "--hook")
    inside = os.getcwd()
    os.chdir(archive)
    _run((*hook, "README.md"))
    _row("touches hook, nothing touched / bare interpreter", (*hook, "README.md", "src/main.py"), BARE, runs)
    _row("touches hook, something touched / bare interpreter", (*hook, "config/cache/keys.yml", "src/main.py"), BARE, runs)
    os.chdir(inside)


def _whole_archive(archive: Path, count: int, runs: int) -> None:
    check = (*HOTWASH, "--root", str(archive))
    cache, file = archive / ".git" / "hotwash.sqlite", next((archive / "postmortems").glob("*.md"))
    few = max(3, runs // 3)
    ours = _row("whole archive, cold / bare interpreter", check, BARE, few, lambda: cache.unlink(missing_ok=True))
    print(f"{'':<4}that is {count / ours:,.0f} files a CPU second")
    _row("whole archive, one changed / bare interpreter", check, BARE, few, lambda: _touch(file))
    if peer := shutil.which("check-jsonschema", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"):
        headers = _headers(archive)
        theirs = (peer, "--schemafile", str(ROOT / "schemas" / "postmortem.schema.json"), *headers)
        _row("whole archive, cold / check-jsonschema on its headers", check, theirs, few, lambda: cache.unlink(missing_ok=True))
    else:
        print("check-jsonschema is not installed: no comparison with it")


def _blameless_alone(archive: Path) -> None:
    """The one group whose cost grows with the prose: files that are read already, in this process, beside the bare interpreter."""
    policy, rules = project.load_policy(archive), load(["blameless"])
    posts = [project.read_postmortem(archive, path) for path, _ in sorted(project.postmortem_paths(archive))]
    began = time.process_time()
    for post in posts:
        check_file(post, policy, rules)
    took, bare = time.process_time() - began, _run(BARE)
    print(f"{'blameless alone, in one process / bare interpreter':<52} {took:>8.3f} {bare:>8.3f} {took / bare:>7.2f}")
    print(f"{'':<4}that is {sum(len(post.body) for post in posts) / 5000 / took:,.0f} files of 5 KB a CPU second")


def _headers(archive: Path) -> list[str]:
    """The headers alone, since no other tool reads them out of Markdown."""
    names = []
    for path in sorted((archive / "postmortems").glob("*.md")):
        target = archive / f"{path.stem}.yaml"
        target.write_text(path.read_text("utf-8").split("---\n")[1], "utf-8")
        names.append(str(target))
    return names


def _row(name: str, ours: Sequence[str], theirs: Sequence[str], runs: int, prepare: Prepare = lambda: None) -> float:
    """Run the pairs and print a line; the median of our CPU seconds."""
    pairs = []
    for _ in range(runs + 1):
        prepare()
        pairs.append((_run(ours), _run(theirs)))
    pairs = pairs[1:]
    ratios = [mine / other for mine, other in pairs]
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{name:<52} {mine:>8.3f} {other:>8.3f} {statistics.median(ratios):>7.2f}  ({min(ratios):.2f}, {max(ratios):.2f})", flush=True)
    return mine


def _run(command: Sequence[str]) -> float:
    """CPU seconds of a process. Byte code is written and used, as in any install."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def _touch(file: Path) -> None:
    """A change that no rule minds."""
    with file.open("a", encoding="utf-8") as text:
        text.write(" \n")


def _megabytes(archive: Path) -> int:
    return sum(path.stat().st_size for path in (archive / "postmortems").glob("*.md")) // 1_000_000


if __name__ == "__main__":
    main()
