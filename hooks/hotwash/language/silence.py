"""Sentences that are not asked at all: labels of owners and roles, attendee lists, thanks."""

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


def is_label(sentence: str) -> bool:
    """Whether a sentence says who holds a role: "**Owner:** ...", "Incident commander: ...; scribe: ..."."""
    return bool(_LABEL.match(sentence))


def is_thanks(sentence: str) -> bool:
    """Whether a sentence thanks somebody."""
    return bool(_THANKS.match(sentence))
