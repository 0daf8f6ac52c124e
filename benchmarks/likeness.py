"""How often `hotwash similar` finds what belongs together: recall among the first three, with the class written down and with it withheld.

The example archive's incidents of one class belong together. Where their class is withheld, so is everything that names the earlier one: links, and the
section on why its fix did not hold. The generated archive holds known twins, see `twins`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from twins import write  # noqa: E402

from hotwash import project  # noqa: E402
from hotwash.archive import Archive, classes, gather  # noqa: E402
from hotwash.model import Postmortem  # noqa: E402
from hotwash.policy import Policy  # noqa: E402
from hotwash.recurrence import earlier  # noqa: E402
from hotwash.similar import similar, suggested, weigh  # noqa: E402

FIRST = 3


def main() -> None:
    """Print the figures."""
    policy = project.load_policy(ROOT)
    archive = project.load_archive(ROOT, policy)
    print(f"{'what':<52} {'found':>10} {'recall':>7}   class suggested")
    _row("examples, class written", archive, policy, truth(archive))
    _withheld(archive, policy)
    for classed, name in ((True, "class written"), (False, "class withheld")):
        for seed in range(1, 6):
            with tempfile.TemporaryDirectory(prefix="hotwash-twins-") as folder:
                twins = write(Path(folder) / "of", classed=classed, seed=seed)
                team = project.load_policy(Path(folder) / "of")
                found = project.load_archive(Path(folder) / "of", team)
                _row(f"twins of seed {seed}, {name}", found, team, {id: {first} for id, first in twins.items()})


def truth(archive: Archive) -> dict[str, set[str]]:
    """Each repeat of the archive, and the earlier incidents of its class."""
    return {post.id: before for post in archive.posts.values() if (before := {other.id for other in earlier(post, archive)})}


def recall(archive: Archive, policy: Policy, wanted: Mapping[str, set[str]]) -> tuple[int, int]:
    """How many of the wanted stand among the first three, and how many are wanted."""
    texts = weigh(archive, policy)
    found = {id: {like.post.id for like in similar(archive.posts[id], archive, texts, FIRST)} for id in wanted}
    return sum(len(found[id] & before) for id, before in wanted.items()), sum(map(len, wanted.values()))


def _row(name: str, archive: Archive, policy: Policy, wanted: Mapping[str, set[str]], said: str = "") -> None:
    found, count = recall(archive, policy, wanted)
    said = said or _suggestions(archive, policy, wanted)
    print(f"{name:<52} {f'{found}/{count}':>10} {found / count:>7.3f}   {said}")


def _suggestions(archive: Archive, policy: Policy, wanted: Mapping[str, set[str]]) -> str:
    """How many of those without a class are given the right one, how many a wrong one, and how many none."""
    texts, told = weigh(archive, policy), [0, 0, 0]
    for id, before in wanted.items():
        if not classes(archive.posts[id]):
            given = suggested(archive.posts[id], similar(archive.posts[id], archive, texts, FIRST), archive)
            right = {slug for other in before for slug in classes(archive.posts[other])}
            told[2 if given is None else given.slug not in right] += 1
    return f"right {told[0]}, wrong {told[1]}, none {told[2]}" if sum(told) else "-"


def _withheld(archive: Archive, policy: Policy) -> None:
    """The examples once more, one at a time without what names its class and its earlier incidents; wrong suggestions are counted over all files."""
    found = count = right = wrong = 0
    wanted = truth(archive)
    for post in archive.posts.values():
        bare = gather([*(other for other in archive.posts.values() if other.id != post.id), _bare(post, policy)])
        texts = weigh(bare, policy)
        likes = similar(bare.posts[post.id], bare, texts, FIRST)
        found += len({like.post.id for like in likes} & wanted.get(post.id, set()))
        count += len(wanted.get(post.id, ()))
        given = suggested(bare.posts[post.id], likes, bare)
        right += bool(given and given.slug in classes(post))
        wrong += bool(given and given.slug not in classes(post))
    said = f"right {right}, wrong {wrong}, none {len(archive.posts) - right - wrong}"
    print(f"{'examples, class and links withheld':<52} {f'{found}/{count}':>10} {found / count:>7.3f}   {said}")


def _bare(post: Postmortem, policy: Policy) -> Postmortem:
    header = {key: value for key, value in post.header.items() if key not in ("recurrence_of", "related")}
    header["cause"] = {key: value for key, value in header.get("cause", {}).items() if key not in ("class", "also")}
    prose = post.prose
    for section in post.sections:
        if "why-again" in policy.sections_named(section.title):
            prose = prose.replace(section.text, "")
    return post._replace(header=header, links=(), prose=prose)


if __name__ == "__main__":
    main()
