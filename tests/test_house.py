"""The order of the house: a module imports only what stands above it, every edge to the world is one file, and no file or function grows too long."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from helpers import HERE

from hotwash.model import LEVELS
from hotwash.rules import GROUPS, load, names, shipped_ids

ROOT = HERE.parent
HOUSE = ROOT / "hooks" / "hotwash"

PURE = [
    "model",
    "past",
    "hashing",
    "clock",
    "hours",
    "wording",
    "tabular",
    "merging",
    "yaml12",
    "prose",
    "parse",
    "remembered",
    "accept",
    "render",
    "edit",
    "shape",
    "disclosure",
    "policy",
    "archive",
    "audience",
    "recurrence",
    "globs",
    "synonyms",
    "similar",
    "related",
    "touches",
    "touch_export",
    "closing",
    "ticket",
    "tracker",
    "sync",
    "effectiveness",
    "metrics",
    "agenda",
    "need",
    "lateness",
    "metrics_export",
    "lesson",
    "due",
    "diary",
    "quarter",
    "reviews",
    "signoff",
    "teams",
    "freeze",
    "codeowners",
    "audit",
    "audit_export",
    "timeline",
    "draft",
    "merged_schema",
    "language",
    "phrase_rules",
    "phrase_weight",
    "phrase_search",
    "rules",
    "check",
    "report",
    "formats",
    "touch_report",
    "reminder",
    "dead_ends",
    "pages",
    "common_words",
    "shards",
    "content_policy",
]
"""Text in, values out. They open no file, ask no clock and know no environment; `rules`, `formats`, `reviews` and `tracker` list their own folders."""
EDGES = [
    "progress",
    "project",
    "rewrite",
    "streams",
    "cache",
    "beside_git",
    "elsewhere",
    "freed",
    "spool",
    "kept",
    "readings",
    "rereading",
    "history",
    "signing",
    "touch_index",
    "touch_hook",
    "survey",
    "surface",
    "site",
    "today",
    "flags",
    "kept_shards",
    "full_text",
]
"""Each touches one thing of the world, and may stand on any pure module and on the edges before it."""
DOORS = ["cli", "plugin", "__main__"]
"""What a user or MkDocs calls. Nothing stands on a door."""
ORDER = [*PURE, *EDGES, *DOORS]

PURE_BY_NATURE = {"formats/__init__.py": {"os"}, "reviews/__init__.py": {"os"}, "rules/__init__.py": {"os", "sys", "open"}, "tracker/__init__.py": {"os"}, "render.py": {"io"}}
"""Four folder walks (what stands beside them is code, and rules of phrases are code that is written as data), and a stream in memory for ruamel.yaml."""
OUTSIDE = {
    "mkdocs": {"plugin/anchors.py", "plugin/files.py", "plugin/finishing.py", "plugin/mould.py", "plugin/notes.py", "plugin/returning.py", "plugin/following.py", "plugin/__init__.py", "plugin/frame.py", "plugin/keeping.py", "plugin/rendering.py", "plugin/surroundings.py"}, "git": {"history/asking.py", "history/__init__.py"}, "sqlite3": {"beside_git.py", "cache.py"}, "jsonschema": {"shape.py"}, "referencing": {"shape.py"}, "yaml": {"yaml12.py"},
    "ruamel": {"render.py"}, "nh3": {"pages/parts/clean.py", "plugin/rendering.py"}, "markdown": {"plugin/rendering.py", "plugin/repeating.py", "plugin/seeking.py"}, "zoneinfo": {"clock.py"}, "pagefind_bin": {"full_text.py"}, "zstandard": {"kept.py"},
}  # fmt: skip
"""Each package from outside, and the only files that know it."""

FILES = sorted(path for path in HOUSE.rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 250, 40


def inside(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, late imports included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ([f"hotwash.{alias.name}" for alias in node.names] if node.module == "hotwash" else [node.module])


def called(path: Path) -> set[str]:
    """The dotted names that a file mentions: `open`, `os.environ`, `datetime.now`."""
    return {ast.unparse(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute | ast.Name)}


def test_every_module_has_its_place_in_the_order() -> None:
    assert {room(path) for path in FILES} - {"__init__"} == set(ORDER)


def test_a_module_imports_only_what_stands_above_it() -> None:
    below = {}
    for path in FILES:
        above = {*ORDER[: ORDER.index(room(path))], room(path)} if room(path) in ORDER else set()
        used = {name.split(".")[1] for name in imports(path) if name.startswith("hotwash.")} - {"__version__"}
        below[inside(path)] = used - above
    assert {name: used for name, used in below.items() if used} == {}


@pytest.mark.parametrize("package", OUTSIDE)
def test_only_one_place_knows_a_package_from_outside(package: str) -> None:
    knowing = {inside(path) for path in FILES if package in {name.split(".")[0] for name in imports(path)}}
    assert knowing <= OUTSIDE[package]
    assert knowing, "a package that nobody imports needs no place"


def test_commands_do_not_stand_on_each_other() -> None:
    commands = [path for path in FILES if room(path) == "cli" and path.name != "__init__.py"]
    assert [inside(path) for path in commands if any(name.startswith("hotwash.cli.") for name in imports(path))] == []


def test_pure_modules_open_no_file_and_know_no_clock_and_no_environment() -> None:
    worldly = {"os", "io", "sys", "time", "pathlib", "subprocess", "socket", "urllib.request", "tempfile", "shutil", "random", "locale", "tokenize"}
    doing = {"open", "os.environ", "os.getcwd", "datetime.now", "datetime.today", "date.today", "datetime.utcnow", "print", "input"}
    offending = {}
    for path in (path for path in FILES if room(path) in PURE):
        offending[inside(path)] = ({name for name in imports(path) if name in worldly} | (called(path) & doing)) - PURE_BY_NATURE.get(inside(path), set())
    assert {name: words for name, words in offending.items() if words} == {}


def test_files_and_functions_stay_short() -> None:
    long = [inside(path) for path in FILES if path.read_text(encoding="utf-8").count("\n") > LONGEST_FILE]
    for path in FILES:
        functions = (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))
        long += [f"{inside(path)}: {node.name}" for node in functions if node.end_lineno - node.lineno >= LONGEST_FUNCTION]
    assert long == []


def test_every_module_says_what_it_is() -> None:
    assert [inside(path) for path in FILES if len((ast.get_docstring(tree(path)) or "").split("\n")[0]) <= 20] == []


@pytest.mark.parametrize("rule", load(), ids=lambda rule: rule.id)
def test_a_rule_has_a_page_a_level_and_a_reach(rule) -> None:
    assert rule.level in LEVELS
    assert rule.reach in (2, 3, 5)
    taken = ("post", "policy", "archive", "history", "as_of")[: rule.reach]
    assert rule.find.__code__.co_varnames[: rule.reach] == taken


def test_rules_are_found_by_their_files_and_their_names_are_unique() -> None:
    ids = [rule.id for rule in load()]
    files = [path.stem.replace("_", "-") for group in GROUPS for path in (HOUSE / "rules" / group).glob("[a-z]*.*")]
    assert sorted(ids) == sorted(files)
    assert len(set(ids)) == len(ids)
    assert shipped_ids() == set(ids)
    assert all(names(group) == sorted(names(group)) for group in GROUPS)


def test_a_rule_is_named_for_what_it_flags() -> None:
    assert [rule.id for rule in load() if rule.id.split("-")[0] in ("no", "require", "check", "disallow", "must")] == []


FOREIGN = re.compile("|".join(("index" + "-url", "/" + "simple/", "/" + "work/")))
"""An option or an address of a package index, a path of the machine this was written on; in pieces, so that this line is none itself."""


def ours() -> list[Path]:
    folders = [
        path
        for name in ("hooks", "schemas", "docs", "benchmarks", "requirements", "postmortems", ".ci", "tests")
        for path in (ROOT / name).rglob("*")
    ]
    named = [path for path in (ROOT / "Makefile", ROOT / "LICENSE", ROOT / ".ci" / "run") if path.exists()]
    return named + [
        path
        for path in [*ROOT.glob("*.*"), *folders]
        if path.is_file() and path.suffix in (".py", ".md", ".yml", ".yaml", ".toml", ".txt", ".json", ".css", ".js")
    ]


def test_nothing_we_write_names_a_package_index_or_a_path_of_one_machine() -> None:
    texts = {
        path: path.read_text(encoding="utf-8", errors="replace") for path in ours() if path != Path(__file__) and "__pycache__" not in path.parts
    }
    assert len(texts) > 100
    assert [f"{path}: {line}" for path, text in texts.items() for line in text.split("\n") if FOREIGN.search(line)] == []
