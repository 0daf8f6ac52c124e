"""The theme's templates as they were compiled: MkDocs makes an environment for every build, and `mkdocs serve` would compile all of them at every edit.

What was compiled depends on the source, and on the filters and settings of the environment. So nothing is remembered where anybody else has a hand in it.
"""

from __future__ import annotations

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """What was compiled in this process, in memory. Jinja asks for it by a template's name and file, and takes it where the source is the same."""

    def __init__(self) -> None:
        self.held = dict[str, bytes]()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what is held."""
        if bucket.key in self.held:
            bucket.bytecode_from_string(self.held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Hold what was compiled."""
        self.held[bucket.key] = bucket.bytecode_to_string()


_COMPILED = Compiled()


def compile_once(env: Environment) -> None:
    """Take templates as another build in this process compiled them, unless the environment has such a memory of its own."""
    env.bytecode_cache = env.bytecode_cache or _COMPILED
