"""blake2b without OpenSSL: `hashlib` loads it at once, which costs the hook a quarter of a bare interpreter and gives nothing here."""

try:
    from _blake2 import blake2b
except ImportError:  # not CPython
    from hashlib import blake2b

__all__ = ["blake2b"]
