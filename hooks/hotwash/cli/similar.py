"""Find earlier postmortems like this one, each with the reasons.

They are compared by class, services, trigger, watched paths and words, offline, and the same archive always gives the same answer. For a file without
a class, the one that its nearest neighbours suggest is named; where they are far or divided, none is.

Examples:
  hotwash similar checkout-503
  hotwash similar postmortems/2026-11-02-checkout-503.md --limit 5 --format json
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence

from hotwash import project
from hotwash.archive import classes, gather
from hotwash.formats.text import printable
from hotwash.model import Failure, Postmortem
from hotwash.similar import Like, Suggestion, linked, similar, suggested, weigh
from hotwash.wording import listed


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("id", metavar="ID|PATH", help="the postmortem: its id, a part that only one has, or a path")
    parser.add_argument("--limit", metavar="N", type=_count, default=3, help="how many at most (default: 3)")
    parser.add_argument("--format", metavar="FORMAT", choices=("text", "json"), default="text", help="text or json (default: text)")


def run(options: argparse.Namespace) -> int:
    """Print them; 0 whether there are any or not."""
    root = project.find_root(options.root)
    policy = project.load_policy(root)
    whole = project.load_archive(root, policy)
    word = os.path.abspath(options.id) if os.path.isfile(options.id) else options.id
    post = project.read_postmortem(root, project.locate(root, word))
    for problem in post.problems:
        raise Failure(f"{post.path}:{problem.span.line}: {problem.message}")
    archive = gather([*(other for other in whole.posts.values() if other.id != post.id), post], policy.merged)
    found = similar(post, archive, weigh(archive, policy), max(options.limit, _NEAREST))
    likes, suggestion = found[: options.limit], suggested(post, found, archive)
    if options.format == "json":
        sys.stdout.write(_json(post, likes, suggestion))
        return 0
    sys.stdout.write("".join(f"{printable(line)}\n" for line in _text(post, likes, suggestion)))
    if not likes:
        print("hotwash: no earlier postmortem is like it", file=sys.stderr)
    return 0


_NEAREST = 3
"""Neighbours that are asked for a class, whatever the limit of what is shown."""


def _count(given: str) -> int:
    if not given.isdigit() or not int(given):
        raise argparse.ArgumentTypeError(f"{given}: a number from 1 on")
    return int(given)


def _text(post: Postmortem, likes: Sequence[Like], suggestion: Suggestion | None) -> Iterator[str]:
    known = linked(post)
    for like in likes:
        yield f"{like.post.path}: {like.post.title}{' (linked)' if like.post.id in known else ''}"
        yield f"  {'; '.join(map(str, like.reasons))}"
    if suggestion:
        yield f"class: {suggestion.slug} may fit, as in {listed(suggestion.bearers, last='and')}; if the flaw is the same, write it under `cause.class`"


def _json(post: Postmortem, likes: Sequence[Like], suggestion: Suggestion | None) -> str:
    known = linked(post)
    found = [
        {
            "id": like.post.id, "title": like.post.title, "class": next(iter(classes(like.post)), ""), "likeness": round(like.score, 3),
            "linked": like.post.id in known, "reasons": [{"kind": reason.kind, "values": list(reason.values)} for reason in like.reasons],
        }
        for like in likes
    ]  # fmt: skip
    fits = {"class": suggestion.slug, "because": list(suggestion.bearers)} if suggestion else None
    return json.dumps({"version": 1, "id": post.id, "similar": found, "suggested_class": fits}, indent=2, ensure_ascii=False) + "\n"
