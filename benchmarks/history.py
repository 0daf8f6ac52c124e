"""How long the whole past of an archive takes to read, beside a bare `git log` over the same repository.

Git itself makes the repository (`git fast-import`): every tenth postmortem comes by a merge, each is filed by one commit and published by another,
and each commit is approved by a trailer. CPU seconds of whole processes count, Git's own included.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from generate import postmortem

ROOT = Path(__file__).resolve().parent.parent
BARE = ("git", "log", "--raw", "-z", "--first-parent", "-m")
OURS = (sys.executable, "-c", "import sys; from hotwash.history import load_history; print(len(load_history(sys.argv[1]).files))")


def main() -> None:
    """Print a table of ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000, help="how many postmortems (default: 10000)")
    parser.add_argument("--commits", type=int, default=10_000, help="how many commits on the branch (default: 10000)")
    parser.add_argument("--runs", type=int, default=3, help="pairs of runs (default: 3)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hotwash-bench-") as folder:
        subprocess.run(("git", "init", "-q", "-b", "main", folder), check=True)
        subprocess.run(("git", "-C", folder, "fast-import", "--quiet"), input=b"".join(_stream(options.files, options.commits)), check=True)
        kept = Path(folder, ".git", "hotwash-history.json")
        count = subprocess.run(("git", "-C", folder, "rev-list", "--count", "HEAD"), capture_output=True, text=True, check=True).stdout.strip()
        print(f"{options.files} postmortems, {count} commits; {options.runs} pairs of runs; CPU seconds of whole processes\n")
        print(f"{'what':<44} {'ours':>7} {'git log':>8} {'ratio':>7}")
        for name, spoil in (("cold", _forget), ("cached, one commit more", _commit), ("cached", None)):
            pairs = []
            for _ in range(options.runs):
                if spoil:
                    spoil(Path(folder), kept)
                pairs.append((_seconds((*OURS, folder), folder), _seconds(BARE, folder)))
            ours, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
            print(f"{f'the whole past, {name}':<44} {ours:>7.2f} {bare:>8.2f} {statistics.median(a / b for a, b in pairs):>7.2f}", flush=True)


def _stream(files: int, commits: int) -> Iterator[bytes]:
    """What fast-import reads: stubs first, then their publication, then small changes, one or more files a commit."""
    made = [postmortem(number, number // 20, []) for number in range(files)]
    work = [(number, kind) for kind in ("filed", "published") for number in range(files)]
    work += [(number % files, "changed") for number in range(max(0, commits - len(work)))]
    each = -(-len(work) // commits)
    mark = 0
    for start in range(0, len(work), each):
        mark += 1
        before = f"from :{mark - 1}\n" if mark > 1 else ""
        lines = b"".join(_file(*made[number], kind) for number, kind in work[start : start + each])
        if mark > 1 and mark % 10 == 0:
            yield _commit_of(mark, "topic", before, "write", start) + lines
            merged = f"{before}merge :{mark}\n"
            mark += 1
            yield _commit_of(mark, "main", merged, "merge\n\nReviewed-by: Reader <reader@example.com>\n", start) + lines
        else:
            yield _commit_of(mark, "main", before, "write\n\nApproved-by: Reader <reader@example.com>\n", start) + lines


def _commit_of(mark: int, branch: str, parents: str, message: str, when: int) -> bytes:
    who = f"Writer <writer@example.com> {1_700_000_000 + when * 60} +0000"
    return f"commit refs/heads/{branch}\nmark :{mark}\ncommitter {who}\ndata {len(message)}\n{message}\n{parents}".encode()


def _file(name: str, text: str, kind: str) -> bytes:
    status = "filed" if kind == "filed" else "published"
    body = (text.replace("status: published", f"status: {status}") + f"\n{kind}\n").encode()
    return f"M 100644 inline postmortems/{name}\ndata {len(body)}\n".encode() + body + b"\n"


def _forget(_: Path, kept: Path) -> None:
    kept.unlink(missing_ok=True)


def _commit(folder: Path, _: Path) -> None:
    """One more postmortem on the branch."""
    name, text = postmortem(time.time_ns() % 1_000_000, 1, [])
    stream = _commit_of(1, "main", "from refs/heads/main^0\n", "more", 10**7) + _file(name, text, "published")
    subprocess.run(("git", "-C", str(folder), "fast-import", "--quiet", "--force"), input=stream, check=True)


def _seconds(command: tuple[str, ...], folder: str) -> float:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(ROOT / "hooks")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


if __name__ == "__main__":
    main()
