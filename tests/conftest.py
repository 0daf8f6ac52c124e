"""What every test may use: a project on disk, and hypothesis at a pace that keeps the fast tests fast."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import TEAM
from hypothesis import HealthCheck, settings

settings.register_profile("fast", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fast")


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
