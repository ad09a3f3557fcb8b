"""The clocks' own keys. Footer, palette and F1 are made from them."""

from __future__ import annotations

from runbook.speech import say
from runbook.tui.commands import Command
from runbook.tui.screens.reading import BACK

COMMANDS: tuple[Command, ...] = (
    Command("enter", "follow", say("its step"), say("Go to the step that meets this due time.")),
    Command("a", "answer", say("answer"), say("Answer the question that settles whether and by when this is due.")),
    Command("r", "met", say("met"), say("Record that a legal duty was met: when, by whom, its receipt number.")),
    Command("x", "delay", say("delay"), say("Record why a legal duty is, or will be, late.")),
    Command("v", "decide", say("counsel"), say("Record that counsel decided whether a legal duty applies.")),
    Command("w", "withdraw", say("not met"), say("Take back that a legal duty was met, with a reason.")),
    Command("s", "app.go('severity')", say("severity"), say("How severe it is, line by line.")),
    Command("slash", "search", say("search"), say("Show only what holds certain words.")),
    BACK,
)
