"""One incident travels the whole road: filed, written up by following the messages, committed, checked as a pull request is, and found on the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from real import Repo, empty, must
from serving import served

TITLE = "Checkout returned 503 for 36 minutes"
ID = "2026-11-02-checkout-returned-503-for-36-minutes"
MOST_ROUNDS = 5

# What its writer knows. Nothing of it is used before a finding has asked for it.
CHANGE = "a contract test fails when two services write the same key prefix"
KNOWN = {
    "kind": "outage",
    "services": "[checkout]",
    "criteria": "[customer-impact]",
    "started": "2026-11-02T13:55:00Z",
    "detected": "2026-11-02T14:02:00Z",
    "acknowledged": "2026-11-02T14:04:00Z",
    "mitigated": "2026-11-02T14:31:00Z",
    "detection": "{source: alert}",
    "impact": '{users: 18200, service: "503 on 41 % of checkouts"}',
    "roles": '{incident_commander: "@sre-lead", on_call: "@checkout-oncall", product_owner: "@checkout-po", tech_lead: "@checkout-tl"}',
    "trigger": '{kind: configuration-push, what: "the key prefix changed in release 2026.11.3"}',
    "cause": '{class: cache-key-collision, what: "two services share one key space and no test covers both", confidence: established}',
    "factors": '[{kind: missing-automation, what: "prefixes are assigned by hand"}]',
    "fix": f'{{change: "{CHANGE}", artefact: {{kind: test, path: tests/contract/test_keys.py}}, owner: "@cache-lead", due: 2026-11-16, '
    'tracking: "https://example.com/issues/812", state: open, success: {what: "no incident of this class", until: 2027-02-16}}',
}
PROSE = {
    "Executive summary": "Two fifths of all checkouts failed for 36 minutes. Orders went through again once the release was rolled back.",
    "Timeline": "- 13:55 UTC release 2026.11.3 reaches production\n- 14:02 UTC the alert on 503 fires\n- 14:31 UTC the rollback is complete",
    "What happened": "Baskets came back as lists of marmalade recipes, which the checkout refused to read.",
    "Detection and containment": "An alert fired after seven minutes. The runbook led to the cache, and the release was rolled back.",
    "Why it happened": "Both services wrote under the prefix `v3`. Prefixes are assigned by hand, and each service's tests run with a cache of their own.",
    "Resolution": "The rollback ended it. The keys that were written in between expired within the hour.",
    "Lessons": "The alert and the runbook helped. Staging has one cache for each service, and so it could not show this.",
}
WORD = "marmalade"


class Finding(NamedTuple):
    """A finding as a terminal shows it, and the lines of help under it."""

    path: str
    line: int
    rule: str
    message: str
    help: str


def findings(said: str) -> list[Finding]:
    """What a check or a hook said, finding by finding."""
    pattern = r"^(?P<path>postmortems/\S+?):(?P<line>\d+):\d+: (?P<rule>[a-z-]+)(?: \(\w+\))?: (?P<message>.*)\n(?P<help>(?:  .*\n)*)"
    return [Finding(m["path"], int(m["line"]), m["rule"], m["message"], m["help"]) for m in re.finditer(pattern, said, re.MULTILINE)]


class Writer:
    """Somebody who was there and reads nothing but the messages."""

    def __init__(self, repo: Repo) -> None:
        self.repo, self.file = repo, repo.folder / f"postmortems/{ID}.md"

    def publish(self) -> None:
        """Say that it is done."""
        self.lines = re.sub(r"^status: filed.*", "status: published", self.file.read_text(encoding="utf-8"), flags=re.MULTILINE).split("\n")
        self.save()

    def save(self) -> None:
        """Write the file."""
        self.file.write_text("\n".join(self.lines), encoding="utf-8")

    def follow(self, found: list[Finding]) -> None:
        """Do what each message asks for, from the last line to the first, so that an answer moves no line that is still to come."""
        for finding in sorted(found, key=lambda finding: -finding.line):
            assert finding.path == f"postmortems/{ID}.md"
            assert 1 <= finding.line <= len(self.lines), finding
            getattr(self, finding.rule.replace("-", "_"))(finding)
        self.save()

    def missing_key(self, finding: Finding) -> None:
        """Fill in the line itself, or add what the header or the key on that line lacks."""
        here, names = self.lines[finding.line - 1], re.findall(r"`([\w.]+)`", finding.message)
        if finding.message.endswith("is not filled in"):
            key = names[0].rpartition(".")[2]
            assert here.strip().startswith(f"{key}:"), finding
            self.lines[finding.line - 1] = f"{here.partition(':')[0]}: {KNOWN[key]}"
        elif finding.message.startswith("the header lacks"):
            self.header(names)
        else:
            assert here.startswith(f"{names[0]}:"), finding
            self.lines[finding.line : finding.line] = [f"  {key}: {KNOWN[key]}" for key in names[1:]]

    def missing_fix(self, finding: Finding) -> None:
        """Name the one structural fix; the help lists its parts."""
        assert re.findall(r"^    (\w+):", finding.help, re.MULTILINE) == ["fix"]
        self.header(["fix"])

    def header(self, keys: list[str]) -> None:
        """More keys, at the end of the header."""
        end = self.lines.index("---", 1)
        self.lines[end:end] = [f"{key}: {KNOWN[key]}" for key in keys]

    def missing_section(self, finding: Finding) -> None:
        """Write the sections that are named."""
        for heading in re.findall(r'"([^"]+)"', finding.message):
            self.lines += [f"## {heading}", "", *PROSE[heading].split("\n"), ""]

    def prompt_left(self, finding: Finding) -> None:
        """Answer the prompt where it stands."""
        assert self.lines[finding.line - 1].startswith("<!-- prompt:"), finding
        heading = next(line for line in reversed(self.lines[: finding.line]) if line.startswith("## "))
        self.lines[finding.line - 1] = PROSE[heading.removeprefix("## ")]

    def undeclared_class(self, finding: Finding) -> None:
        """Paste the lines that the help prints into the policy."""
        policy = self.repo.folder / "postmortems" / "policy.yml"
        printed = "\n".join(line.removeprefix("    ") for line in finding.help.splitlines() if line.startswith("    "))
        policy.write_text(f"{policy.read_text(encoding='utf-8')}\n{printed}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory, installed_with_site: dict[str, str]) -> Repo:
    """A team's repository, set up as the first page of the handbook says."""
    repo = empty(tmp_path_factory.mktemp("team") / "shop", installed_with_site)
    must("hotwash", "init", at=repo.folder, env=repo.env)
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "--message", "hotwash init")
    return repo.hooked()


