"""The audit: a small team's half year in real Git, every fact held to what is written here by hand; and a shallow clone, which knows less and says so."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from gitted import Repo

from hotwash import project
from hotwash.audit import Approved, Check, Closed, Record, audit, overview
from hotwash.audit_export import COLUMNS, as_csv, as_json
from hotwash.cli import main
from hotwash.history import history_of

TODAY = date(2026, 5, 1)
POLICY = """schema: 1
classes: {queue-full: {title: A queue filled, category: software, level: scope, label: scenario-gap}}
services: {checkout: Checkout}
identities: {"@tech-lead": ["tl@example.com"], "@on-call": ["oc@example.com"], "@po": ["po@example.com"], "@writer": ["writer@example.com"]}
"""
HEADER = """schema: 1
title: Orders waited in a queue
status: {status}
severity: P1
kind: outage
services: [checkout]
timestamps: {{started: 2026-03-02T14:00:00Z, detected: {detected}, resolved: 2026-03-02T16:00:00Z}}
roles: {{tech_lead: "@tech-lead", on_call: "@on-call", product_owner: "@po"}}
cause: {{class: queue-full, what: nothing limits the queue}}
fix: {{change: a limit, owner: "@tech-lead", due: 2026-03-20, state: {fix}}}
actions:
  - {{id: a1, do: alert on the length, owner: "@on-call", due: 2026-03-09, {a1}}}
  - {{id: a2, do: write the runbook, owner: "@po", due: 2026-03-30, state: wont-do, why: the limit makes it needless, accepted_by: "@po", closed: 2026-03-04}}
