"""The smallest Textual app there can be: the floor under the first paint of any other. `python minimal.py`."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Minimal(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("minimal")


Minimal().run()
