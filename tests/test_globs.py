"""Patterns of paths: what stays within a folder, what crosses folders, and what nobody may make slow."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotwash.globs import fits, fixed, overlap


@pytest.mark.parametrize(("pattern", "path"), [
    ("config/cache", "config/cached"), ("config/*", "config/cache/keys.yml"), ("config/*.yml", "config/a/b.yml"), ("*.yml", "config/a.yml"),
    ("config/?.yml", "config/ab.yml"), ("config/?.yml", "config/.yml"), ("a/**/b", "a/c"), ("a/**/b", "x/a/b"), ("config/**", "configs/a"), ("Config/**", "config/a"),
    ("", "a"), ("/", "a"), ("a", ""), ("pages/[id]/x", "pages/i/x"), ("src/**/test_*.py", "src/test/a.py"), ("config/cache/**", "config"),
])  # fmt: skip
def test_a_pattern_leaves_other_paths_alone(pattern: str, path: str) -> None:
    assert not fits(pattern, path)


@pytest.mark.parametrize(("pattern", "path"), [
    ("config/cache", "config/cache"), ("config/cache", "config/cache/deep/keys.yml"), ("config/cache/", "config/cache/keys.yml"), ("./config", "config/a"),
    ("config/*", "config/a.yml"), ("config/*.yml", "config/a.yml"), ("config/?.yml", "config/a.yml"), ("**", "a/b/c"), ("**/*.sql", "a.sql"),
    ("**/*.sql", "db/a/b.sql"), ("a/**/b", "a/b"), ("a/**/b", "a/x/y/b"), ("config/cache/**", "config/cache/a/b"), ("pages/[id]/x", "pages/[id]/x"),
    ("src/**/test_*.py", "src/a/b/test_c.py"), ("**/migrations/**", "shop/orders/migrations/0001.py"), ("über/*", "über/ä"),
])  # fmt: skip
def test_a_pattern_takes_what_it_names(pattern: str, path: str) -> None:
    assert fits(pattern, path)


@pytest.mark.parametrize(("pattern", "folder"), [("config/cache/**", "config/cache"), ("**/x", ""), ("a/b.yml", "a/b.yml"), ("a/b*/c", "a"), ("./a//b/", "a/b")])
def test_what_is_fixed_of_a_pattern_is_what_stands_before_its_first_wildcard(pattern: str, folder: str) -> None:
    assert fixed(pattern) == folder


def test_patterns_overlap_where_one_lies_within_the_other() -> None:
    assert not overlap("config/cache/**", "config/caches/**")
    assert not overlap("**", "config/**")
    assert overlap("config/**", "config/cache/*.yml")
    assert overlap("a/b.yml", "a/b.yml")


_STEP = st.text("ab*?", min_size=1, max_size=4)
_PATTERN = st.lists(_STEP, min_size=1, max_size=5).map("/".join)
_PATH = st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=5).map("/".join)


@given(_PATTERN, _PATH)
def test_a_pattern_means_what_the_same_regular_expression_means(pattern: str, path: str) -> None:
    parts = []
    for step in pattern.split("/"):
        one = "".join("[^/]*" if char == "*" else "[^/]" if char == "?" else char for char in step)
        parts.append("(?:[^/]+/)*" if step == "**" else f"{one}/")
    last = pattern.rsplit("/", 1)[-1]
    whole = "".join(parts) + ("" if "*" in last or "?" in last else "(?:[^/]+/)*")
    assert fits(pattern, path) == bool(re.fullmatch(whole, f"{path}/"))


@given(_PATTERN, _PATH)
def test_what_is_fixed_is_above_every_path_that_fits(pattern: str, path: str) -> None:
    if fits(pattern, path):
        assert f"{path}/".startswith(f"{fixed(pattern)}/".lstrip("/"))


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    begun = time.process_time()
    assert not fits("**/" * 200 + "x", "/".join("a" * 200))
    assert not fits("a*" * 100 + "b", "a" * 500)
    assert time.process_time() - begun < 1