review: {{held: 2026-03-04}}
"""
BODY = "## Timeline\n\n- 14:00 the queue fills\n- 16:00 drained\n"
NAME = "postmortems__2026-03-02-queue.md"
ID = "2026-03-02-queue"


def text(status: str = "published", *, detected: str = "2026-03-02T14:10:00Z", fix: str = "open", a1: str = "state: open", more: str = "", body: str = BODY) -> str:
    return f"---\n{HEADER.format(status=status, detected=detected, fix=fix, a1=a1)}{more}---\n\n{body}"


SIGNED = 'sign_off:\n  - {role: on_call, by: "@on-call", on: 2026-03-05}\n'
DONE = "state: done, closed: 2026-03-10, evidence: https://example.com/pulls/7"
CHECKED = 'effectiveness:\n  - {on: 2026-04-10, by: "@po", about: publication, completed: false, documented: true, implemented: true, no_recurrence: true, aware: true}\n'


class Team:
    """The repository, and the commits that the expectations name."""

    def __init__(self, folder: Path) -> None:
        repo = self.repo = Repo(folder)
        repo.commit("2026-03-01", **{"postmortems__policy.yml": POLICY})
        self.filed = repo.commit("2026-03-03", "file it", "writer", **{NAME: text("filed")})
        self.published = repo.commit("2026-03-05", "publish\n\nReviewed-by: Tech Lead <tl@example.com>\nReviewed-by: A Guest <guest@example.com>", "writer", **{NAME: text(more=SIGNED)})
        self.closed = repo.commit("2026-03-10", "close a1", **{NAME: text(a1=DONE, more=SIGNED)})
        amended = BODY + "\n## Amendments\n\n- 2026-03-12: detected was 14:05, the pager keeps local time\n"
        self.amended = repo.commit("2026-03-12", "put right\n\nReviewed-by: On Call <oc@example.com>", **{NAME: text(detected="2026-03-02T14:05:00Z", a1=DONE, more=SIGNED, body=amended)})
        self.checked = repo.commit("2026-04-10", "check", **{NAME: text(detected="2026-03-02T14:05:00Z", a1=DONE, more=SIGNED + CHECKED, body=amended)})
        repo.commit("2026-04-11", "file", **{"postmortems__2026-04-10-stub.md": text("filed").replace("2026-03-02T1", "2026-04-10T1")})
        repo.commit("2026-04-12", "publish", **{"postmortems__2026-04-11-quiet.md": text().replace("2026-03-02T1", "2026-04-11T1")})
        repo.commit("2026-04-20", "alter", **{"postmortems__2026-04-11-quiet.md": text(detected="2026-04-11T15:00:00Z").replace("2026-03-02T1", "2026-04-11T1")})


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    return Team(tmp_path_factory.mktemp("team") / "r")


def records(root: Path) -> dict[str, Record]:
    policy = project.load_policy(root)
    archive = project.load_archive(root, policy)
    return {record.post.id: record for record in audit(archive, policy, history_of(root, policy, archive, frozen=archive.by_path), TODAY)}


@pytest.fixture(scope="module")
def known(team: Team) -> dict[str, Record]:
    return records(team.repo.folder)


def test_when_it_was_filed_reviewed_and_published_and_how_late(team: Team, known: dict[str, Record]) -> None:
    record = known[ID]
    assert (record.filed, record.filed_commit, record.filed_by, record.filed_after) == ("2026-03-03T12:00:00Z", team.filed, "writer <writer@example.com>", 20 * 3600)
    assert record.reviewed == "2026-03-04"
    assert record.deadline == "2026-03-04T16:00:00Z"
    assert (record.published, record.published_commit, record.late) == ("2026-03-05T12:00:00Z", team.published, 20 * 3600)
    assert record.unknown == ()


def test_who_approved_in_which_role_and_at_which_commit(team: Team, known: dict[str, Record]) -> None:
    record = known[ID]
    assert record.approvals == (
        Approved("tech_lead", "@tech-lead", "2026-03-05", "trailer", team.published),
        Approved("on_call", "@on-call", "2026-03-05", "sign_off"),
        Approved("", "A Guest <guest@example.com>", "2026-03-05", "trailer", team.published),
        Approved("", "On Call <oc@example.com>", "2026-03-12", "trailer", team.amended),
    )
    assert record.unsigned == ("product_owner",)


def test_what_was_closed_with_what_evidence(known: dict[str, Record]) -> None:
    assert known[ID].tasks == (
        Closed("fix", "open", "", "", "", ""),
        Closed("a1", "done", "2026-03-10", "https://example.com/pulls/7", "", ""),
        Closed("a2", "wont-do", "2026-03-04", "", "the limit makes it needless", "@po"),
    )


def test_what_changed_after_publication_and_whether_it_is_marked(team: Team, known: dict[str, Record]) -> None:
    since = known[ID].since
    assert since
    assert since.commits == (team.closed, team.amended, team.checked)
    assert since.differs is True
    assert since.notes == ("- 2026-03-12: detected was 14:05, the pager keeps local time",)
    assert since.unmarked == ()
    quiet = known["2026-04-11-quiet"].since
    assert quiet
    assert len(quiet.commits) == 1
    assert quiet.notes == ()
    assert quiet.unmarked == ("`timestamps.detected` was published as `2026-04-11T14:10:00Z` and is `2026-04-11T15:00:00Z`",)


def test_checks_that_were_answered_and_those_still_owed(known: dict[str, Record]) -> None:
    assert known[ID].checked == (Check("publication", "2026-04-10", "@po", ("completed",)),)
    assert known[ID].owed == ()
    assert known["2026-04-11-quiet"].owed == (), "its day is 12 May, which has not come"


def test_a_stub_has_nothing_to_be_signed_and_nothing_is_held_against_it(known: dict[str, Record]) -> None:
    stub = known["2026-04-10-stub"]
    assert (stub.filed, stub.published, stub.late, stub.unsigned, stub.since, stub.unknown) == ("2026-04-11T12:00:00Z", "", None, (), None, ())


def test_the_overview_counts(known: dict[str, Record]) -> None:
    assert overview(tuple(known.values())) == {
        "postmortems": 3, "published": 2, "late": 1, "with_unsigned_roles": 2, "changed_without_a_note": 1, "with_something_unknown": 0,
    }


# ---- what is not known ----------------------------------------------------------------------------------------------------------------------------


def test_a_shallow_clone_says_unknown_and_never_something_wrong(team: Team, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", f"file://{team.repo.folder}", str(tmp_path / "clone")], check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull})
    record = records(tmp_path / "clone")[ID]
    assert (record.filed, record.published, record.late, record.unsigned, record.since, record.owed) == (None, None, None, None, None, None)
    assert record.unknown == ("when it was filed", "when it was published, who approved it then, and what has changed since")
    assert record.approvals == (Approved("on_call", "@on-call", "2026-03-05", "sign_off"),), "the header is known all the same"
    assert record.tasks[1].evidence == "https://example.com/pulls/7"


def test_without_git_only_the_header_speaks(team: Team, tmp_path: Path) -> None:
    (tmp_path / "postmortems").mkdir()
    for path in (team.repo.folder / "postmortems").iterdir():
        (tmp_path / "postmortems" / path.name).write_bytes(path.read_bytes())
    record = records(tmp_path)[ID]
    assert (record.filed, record.published, record.unsigned) == (None, None, None)
    assert record.reviewed == "2026-03-04"


def test_a_file_that_is_not_merged_yet_is_said_to_be_none(team: Team, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", str(team.repo.folder), str(tmp_path / "clone")], check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull})
    (tmp_path / "clone" / "postmortems" / "2026-04-30-new.md").write_text(text("filed"))
    record = records(tmp_path / "clone")["2026-04-30-new"]
    assert (record.filed, record.unknown) == ("", ("it is not on the default branch yet",))


# ---- JSON and CSV ---------------------------------------------------------------------------------------------------------------------------------


def test_json_carries_everything_and_null_where_nothing_is_known(team: Team, known: dict[str, Record]) -> None:
    policy = project.load_policy(team.repo.folder)
    told = json.loads(as_json(tuple(known.values()), history_of(team.repo.folder, policy), TODAY))
    assert told["git"]["complete"] is True
    assert told["git"]["head"] == team.repo.head()
    first = told["postmortems"][0]
    assert first["published"] == {"at": "2026-03-05T12:00:00Z", "commit": team.published, "late_seconds": 72000}
    assert first["unsigned_roles"] == ["product_owner"]
    assert told["postmortems"][1]["since_publication"] is None


def test_csv_has_a_line_for_each_and_a_reader_gets_back_what_was_written(team: Team, known: dict[str, Record]) -> None:
    rows = list(csv.DictReader(as_csv(tuple(known.values())).splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 3
    first = rows[0]
    assert first["late_hours"] == "20.0"
    assert first["signed"] == f"tech_lead: @tech-lead on 2026-03-05 at {team.published[:12]}; on_call: @on-call on 2026-03-05 by the header"
    assert first["unsigned"] == "product_owner"
    assert first["closed"] == "a1 done 2026-03-10: https://example.com/pulls/7; a2 wont-do 2026-03-04: the limit makes it needless"
    assert first["open"] == "fix open"
    assert (first["commits_since"], first["text_changed_since"]) == ("3", "yes")
    assert first["checks_answered"] == "publication 2026-04-10 @po: no to completed"
    assert rows[2]["unmarked_changes"].startswith("`timestamps.detected` was published as")


def test_the_command_writes_both(team: Team, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["export", "--audit", "--root", str(team.repo.folder), "--as-of", "2026-05-01"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["overview"]["late"] == 1
    assert main([*words, "--format", "csv", "--out", str(tmp_path / "audit.csv")]) == 0
    with (tmp_path / "audit.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [ID, "2026-04-10-stub", "2026-04-11-quiet"]


def test_an_audit_is_cut_to_its_audience(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repo = Repo(tmp_path / "r")
    repo.commit("2026-03-03", **{NAME: text("filed"), "postmortems__2026-03-01-secret.md": text("filed", more="visibility: restricted\n")})
    for audience, ids in (("internal", [ID]), ("restricted", ["2026-03-01-secret", ID])):
        assert main(["export", "--audit", "--root", str(repo.folder), "--audience", audience]) == 0
        assert [found["id"] for found in json.loads(capsys.readouterr().out)["postmortems"]] == ids
    assert main(["export", "--audit", "--root", str(repo.folder), "--audience", "public"]) == 2
    assert "an audit names who signed" in capsys.readouterr().err


def test_a_list_from_which_a_hidden_one_was_left_out_is_no_change_of_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The published text is cut for the same readers before it is compared, and what it said of a hidden one is not told."""
    repo = Repo(tmp_path / "r")
    repo.commit("2026-03-01", **{"postmortems__policy.yml": POLICY, "postmortems__2026-03-01-secret.md": text(more="visibility: restricted\n")})
    repo.commit("2026-03-03", **{NAME: text("filed")})
    listed, named = "recurrence_of: [2026-03-01-secret]\n", BODY.replace("the queue", "as in 2026-03-01-secret the queue")
    repo.commit("2026-03-05", **{NAME: text(more=listed), "postmortems__2026-03-04-other.md": text(body=named).replace("2026-03-02T1", "2026-03-04T1")})
    repo.commit("2026-03-06", **{"postmortems__2026-03-04-other.md": text(body=BODY).replace("2026-03-02T1", "2026-03-04T1")})
    words = ["export", "--audit", "--root", str(repo.folder), "--as-of", "2026-05-01", "--audience"]
    assert main([*words, "internal"]) == 0
    said = capsys.readouterr().out
    first, other = (found["since_publication"] for found in json.loads(said)["postmortems"])
    assert (first["differs"], first["unmarked"]) == (False, [])
    assert (other["differs"], other["unmarked"]) == (True, ["the time line is not the one that was published"])
    assert "secret" not in said


