"""What bounds an action: a number, a thing that can be looked up, a date, or a change that something can be seen to make."""

from __future__ import annotations

import re

from hotwash.language.blocks import GONE

_ITEM = 4_000
"""Characters. What is nested deeper in an item bounds nothing that its first line says."""
_LIST_NUMBER = re.compile(r"^\s*\(?\d{1,3}[.)]\s+")
_NO_BOUND = re.compile(r"\b(?:24/7|24x7|(?:tier|level|phase|line|layer|day|web)[ -]?\d)\b", re.IGNORECASE)
_CAMEL = re.compile(r"\b[a-z]{3,30}[A-Z][a-z]")
_COUNT = "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty fifty ninety hundred a an half".replace(" ", "|")
_UNIT = r"(?:milli)?seconds|minutes?|hours?|days?|weeks?|months?|quarters?|years?|per\s?cent|percent|sprints?|bytes?|rows?|attempts?|retries|times"
_MONTH = "january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_NAMED = re.compile(
    rf"(?<![\w.])\d|\bp\d\d|#\d|%|\b[A-Z][A-Z0-9]{{1,9}}-\d|\b\w{{1,60}}_\w|(?<!\w)--?[a-z]\w|(?<![\w/])~?/\w|\b\w{{1,60}}\.(?:[a-z]{{2,5}}\b|\w{{1,60}}\()|->|→|\b[a-z]\w{{0,8}}\d\d|\bby\sa\s(?:job|script|check|test|bot|query)\b"
    rf"|\b(?:{_COUNT})\s(?:{_UNIT})\b|\b(?:by|until|before|on|due|for|in|end of)\s(?:{_MONTH})\b|\bq[1-4]\b|\btime-?\s?box"
    rf"|\b(?:end\sof|within|by|until)\s(?:the\s|this\s|next\s|a\s)?(?:end\sof\s)?(?:the\s|this\s|next\s|a\s)?(?:day|week|month|quarter|year|sprint|release)\b",
    re.IGNORECASE,
)
_VAGUE = (
    "improv|enhanc|strengthen|increas|reduc|mak|ensur|work|be|hav|review|look|do|think|tak|rais|us|follow|rethink|optimi|tighten|boost|streamlin|discuss|communicat"
    "|train|monitor|learn|pay|get|invest|focus"
)
_BY_DOING = re.compile(rf"\bby\s(?:\w{{2,20}}ly\s)?(?!(?:{_VAGUE})\w{{0,5}}ing\b)[a-z-]{{3,20}}ing\s+[\w\x1a@]")
_EFFECT = (
    "reject|refuse|block|fail|stop|page|alert|warn|prompt|require|abort|drop|skip|retry|cap|gate|enforce|pin|deny|disable|encrypt|validate|compare|lock|expire|delete|close"
    "|open|restart|switch|return|print|show|log|emit|count|run|send|start|restore|roll|contain|list|carry|include|hold|accept|keep|use|write|ask|cover|sound|shut|release|report|stay|beep|ring|mail|notify"
)
_MACHINE = re.compile(
    rf"\b(?:(?:so|such)\sthat|until|unless|which|that|ensure|make\ssure)\s(?!(?:this|it|these|such|we|everyone|people|similar|the\ssame)\b)(?:[\w\x1a-]+\s){{1,7}}?"
    rf"(?:(?:{_EFFECT})(?:s|es)\b|cannot\b|can't\b|can\sonly\b|no\slonger\b|never\b|(?:is|are|gets?)\s(?:\w+\s)?(?:{_EFFECT})(?:p?ed|t?ed|d)\b|ha(?:s|ve)\s(?:a|an|one|two|its)\b)"
    rf"|\b(?:which|that|to)\s(?:{_EFFECT})s?\s(?:a|an|the|any|every|each|all|on|at|when|if|its|un\w+)\b"
    rf"|(?:[:;,]|\band|\bthen)\s(?:{_EFFECT}|add|replace|remove|fit|move|split|set|limit|install|rename|merge|publish|link|attach)s?\s(?:a|an|the|any|every|each|all|on|at|when|if|it|its|them|un\w+|to)\b"
    r"|\b(?:is|are)\s(?:configured|set|set\sup|wired)\sto\s\w+\s\w|\binstead\sof\b",
    re.IGNORECASE,
)


def anchored(text: str) -> bool:
    """Whether an action says what it changes, or how much, or until when: a reader could tell that it was done.

    Args:
        text: the sentence or item, masked: code, links and quotations have become `GONE`, and count as names of things.
    """
    text = _NO_BOUND.sub("", _LIST_NUMBER.sub("", text))
    return GONE in text or bool(_CAMEL.search(text)) or any(pattern.search(text) for pattern in (_NAMED, _BY_DOING, _MACHINE))


def item_at(text: str, start: int) -> str:
    """The list item, with what is nested in it, or the table row that a place stands in: the bound may be in another line or cell.

    A cell that holds a number alone is the number of the row, and bounds nothing.

    Args:
        text: the body.
        start: where the sentence begins.
    """
    begin = text.rfind("\n", 0, start) + 1
    end = _line_end(text, begin)
    line = text[begin:end]
    if line.lstrip().startswith("|") or " | " in line:
        return "|".join(cell for cell in line.split("|") if not cell.strip(" #.*").isdigit())
    indent = len(line) - len(line.lstrip())
    while end < min(len(text), begin + _ITEM):
        after = text[end + 1 : _line_end(text, end + 1)]
        if after.strip() and len(after) - len(after.lstrip()) <= indent:
            break
        end += len(after) + 1
    return text[begin:end].lstrip(" \t-*+")


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)
