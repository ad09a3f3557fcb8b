"""The command `runbook`, and `python -m runbook`: one process from its first to its last moment."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run one command and end the process with its exit code."""
    # Starting makes some ten thousand objects that all stay; looking among them for garbage only takes time.
    gc.set_threshold(100_000, 50, 50)
    from runbook.cli import last_resort, main

    sys.excepthook = last_resort
    code = main()
    # Everything is written and closed. Taking the interpreter apart would take as long as a short command.
    os._exit(code)


if __name__ == "__main__":
    run()
