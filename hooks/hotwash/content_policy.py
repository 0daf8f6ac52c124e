"""The Content-Security-Policy of the site: what a page may run and load, which is what comes from its own host and nothing else."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from hashlib import sha256

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)


def policy(theme: str) -> str:
    """The policy for pages whose frame is this.

    Args:
        theme: a page of the theme without any content. Its inline scripts are the theme's own, and only they may run: were they taken from a page, a script
            that somebody put into a postmortem would be allowed too.
    """
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *_hashes(text for attributes, text in _SCRIPT.findall(theme) if _runs(attributes))])
    styles = " ".join(["'self'", *_hashes(_STYLE.findall(theme))])
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'"
    )


def placed(page: str, said: str) -> str:
    """The page with the policy in its head, before anything that it rules."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{said}">'
    found = _CHARSET.search(page, 0, 4096) or _HEAD.search(page, 0, 4096)
    return f"{page[: found.end()]}{meta}{page[found.end() :]}" if found else page


def _runs(attributes: str) -> bool:
    """Whether a script stands in the page itself and is run: data is not."""
    return "src=" not in attributes and "json" not in attributes


def _hashes(texts: Iterable[str]) -> list[str]:
    found = dict.fromkeys(text for text in texts if text)
    return [f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'" for text in found]
