"""Print the JSON Schema that an editor needs: shapes and the policy's own words in one.

Point the editor's YAML support at the file, for instance with a first line in the header that says `# yaml-language-server: $schema=...`.
"""

from __future__ import annotations

import argparse
import json

from hotwash import project
from hotwash.merged_schema import merged_schema


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("of", nargs="?", choices=("postmortem", "policy"), default="postmortem", help="whose schema (default: postmortem)")


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    if options.of == "policy":
        print(project.shipped("policy.schema.json"), end="")
    else:
        policy = project.load_policy(project.find_root(options.root))
        print(json.dumps(merged_schema(policy), indent=2, ensure_ascii=False))
    return 0
