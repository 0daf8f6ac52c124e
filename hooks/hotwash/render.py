"""Plain data as the YAML that stands in a header: on one line, quoted where it has to be. ruamel.yaml decides; it is loaded only here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotwash import yaml12
from hotwash.clock import day, moment
from hotwash.model import Failure

LONGEST_LINE = 110
"""Characters. An entry of a list that would be longer gets a line for each of its keys."""


def rendered(value: Any, *, flow: bool = False) -> str:
    """A value as YAML 1.2 on one line. ruamel.yaml decides what has to be quoted, but for days and times: it quotes them for readers of YAML 1.1.

    Args:
        value: plain data.
        flow: it will stand inside brackets or braces, where more has to be quoted.

    Raises:
        Failure: a text holds half a character, which no file can hold.
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{rendered(key, flow=True)}: {rendered(entry, flow=True)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(rendered(entry, flow=True) for entry in value) + "]"
    if not isinstance(value, str):
        return "null" if value is None else _dumped(value, flow)
    if moment(value) or day(value):
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Failure("a value holds a character that no file can hold; write it again") from None
    plain = _dumped(value, flow)
    framed = f"{{k: {plain}}}" if flow else f"k: {plain}"
    return plain if plain == value and yaml12.read(framed).data == {"k": value} else quoted(value, flow=flow)


def quoted(text: str, *, flow: bool, single: bool = False) -> str:
    """A text in quotes; in double ones where it holds what single ones cannot."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

    line = _dumped(SingleQuotedScalarString(text), flow) if single and text.isprintable() else ""
    return line or _dumped(DoubleQuotedScalarString(text), flow)


def pair(key: str, value: Any) -> list[str]:
    """The lines of a key with its value; a list of mappings gets a line or more for each entry."""
    name = rendered(key)
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        return [f"{name}:", *(f"  {line}" for part in value for line in entry(part, as_block=False))]
    return [f"{name}: {rendered(value)}"]


def entry(value: Any, *, as_block: bool) -> list[str]:
    """The lines of an entry of a list, with its dash."""
    line = f"- {rendered(value)}"
    if not isinstance(value, dict) or not value or (not as_block and len(line) <= LONGEST_LINE):
        return [line]
    lines = [line for key, part in value.items() for line in pair(key, part)]
    return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]


def read_by_ruamel(text: str) -> Any:
    """A YAML text as ruamel.yaml reads it, with days and times as text; None where it cannot."""
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import SafeConstructor
    from ruamel.yaml.error import YAMLError

    class Constructor(SafeConstructor):  # its own class, because what is added to ruamel.yaml's would hold for the whole process
        pass

    for tag in ("timestamp", "value"):
        Constructor.add_constructor(f"tag:yaml.org,2002:{tag}", lambda _, node: node.value)
    yaml: Any = YAML(typ="safe", pure=True)
    yaml.Constructor = Constructor
    try:
        return yaml.load(text)
    except (YAMLError, ValueError):
        return None


def _dumped(value: Any, flow: bool) -> str:
    """A single value in ruamel.yaml's own rendering, as it may stand behind a key."""
    from io import StringIO

    from ruamel.yaml import YAML

    yaml: Any = YAML()
    yaml.default_flow_style, yaml.width = flow, 1_000_000
    stream = StringIO()
    yaml.dump({"k": value}, stream)
    line = stream.getvalue().rstrip("\n")
    return line.removeprefix("{").removesuffix("}").removeprefix("k: ") if flow else line.removeprefix("k: ")
