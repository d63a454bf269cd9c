"""``dlbib`` and ``python -m dlbib``: the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Load the command line and run it; who interrupts it that early is answered as ever."""
    try:
        from dlbib.cli import main as run  # noqa: PLC0415  # it takes a while
    except KeyboardInterrupt:
        sys.stderr.write("dlbib: interrupted\n")
        raise SystemExit(130) from None
    run()


if __name__ == "__main__":
    main()
