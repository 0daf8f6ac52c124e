"""Answer the five questions of an effectiveness check, and write the answers into the header.

They come 30 days after publication, and again 30 days after the fix was done. On a terminal what is not given is asked for; two answers are proposed
from the archive. Without a terminal, every answer that the archive does not know is given as a flag.

Examples:
  hotwash effectiveness checkout-503
  hotwash effectiveness checkout-503 --about fix --by @checkout-po --documented yes --implemented yes --aware no
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from typing import Any

from hotwash import closing, project, rewrite
from hotwash.effectiveness import ABOUT, QUESTIONS, known, open_to, recorded
from hotwash.model import Failure
from hotwash.today import as_of

_YES, _NO = ("yes", "y"), ("no", "n")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("id", metavar="ID", help="the postmortem: its id, a part that only one has, or its path")
    parser.add_argument("--about", choices=ABOUT, help="which of the two checks it is")
    parser.add_argument("--by", metavar="HANDLE", help="who answers, such as @checkout-po")
    parser.add_argument("--on", metavar="DAY", help="the day it was answered: YYYY-MM-DD (default: today)")
    for key, question in QUESTIONS.items():
        parser.add_argument(f"--{key.replace('_', '-')}", choices=(_YES[0], _NO[0]), help=question)
    parser.add_argument("--note", metavar="TEXT", help="what the answers leave open")
    parser.add_argument("--dry-run", action="store_true", help="print what would change, and change nothing")
    parser.add_argument("--as-of", metavar="DAY", help="what counts as today (default: SOURCE_DATE_EPOCH, else today in UTC)")


def run(options: argparse.Namespace) -> int:
    """Gather the answers and append them."""
    root, today = project.find_root(options.root), as_of(options.as_of)
    file = rewrite.opened(root, options.id)
    on = closing.given_day(options.on, "--on", today)
    proposed = known(file.post, project.load_archive(root, project.load_policy(root)), on)
    asking = sys.stdin.isatty()
    if not asking:
        _nothing_missing(options, proposed)
    open_to(file.post, options.about or "")
    about = options.about or _asked("about", f"which check? {' or '.join(ABOUT)}", "fix" if file.post.text("fix", "state") == "done" else "publication", ABOUT)
    open_to(file.post, about)
    by = closing.person(options.by or _asked("by", "who answers? a handle"), "--by")
    answers = {key: _answer(options, key, proposed, asking=asking) for key in QUESTIONS}
    note = options.note or (_asked("note", "what do the answers leave open? (may be empty)", " ") if asking else "")
    answer: dict[str, Any] = {"on": on.isoformat(), "by": by, "about": about, **answers}
    answer |= {"note": " ".join(note.split())} if note.strip() else {}
    text = rewrite.changed(file, partial(recorded, post=file.post, answer=answer))
    if options.dry_run:
        sys.stdout.write(rewrite.diff(file, text))
        return 0
    rewrite.replace(file, text)
    print(f"{file.post.path}: answered about the {about} on {on}", flush=True)
    print("commit it" if all(answers.values()) else "commit it; a no is worth an action with an owner, or a line in `note`", file=sys.stderr)
    return 0


def _nothing_missing(options: argparse.Namespace, proposed: dict[str, tuple[bool, str]]) -> None:
    missing = [f"--{key}" for key in ("about", "by") if not getattr(options, key)]
    missing += [f"--{key.replace('_', '-')}" for key in QUESTIONS if not getattr(options, key) and key not in proposed]
    if missing:
        raise Failure(f"without a terminal, give {', '.join(missing)} as well")


def _answer(options: argparse.Namespace, key: str, proposed: dict[str, tuple[bool, str]], *, asking: bool) -> bool:
    given: str | None = getattr(options, key)
    default, reason = proposed.get(key, (None, ""))
    if given is None and asking:
        said = f"{QUESTIONS[key]}{f' ({reason})' if reason else ''} yes or no"
        given = _asked(key, said, "" if default is None else _YES[0] if default else _NO[0], (*_YES, *_NO))
    answer = default if given is None else given in _YES
    if default is False and answer:
        print(f"hotwash: {key} is answered with yes; the archive says otherwise, {reason}", file=sys.stderr)
    return bool(answer)


def _asked(name: str, question: str, default: str = "", choices: tuple[str, ...] = ()) -> str:
    """An answer from the terminal; the question is put again until it is one."""
    while True:
        print(f"{question}{f' [{default}]' if default.strip() else ''}: ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise Failure(f"the questions ended at `{name}`; nothing was written")
        answer = line.strip() or default
        if answer and (not choices or answer.casefold() in choices):
            return answer.casefold() if choices else answer
