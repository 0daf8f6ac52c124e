"""A folder at an address of this machine, for browsers."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from helpers import TEAM


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=os.fspath(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing: the tests speak."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Show the site's own page for an address that leads nowhere, as hosts do: that of the nearest folder which has one."""
        asked = Path(self.translate_path(self.path))
        page = next((found for folder in asked.parents if folder.is_relative_to(self.directory) and (found := folder / "404.html").is_file()), None)
        if code != HTTPStatus.NOT_FOUND or not page:
            return super().send_error(code, message, explain)
        text = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)
        return None


def built(config: Path, out: Path, audience: str = "") -> Path:
    """The folder of a site, built in this process; for another audience than its configuration says, if one is given."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    settings = load_config(str(config), site_dir=str(out))
    if audience:
        settings.plugins["hotwash"].config["audience"] = audience
    build(settings)
    return out


def built_of(postmortems: Mapping[str, str], root: Path) -> Path:
    """The folder of the smallest site that has these postmortems, by file name."""
    (root / "docs").mkdir()
    (root / "postmortems").mkdir()
    for name, text in {"policy.yml": TEAM, **postmortems}.items():
        (root / "postmortems" / name).write_text(text)
    (root / "mkdocs.yml").write_text("site_name: x\ntheme: {name: material, font: false}\nplugins: [search, hotwash: {as_of: '2026-11-20'}]\nnav: [index.md]\n")
    return built(root / "mkdocs.yml", root / "site")
