"""The archive for programs: one document with a published schema, as JSON and as CSV, for everybody who may see it and nobody else."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from helpers import STANDARD, light, light_text, post
from jsonschema import Draft202012Validator
from sites import AS_OF, NASTY, pages_of, site_of

from hotwash import project as disk
from hotwash.cli import main
from hotwash.pages import Site
from hotwash.pages.parts import document as made
from hotwash.pages.parts.document import as_table
from hotwash.pages.parts.record import records
from hotwash.past import FileHistory, History
from hotwash.tabular import as_csv

SCHEMA = json.loads(disk.shipped("archive.schema.json"))
ID = "2026-11-02-checkout-503"


def wrong(said: Any) -> list[str]:
    """What the schema finds wrong with a document."""
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).iter_errors(said)]


def document(site: Site) -> Mapping[str, Any]:
    return made.document(site, records(site))


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert wrong({"version": 1}) != []
    assert wrong({**document(site_of()), "version": 2}) == ["version: 1 was expected"]


def test_an_empty_archive_is_a_document_too() -> None:
    said = document(site_of())
    assert wrong(said) == []
    assert said["postmortems"] == []
    assert cells(as_table([], public=False)) == []


def test_the_document_says_what_the_files_say() -> None:
    first, again = post(STANDARD), light("cause: {class: cache-key-collision, what: x}", id="2026-11-05-again")
    said = document(site_of(first, again))
    assert wrong(said) == []
    assert [entry["id"] for entry in said["postmortems"]] == ["2026-11-05-again", ID]
    entry = said["postmortems"][1]
    assert entry["title"] == "Checkout returned 503 after a cache-key change"
    assert (entry["day"], entry["quarter"], entry["severity"], entry["services"]) == ("2026-11-02", "2026-Q4", "P1", ["checkout", "cache"])
    assert entry["clocks"] == {"detect": 420, "acknowledge": 120, "mitigate": 2160, "resolve": 2520}
    assert entry["address"] == f"postmortems/{ID}/"
    assert said["classes"][0]["incidents"] == [ID, "2026-11-05-again"]


def test_a_repeat_says_of_what_and_after_how_long() -> None:
    times = "timestamps: {{started: {0}T10:00:00Z, resolved: {0}T11:00:00Z}}\ncause: {{class: cache-key-collision, what: x}}"
    early, late = (light(times.format(day), id=f"{day}-x") for day in ("2026-10-01", "2026-11-05"))
    entries = {entry["id"]: entry for entry in document(site_of(early, late))["postmortems"]}
    assert entries["2026-11-05-x"]["repeat"] == {"of": "2026-10-01-x", "class": "cache-key-collision", "days": 35}
    assert entries["2026-10-01-x"]["repeat"]["of"] is None
    assert entries["2026-10-01-x"]["verdict"]["word"] == "not in place"
    assert entries["2026-10-01-x"]["verdict"]["repeat"] == "2026-11-05-x"


def test_lateness_is_what_git_knows() -> None:
    subject = light("severity: P1\ntimestamps: {resolved: 2026-11-05T10:00:00Z}")
    assert document(site_of(subject))["postmortems"][0]["filing"]["late"] is None
    past = History(files={subject.path: FileHistory(filed="2026-11-05T12:00:00Z", published="2026-11-19T10:00:00Z")})
    filing = document(site_of(subject, history=past))["postmortems"][0]["filing"]
    assert filing["filed"] == "2026-11-05T12:00:00Z"
    when = datetime.strptime(filing["deadline"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    assert filing["late"] == (datetime(2026, 11, 19, 10, tzinfo=timezone.utc) - when).total_seconds()
    assert filing["late"] > 0
    assert document(site_of(subject, history=past, as_of=AS_OF.replace(day=18)))["postmortems"][0]["filing"]["published"] is None


def test_a_team_owns_what_its_members_own() -> None:
    assert document(site_of(post(STANDARD)))["postmortems"][0]["teams"] == ["@team-cache"]
    stranger = light('fix: {change: x, owner: "@nobody-known", due: 2026-12-01}\nactions: [{id: a1, do: x, owner: "@Lager-Leitung", due: 2026-12-01}]')
    assert document(site_of(stranger))["postmortems"][0]["teams"] == ["@logistik"]


def test_the_public_learns_no_verdict_no_team_no_repeat_and_no_lateness() -> None:
    past = History(files={f"postmortems/{ID}.md": FileHistory(filed="2026-11-03T12:00:00Z", published="2026-11-19T10:00:00Z")})
    said = document(site_of(post(STANDARD), audience="public", history=past))
    assert wrong(said) == []
    assert {"teams", "verdict", "repeat"} & set(said["postmortems"][0]) == set()
    assert said["postmortems"][0]["filing"] == {"published": "2026-11-19T10:00:00Z"}
    inside = document(site_of(post(STANDARD), history=past))
    assert any("should not be valid" in found for found in wrong({**inside, "audience": "public"}))
    assert not {"verdict_word", "teams", "repeat_of", "filing_late"} & set(as_table(records(site_of()), public=True).split(","))


@pytest.mark.parametrize("value", NASTY)
def test_whatever_a_writer_sends_stays_a_value(value: str) -> None:
    subject = light(f"title: {json.dumps(value.replace(chr(2), '').replace(chr(3), ''))}\nservices: [{json.dumps(value.replace(chr(2), '').replace(chr(3), ''))}]")
    site = site_of(subject, archive_schema=SCHEMA)
    text = pages_of(site)["archive.json"].text
    assert "<" not in text
    assert wrong(json.loads(text)) == []
    assert len(cells(as_table(records(site), public=False))) == 1


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(value: str) -> None:
    (row,) = cells(as_csv([{"said": value, "listed": [value, "b"], "number": -1, "sure": True, "inside": {"deep": None}}], ["said", "listed", "number", "sure", "inside_deep"]))
    assert row == {"said": f"'{value}", "listed": f"'{value}; b", "number": "-1", "sure": "yes", "inside_deep": ""}


def test_the_site_brings_document_schema_and_reference() -> None:
    pages = pages_of(site_of(post(STANDARD), archive_schema=SCHEMA))
    assert wrong(json.loads(pages["archive.json"].text)) == []
    assert json.loads(pages["archive.schema.json"].text) == SCHEMA
    for key in ("clocks.acknowledge", "recurrence_of", "as_of", "filing.late"):
        assert f"<code>{key}</code>" in pages["reference/archive.md"].text


def test_the_command_writes_what_the_site_publishes(project: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = project({f"{ID}.md": STANDARD, "2026-11-06-hidden.md": light_text("visibility: restricted\ntitle: Nobody may know")})
    out = tmp_path / "archive.json"
    assert main(["export", "--root", str(root), "--as-of", str(AS_OF), "--out", str(out)]) == 0
    said = json.loads(out.read_text())
    assert wrong(said) == []
    assert [entry["id"] for entry in said["postmortems"]] == [ID]
    assert "1 postmortem, as of 2026-11-20" in capsys.readouterr().err
    assert main(["export", "--root", str(root), "--as-of", str(AS_OF), "--format", "csv"]) == 0
    (row,) = cells(capsys.readouterr().out)
    assert (row["id"], row["services"], row["clocks_mitigate"], row["verdict_word"]) == (ID, "checkout; cache", "2160", "pending")


def test_only_those_who_see_all_get_all(project: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    root = project({f"{ID}.md": STANDARD, "2026-11-06-hidden.md": light_text("visibility: restricted")})
    found = {}
    for audience in ("public", "internal", "restricted"):
        assert main(["export", "--root", str(root), "--as-of", str(AS_OF), "--audience", audience]) == 0
        found[audience] = [entry["id"] for entry in json.loads(capsys.readouterr().out)["postmortems"]]
    assert found == {"public": [], "internal": [ID], "restricted": ["2026-11-06-hidden", ID]}


def test_the_numbers_of_the_metrics_page_come_as_a_list(project: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    again = light_text("severity: P2\ncause: {class: cache-key-collision, what: x}\ntimestamps: {started: 2026-11-10T10:00:00Z, resolved: 2026-11-10T11:00:00Z}")
    root = project({f"{ID}.md": STANDARD, "2026-11-10-again.md": again, "2026-11-12-left-out.md": light_text("status: skipped")})
    assert main(["export", "--root", str(root), "--as-of", str(AS_OF), "--metrics"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["version"], said["as_of"]) == (1, "2026-11-20")
    found = {(row["period"], row["measure"], row["by"], row["word"]): (row["value"], row["of"]) for row in said["numbers"]}
    assert found["whole", "incidents", "", ""] == (2, None)
    assert found["whole", "incidents", "severity", "P1"] == found["whole", "incidents", "severity", "P2"] == (1, None)
    assert found["latest", "incidents", "month", "2026-11"] == (2, None)
    assert found["whole", "time to mitigate", "quantile", "median"] == (2160, 1)
    assert found["whole", "came back within the repeat window", "", ""] == (1, 2)
    assert found["whole", "fixes", "fix", "not in place"] == (1, 2)
    assert main(["export", "--root", str(root), "--as-of", str(AS_OF), "--metrics", "--format", "csv"]) == 0
    rows = cells(capsys.readouterr().out)
    assert [{key: "" if value is None else str(value) for key, value in row.items()} for row in said["numbers"]] == rows


def test_the_public_gets_no_numbers_and_nobody_gets_two_things_at_once(project: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    root = project({f"{ID}.md": STANDARD})
    assert main(["export", "--root", str(root), "--metrics", "--audience", "public"]) == 2
    assert "there are none for the public" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["export", "--root", str(root), "--metrics", "--audit"])


def test_a_file_that_cannot_be_written_is_said_in_one_line(project: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("")
    assert main(["export", "--root", str(project({})), "--out", str(tmp_path / "taken" / "x.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_line_for_a_file_is_standard_output_in_every_command(project: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    root = project({f"{ID}.md": STANDARD})
    for words in (["export"], ["calendar"], ["quarter"]):
        assert main([*words, "--root", str(root), "--as-of", "2026-11-20", "--out", "-"]) == 0
        assert len(capsys.readouterr().out) > 100
    assert not (root / "-").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_no_address_can_say_is_said_in_one_line(project: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = project({})
    (root / "postmortems" / os.fsdecode(b"2026-11-05-caf\xe9.md")).write_text(light_text())
    for words in (["export"], ["pages", "--out", str(tmp_path / "out")], ["quarter"]):
        assert main([*words, "--root", str(root)]) == 2
        assert capsys.readouterr().err == "hotwash: postmortems/2026-11-05-caf\\xe9.md: the file's name is no UTF-8; git mv it to YYYY-MM-DD-slug.md\n"
