"""The hooks' manifests say the same things as the rules and as each other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from hotwash.project import is_postmortem_name, shipped
from hotwash.rules import GROUPS

TOP = Path(__file__).parents[1]
TOUCHES = "postmortem-touches"
SHARED = ("files", "exclude", "require_serial", "verbose")


def manifest() -> list[dict[str, Any]]:
    """The hooks for other repositories."""
    return list(yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")))


def hook_of(configuration: str, id: str = "postmortem") -> dict[str, Any]:
    """One hook of a configuration."""
    (hook,) = (hook for repo in yaml.safe_load(configuration)["repos"] for hook in repo["hooks"] if hook["id"] == id)
    return dict(hook)


def own() -> str:
    """This repository's own configuration."""
    return (TOP / ".pre-commit-config.yaml").read_text(encoding="utf-8")


def everywhere() -> list[dict[str, Any]]:
    """Every hook that checks, wherever we write it down: in the manifest, in this repository's own configuration, and in the one that `init` writes."""
    return [*(hook for hook in manifest() if hook["id"] != TOUCHES), hook_of(own()), hook_of(shipped("starter/pre-commit-config.yaml"))]


def concerned(hook: dict[str, Any], path: str) -> bool:
    """Whether pre-commit hands this path to the hook."""
    return bool(re.search(hook["files"], path)) and not re.search(hook["exclude"], path)


def test_every_group_of_rules_has_its_hook_and_every_hook_its_group() -> None:
    assert {hook["id"]: hook["entry"] for hook in manifest()} == {
        "postmortem": "hotwash check",
        **{f"postmortem-{group}": f"hotwash check --only {group}" for group in GROUPS},
        TOUCHES: "hotwash touches --hook",
    }


def test_the_hook_on_touched_paths_is_given_every_file_at_once_and_its_advice_is_seen() -> None:
    (shipped_one,) = (hook for hook in manifest() if hook["id"] == TOUCHES)
    for hook in (shipped_one, hook_of(own(), TOUCHES)):
        assert {"files", "exclude", "types", "pass_filenames"} & set(hook) == set()
        assert hook["entry"].endswith("touches --hook")
        assert (hook["require_serial"], hook["verbose"]) == (True, True)


def test_every_hook_takes_the_same_files_in_one_process_and_lets_its_warnings_be_seen() -> None:
    first, *others = ({key: hook[key] for key in SHARED} for hook in everywhere())
    assert first["require_serial"] is True
    assert first["verbose"] is True
    assert [other for other in others if other != first] == []


def test_this_repositorys_hook_installs_what_hotwash_depends_on() -> None:
    wanted = re.search(r"^dependencies = \[\n(.*?)^\]", (TOP / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert wanted is not None
    names = {re.split(r"[<>=;]", quoted)[0] for quoted in re.findall(r'^  "([^"]+)"', wanted[1], re.MULTILINE) if "platform_system" not in quoted}
    for id in ("postmortem", TOUCHES):
        assert {re.split(r"[<>=]", given)[0] for given in hook_of(own(), id)["additional_dependencies"]} == names


@pytest.mark.parametrize("path", [
    "docs/handbook/meeting.md", "postmortems/README.md", "postmortems/Index.md", "postmortems/policy.yml", "postmortems/2026/old.md",
    "src/postmortems/2026-11-02-checkout-503.md", "postmortems/2026-11-02-checkout-503.md.orig", "postmortems/.2026-11-02-draft.md",
])  # fmt: skip
def test_a_hook_leaves_other_files_alone(path: str) -> None:
    assert [hook["id"] for hook in everywhere() if concerned(hook, path)] == []


@pytest.mark.parametrize("path", [
    "postmortems/2026-11-02-checkout-503.md", "postmortems/2026-11-02-zahlung-fällt-aus.md", "postmortems/notes.md", "postmortems/-x.md",
    "postmortems/2026-11-02 checkout.md", "postmortems/2026-11-02-readme.md", "postmortems/reindex.md",
])  # fmt: skip
def test_a_hook_takes_every_postmortem(path: str) -> None:
    assert [hook["id"] for hook in everywhere() if not concerned(hook, path)] == []


@pytest.mark.parametrize("name", ["2026-11-02-checkout-503.md", "README.md", "Index.md", "notes.md", ".draft.md", "policy.yml", "-x.md"])
def test_a_hook_and_a_check_of_the_folder_agree_about_what_is_a_postmortem(name: str) -> None:
    assert {concerned(hook, f"postmortems/{name}") for hook in everywhere()} == {is_postmortem_name(name)}
