"""``python -m dlbib``: the command line."""

from __future__ import annotations

from dlbib.cli import main

if __name__ == "__main__":
    main()
