"""`runbook` and `python -m runbook`."""

from __future__ import annotations

import sys


def run() -> None:
    """Hand over to the command line."""
    from runbook.cli import main

    sys.exit(main())


if __name__ == "__main__":
    run()
