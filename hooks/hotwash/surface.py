"""What the commands say of themselves, for the site's reference.

Doors never import doors, yet the MkDocs door shows what the command line offers. It is asked for by its name, as the console script asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any


def documented() -> tuple[tuple[str, str], ...]:
    """Each command's name and its help, as the terminal prints it."""
    cli: Any = import_module("hotwash.cli")
    return tuple(_named("", cli.parser(), cli.subcommands))


def _named(name: str, command: Any, below: Any) -> Iterator[tuple[str, str]]:
    """A command's help, then that of its subcommands: `action`, `action done`."""
    if name:
        yield name, _help(command)
    for word, inner in below(command).items():
        yield from _named(f"{name} {word}".strip(), inner, below)


def _help(command: Any) -> str:
    # Newer Pythons colour the help for a terminal; a page has none.
    command.color = False
    return str(command.format_help()).strip()
