"""What the slow tests share: this checkout as a repository, its wheel, and a place where pre-commit keeps the hooks it has built."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from real import CHECKOUT, SITE_PINS, Repo, empty, environment, must


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first, once all are marked: whoever breaks something small reads it at once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("slow")
    items.sort(key=lambda item: sum(item.get_closest_marker(name) is not None for name in ("slow", "browser")))


@pytest.fixture(scope="session")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A fresh shell's environment; pip takes the pinned versions, pre-commit builds each environment once."""
    return environment(PRE_COMMIT_HOME=str(tmp_path_factory.mktemp("pre-commit")), PIP_CONSTRAINT=str(SITE_PINS), PRE_COMMIT_COLOR="never")


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory, env: dict[str, str]) -> Repo:
    """This work tree as it is, uncommitted files included, as the one commit of a repository of its own."""
    repo = empty(tmp_path_factory.mktemp("of") / "hotwash", env)
    for name in must("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", at=CHECKOUT, env=env).split("\0"):
        if name and (CHECKOUT / name).is_file():
            (repo.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, repo.folder / name)
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "--message", "the work tree")
    return repo


@pytest.fixture(scope="session")
def wheel(checkout: Repo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution and so from nothing else."""
    out = tmp_path_factory.mktemp("dist")
    must(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ".", at=checkout.folder, env=checkout.env)
    (found,) = out.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory, env: dict[str, str]) -> dict[str, str]:
    """An environment whose PATH finds the `hotwash` of the wheel, installed without the parts for the site."""
    return with_path(env, _venv(tmp_path_factory.mktemp("plain"), env, str(wheel)))


@pytest.fixture(scope="session")
def installed_with_site(wheel: Path, tmp_path_factory: pytest.TempPathFactory, env: dict[str, str]) -> dict[str, str]:
    """The same with MkDocs and Material."""
    return with_path(env, _venv(tmp_path_factory.mktemp("site"), env, f"{wheel}[site]"))


def _venv(folder: Path, env: dict[str, str], *packages: str) -> Path:
    must(sys.executable, "-m", "venv", folder, at=folder, env=env)
    must(folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages, at=folder, env=env)
    return folder / "bin"


def with_path(env: dict[str, str], bin: Path) -> dict[str, str]:
    """The environment with this folder first on PATH."""
    return {**env, "PATH": f"{bin}{os.pathsep}{env['PATH']}"}


@pytest.fixture
def project(tmp_path: Path, installed: dict[str, str]) -> Repo:
    """A repository that `hotwash init` has set up, with the hook that calls the `hotwash` on PATH: the cheapest of the three ways."""
    repo = empty(tmp_path / "shop", installed)
    must("hotwash", "init", at=repo.folder, env=installed)
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "--message", "hotwash init")
    return repo.hooked()
