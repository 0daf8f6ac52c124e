"""Add a time-stamped entry to the time line of a postmortem that is being written.

Recorded while it happens, a time line need not be put together from memory. The entry takes the form that the section has, a list or a table, and its
place by time; a missing section is made. Fit for a terminal and for a chat bot.

Examples:
  hotwash log checkout-503 "cache keys of both services side by side: the prefix is the same"
  hotwash log checkout-503 "alert fires" --at 14:02
  hotwash log checkout-503 "rolled back" --at 2026-11-02T14:31:00Z --by @checkout-oncall
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import datetime, timedelta, timezone
from functools import partial

from hotwash import closing, project, rewrite, timeline
from hotwash.clock import local, moment
from hotwash.model import Failure
from hotwash.today import now


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("id", metavar="ID", help="the postmortem: its id, a part that only one has, or its path")
    parser.add_argument("text", metavar="TEXT", help="what happened, or what is known now")
    parser.add_argument("--at", metavar="TIME", help="when: 14:02 of today, in the policy's time zone, or 2026-11-02T14:02:00Z (default: now)")
    parser.add_argument("--by", metavar="HANDLE", help="who saw it; it stands behind the text")
    parser.add_argument("--dry-run", action="store_true", help="print what would change, and change nothing")


def run(options: argparse.Namespace) -> int:
    """Write the entry and say where it stands."""
    root = project.find_root(options.root)
    file, policy = rewrite.opened(root, options.id), project.load_policy(root)
    zone = policy.data["timezone"]
    when = _when(options.at, zone)
    timeline.frozen(file.post, local(now(), zone).date())
    said = closing.said(options.text, "TEXT")
    said += f" ({closing.person(options.by, '--by')})" if options.by else ""
    text = rewrite.changed(file, partial(timeline.logged, post=file.post, policy=policy, when=when, said=said))
    if options.dry_run:
        sys.stdout.write(rewrite.diff(file, text))
        return 0
    rewrite.replace(file, text)
    print(f"{file.post.path}: {timeline.stamp(when, zone, None)} {said}", flush=True)
    return 0


def _when(given: str | None, zone: str) -> datetime:
    today = now()
    found = today if given is None else _clock(given, local(today, zone)) or moment(given)
    if found is None:
        raise Failure(f"--at {given}: write 14:02, or a time with its offset such as 2026-11-02T14:02:00Z")
    if found > today + timedelta(minutes=5):
        raise Failure(f"--at {given}: that time has not come yet; now it is {timeline.stamp(today, zone, None)}")
    return found


def _clock(given: str, today: datetime) -> datetime | None:
    """A time of today."""
    match = re.fullmatch(r"(\d{1,2}):(\d\d)", given)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return today.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0).astimezone(timezone.utc)
