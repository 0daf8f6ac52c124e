"""The section of a CODEOWNERS file that asks the right people for a review: those who hold the roles that a postmortem needs.

Pure: the archive in, lines out. A file that is not listed yet falls under the folder's line, whose owners are the delegates that the policy names for roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotwash.archive import Archive
from hotwash.model import Failure, Postmortem
from hotwash.policy import Policy
from hotwash.signoff.people import account, named
from hotwash.signoff.rounds import roles_asked

BEGIN = "# BEGIN hotwash: `hotwash codeowners --write` keeps these lines; write your own above or below"
END = "# END hotwash"
_BEGIN = re.compile(r"^# BEGIN hotwash\b[^\r\n]*", re.MULTILINE)
_END = re.compile(r"^# END hotwash\b[^\r\n]*", re.MULTILINE)
_OWNER = re.compile(r"@[A-Za-z0-9][\w.-]*(?:/[\w.-]+)*\Z|[^\s@#]+@[\w-]+(?:\.[\w-]+)+\Z", re.ASCII)


def section(archive: Archive, policy: Policy, folder: str) -> str:
    """The lines between the marks, marks included.

    Args:
        folder: the path of the postmortems folder from the repository's root, without slashes at its ends.
    """
    return "\n".join([BEGIN, *_lines(archive, policy, folder), END])


def _lines(archive: Archive, policy: Policy, folder: str) -> Iterator[str]:
    everywhere = _accounts((other for role in policy.words("roles") for other in policy.words("delegates").get(role) or ()), policy)
    if everywhere:
        yield f"{_path(folder)}/ {' '.join(everywhere)}"
    for post in archive.posts.values():
        if post.status in ("filed", "published") and _plain(post.id) and (asked := owners(post, policy)):
            yield f"{_path(f'{folder}/{post.id}.md')} {' '.join(asked)}"


def owners(post: Postmortem, policy: Policy) -> list[str]:
    """The accounts whose review a postmortem needs: who holds its roles, and for a role that nobody holds its delegates."""
    return _accounts((handle for role in roles_asked(post, policy) for handle in named(post, role) or policy.words("delegates").get(role) or ()), policy)


def _accounts(handles: Iterator[str], policy: Policy) -> list[str]:
    found = dict.fromkeys(account(str(handle), policy) for handle in handles)
    return [handle for handle in found if _OWNER.match(handle)]


def _plain(name: str) -> bool:
    """Whether a name can be written in a CODEOWNERS file: it knows no way to write every sign."""
    return all(char.isalnum() or char in " ._-" for char in name)


def _path(path: str) -> str:
    return "/" + path.replace(" ", "\\ ")


def found_section(text: str) -> str | None:
    """The section in a CODEOWNERS file, marks included; None where there is none.

    Raises:
        Failure: there is one mark without the other, or one twice.
    """
    begins, ends = list(_BEGIN.finditer(text)), list(_END.finditer(text))
    if not begins and not ends:
        return None
    if len(begins) != 1 or len(ends) != 1 or ends[0].start() < begins[0].end():
        raise Failure("CODEOWNERS: the marks `# BEGIN hotwash` and `# END hotwash` have to stand there once each, in this order; take them out and run again")
    return text[begins[0].start() : ends[0].end()]


def with_section(text: str, new: str) -> str:
    """The file with the section in place of the old one, or at its end, because the last line that fits is the one that counts."""
    old = found_section(text)
    new = new.replace("\n", "\r\n") if "\r\n" in text else new
    if old is not None:
        return text.replace(old, new)
    return f"{text.rstrip()}\n\n{new}\n".lstrip("\n") if text.strip() else f"{new}\n"
