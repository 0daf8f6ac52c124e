"""Say whether a postmortem is needed, why, and by when.

The strongest reason wins, whether it is the severity, a criterion, or a class that came back. Where one is asked for and the team decides against it,
`--skip` files that decision with its reason; for anything else, leaving it out needs no paperwork.
"""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from typing import Any

from hotwash import flags, project
from hotwash.clock import local_day, moment
from hotwash.draft import skipped, slug
from hotwash.model import Failure, Postmortem
from hotwash.need import NEEDS, Reason, deadline, reasons
from hotwash.policy import Policy
from hotwash.today import now

_ANSWERS = {"required": "required", "recommended": "recommended", "optional": "not needed, and welcome", "none": "not needed"}
_FLAGS = {"title": "--title", "services": "--service", "timestamps.resolved": "--resolved", "skipped.by": "--by", "kind": "--kind", "cause.class": "--class", "criteria": "--criterion"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--severity", required=True, metavar="P2", help="peak actual impact: P0 to P3, or an alias such as SEV2 or High")
    parser.add_argument("--potential-severity", metavar="P0", help="for a near miss: what it could have been")
    parser.add_argument("--kind", metavar="KIND", help="outage, degradation, bad-release, near-miss ...")
    parser.add_argument("--minutes", metavar="N", type=int, help="how long the impact lasted")
    parser.add_argument("--criterion", metavar="WORD", action="append", default=[], help="a reason of the policy's `criteria`, such as data-loss; may be repeated")
    parser.add_argument("--class", metavar="SLUG", dest="class_", help="the class of the root cause, to see whether it occurred before")
    parser.add_argument("--resolved", metavar="TIME", help="when the incident was over: 2026-11-02T14:37:00Z, or `now`; the deadline counts from here")
    parser.add_argument("--skip", metavar="WHY", help="file that none is written, with this reason; takes --title, --by, --service and --resolved as well")
    parser.add_argument("--title", metavar="TITLE", help="with --skip: what happened, in one line")
    parser.add_argument("--by", metavar="HANDLE", help="with --skip: who decided, such as @sre-lead")
    parser.add_argument("--service", metavar="NAME", action="append", default=[], help="with --skip: a service that took part; may be repeated")
    parser.add_argument("--dry-run", action="store_true", help="with --skip: print the file instead of writing it")


def run(options: argparse.Namespace) -> int:
    """Print the answer, or file why none is written."""
    root = project.find_root(options.root)
    policy = project.load_policy(root)
    values = _values(options, policy)
    post = _post(values, options.minutes)
    found = reasons(post, policy, project.load_archive(root, policy))
    strongest = found[0].need
    if options.skip is None:
        print(_answer(found, _named(post, found, policy), policy, known=options.resolved is not None))
    elif NEEDS.index(strongest) < NEEDS.index("recommended"):
        print(f"{_ANSWERS[strongest]}: nothing has to be recorded")
    else:
        _skip(options, values, policy, root)
    return 0


def _values(options: argparse.Namespace, policy: Policy) -> dict[str, Any]:
    """What the flags say, by dotted key."""
    if options.minutes is not None and not 0 <= options.minutes <= 10_000_000:
        raise Failure(f"--minutes {options.minutes}: write how many minutes the impact lasted, such as 36")
    values: dict[str, Any] = {"severity": flags.severity(options.severity, policy)}
    if options.potential_severity:
        values["potential_severity"] = flags.severity(options.potential_severity, policy, "--potential-severity")
    if options.kind:
        values["kind"] = flags.one_of(options.kind, policy, "kinds", "--kind")
    if options.criterion:
        values["criteria"] = [flags.one_of(word, policy, "criteria", "--criterion") for word in dict.fromkeys(options.criterion)]
    if options.service:
        values["services"] = [flags.one_of(name, policy, "services", "--service") for name in dict.fromkeys(options.service)]
    if options.resolved:
        values["timestamps.resolved"] = flags.time(options.resolved, "--resolved")
    if options.class_:
        values["cause.class"] = flags.cause_class(options.class_, policy)
    return values


def _post(values: dict[str, Any], minutes: int | None) -> Postmortem:
    """A postmortem as it would be: one whose end nobody gave is taken to end now."""
    end = moment(values.get("timestamps.resolved", "")) or now()
    try:
        times = {"resolved": f"{end:%Y-%m-%dT%H:%M:%SZ}", "started": f"{end - timedelta(minutes=minutes or 0):%Y-%m-%dT%H:%M:%SZ}"}
    except OverflowError:
        raise Failure(f"--minutes {minutes}: that is before the calendar begins") from None
    header = {key: value for key, value in values.items() if "." not in key}
    return Postmortem("", header={**header, "timestamps": times, "cause": {"class": values.get("cause.class", "")}})


def _named(post: Postmortem, found: list[Reason], policy: Policy) -> Postmortem:
    """The postmortem with every criterion that applies written in it, so that its deadline counts them."""
    return post._replace(header={**post.header, "criteria": [reason.word for reason in found if reason.word in policy.words("criteria")]})


def _answer(found: list[Reason], post: Postmortem, policy: Policy, *, known: bool) -> str:
    strongest = found[0].need
    lines = [_ANSWERS[strongest], *(f"  {reason.need}: {reason.text} ({reason.word})" for reason in found if reason.need != "none")]
    until = deadline(post, policy)
    if until and known:
        lines.append(f"publish by {until:%Y-%m-%d %H:%M} UTC")
    elif until:
        lines.append("it has a deadline, which counts from its end; give --resolved to see it")
    if criteria := [reason.word for reason in found if reason.word in policy.words("criteria") and NEEDS.index(reason.need) > 0]:
        lines.append(f"write `criteria: [{', '.join(criteria)}]` in its header")
    if strongest in ("required", "recommended"):
        lines.append(f'next: hotwash new TITLE --severity {policy.severity(post)} --stub, or --skip WHY to record that none is written')
    return "\n".join(lines)


def _skip(options: argparse.Namespace, values: dict[str, Any], policy: Policy, root: str) -> None:
    given = {"title": " ".join((options.title or "").split()), "status": "skipped", **values, "skipped.why": " ".join(options.skip.split()), "skipped.by": options.by}
    given = {key: value for key, value in given.items() if value}
    if "skipped.why" not in given:
        raise Failure("--skip: give the reason in a sentence, such as --skip \"the supplier's own postmortem covers it\"")
    if lacking := [_FLAGS.get(key, key) for key in policy.data["skip"] if not any(option in given for option in key.split("|"))]:
        raise Failure(f"--skip asks for {', '.join(lacking)} as well, so that the record can be found again")
    text = skipped(given, policy)
    if options.dry_run:
        sys.stdout.write(text)
        return
    when = moment(given.get("timestamps.resolved", "")) or now()
    path = f"{project.FOLDER}/{local_day(when, policy.data['timezone'])}-{slug(given['title'])}.md"
    if not project.write_new(f"{root}/{path}", text):
        raise Failure(f"{path} is there already; give another title, or write in that file")
    print(path)
