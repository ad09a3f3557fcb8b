"""`python -m runbook` is the command `runbook`."""

import sys

from runbook.cli import main

if __name__ == "__main__":
    sys.exit(main())
