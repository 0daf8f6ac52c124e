"""The wheel, built from the source distribution and installed where there is no checkout."""

from __future__ import annotations

import json
import re
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest
from real import CHECKOUT, must, run


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder that has nothing to do with the checkout, nor with any project."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


def shipped() -> set[str]:
    """What the checkout has to ship, by its name in the wheel: the code, what it reads, and the schemas."""
    schemas = {f"hotwash/{path.relative_to(CHECKOUT).as_posix()}" for path in (CHECKOUT / "schemas").rglob("*") if path.is_file()}
    code = {path.relative_to(CHECKOUT / "hooks").as_posix() for path in (CHECKOUT / "hooks" / "hotwash").rglob("*") if path.is_file()}
    return {name for name in schemas | code if "__pycache__" not in name}


def test_the_wheel_holds_the_code_and_the_schemas_and_nothing_else(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if not re.match(r"hotwash-[^/]+\.dist-info/", name)}
    assert inside == shipped()


def test_the_source_distribution_holds_no_tests_and_no_examples(wheel: Path) -> None:
    (path,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        top = {name.split("/")[1] for name in archive.getnames()}
    assert top == {"hooks", "schemas", "README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml", "PKG-INFO", ".gitignore"}


def test_the_installed_code_is_the_wheels(installed: dict[str, str], elsewhere: Path) -> None:
    where = Path(str(shutil.which("hotwash", path=installed["PATH"])))
    found = must(where.parent / "python", "-c", "import hotwash; print(hotwash.__file__)", at=elsewhere, env=installed)
    assert found.startswith(str(where.parents[1]))
    assert str(CHECKOUT) not in found


def test_it_says_its_version(installed: dict[str, str], elsewhere: Path, wheel: Path) -> None:
    assert must("hotwash", "--version", at=elsewhere, env=installed) == f"hotwash {wheel.name.split('-')[1]}\n"


def test_it_explains_every_rule_it_lists(installed: dict[str, str], elsewhere: Path) -> None:
    ids = [line.split()[1] for line in must("hotwash", "explain", at=elsewhere, env=installed).splitlines()]
    assert "missing-fix" in ids
    assert "structural fix" in must("hotwash", "explain", "missing-fix", at=elsewhere, env=installed)


def test_its_schema_is_one(installed: dict[str, str], elsewhere: Path) -> None:
    schema = json.loads(must("hotwash", "schema", at=elsewhere, env=installed))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "severity" in schema["properties"]


def test_a_postmortem_is_started_and_checked_without_a_project(installed: dict[str, str], elsewhere: Path) -> None:
    words = ("new", "Search returned nothing", "--severity", "P2", "--resolved", "2026-11-05T16:40:00Z")
    said = must("hotwash", *words, at=elsewhere, env=installed)
    assert "postmortems/2026-11-05-search-returned-nothing.md" in said.splitlines()
    assert "(warning)" in must("hotwash", "check", at=elsewhere, env=installed)


def test_findings_end_with_1_and_what_cannot_run_with_2_and_one_line(installed: dict[str, str], elsewhere: Path) -> None:
    (elsewhere / "2026-11-05-x.md").write_text("---\nstatus: published\n---\n", encoding="utf-8")
    assert run("hotwash", "check", "2026-11-05-x.md", at=elsewhere, env=installed).status == 1
    gone = run("hotwash", "check", "gone.md", at=elsewhere, env=installed)
    assert (gone.status, gone.said) == (2, "hotwash: gone.md: there is no such file\n")


def test_the_site_as_files_needs_no_mkdocs(installed: dict[str, str], elsewhere: Path) -> None:
    said = must("hotwash", "pages", "--out", "pages", at=elsewhere, env=installed)
    assert (elsewhere / "pages" / "index.md").is_file(), said
