"""The first door: a hook that is called at every commit goes straight to its work, everything else through the command line."""

import sys


def main() -> int:
    """Run what the command line names; the exit status."""
    if sys.argv[1:3] == ["touches", "--hook"]:
        from hotwash.touch_hook import run

        return run(sys.argv[3:])
    from hotwash.cli import main

    return main()


if __name__ == "__main__":
    raise SystemExit(main())
