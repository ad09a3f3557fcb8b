"""Asks the terminal how wide it draws a character of ambiguous width (a box line), while the program is being loaded.

Terminals set up for older Japanese software draw them two cells wide, which breaks every frame.
"""

from __future__ import annotations

import os
import re
import select
import sys

_REPORT = re.compile(rb"\x1b\[\d+;(\d+)R")


class Probe:
    """A question put to the terminal when it is made, and its answer once there is one."""

    def __init__(self) -> None:
        self._asked = False
        self.early = b""
        """What was typed meanwhile."""
        if sys.platform == "win32" or not (os.isatty(0) and os.isatty(2)):
            return
        import termios

        self._before = termios.tcgetattr(0)
        quiet = termios.tcgetattr(0)
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(0, termios.TCSANOW, quiet)
        os.write(2, "\r─\x1b[6n\r\x1b[K".encode())
        self._asked = True

    def wide(self) -> bool:
        """Whether it is two cells wide; no where the terminal has not answered by now."""
        if not self._asked:
            return False
        import termios

        self._asked = False
        if select.select([0], [], [], 0)[0]:
            self.early = os.read(0, 4096)
        termios.tcsetattr(0, termios.TCSANOW, self._before)
        report = _REPORT.search(self.early)
        if report is None:
            return False
        self.early = self.early[: report.start()] + self.early[report.end() :]
        return int(report[1]) == 3
