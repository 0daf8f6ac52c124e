"""`hotwash init` in empty and in lived-in repositories, and the project that it leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from real import Repo, empty, must, run

FILES = {".pre-commit-config.yaml", "docs/how-we-write-postmortems.md", "mkdocs.yml", "postmortems/policy.yml"}
GITHUB, SYNC, REMIND, GITLAB = ".github/workflows/postmortems.yml", ".github/workflows/postmortem-actions.yml", ".github/workflows/postmortem-reminder.yml", ".gitlab-ci.yml"
OWN = {
    ".pre-commit-config.yaml": "repos: []  # ours\r\n",
    "mkdocs.yml": "site_name: Ours\n",
    GITHUB: "on: push",
    SYNC: "on: push",
    REMIND: "on: push",
    "postmortems/policy.yml": "schema: 1\nservices: {shop: Shop}\n",
    "docs/how-we-write-postmortems.md": "",
}


@pytest.fixture
def lived_in(tmp_path: Path, installed: dict[str, str]) -> Repo:
    """A repository that has files of its own wherever `init` would write."""
    repo = empty(tmp_path / "ours", installed)
    for name, text in OWN.items():
        (repo.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (repo.folder / name).write_bytes(text.encode())
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "--message", "ours")
    return repo


def files(folder: Path) -> set[str]:
    """Every file below a folder, Git's own left out."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts}


def test_a_lived_in_repository_keeps_every_byte_and_is_told_what_to_add(lived_in: Repo) -> None:
    done = lived_in.run("hotwash", "init")
    assert done.status == 0, done.said
    assert lived_in.git("status", "--porcelain") == ""
    assert {name: (lived_in.folder / name).read_bytes().decode() for name in OWN} == OWN
    for name in OWN:
        assert f"kept  {name}, which was there already" in done.said
    assert "for .pre-commit-config.yaml, add what you need of:" in done.said
    assert "entry: hotwash check" in done.said
    assert "it needs hotwash[site]" in done.said
    assert "- hotwash: {}" in done.said


def test_a_second_init_changes_nothing(tmp_path: Path, installed: dict[str, str]) -> None:
    must("hotwash", "init", "shop", at=tmp_path, env=installed)
    before = {name: (tmp_path / "shop" / name).read_bytes() for name in files(tmp_path / "shop")}
    must("hotwash", "init", "shop", at=tmp_path, env=installed)
    assert {name: (tmp_path / "shop" / name).read_bytes() for name in files(tmp_path / "shop")} == before


def test_a_dry_run_says_what_it_would_write_and_writes_nothing(tmp_path: Path, installed: dict[str, str]) -> None:
    said = must("hotwash", "init", "--dry-run", "shop", at=tmp_path, env=installed)
    assert set(said.splitlines()) == {f"write {name}" for name in {*FILES, GITHUB, SYNC, REMIND}}
    assert list(tmp_path.iterdir()) == []


def test_a_link_that_leads_nowhere_is_kept_too(tmp_path: Path, installed: dict[str, str]) -> None:
    (tmp_path / "mkdocs.yml").symlink_to(tmp_path / "nowhere.yml")
    said = must("hotwash", "init", at=tmp_path, env=installed)
    assert "kept  mkdocs.yml, which was there already" in said
    assert not (tmp_path / "nowhere.yml").exists()


def test_a_file_in_the_folders_place_is_one_clear_line(tmp_path: Path, installed: dict[str, str]) -> None:
    (tmp_path / "shop").write_text("not a folder", encoding="utf-8")
    done = run("hotwash", "init", "shop", at=tmp_path, env=installed)
    assert (done.status, done.said) == (2, "hotwash: shop: not a folder\n")


def test_a_file_in_the_place_of_its_folders_is_one_clear_line(tmp_path: Path, installed: dict[str, str]) -> None:
    (tmp_path / "postmortems").write_text("not a folder", encoding="utf-8")
    done = run("hotwash", "init", at=tmp_path, env=installed)
    assert (done.status, done.said.splitlines()) == (2, ["hotwash: ./postmortems: a file stands where a folder has to be"])


@pytest.mark.parametrize(("forge", "workflow"), [("github", {GITHUB, SYNC, REMIND}), ("gitlab", {GITLAB}), ("none", set())])
def test_an_empty_folder_gets_folder_policy_hook_site_and_its_forges_workflow(
    tmp_path: Path, installed: dict[str, str], forge: str, workflow: set[str]
) -> None:
    said = must("hotwash", "init", "--forge", forge, at=tmp_path, env=installed)
    assert files(tmp_path) == FILES | workflow
    for name in FILES | workflow:
        assert f"wrote {name}" in said
        assert "{" not in (tmp_path / name).read_text(encoding="utf-8").replace("${{", "") or name in {"mkdocs.yml", "postmortems/policy.yml"}
    for name in workflow:
        assert yaml.safe_load((tmp_path / name).read_text(encoding="utf-8"))
    assert must("hotwash", "check", at=tmp_path, env=installed) == ""


def test_hooks_from_a_source_are_built_by_pre_commit_itself(tmp_path: Path, checkout: Repo, installed: dict[str, str]) -> None:
    repo = empty(tmp_path / "shop", checkout.env)
    must("hotwash", "init", "--source", str(checkout.folder), "--rev", checkout.git("rev-parse", "HEAD").strip(), at=repo.folder, env=installed)
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "--message", "hotwash init")
    done = repo.hooked().commit(("2026-11-05-x.md", "---\ntitle: x\nstatus: published\n---\n"))
    assert done.status == 1
    assert "postmortems/2026-11-05-x.md:1:1: missing-" in done.said


def test_in_a_new_project_a_stub_is_committed_at_once_and_stands_on_the_site(tmp_path: Path, installed_with_site: dict[str, str]) -> None:
    repo = empty(tmp_path / "shop", installed_with_site)
    must("hotwash", "init", at=repo.folder, env=repo.env)
    repo.hooked()
    must("hotwash", "new", "Search returned nothing", "--severity", "SEV2", "--stub", "--resolved", "2026-11-05T16:40:00Z", at=repo.folder, env=repo.env)
    repo.git("add", "--all")
    done = repo.commit()
    assert done.status == 0, done.said
    must("mkdocs", "build", "--strict", "--quiet", at=repo.folder, env=repo.env)
    page = repo.folder / "site" / "postmortems" / "2026-11-05-search-returned-nothing" / "index.html"
    assert "Search returned nothing" in page.read_text(encoding="utf-8")
    assert "Search returned nothing" in (repo.folder / "site" / "index.html").read_text(encoding="utf-8")
