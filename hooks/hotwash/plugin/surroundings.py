"""Everything that a page's HTML depends on beside its own text: configuration, theme, navigation, code and versions, as one hash."""

from __future__ import annotations

import inspect
import os
import re
import secrets
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from os import PathLike, fspath
from pathlib import Path
from types import CellType, FunctionType, MethodType, ModuleType
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_build_datetime

from hotwash.hashing import blake2b

_PACKAGES = {
    "mkdocs": "mkdocs", "mkdocs-material": "material", "Markdown": "markdown", "pymdown-extensions": "pymdownx", "Pygments": "pygments", "Jinja2": "jinja2",
    "MarkupSafe": "markupsafe", "nh3": "nh3",
}  # fmt: skip
"""What makes pages, by the name under which its version is known, and the one under which it is imported."""
_NOT_SHOWN = frozenset({"config_file_path", "docs_dir", "site_dir", "dev_addr", "watch", "plugins", "theme", "hooks", "nav", "strict", "validation"})
_TELLING = ("pre_page", "page_content", "page_context", "post_page", "env")
"""Events at which a plugin may change a page in a way that nobody can know of."""
_HEARING = ("page_read_source", "page_markdown")
"""Events at which it may change a text, which everybody can see."""
_OURS = ("hotwash.",)
_STATIC = frozenset({"404.html", "sitemap.xml"})
"""Templates of which it is known what they read of pages."""
_SILENT = ("hotwash.", "material.plugins.search.", "mkdocs.contrib.search")
_LED_TO = ("find.md", "postmortems/index.md")
"""What the search box leads to, where it is there."""
_HERE = Path(__file__).parent.parent
_SHIPPED = tuple(Path(spec.origin).parent for name in ("material", "mkdocs") if (spec := find_spec(name)) and spec.origin)
_FRONT = re.compile(r"---\n.*?\n---\n", re.DOTALL)
_DEEPEST = 8
_KNOWN = frozenset({"hotwash", *_PACKAGES.values(), *sys.stdlib_module_names})
_FIRST_SEEN = dict[str, bytes]()
"""Files as they were when this process first looked: Python and Material read a module or an icon once, and go by that to the end."""


def place(config: MkDocsConfig) -> str:
    """Where the configuration stands, which tells the sites of a project apart: its server reads it by another name the second time."""
    return os.path.abspath(config.config_file_path)


def untold(config: MkDocsConfig) -> bool:
    """Whether no plugin, hook or template but ours and the search has a hand in single pages, or looks at all of them."""
    return not config.extra_templates and _ours(config, _TELLING, _SILENT)


def unheard(config: MkDocsConfig) -> bool:
    """Whether none but ours hears of single pages at all: then they may come in any order, and in two processes."""
    return untold(config) and _ours(config, (*_TELLING, *_HEARING), _OURS) and set(config.theme.static_templates) <= _STATIC


def unseen(config: MkDocsConfig) -> bool:
    """Whether none but ours and the search looks at the site once it is built: then nobody asks a finished page for its headings and parts."""
    return _ours(config, ("post_build",), _SILENT)


def unchanged(config: MkDocsConfig) -> bool:
    """Whether none but ours changes how templates are read: a filter of a team's own may give another word at every build."""
    return _ours(config, ("env",), _OURS)


def team_folders(config: MkDocsConfig) -> Iterator[Path]:
    """Folders of templates that no package of a known version brought."""
    yield from (Path(folder) for folder in config.theme.dirs if not any(Path(folder).is_relative_to(known) for known in (*_SHIPPED, _HERE)))


def _ours(config: MkDocsConfig, events: Iterable[str], silent: tuple[str, ...]) -> bool:
    hands = (method for event in events for method in config.plugins.events[event])
    return all(type(getattr(method, "__self__", None)).__module__.startswith(silent) for method in hands)


def digest(parts: Iterable[object]) -> bytes:
    """A hash of what is said, part by part."""
    whole = blake2b(digest_size=20)
    for part in parts:
        text = part if isinstance(part, (bytes, str)) else described(part)
        said = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        whole.update(len(said).to_bytes(8, "big") + said)
    return whole.digest()


def surroundings(config: MkDocsConfig, nav: Navigation, files: Files) -> bytes:
    """What all pages of a build have in common."""
    settings = {name: value for name, value in config.items() if name not in _NOT_SHOWN}
    found = [path in files.src_uris for path in _LED_TO]
    # A team's hook is a plugin without settings: what it does stands in its file.
    plugins = {name: getattr(plugin, "config", None) for name, plugin in config.plugins.items()}
    hooks = [file.read_bytes() for name in config.hooks if (file := Path(config.config_file_path).parent / name).is_file()]
    return digest((settings, plugins, hooks, config.theme, config.validation.links, found, *_versions(), code(), *_overrides(config), *_icons(config), *(_shown(item) for item in nav.items)))


