"""What the flags of several commands mean: a severity, a class, a time, a word of the policy. Each raises a Failure that says what to write."""

from __future__ import annotations

import re

from hotwash.clock import moment
from hotwash.model import Failure
from hotwash.policy import Policy
from hotwash.today import now
from hotwash.wording import listed, near, suggestion


def severity(word: str, policy: Policy, flag: str = "--severity") -> str:
    """A severity under its own name, whatever alias is given."""
    found = policy.canonical_severity(word)
    if not found:
        raise Failure(f"{flag} {word}: write {listed(policy.words('severities'))}, or a name or alias of one (High, SEV2){suggestion(word, policy.spellings)}")
    return found


def one_of(word: str, policy: Policy, vocabulary: str, flag: str) -> str:
    """A word of one of the policy's vocabularies; any word where the vocabulary is empty."""
    words = policy.words(vocabulary)
    if words and word not in words:
        raise Failure(f"{flag} {word}: the policy's {vocabulary} are {listed(words, last='and', most=20)}{suggestion(word, words)}")
    return word


def cause_class(slug: str, policy: Policy) -> str:
    """The class, which may be a new one; one that looks like a declared class is more likely misspelt."""
    if slug not in policy.words("classes") and (meant := near(slug, policy.words("classes"))):
        raise Failure(f"--class {slug}: did you mean `{meant}`? a new class needs a name that is less like it")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise Failure(f"--class {slug}: write it in small letters, digits and single hyphens, such as cache-key-collision")
    return policy.merged.get(slug, slug)


def time(given: str, flag: str) -> str:
    """A time with its offset, or `now`, to the minute."""
    if given == "now":
        return now().strftime("%Y-%m-%dT%H:%M:00Z")
    if moment(given) is None:
        raise Failure(f"{flag} {given}: write a time with its offset, such as 2026-11-02T13:55:00Z, or `now`")
    return given
