"""A word in every field and every section of postmortems that are not to be seen, and a look through every byte of the sites that are built without them."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from canaries import Garden, texts, words_in
from real import CHECKOUT, environment, must

from hotwash.disclosure import disclosed
from hotwash.parse import parse
from hotwash.policy import read_policy

pytest.importorskip("material", reason="MkDocs with Material is not installed")
RESTRICTED, INTERNAL, STUB, PUBLIC = "2019-03-07", "2018-05-09", "2017-08-11", "2026-10-02"
DAYS = {
    "restricted": r"2019-03-07|\b0?7 mar(ch)? 2019|mar(ch)? 2019|2019[ -]q1|2019-03",
    "internal": r"2018-05-09|\b0?9 may 2018|may 2018|2018[ -]q2|2018-05",
    "stub": r"2017-08-11|\b11 aug(ust)? 2017|aug(ust)? 2017|2017[ -]q3|2017-08",
}
SILENT = ("waiver", "x-own", "comment", "definition", "accepted_by", "skipped", "fix why", "again fix artefact", "fence attribute")
"""Places of which no page says anything, whoever reads it."""

OTHERS = (("export", "--as-of", "2026-11-20", "--out", "archive.json"), ("export", "--as-of", "2026-11-20", "--format", "csv", "--out", "archive.csv"),
          ("touches", "--site", "https://shop.example/", "--export", "touches.json"))
INSIDE = (("calendar", "--actions", "--as-of", "2026-11-20", "--out", "calendar.ics"), ("quarter", "2018-Q2", "--as-of", "2026-11-20", "--out", "quarter.md"),
          ("quarter", "2026-Q4", "--as-of", "2026-11-20", "--format", "json", "--out", "quarter.json"))
"""What else is written for others to read, the file at the end; there is no calendar and no review for the public."""


class Built(NamedTuple):
    """What three audiences are given, and what was planted."""

    garden: Garden
    root: Path

    def folders(self, audience: str) -> list[Path]:
        """The site that MkDocs builds, and the files that other commands write for the same readers."""
        return [self.root / "out" / f"{audience}-{door}" for door in ("site", "pages", "files")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One project, built for each audience in turn, the one that sees most first, with whatever is kept between builds kept."""
    root, garden = tmp_path_factory.mktemp("garden"), Garden()
    for kind, day, visibility, status in (("restricted", RESTRICTED, "restricted", "published"), ("internal", INTERNAL, "internal", "published"), ("stub", STUB, "public", "filed"),
                                          ("public", PUBLIC, "public", "published")):
        twin = garden.plant(kind, day, visibility=visibility, status=status)
        garden.plant(f"{kind} again", day, visibility=visibility, status=status, twin=twin)
    env = environment(PYTHONPATH=str(CHECKOUT / "hooks"))
    must("git", "init", "--quiet", at=root, env=env)
    for name, data in (garden.files | {"postmortems/policy.yml": json.dumps({"schema": 1, **garden.policy}).encode(), "docs/about.md": b"# About\n"}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
        kind = next((garden.planted[word] for word in garden.planted if word in name), "policy")
        must("git", "add", "--all", at=root, env=env)
        author = f"{garden.word(f'{kind} author')} <{garden.word(f'{kind} author mail')}@in.example>"
        must("git", "commit", "--quiet", f"--author={author}", "--message", f"{garden.word(f'{kind} message')}\n\nReviewed-by: {garden.word(f'{kind} trailer')}", at=root, env=env)
    for audience in ("restricted", "internal", "public"):
        (root / "mkdocs.yml").write_text(
            "site_name: A shop\nsite_url: https://shop.example/\nstrict: true\nrepo_url: https://shop.example/\ntheme: {name: material, font: false}\n"
            f"plugins: [search, hotwash: {{as_of: \"2026-11-20\", audience: {audience}, repository: https://forge.example/r}}]\n"
            "markdown_extensions: [attr_list, footnotes, tables, pymdownx.superfences]\n"
            "nav: [index.md, about.md, actions.md, filed.md, {More: [recurrences/index.md]}]\n"
        )
        must(sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", f"out/{audience}-site", at=root, env=env)
        must(sys.executable, "-m", "hotwash", "pages", "--out", f"out/{audience}-pages", "--as-of", "2026-11-20", "--audience", audience, "--repository", "https://forge.example/r",
             at=root, env=env)
        (root / f"out/{audience}-files").mkdir()
        for words in OTHERS + (() if audience == "public" else INSIDE):
            must(sys.executable, "-m", "hotwash", *words[:-1], f"out/{audience}-files/{words[-1]}", "--audience", audience, at=root, env=env)
    return Built(garden, root)


def of(garden: Garden, *kinds: str) -> set[str]:
    """The words planted for some kinds of postmortem."""
    return {word for word, where in garden.planted.items() if where.startswith(kinds)}


@pytest.mark.parametrize("door", [0, 1])
def test_the_build_for_those_who_see_all_holds_every_word(built: Built, door: int) -> None:
    """The control: what the other tests look for can be found."""
    found = set(words_in(built.folders("restricted")[door]))
    lost = {word for word in built.garden.standing() - found if not any(silent in built.garden.planted[word] for silent in SILENT)}
    assert built.garden.places(lost) == []


@pytest.mark.parametrize("door", [0, 1, 2])
def test_an_internal_build_holds_nothing_of_what_is_restricted(built: Built, door: int) -> None:
    folder = built.folders("internal")[door]
    found = words_in(folder)
    assert {built.garden.planted[word]: found[word] for word in of(built.garden, "restricted") & set(found)} == {}
    assert [path for path, text in texts(folder) if re.search(DAYS["restricted"], text)] == []
    assert of(built.garden, "internal") & set(found)


@pytest.mark.parametrize("door", [0, 1, 2])
def test_a_public_build_holds_nothing_of_what_is_not_public(built: Built, door: int) -> None:
    folder = built.folders("public")[door]
    found = words_in(folder)
    assert {built.garden.planted[word]: found[word] for word in of(built.garden, "restricted", "internal", "stub") & set(found)} == {}
    for days in DAYS.values():
        assert [path for path, text in texts(folder) if re.search(days, text)] == []


@pytest.mark.parametrize("door", [0, 1, 2])
def test_of_a_public_postmortem_only_what_concerns_the_public_is_built(built: Built, door: int) -> None:
    folder = built.folders("public")[door]
    found = words_in(folder)
    policy = read_policy((CHECKOUT / "schemas" / "defaults.yml").read_text(), "", "{}", {}, "{}")
    shown: set[str] = set()
    for name, data in built.garden.files.items():
        if name.startswith(f"postmortems/{PUBLIC}"):
            shown |= {word for word in built.garden.planted if word in json.dumps(disclosed(parse(name, data).header, policy.data["public"]))}
    shown |= {word for vocabulary in built.garden.policy.values() if isinstance(vocabulary, dict) for used, entry in vocabulary.items() if used[:8] in shown for word in built.garden.planted
              if word in json.dumps(entry)}
    inside = ("comment", "waiver", "link target", "link title", "address", "autolink", "definition", "handle", "mail", "path", "body people", "below people", "body related", "below related",
              "author", "message", "trailer", "person", "team", "identity", "delegate", "people", "x-own")
    public = of(built.garden, "public")
    kept_back = {word for word in public if any(spot in built.garden.planted[word] for spot in inside)}
    kept_back |= {word for word in public - shown if built.garden.planted[word].split()[1 + built.garden.planted[word].startswith("public again")] in
                  ("roles", "participants", "incidents", "paths", "fix", "actions", "parked", "review", "related", "effectiveness", "sign_off", "criteria", "detection", "skipped")}
    assert {built.garden.planted[word]: found[word] for word in kept_back & set(found)} == {}
    assert len(kept_back) > 100
    for place in ("public title", "public cause what"):
        assert {word for word, where in built.garden.planted.items() if where == place} & set(found), place
    for place in () if door == 2 else ("public title", "public impact service", "public trigger what", "public cause what", "public fix change", "public body fence", "public body table", "public body link words"):
        assert {word for word, where in built.garden.planted.items() if where == place} & set(found), place
    assert [path for path, text in texts(folder) if "forge.example" in text or "in.example" in text] == []
