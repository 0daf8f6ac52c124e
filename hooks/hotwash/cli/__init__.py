"""The commands, found by walking this folder: one module a command, loaded only when it is called.

A command is a module with a docstring (its help), `arguments(parser)` and `run(options) -> int`, the exit status: 0 nothing at error level, 1 findings,
2 could not run, 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from hotwash import __version__
from hotwash.model import Failure

COMMANDS = tuple(sorted(name[:-3] for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py") and name[0] != "_"))
_COULD_NOT_RUN, _INTERRUPTED = 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; results go to stdout, all else to stderr. Nothing is raised, `SystemExit` of argparse excepted."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        # A file's name need not be UTF-8, and has to be shown all the same.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = parser(words).parse_args(words)
        return int(options.run(options))
    except Failure as failure:
        print(f"hotwash: {_one_line(failure)}", file=sys.stderr)
        return _COULD_NOT_RUN
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as bug:
        print(f"hotwash: {_report(bug, words)}", file=sys.stderr)
        return _COULD_NOT_RUN


class _Parser(argparse.ArgumentParser):
    """argparse, but for what it says of a line that it does not understand: one line, as of everything else that goes wrong."""

    command = ""
    """The command that the line names: an argument that none of its options takes is told by the parser above it."""

    def error(self, message: str) -> NoReturn:
        asked = f"{self.prog} {self.command}".strip()
        self.exit(_COULD_NOT_RUN, f"{self.prog}: {' '.join(message.split())}; `{asked} --help` shows how\n")


def parser(words: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The parser of a command line. Only the command that the words name is imported; without one, all are, for the help."""
    top = _Parser(prog="hotwash", description="Git-native, blameless postmortems.", formatter_class=_formatter, allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"hotwash {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True, prog="hotwash")
    named = next((word for word in words if not word.startswith("-")), "")
    top.command = named if named in COMMANDS else ""
    for name in (named,) if named in COMMANDS else COMMANDS:
        _add(commands, name)
    return top


def _add(commands: Any, name: str) -> None:
    module = import_module(f"{__name__}.{name}")
    summary, _, rest = (module.__doc__ or "").partition("\n")
    help = summary[0].lower() + summary[1:].rstrip(".")
    command = commands.add_parser(
        name, help=help, description=f"{summary}\n{rest}", formatter_class=_formatter, allow_abbrev=False
    )
    command.add_argument("--root", metavar="DIR", help="the project's folder (default: the nearest parent with postmortems/policy.yml, else this one)")
    module.arguments(command)
    _complete(command)
    command.set_defaults(run=module.run)


def _complete(command: argparse.ArgumentParser) -> None:
    """What every command has, given to the subcommands of one. `--root` may stand before or after the subcommand's name."""
    for inner in subcommands(command).values():
        inner.formatter_class, inner.allow_abbrev = _formatter, False
        inner.add_argument("--root", metavar="DIR", default=argparse.SUPPRESS, help="the project's folder")


def subcommands(command: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands below a parser, by name; argparse offers no other way to them."""
    groups = (action for action in command._actions if isinstance(action, argparse._SubParsersAction))  # noqa: SLF001
    return {name: inner for group in groups for name, inner in group.choices.items()}


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Help of a fixed width: argparse asks for the terminal's at every argument, and loads shutil for it."""
    return argparse.RawDescriptionHelpFormatter(prog, width=110)


def _one_line(failure: Failure) -> str:
    return " ".join(str(failure).split()).encode("utf-8", "backslashreplace").decode()


def _report(bug: Exception, words: list[str]) -> str:
    """A bug's traceback goes to a file that a report can carry; the terminal gets one line."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="hotwash-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace") as log:
        log.write(f"hotwash {__version__}, Python {sys.version}\n{words!r}\n\n{''.join(traceback.format_exception(bug))}")
    return f"this is a bug in hotwash ({type(bug).__name__}); please report it with {log.name}"
