"""What every test may use: a project on disk, a browser, and hypothesis at a pace that keeps the fast tests fast."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from helpers import TEAM
from hypothesis import HealthCheck, settings

if os.environ.get("CI"):
    # There, what is missing has to fail: a skipped test says nothing, and nobody reads that it was skipped.
    pytest.importorskip = lambda name, **_: import_module(name)

settings.register_profile("fast", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fast")


@pytest.fixture(autouse=True)
def garbage_is_collected() -> Iterator[None]:
    """`check` switches the collector off for its one short run; here, many runs share a process."""
    yield
    gc.enable()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Make a project on disk and stand in it: `project({"2026-11-05-update.md": text})`."""

    def make(files: dict[str, str | bytes] | None = None, policy: str = TEAM) -> Path:
        folder = tmp_path / "postmortems"
        folder.mkdir(exist_ok=True)
        (folder / "policy.yml").write_text(policy, encoding="utf-8")
        for name, text in (files or {}).items():
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        monkeypatch.chdir(tmp_path)
        return tmp_path

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return make


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests that need one: a thread can start Playwright only once."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", *quiet])
        yield browser
        browser.close()
