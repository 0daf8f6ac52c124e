"""`python hooks ...` runs the checkout's own code, without an install."""

from hotwash.__main__ import main

if __name__ == "__main__":
    raise SystemExit(main())
