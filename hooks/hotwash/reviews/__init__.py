"""The reviews of a pull request, as a forge's interface gives them: one module a form, found by walking the folder.

A form is a module with `reads(data) -> bool`, whether the JSON has this form, and `read(data) -> Reviews`. What these interfaces say of who approved
was checked by the forge, which knows who was signed in; a trailer in a commit's message was checked by nobody.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Literal, NamedTuple

from hotwash.clock import moment
from hotwash.model import Failure

NAMES = tuple(sorted(name[:-3] for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py") and name[0] != "_"))
State = Literal["approved", "changes", "dismissed"]


class Review(NamedTuple):
    """One person's opinion at one time. Remarks without an opinion are no reviews here."""

    by: str
    """The account, as the forge names it."""
    state: State
    at: str = ""
    """RFC 3339; empty where the forge does not say."""
    commit: str = ""
    """The commit that was looked at; empty where the forge does not say."""


class Reviews(NamedTuple):
    """What is known of a pull request: opinions in the order in which they were given, who opened it, and its newest commit."""

    reviews: tuple[Review, ...] = ()
    author: str = ""
    head: str = ""


def read_reviews(text: str, source: str) -> Reviews:
    """Reviews from JSON in any of the known forms; several documents one after the other are pages of one answer.

    Args:
        text: the JSON.
        source: what to call it in a message.

    Raises:
        Failure: it is not JSON, or in no form that is known.
    """
    try:
        data = _joined(list(_documents(text)))
    except (ValueError, RecursionError):
        raise Failure(f"{source}: not JSON; give it what `gh api` or `glab api` printed") from None
    for name in NAMES:
        form = import_module(f"{__name__}.{name}")
        if form.reads(data):
            found: Reviews = form.read(data)
            return found._replace(reviews=tuple(review._replace(at=review.at if moment(review.at) else "") for review in found.reviews if _is_account(review.by)))
    raise Failure(f"{source}: JSON, but no reviews of a pull request; `hotwash signoff --help` names the addresses to ask")


def _is_account(name: str) -> bool:
    """Whether it can be an account's name: one word that shows. The name may be recorded in a header."""
    return name.isprintable() and len(name.split()) == 1


def _documents(text: str) -> Iterator[Any]:
    decoder, at = json.JSONDecoder(), 0
    while rest := text[at:].lstrip():
        at = len(text) - len(rest)
        document, at = decoder.raw_decode(text, at)
        yield document


def _joined(documents: list[Any]) -> Any:
    """One document, or the pages of a list put together."""
    if len(documents) == 1 and not (isinstance(documents[0], list) and documents[0] and all(isinstance(page, list) for page in documents[0])):
        return documents[0]
    pages = documents[0] if len(documents) == 1 else documents
    if not pages or not all(isinstance(page, list) for page in pages):
        raise ValueError
    return [entry for page in pages for entry in page]


def text_at(data: Any, *way: str) -> str:
    """The text at the end of a way through JSON; empty where there is none, for an account may be gone and a field missing."""
    for step in way:
        data = data.get(step) if isinstance(data, dict) else None
    return data.strip() if isinstance(data, str) else ""
