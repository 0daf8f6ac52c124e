"""One postmortem, and what Git knows of it, reduced to what the public may read; and the pictures that bodies show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hotwash.archive import Archive
from hotwash.audience.body import Place, public_body, targets, unlinked
from hotwash.audience.mentions import texts
from hotwash.audience.names import Names
from hotwash.disclosure import disclosed
from hotwash.model import POLICY, Failure, KeyPath, Postmortem, Span, nearest
from hotwash.parse import with_body
from hotwash.past import FileHistory, History
from hotwash.policy import Policy

_SHOWN = ("title", "name", "aliases")
"""What a word of the policy is called; what else is said of it are words again, and numbers."""


def reduced(post: Postmortem, policy: Policy, names: Names, seen: Archive, pictures: frozenset[str]) -> Postmortem:
    """The postmortem as the public reads it. What is not left over here is nowhere: sections, links, texts and positions are made anew from what is.

    Raises:
        Failure: a word that the policy forbids is left in it.
    """

    def allowed(target: Place) -> bool:
        if target.path:
            return target.path in pictures or target.path in seen.by_path
        return target.written.startswith("#") or names.allows(target.written)

    header = _public_values(disclosed(post.header, policy.data.get("public", {})), names)
    body = unlinked(public_body(post, policy), post, allowed)
    # Again, because brackets that stood in an address may have kept others from being a link.
    body = unlinked(names.public(body), post, allowed)
    _refuse(post, header, body, policy)
    return with_body(post._replace(header=header, texts=tuple(_texts(header, ()))), body)


def _public_values(value: Any, names: Names) -> Any:
    if isinstance(value, dict):
        return {key: _public_values(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_public_values(inner, names) for inner in value]
    return names.public(value) if isinstance(value, str) else value


def _texts(value: Any, way: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield way, value
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _texts(inner, (*way, key))


def _refuse(post: Postmortem, header: Mapping[str, Any], body: str, policy: Policy) -> None:
    """Look for words that the policy forbids."""
    for word in policy.data.get("public", {}).get("never", ()):
        folded = str(word).casefold()
        for way, text in _texts(header, ()):
            if folded in text.casefold():
                raise Failure(f"{post.path}:{post.where_value(*way).line}: {_forbidden(word)}")
        if folded in body.casefold():
            left = {line.casefold() for line in body.split("\n")}
            lines = [number for number, line in enumerate(post.body.casefold().split("\n"), post.body_line) if folded in line]
            meant = [number for number in lines if post.body.casefold().split("\n")[number - post.body_line] in left] or lines or [1]
            raise Failure(f"{post.path}:{meant[0]}: {_forbidden(word)}")


def _forbidden(word: object, instead: str = "let this postmortem be internal") -> str:
    return f"says `{word}`, which the policy keeps from the public (`public.never`); say it in other words, or {instead}"


def told(policy: Policy, under: Policy, names: Names, shipped: Mapping[str, Any], places: Mapping[KeyPath, Span]) -> Policy:
    """The policy's own texts as the public reads them: a title, or what is said on every page, may name people and addresses as a body does.

    Args:
        policy: what is left of the policy.
        under: the whole of it, which says what is kept back.
        names: the people and the hosts that it knows.
        shipped: the policy that hotwash ships; nobody can say its words otherwise.
        places: where each key of the team's policy stands.

    Raises:
        Failure: a word that the policy forbids is left in it.
    """
    data = {key: _told(value, names) for key, value in policy.data.items()}
    known = set(texts(shipped, ()))
    left = [(way, text.casefold()) for way, text in texts(data, ()) if (way, text) not in known]
    for word in under.data.get("public", {}).get("never", ()):
        for way, text in left:
            if str(word).casefold() in text:
                raise Failure(f"{POLICY}:{nearest(places, way).line}: {_forbidden(word, 'do without it here')}")
    return policy._replace(data=data)


def _told(value: Any, names: Names) -> Any:
    """A mapping of words with what is shown for each of them. Other keys of a word hold words again."""
    if not isinstance(value, Mapping):
        return value
    return {word: _public_values(entry, names) if isinstance(entry, str) else _entry(entry, names) if isinstance(entry, Mapping) else entry for word, entry in value.items()}


def _entry(entry: Mapping[str, Any], names: Names) -> Mapping[str, Any]:
    return {key: _public_values(value, names) if key in _SHOWN else value for key, value in entry.items()}


def past(history: History, left: Archive) -> History:
    """What Git knows, reduced to when each postmortem was filed and published: no author, no approval, no commit, no file of the repository."""
    known = ((path, history.of(path)) for path in left.by_path)
    return History(complete=history.complete, files={path: FileHistory(filed=found.filed, published=found.published) for path, found in known if found.filed})


def without(history: History, left: Archive, aside: frozenset[str]) -> History:
    """What Git knows, without the files that are kept back."""
    if not aside:
        return history
    files = {path: known for path, known in history.files.items() if path in left.by_path}
    return history._replace(files=files, tree=history.tree - aside, gone={path: when for path, when in history.gone.items() if path not in aside})


def pictured(left: Archive, pictures: frozenset[str]) -> Iterator[str]:
    """The pictures that a body shows."""
    for post in left.by_path.values() if pictures else ():
        yield from (target.path for target in targets(post) if target.path in pictures)
