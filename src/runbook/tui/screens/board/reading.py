"""A step's warnings, one at a time: what, why with the real case, where it is from; acknowledged by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from runbook.actions import steps
from runbook.case import Case
from runbook.drills.untold import hidden, why_of
from runbook.playbook import Step, Warning
from runbook.speech import Message, say
from runbook.tui.screens.asking import Asking
from runbook.tui.teller import Teller
from runbook.tui.wrapping import wrap


class Reader(Asking[bool]):
    """The warnings. Enter acknowledges the one shown and turns to the next that is unread."""

    DEFAULT_CSS = """
    Reader VerticalScroll { height: auto; max-height: 14; margin-top: 1; }
    """
    BINDINGS: ClassVar = [
        Binding("enter", "acknowledge", show=False),
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
    ]

    def __init__(self, case: Case, step: Step, warnings: Sequence[Warning], first: int) -> None:
        number = case.playbook.numbers[step.id]
        super().__init__(say("To read at step {number}", number=number))
        self._case, self._step, self._warnings = case, step, warnings
        self._n = first
        self._read = {w.id for w in warnings if f"{step.id}:{w.id}" in case.incident.acknowledged}

    def answer(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(id="warning")
        yield Static(id="read")

    def keys(self) -> Message:
        if len(self._warnings) == 1:
            return say("enter I have read it   esc back")
        return say("enter I have read it   left right turn   esc back")

    def drawn(self) -> None:
        self._show()

    def _show(self) -> None:
        app, warning = self.desk_app, self._warnings[self._n]
        tell = Teller(self._case, app.language, app.shades)
        width = min(70, self.app.size.width - 8)
        count = f"{self._n + 1}/{len(self._warnings)}  " if len(self._warnings) > 1 else ""
        rows = wrap(Text.assemble((f"! {count}", app.shades.bad), (tell(warning.title), "bold")), width)
        for text, style in ((tell(warning.text), ""), (tell(say("Why: {why}", why=why_of(self._case, warning))), "")):
            rows += [Text(), *wrap(Text(text, style), width)]
        source = self._case.playbook.sources.get(warning.source)
        if source and not hidden(self._case, warning.source):
            said = tell(say("Source: {source}", source=tell.source(source)))
            rows += [Text(), *wrap(Text(said, app.shades.quiet), width)]
        self.query_one("#warning", Static).update(Text("\n").join(rows))
        read = warning.id in self._read
        by = say("Read already.") if read else say("Enter records that {name} has read it.", name=app.desk.actor)
        self.query_one("#read", Static).update(Text(tell(by), app.shades.good if read else app.shades.here))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_turn(self, by: int) -> None:
        self._n = (self._n + by) % len(self._warnings)
        self._show()

    def action_acknowledge(self) -> None:
        warning = self._warnings[self._n]
        if warning.id not in self._read:
            self._read.add(warning.id)
            self.desk_app.act(partial(steps.acknowledge, step=self._step.id, warning=warning.id))
        unread = [n for n, other in enumerate(self._warnings) if other.id not in self._read]
        if unread:
            self._n = next((n for n in unread if n > self._n), unread[0])
            self._show()
        else:
            self.dismiss(True)