@pytest.fixture(scope="module")
def filed(repo: Repo) -> str:
    """What the commit of the stub said."""
    must("hotwash", "new", TITLE, "--severity", "P1", "--stub", "--resolved", "2026-11-02T14:37:00Z", at=repo.folder, env=repo.env)
    repo.git("add", "--all")
    done = repo.commit()
    assert done.status == 0, done.said
    return done.said


@pytest.fixture(scope="module")
def rounds(repo: Repo, filed: str) -> list[tuple[int, list[Finding]]]:
    """Each try to commit: how it ended and what it found, until nothing is found any more."""
    writer, tries = Writer(repo), []
    writer.publish()
    for _ in range(MOST_ROUNDS):
        repo.git("add", "--all")
        done = repo.commit()
        tries.append((done.status, findings(done.said)))
        if not tries[-1][1]:
            break
        if len(tries) == 1:
            asked = must_fail(repo, "hotwash", "check", "--format", "github")
            assert re.findall(r"^::error .*?line=(\d+),.*?title=([a-z-]+)", asked, re.MULTILINE) == [(str(f.line), f.rule) for f in tries[0][1]]
        writer.follow(tries[-1][1])
    return tries


def must_fail(repo: Repo, *words: str) -> str:
    """A check that has to find something; what it said."""
    done = repo.run(*words)
    assert done.status == 1, done.said
    return done.said


@pytest.fixture(scope="module")
def site(repo: Repo, rounds: list[Any]) -> Path:
    """The site, built strictly from what was committed."""
    must("mkdocs", "build", "--strict", "--quiet", at=repo.folder, env=repo.env)
    return repo.folder / "site"


@pytest.fixture
def page(site: Path, chromium: Any) -> Iterator[Any]:
    """A tab of the browser, at the home page; what it asks of another host fails the test."""
    with served(site) as home:
        tab = chromium.new_page(base_url=home)
        strangers = []
        tab.on("request", lambda request: strangers.append(request.url) if not request.url.startswith((home, "data:", "blob:")) else None)
        tab.goto("")
        yield tab
        tab.close()
    assert strangers == []


def test_a_stub_is_filed_at_once_and_shows_the_five_most_useful_warnings(repo: Repo, filed: str) -> None:
    assert f"postmortems/{ID}.md" in repo.tracked()
    assert len(findings(filed)) == 5
    assert re.search(r"\d+ more while it is being written; --all shows them", filed)


def test_half_written_it_is_refused_with_everything_that_is_missing(rounds: list[tuple[int, list[Finding]]]) -> None:
    status, found = rounds[0]
    assert status == 1
    assert {"missing-key", "missing-fix", "missing-section", "prompt-left"} <= {finding.rule for finding in found}


def test_whoever_follows_the_messages_gets_it_through_in_three_tries(repo: Repo, rounds: list[tuple[int, list[Finding]]]) -> None:
    assert [status for status, _ in rounds][-1] == 0
    assert rounds[-1][1] == []
    assert len(rounds) <= 3
    assert "status: published" in repo.git("show", f"HEAD:postmortems/{ID}.md")


def test_the_check_of_a_pull_request_then_has_nothing_to_say(repo: Repo, rounds: list[Any]) -> None:
    assert must("hotwash", "check", "--format", "github", at=repo.folder, env=repo.env) == ""


@pytest.mark.browser
def test_a_reader_sees_title_severity_and_the_one_structural_fix(page: Any) -> None:
    page.goto(f"postmortems/{ID}/")
    assert page.locator("h1").inner_text().startswith(TITLE)
    seen = page.locator("article").inner_text().casefold()
    assert "p1 high" in " ".join(seen.split())
    assert CHANGE in seen
    assert WORD in seen


@pytest.mark.browser
def test_a_reader_finds_it_by_a_word_of_its_body(page: Any) -> None:
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially(WORD)
    hit = page.locator("a.md-search-result__link", has=page.locator("h1", has_text=TITLE)).first
    hit.wait_for()
    assert TITLE in hit.inner_text()
    hit.click()
    page.wait_for_url(lambda url: f"/postmortems/{ID}/" in url)
    assert page.locator("h1").inner_text().startswith(TITLE)
