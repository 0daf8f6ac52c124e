"""What the commands say of themselves, for the site's reference.

Doors never import doors, yet the MkDocs door shows what the command line offers. It is asked for by its name, as the console script asks for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def documented() -> tuple[tuple[str, str], ...]:
    """Each command's name and its help, as the terminal prints it."""
    top: Any = import_module("hotwash.cli").parser()
    commands = next(action for action in top._actions if isinstance(action.choices, dict))  # noqa: SLF001
    return tuple((name, _help(command)) for name, command in commands.choices.items())


def _help(command: Any) -> str:
    # Newer Pythons colour the help for a terminal; a page has none.
    command.color = False
    return str(command.format_help()).strip()
