"""A template is compiled once in a session, and anew where it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("mkdocs", reason="MkDocs is not installed")

from jinja2 import Environment, FileSystemLoader
from jinja2.bccache import FileSystemBytecodeCache

from hotwash.plugin import compiled
from hotwash.plugin.compiled import Compiled, compile_once


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_COMPILED", Compiled())


def shown(folder: Path) -> str:
    """What a new environment makes of the template in a folder."""
    env = Environment(loader=FileSystemLoader(folder), autoescape=True)
    compile_once(env)
    return env.get_template("main.html").render(name="x")


def test_the_next_build_takes_what_this_one_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "main.html").write_text("one {{ name }}")
    assert shown(tmp_path) == "one x"
    monkeypatch.setattr(Environment, "compile", lambda *_, **__: pytest.fail("compiled again"))
    assert shown(tmp_path) == "one x"


def test_a_template_that_was_edited_is_compiled_again(tmp_path: Path) -> None:
    (tmp_path / "main.html").write_text("one {{ name }}")
    shown(tmp_path)
    (tmp_path / "main.html").write_text("two {{ name }}")
    assert shown(tmp_path) == "two x"


def test_one_of_the_same_name_in_another_folder_is_another(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.html").write_text(f"{name} {{{{ name }}}}")
    assert [shown(tmp_path / name) for name in ("here", "there", "here")] == ["here x", "there x", "here x"]


def test_an_environment_that_remembers_by_itself_is_left_alone(tmp_path: Path) -> None:
    own = FileSystemBytecodeCache(str(tmp_path))
    env = Environment(bytecode_cache=own, autoescape=True)
    compile_once(env)
    assert env.bytecode_cache is own
