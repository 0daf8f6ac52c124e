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
    """What each command takes: its subcommands or the choices of its arguments, and its options. A subcommand stands under both names, `action done`."""
    return dict(_words("", parser))


def _words(name: str, command: argparse.ArgumentParser) -> Iterator[tuple[str, list[str]]]:
    below = cli.subcommands(command)
    yield name, list(below if not name else _of(command))
    for word, inner in below.items():
        yield from _words(f"{name} {word}".strip(), inner)


def _of(command: argparse.ArgumentParser) -> Iterator[str]:
    for action in command._actions:  # noqa: SLF001 - argparse offers no other way to its own arguments
        yield from (word for word in action.option_strings if word.startswith("--"))
        yield from map(str, action.choices or ())


def _bash(known: Words, *, zsh: bool) -> str:
    deepest = sorted((name for name in known if name), key=lambda name: -name.count(" "))
    cases = "\n".join(f"    {_pattern(name)}) words={shlex.quote(' '.join(known[name]))} ;;" for name in deepest)
    head = "autoload -U +X bashcompinit && bashcompinit\n" if zsh else ""
    return f"""{head}_hotwash() {{
  local words={shlex.quote(" ".join(known[""]))}
  if [ "$COMP_CWORD" -gt 1 ]; then case "${{COMP_WORDS[*]:1:COMP_CWORD-1}} " in
{cases}
    *) words= ;;
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _hotwash hotwash"""


def _pattern(name: str) -> str:
    """What the words so far begin with, as the shell's `case` matches it."""
    return shlex.quote(f"{name} ") + "*"


def _fish(known: Words) -> str:
    lines = [f"complete -c hotwash -n __fish_use_subcommand -a {shlex.quote(' '.join(known['']))}"]
    for name, options in known.items():
        seen = "; and ".join(f"__fish_seen_subcommand_from {word}" for word in name.split())
        within = f"complete -c hotwash -n '{seen}'"
        plain = [word for word in options if not word.startswith("--")]
        lines += [f"{within} -l {word.removeprefix('--')}" for word in options if word.startswith("--")] if name else []
        lines += [f"{within} -a {shlex.quote(' '.join(plain))}"] if name and plain else []
    return "\n".join(lines)
