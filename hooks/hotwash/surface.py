"""What the commands say of themselves, for the site's reference.

Doors never import doors, yet the MkDocs door shows what the command line offers. It is asked for by its name, as the console script asks for it.
"""

from __future__ import annotations

import argparse
from functools import partial
from importlib import import_module
from typing import Any

_WIDTH = 100
"""Characters. argparse would take the terminal's, and the pages would differ from one machine to the next."""


def documented() -> tuple[tuple[str, str], ...]:
    """Each command's name and its help, as the terminal prints it."""
    top: argparse.ArgumentParser = import_module("hotwash.cli").parser()
    commands: Any = next(action for action in top._actions if isinstance(action.choices, dict))  # noqa: SLF001
    return tuple((name, _help(command)) for name, command in commands.choices.items())


def _help(command: Any) -> str:
    command.formatter_class = partial(command.formatter_class, width=_WIDTH)
    return str(command.format_help()).strip()
