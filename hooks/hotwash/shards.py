"""What the full-text search reads of a page, and in which part of its index: a page that changes touches one part, and the others are kept."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hotwash.clock import day
from hotwash.hashing import blake2b
from hotwash.pages import Site, page_of, page_of_class
from hotwash.pages.parts.words import day_of, day_words

_MOST = 1000
"""Pages in a shard: the indexer's memory and a page that changes cost more with it, and what a query fetches grows with the number of shards."""
_EXCLUDE = "data-search-exclude"
_VALUE = """(?:="[^"]*"|='[^']*')?"""
_LEFT_OUT = re.compile(rf"<(\w+)(?: [\w:-]+{_VALUE})* {_EXCLUDE}{_VALUE}(?: [\w:-]+{_VALUE})*>.*?</\1>", re.DOTALL)
"""Markup that is written in another way stays, and the indexer leaves it out."""
_DRAWING = re.compile(r"<svg\b[^>]*(?<!/)>.*?</svg>", re.DOTALL)
_TITLE = re.compile(r"<h1\b.*?</h1>", re.DOTALL)
_RUNS = (
    ("</dt>", ":</dt>"), ("</dd>", " ·</dd>"), ("</th>", " ·</th>"), ('<span class="hw-chip', ' <span class="hw-chip'), ('<span class="hw-quiet hw-block"', ' <span class="hw-quiet hw-block"'),
)
"""What stands apart on a page, and would run together in an excerpt of it: the indexer ends paragraphs and cells of a table by itself, and nothing else."""
_FORMAT = b"9"
_ESCAPES = {ord(char): f"%{ord(char):02X}" for char in "%#?"}
_LONGEST = 200
"""Bytes of a file's name; disks take 255, some fewer."""


class Leaf(NamedTuple):
    """A page as the search knows it."""

    path: str
    """Its file, relative to the built site: `postmortems/2026-11-02-checkout-503/index.html`."""
    title: str
    facts: str
    """What a result says beside its title: day and severity of a postmortem."""
    digest: bytes
    """Of all that is read of the page."""
    known: bool = True
    """Whether it is a postmortem or a class; of these more is made than of what is written about postmortems in general."""


def facts_of(site: Site) -> Mapping[str, str]:
    """What a result says of each postmortem and class beside its title, by the Markdown path of its page."""
    said = {page_of_class(slug): "Class of incidents" for slug in site.classes}
    for post in site.archive.posts.values():
        when = day(day_of(post))
        severity = site.policy.severity(post) or post.text("severity")
        said[page_of(post)] = " · ".join(word for word in (day_words(when) if when else "", severity) if word)
    return said


def article(page: str) -> str:
    """The part of a built page that is its own: what stands in the theme's article. Empty where the theme has none."""
    start, end = page.find("<article"), page.rfind("</article>")
    return page[page.index(">", start) + 1 : end] if 0 <= start < end else ""


def text_of(page: str) -> str:
    """What the search reads of a built page, as markup. What changes with the day or with a neighbour is not searched, and makes no other page of it."""
    return _DRAWING.sub(lambda found: found[0] if _nested("svg", found) else "", _without_left_out(article(page)))


def searched(text: str) -> bytes:
    """A hash of what the search reads of a page, see `text_of`."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _without_left_out(text: str) -> str:
    """An article without the elements that say they are not searched. The word is looked for first: the expression by itself would try every element.

    One that holds another of its kind stays, since its end is not known: the indexer leaves it out.
    """
    pieces, start = [], 0
    while (word := text.find(_EXCLUDE, start)) >= 0:
        found = _LEFT_OUT.match(text, max(start, text.rfind("<", start, word)))
        if found and not _nested(found[1], found):
            before, start = text[start : found.start()], found.end()
            pieces.append(before.rstrip() if text.startswith("</", start) else before)
        else:
            pieces.append(text[start : word + 1])
            start = word + 1
    return "".join((*pieces, text[start:]))


def _nested(name: str, found: re.Match[str]) -> bool:
    return f"<{name}" in found[0][1:].lower()


def leaf(path: str, title: str, facts: str, read: bytes, *, known: bool = True) -> Leaf:
    """A built page as the search knows it.

    Args:
        path: its file, relative to the built site.
        title: as it is shown.
        facts: what is said beside the title.
        read: the hash of what the search reads of it, see `searched`.
        known: whether it is a postmortem or a class.
    """
    return Leaf(path, title, facts, blake2b(repr((title, facts, known)).encode("utf-8", "surrogatepass") + read, digest_size=16).digest(), known)


def shards(leaves: Iterable[Leaf]) -> list[list[Leaf]]:
    """The pages in as many parts as are needed, each page in the part that its path alone decides; empty parts are left out."""
    ordered = sorted(leaves)
    count = -(-len(ordered) // _MOST)
    count += count % 2 and count > 1  # two are made at a time
    parts: list[list[Leaf]] = [[] for _ in range(count)]
    for one in ordered:
        parts[int.from_bytes(blake2b(one.path.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big") % count].append(one)
    return [part for part in parts if part]


def mark(part: Sequence[Leaf], made_by: str) -> str:
    """What tells a shard from every other: its pages, and what indexes them."""
    whole = blake2b(_FORMAT + made_by.encode(), digest_size=16)
    for one in part:
        whole.update(repr((one.path, one.digest)).encode())
    return whole.hexdigest()


def document(one: Leaf, text: str, language: str, beside: str = "") -> bytes:
    """What the indexer is given of a page: what the search reads of it, see `text_of`, its facts, and on one page of a shard `common_words.beside`."""
    about = {"title": one.title, "facts": one.facts, "beside": beside}
    told = "".join(f'<meta data-pagefind-meta="{name}[content]" content="{html.escape(said)}">' for name, said in about.items() if said or name == "title")
    body = _TITLE.sub("", text, count=1)  # it is found by the title above, and an excerpt need not say it again
    for together, apart in _RUNS:
        body = body.replace(together, apart)
    whole = f'<!doctype html><html lang="{html.escape(language)}"><body>{told}<main data-pagefind-body data-pagefind-weight="{1 if one.known else 0.4}">{body}</main></body></html>'
    return whole.encode("utf-8", "replace")


def file_of(path: str) -> str:
    """The name under which the indexer finds a page: what it reads of it is an address, so what is special in one is written as an escape.

    So is what divides folders, which the search box writes out again: a folder for each page would take as long to make and remove as its file. A name
    that would be too long for a disk has its folders.
    """
    name = path.translate(_ESCAPES)
    return flat if len((flat := name.replace("/", "%2F")).encode("utf-8", "replace")) <= _LONGEST else name
