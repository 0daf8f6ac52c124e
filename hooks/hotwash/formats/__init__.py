"""Findings as other programs and people read them: one module a format, found by walking the folder.

A format is a module with `render(report, colour, everything) -> str`: the whole output, ending in a line end, or empty where there is nothing to say.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module

from hotwash.report import Report

NAMES = tuple(sorted(name[:-3] for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py") and name[0] != "_"))


def renderer(name: str) -> Callable[[Report, bool, bool], str]:
    """The format's `render`."""
    render: Callable[[Report, bool, bool], str] = import_module(f"{__name__}.{name}").render
    return render
