"""Print a completion script for bash, zsh or fish.

For bash: `hotwash completion bash > ~/.local/share/bash-completion/completions/hotwash`. For zsh, the same script after `autoload bashcompinit`.
For fish: `hotwash completion fish > ~/.config/fish/completions/hotwash.fish`.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator, Mapping

from hotwash import cli

Words = Mapping[str, list[str]]
"""The words that may follow each command; under the empty name, the commands."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="whose script")


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    known = words(cli.parser())
    print(_fish(known) if options.shell == "fish" else _bash(known, zsh=options.shell == "zsh"))
    return 0


def words(parser: argparse.ArgumentParser) -> Words:
    """What each command takes: its options, and the choices of its arguments."""
    found: dict[str, list[str]] = {"": []}
    for action in parser._actions:  # noqa: SLF001 - argparse offers no other way to its own subcommands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for name, command in action.choices.items():
                found[""].append(name)
                found[name] = list(_of(command))
    return found


def _of(command: argparse.ArgumentParser) -> Iterator[str]:
    for action in command._actions:  # noqa: SLF001
        yield from (word for word in action.option_strings if word.startswith("--"))
        yield from map(str, action.choices or ())


def _bash(known: Words, *, zsh: bool) -> str:
    cases = "\n".join(f"    {name}) words={shlex.quote(' '.join(options))} ;;" for name, options in known.items() if name)
    head = "autoload -U +X bashcompinit && bashcompinit\n" if zsh else ""
    return f"""{head}_hotwash() {{
  local words={shlex.quote(" ".join(known[""]))}
  if [ "$COMP_CWORD" -gt 1 ]; then case "${{COMP_WORDS[1]}}" in
{cases}
    *) words= ;;
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _hotwash hotwash"""


def _fish(known: Words) -> str:
    lines = [f"complete -c hotwash -n __fish_use_subcommand -a {shlex.quote(' '.join(known['']))}"]
    for name, options in known.items():
        within = f"complete -c hotwash -n '__fish_seen_subcommand_from {name}'"
        plain = [word for word in options if not word.startswith("--")]
        lines += [f"{within} -l {word.removeprefix('--')}" for word in options if word.startswith("--")] if name else []
        lines += [f"{within} -a {shlex.quote(' '.join(plain))}"] if name and plain else []
    return "\n".join(lines)
