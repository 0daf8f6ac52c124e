"""The edge where everything that pages need is brought together, for both doors: the MkDocs plugin and `hotwash pages`."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from hotwash import project, rereading, rules, surface, yaml12
from hotwash.archive import for_audience
from hotwash.audience import Shown, shown
from hotwash.history import history_of
from hotwash.model import Failure
from hotwash.pages import Site, prepare
from hotwash.pages.parts.links import Links

_PICTURES, _LARGEST = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"}), 2 * 1024 * 1024
_LIVELY = re.compile(
    r"\x00|<\s*(?:[\w.-]+:)?(?:script|foreignobject|iframe|embed|object|set|animate\w*|handler|listener)\b|[\s\"'/]on\w+\s*=|"
    r"(?:java|vb)script\s*:|data\s*:\s*(?!image/(?:png|jpe?g|gif|webp)\b)\w+/|<!entity|<\?xml-stylesheet|encoding\s*=\s*[\"'](?!utf-8)", re.IGNORECASE,
)
"""What makes a drawing more than a drawing: scripts, handlers, animations of addresses, entities, other encodings."""
_ASSETS = Path(__file__).parent / "pages" / "assets"


def load_site(root: Path, as_of: date, links: Links, *, directories: bool = True, cleaned: bool = False, audience: str = "internal", seen: Shown | None = None, url: str = "") -> Site:
    """Read a project for its pages; or make them of what the audience is known to see.

    Raises:
        Failure: the policy or a file cannot be read.
    """
    seen = seen or load_shown(root, audience)
    return prepare(
        seen.archive, seen.policy, seen.history, as_of, links=Links() if audience == "public" else links, directories=directories, cleaned=cleaned,
        pictures=seen.pictures, rules=rules.documented(),
        commands=surface.documented(), policy_schema=json.loads(project.shipped("policy.schema.json")), archive_schema=json.loads(project.shipped("archive.schema.json")), assets=_assets(), audience=audience, url=url,
    )


def load_shown(root: Path, audience: str) -> Shown:
    """Read a project as an audience may see it: what every door calls that writes something for others to read.

    Raises:
        Failure: the policy or a file cannot be read, or something that the audience sees names what it does not see.
    """
    policy = project.load_policy(root)
    archive = rereading.load_archive(root, policy)
    for path in archive.by_path:
        _refuse_name(path)
    history = history_of(root, policy, for_audience(archive, audience))
    defaults, places = yaml12.read(project.shipped("defaults.yml")).data, yaml12.read(project.policy_bytes(root).decode("utf-8-sig")).keys
    return shown(archive, policy, history, audience, shipped=defaults, pictures=pictures(root), places=places)


def _refuse_name(path: str) -> None:
    """An address, a document and a feed are UTF-8, and every one of them says the name.

    Raises:
        Failure: a file's name is not.
    """
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        raise Failure(f"{shown}: the file's name is no UTF-8; git mv it to YYYY-MM-DD-slug.md") from None


def pictures(root: Path) -> Iterator[str]:
    """Pictures beside the postmortems, relative to the project's root: what a page may show. Links are not followed, and nothing hidden is taken."""
    for folder, inside, names in os.walk(root / project.FOLDER):
        inside[:] = sorted(name for name in inside if not name.startswith(".") and not os.path.islink(os.path.join(folder, name)))
        for name in sorted(names):
            path = Path(folder, name)
            shown = path.relative_to(root).as_posix()
            if not name.startswith(".") and shown.isprintable() and _is_picture(path):
                yield shown


def copy_pictures(root: Path, out: Path, paths: Iterable[str]) -> int:
    """Put pictures at their places below a folder; how many.

    Raises:
        Failure: one cannot be copied, and why.
    """
    count = 0
    for path in sorted(paths):
        try:
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / path, out / path)
        except OSError as error:
            raise Failure(f"{out / path}: {error.strerror or error}") from None
        count += 1
    return count


def _is_picture(path: Path) -> bool:
    """Whether a file is a picture that may be published. One that is drawn in SVG is a document, so nothing in it may run."""
    if path.suffix.lower() not in _PICTURES or path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
        return False
    return path.suffix.lower() != ".svg" or _is_still(path.read_bytes())


def _is_still(svg: bytes) -> bool:
    try:
        text = html.unescape(svg.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return False
    return not _LIVELY.search(text)


def _assets() -> Mapping[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(_ASSETS.iterdir()) if path.suffix in (".css", ".svg", ".js")}

