"""What MkDocs asks of a page after it was made: which parts it has, and to which parts of which files it leads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as SitePage


class Anchors(NamedTuple):
    """In plain values, so that it may be kept, and brought from another process."""

    own: Collection[str]
    """The ids of the page."""
    wanted: Mapping[str, Any]
    """By the path of a file, the parts of it to which links lead, each with such a link."""


def anchors_of(page: SitePage) -> Anchors:
    """Those of a page that was made."""
    return Anchors(sorted(page.present_anchor_ids or ()), {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()})


def put_anchors(page: SitePage, anchors: Anchors, files: Files) -> None:
    """Let a page that was not made have those that it would have."""
    page.present_anchor_ids = set(anchors.own)
    page.links_to_anchors = {file: found for path, found in anchors.wanted.items() if (file := files.get_file_from_path(path))}
