"""The edge where everything that pages need is brought together, for both doors: the MkDocs plugin and `hotwash pages`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from hotwash import project, rules, surface
from hotwash.archive import Archive
from hotwash.history import load_history
from hotwash.pages import Site, prepare
from hotwash.pages.parts.links import Links

_ASSETS = Path(__file__).parent / "pages" / "assets"


def load_site(root: Path, as_of: date, links: Links, *, directories: bool = True) -> Site:
    """Read a project for its pages.

    Raises:
        Failure: the policy or a file cannot be read.
    """
    policy, archive = project.load_policy(root), project.load_archive(root)
    history = load_history(root, [project.FOLDER, *_artefacts(archive)])
    return prepare(
        archive, policy, history, as_of, links=links, directories=directories, rules=rules.documented(),
        commands=surface.documented(), policy_schema=json.loads(project.shipped("policy.schema.json")), assets=_assets(),
    )


def _artefacts(archive: Archive) -> Iterator[str]:
    """Paths of artefacts, for which Git tells whether they still stand."""
    return (path for post in archive.posts.values() if (path := post.text("fix", "artefact", "path")))


def _assets() -> Mapping[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(_ASSETS.iterdir()) if path.suffix in (".css", ".svg", ".js")}

