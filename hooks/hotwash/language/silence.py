"""What is not asked at all: labels of owners and roles, attendee lists, thanks, and sections that hold what was said in a chat."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"[\s*_(-]*(?:(?:incident|shift|duty|communications?|comms|technical|tech|engineering|product|review|meeting|action|response|on[- ]call|primary|secondary)\s+)*"
    r"(?:owners?|owned by|authors?|author\(s\)|written by|drafted by|edited by|reviewed by|reviewers?|approved by|approvers?|signed(?: off)? by|sign-?offs?"
    r"|commanders?|ic|leads?|scribes?|attendees?|participants?|present|facilitators?|moderators?|responders?|on[- ]call|engineers?|managers?|contacts?|assignees?"
    r"|assigned to|dri|responsible|accountable|consulted|informed|reported by|reporters?|resolved by|people|people involved|team|cc|stakeholders?|who)"
    r"[\s*_)]*[:=]",
    re.IGNORECASE,
)
_THANKS = re.compile(r"[\s*_]*(?:many |special |big |our |with )?(?:thanks?|thank you|kudos|credit|credits|shout-?out|props|hat tip)\b", re.IGNORECASE)
_CHAT = re.compile(
    r"\b(?:chat|slack|irc|discord|teams|zoom|mattermost|matrix|conversation|call|meeting|incident channel)\b.{0,40}\b(?:logs?|transcripts?|threads?|history|messages)\W*$"
    r"|\btranscripts?\W*$|^\W*#[a-z][\w-]*\b.{0,40}\b(?:logs?|threads?|history|messages)\W*$",
    re.IGNORECASE,
)


def is_label(sentence: str) -> bool:
    """Whether a sentence says who holds a role: "**Owner:** ...", "Incident commander: ...; scribe: ..."."""
    return bool(_LABEL.match(sentence))


def is_thanks(sentence: str) -> bool:
    """Whether a sentence thanks somebody."""
    return bool(_THANKS.match(sentence))


def is_chat(heading: str) -> bool:
    """Whether a section holds what was said in a chat, as it was said: "Chat log", "#testing-ops thread"."""
    return bool(_CHAT.search(heading))