@cache
def code() -> bytes:
    """A hash of hotwash itself, with all that it brings."""
    return digest(_texts(_HERE))


def described(value: object, depth: int = 0) -> str:
    """A value as text that is the same in every process; an object by its kind and what it holds."""
    if value is None or isinstance(value, (str, int, float, bytes, date)):
        return repr(value)
    if isinstance(value, PathLike):
        return str(fspath(value))
    if depth > _DEEPEST:
        return type(value).__qualname__
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{described(name, depth + 1)}: {described(found, depth + 1)}" for name, found in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(described(found, depth + 1) for found in value) + "]"
    if isinstance(value, (set, frozenset)):
        return described(sorted(described(found, depth + 1) for found in value))
    module = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", type(value).__module__) or ""
    name, held = f"{module}.{getattr(value, '__qualname__', type(value).__qualname__)}{_written(module)}", _held(value)
    return name + described(held, depth + 1) if held else name


def _held(value: object) -> Mapping[str, object]:
    """What makes an object or a function another than those of the same name."""
    if isinstance(value, (type, ModuleType)):
        return {}
    if isinstance(value, partial):
        return {"function": value.func, "args": value.args, "keywords": value.keywords}
    if isinstance(value, MethodType):
        return {"of": value.__self__}
    if isinstance(value, FunctionType):
        return {"around": [cell.cell_contents for cell in value.__closure__ or () if cell != CellType()], "defaults": value.__defaults__, "more": value.__kwdefaults__}
    return {key: found for key, found in getattr(value, "__dict__", {}).items() if key not in ("dirs", "_custom_dir")}


def _written(name: str) -> str:
    """The hash of a module's file, or of all code in its package, where no version tells what stands there: a team may edit its own."""
    root = name.partition(".")[0]
    if root in _KNOWN:
        return ""
    folders = [Path(folder) for folder in getattr(sys.modules.get(root), "__path__", ())]
    texts = [text for folder in folders for text in _texts(folder, "*.py")]
    file = getattr(sys.modules.get(name), "__file__", None)
    source = inspect.getsourcefile(sys.modules[name]) if file else None
    return _as_first_seen(name, [*texts, Path(source).read_bytes()]) if source else _never_again()


def _as_first_seen(name: str, texts: Iterable[bytes]) -> str:
    """The hash of files, if this process goes by what stands there now."""
    now = digest(texts)
    return now.hex() if _FIRST_SEEN.setdefault(name, now) == now else _never_again()


def _never_again() -> str:
    """What stands for the unknown. No other build says the same, so that none takes what this one keeps."""
    return secrets.token_hex()


def _versions() -> Iterator[str]:
    yield sys.version
    for name in _PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield name


def _texts(folder: Path, pattern: str = "*") -> Iterator[bytes]:
    """Every file below a folder, with its name."""
    for path in sorted(folder.rglob(pattern)):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape") + b"\0" + path.read_bytes()


def _overrides(config: MkDocsConfig) -> Iterator[bytes]:
    """The theme's files that no package of a known version brought."""
    for folder in map(Path, config.theme.dirs):
        if folder.is_dir() and not any(folder.is_relative_to(known) for known in (*_SHIPPED, _HERE)):
            for text in _texts(folder):
                yield text
                if b"build_date_utc" in text:
                    yield str(get_build_datetime()).encode()


def _icons(config: MkDocsConfig) -> Iterator[str]:
    """The icons of a team's own, which stand in a page as they are."""
    for folder in _icon_folders(config.mdx_configs):
        yield _as_first_seen(str(folder), _texts(folder))


def _icon_folders(settings: object) -> Iterator[Path]:
    if isinstance(settings, Mapping):
        named = settings.get("custom_icons")
        yield from (Path(os.path.abspath(folder)) for folder in (named if isinstance(named, list) else ()))
        settings = list(settings.values())
    if isinstance(settings, list):
        for part in settings:
            yield from _icon_folders(part)


def _shown(item: Any) -> object:
    """What the navigation shows of a page, a section or a link."""
    if item.is_page:
        return (item.file.url, vars(item).get("title"), _told(item.file, vars(item).get("title")))
    return (item.title, getattr(item, "url", ""), [_shown(child) for child in item.children or ()])


def _told(file: File, title: object) -> str:
    """What the navigation may take from a page itself: its front matter, and its title where none is given."""
    text = file.content_string
    front = _FRONT.match(text)
    return text if title is None and not (front and "\ntitle:" in f"\n{front[0]}") else front[0] if front else ""