def test_what_git_dates_after_the_day_had_not_happened_by_then(team: Team, capsys: pytest.CaptureFixture[str]) -> None:
    """As the archive's own export and the metrics of that day say it too."""
    words = ["export", "--root", str(team.repo.folder), "--as-of"]
    for day, filed, published, late in (("2026-03-02", "", "", None), ("2026-03-04", "2026-03-03T12:00:00Z", "", None), ("2026-03-05", "2026-03-03T12:00:00Z", "2026-03-05T12:00:00Z", 72_000)):
        assert main([*words, day]) == 0
        plain = json.loads(capsys.readouterr().out)
        assert main([*words, day, "--audit"]) == 0
        audited = json.loads(capsys.readouterr().out)
        told = next(found for found in plain["postmortems"] if found["id"] == ID)["filing"]
        record = next(found for found in audited["postmortems"] if found["id"] == ID)
        assert (told["filed"] or "", told["published"] or "", told["late"]) == (record["filed"]["at"], record["published"]["at"], record["published"]["late_seconds"]) == (filed, published, late)
        assert (record["unsigned_roles"], record["unknown"]) == (["product_owner"] if published else [], [])


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "\uff1d1+1"])
def test_a_spreadsheet_computes_nothing(tmp_path: Path, title: str) -> None:
    repo = Repo(tmp_path / "r")
    repo.commit("2026-03-03", **{NAME: text("filed").replace("title: Orders waited in a queue", f'title: "{title}"')})
    row = next(csv.DictReader(as_csv(tuple(records(tmp_path / "r").values())).splitlines()))
    assert row["title"].startswith("'")


def test_unknown_is_a_word_in_csv(team: Team, tmp_path: Path) -> None:
    (tmp_path / "postmortems").mkdir()
    (tmp_path / "postmortems" / f"{ID}.md").write_text(text())
    row = next(csv.DictReader(as_csv(tuple(records(tmp_path).values())).splitlines()))
    assert [row[key] for key in ("filed", "published", "unsigned", "commits_since", "text_changed_since", "checks_owed")] == ["unknown"] * 6
