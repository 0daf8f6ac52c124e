"""Pages as a pure function of the archive: one module per kind of page, found by folder walk, each with `pages(site)`."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from hotwash.archive import Archive
from hotwash.due import Owed, owed
from hotwash.model import Failure, Page, Postmortem
from hotwash.pages.parts.brief import Brief, Briefs
from hotwash.pages.parts.links import Links, address
from hotwash.past import History
from hotwash.policy import Policy
from hotwash.recurrence import LIVE, Verdict, verdict

if TYPE_CHECKING:
    from hotwash.pages.parts.shelf import Shelf
    from hotwash.rules import RuleDoc

CALENDAR = "calendar.ics"
Work = Callable[[], Iterable[Page]]
"""A piece of what is to be made."""
_OVERVIEWS = frozenset({"index", "by-cost", "by-date"})
"""Pages that stand beside those of the classes."""
INSIDE = ("actions.md", "actions/", "recurrences/by-cost.md", "recurrences/by-date.md", "filed.md", "agendas/", CALENDAR, "metrics.md", "metrics/", "quarters/", "quarters.md")
"""Pages that a site for the public does not have: what is owed and by whom, and what a postmortem not shown could make false."""
UNSAID = Verdict("")
"""What a site for the public says of every fix: a repeat that it does not show could make any verdict false."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Site(NamedTuple):
    """Everything that pages are made from. `prepare` makes one."""

    archive: Archive
    policy: Policy
    history: History
    as_of: date
    verdicts: Mapping[str, Verdict]
    """How the structural fix of each postmortem stands, by id."""
    owing: tuple[Owed, ...]
    """Everything owed on the day, most urgent first; on a site for the public, nothing."""
    classes: Mapping[str, tuple[Postmortem, ...]]
    """The incidents of each class that count, oldest first."""
    links: Links = Links()
    directories: bool = True
    """Whether the generator gives each page a folder of its own (`x/`) or a file (`x.html`)."""
    cleaned: bool = False
    """Whether the door cleans the finished HTML (and calls `unmarked` on it): then bodies are left as they are wherever they may be code."""
    pictures: frozenset[str] = frozenset()
    """Pictures that stand beside the postmortems and come to the site with them, relative to the project's root."""
    rules: tuple[RuleDoc, ...] = ()
    commands: tuple[tuple[str, str], ...] = ()
    """Each command's name and its help."""
    policy_schema: Mapping[str, Any] = {}
    archive_schema: Mapping[str, Any] = {}
    assets: Mapping[str, str] = {}
    """Style sheets, scripts and pictures by file name."""
    url: str = ""
    """The address at which the site stands, with its last slash; empty where it is not known."""
    audience: str = "internal"
    """Who the site is for: `public`, `internal` or `restricted`. The archive holds nothing else by now."""

    briefs: Mapping[str, Brief] = {}
    """What lists tell of each body, by id."""
    shelf: Shelf | None = None
    """Pages that were made before; None where each is made anew."""

    def kept(self, one: Single) -> Iterable[Page]:
        """A page of which there are many: as it was made before, where nothing has changed that it was made from."""
        return self.shelf.pages(self, one.path, one.given, lambda site: [one.make(site)]) if self.shelf else [one.make(self)]

    def all_kept(self, kind: str, make: Callable[[Site], Iterable[Page]]) -> Iterable[Page]:
        """All pages of a kind: as they were made before, where nothing has changed that any of them was made from."""
        return self.shelf.pages(self, f"all {kind}", None, make) if self.shelf else make(self)

    @property
    def public(self) -> bool:
        """Whether anybody may read the site: then it names no person, leads to nothing internal, and says nothing that a postmortem not shown could make false."""
        return self.audience == "public"

    @property
    def name(self) -> str:
        """The name of the organisation or team; empty where the policy gives none."""
        return str((self.policy.data.get("site") or {}).get("name", ""))

    @property
    def notice(self) -> str:
        """What is said on every postmortem's page, for instance that incidents are invented."""
        return str((self.policy.data.get("site") or {}).get("notice", ""))

    def address(self, here: str, there: str) -> str:
        """The relative address from one page to another, both named by their Markdown paths."""
        return address(here, there, self.directories)

    def newest(self) -> list[Postmortem]:
        """All postmortems, the newest first."""
        return list(self.archive.posts.values())[::-1]


class Single(NamedTuple):
    """A page of which there are many, to be made by itself."""

    path: str
    """Where it stands."""
    make: Callable[[Site], Page]
    """Makes it from the site that it is handed, and reads no other."""
    given: object = None
    """What `make` knows beside the site."""


def prepare(archive: Archive, policy: Policy, history: History, as_of: date, **more: Any) -> Site:
    """Bundle what pages need: judge every fix once, and gather once what is owed; for the public, neither."""
    judged = more.get("audience") != "public"
    verdicts = {post.id: verdict(post, archive, policy, history, as_of) if judged else UNSAID for post in archive.posts.values()}
    live = {slug: tuple(post for post in posts if post.status in LIVE) for slug, posts in archive.by_class.items()}
    owing = owed(archive, policy, as_of, history, verdicts) if judged else ()
    return Site(archive, policy, history, as_of, verdicts, owing, {slug: posts for slug, posts in live.items() if posts}, briefs=Briefs(archive.posts, policy), **more)


def everything(site: Site, each: Callable[[Sequence[Work]], Iterable[Iterable[Page]]] | None = None) -> Iterator[Page]:
    """Every page and asset of the site.

    Args:
        site: what they are made from.
        each: does one piece of work after another; what comes of them keeps their order.

    Raises:
        Failure: two pages would stand at one place, or one outside the site.
    """
    seen: dict[str, str] = {}
    kinds = sorted((found.name for found in pkgutil.iter_modules(__path__) if not found.ispkg), key=lambda name: (name != "postmortem", name))
    work = [piece for kind in kinds for piece in pieces(site, kind)]
    for pages in each(work) if each else (piece() for piece in work):
        for page in pages:
            if page.path.startswith("/") or ".." in page.path.split("/"):
                raise Failure(f"{page.source or page.path}: its page would stand outside the site; rename the file")
            if page.path in seen:
                raise Failure(f"{page.source or seen[page.path] or page.path}: a list of the site stands at this name; rename the file")
            seen[page.path] = page.source
            yield page


def pieces(site: Site, kind: str) -> Iterator[Work]:
    """The work that the pages of a kind are: all of them at once, or each by itself where its module has `singly`."""
    module = import_module(f"{__name__}.{kind}")
    if hasattr(module, "singly"):
        return (partial(site.kept, one) for one in module.singly(site))
    return iter([partial(site.all_kept, kind, module.pages)])


def page_of(post: Postmortem) -> str:
    """The Markdown path of a postmortem's page."""
    return f"postmortems/{post.id}.md"


def page_of_class(slug: str) -> str:
    """The Markdown path of a class's page. A class that is no slug was never declared: anything may be written there, so it names no file."""
    if _SLUG.fullmatch(slug) and slug not in _OVERVIEWS:
        return f"recurrences/{slug}.md"
    return f"recurrences/undeclared-{crc32(slug.encode('utf-8', 'backslashreplace')):08x}.md"


def meets(post: Postmortem) -> bool:
    """Whether its review is still to be held."""
    return not post.text("review", "held") and (post.status == "filed" or bool(post.text("review", "at")))


def agenda_of(post: Postmortem) -> str:
    """The Markdown path of the agenda of its review."""
    return f"agendas/{post.id}.md"
