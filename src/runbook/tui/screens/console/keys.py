"""The console's own keys (rules.md 34): none that a slip of the finger could mean, none that a terminal keeps.

What is done often while a drill runs has a ctrl key, what is done a few times a function key. The team's keys do
nothing here: a facilitator who takes part in the record by mistake would spoil it. What a running drill needs comes
first: that much has room in a footer of 80 cells.
"""

from __future__ import annotations

from runbook.speech import say
from runbook.tui.commands import Command

COMMANDS: tuple[Command, ...] = (
    Command("space", "run", say("run/stop"), say("Stop the drill's clock, or let it run on.")),
    Command("enter", "push", say("push"), say("Let the inject under the cursor arrive now, whatever it waits for.")),
    Command("ctrl+k", "hold", say("hold"), say("Hold the inject back, or let it go.")),
    Command("ctrl+n", "add", say("new inject"), say("Write another inject while the drill runs.")),
    Command("ctrl+g", "jump", say("jump"), say("Put the clock forward, such as to 08:30 the next morning.")),
    Command("ctrl+l", "leg", say("next part"), say("Jump to where the next part of the exercise begins.")),
    Command("plus", "faster(1)", say("faster"), say("The clock runs faster.")),
    Command("minus", "faster(-1)", say("slower"), say("The clock runs slower."), footer=False),
    Command("ctrl+x", "speed", say("set speed"), say("Set how fast the clock runs, from 1 to 120."), footer=False),
    Command("ctrl+o", "observe", say("observe"), say("Note what you see: now, at an inject, an entry, an objective.")),
    Command("ctrl+r", "rate", say("rate"), say("Rate an objective P, S, M or U, with a reason.")),
    Command("ctrl+t", "overrule", say("points"), say("Put your points in the place of the machine's, with a reason.")),
    Command("f8", "report", say("report"), say("Write the after-action report.")),
    Command("f9", "finish", say("end drill"), say("End the exercise; the team records nothing more.")),
    Command("ctrl+e", "edit", say("edit it"), say("Edit the inject; one that arrived stays as it is.")),
    Command("ctrl+d", "discuss", say("discuss"), say("Stop the clock to talk about the inject under the cursor.")),
    Command("f7", "plan", say("improve"), say("Put an item on the improvement plan, or change one.")),
    Command("f6", "milestone", say("milestone"), say("Reach a milestone by hand.")),
    Command("tab", "other", say("other column"), say("Between the events list and what stands beside it.")),
    Command("1", "view('inject')", say("inject"), say("Show the inject under the cursor."), footer=False),
    Command(
        "2",
        "view('team')",
        say("team now"),
        say("Show what the team does, and the real case at this hour."),
        footer=False,
    ),
    Command("3", "view('score')", say("score"), say("Show the score, with what each item rests on."), footer=False),
    Command("4", "view('notes')", say("observed"), say("Show observations, ratings and improvements."), footer=False),
    Command(
        "escape", "back", say("back"), say("Back to the events list; from there, leave the console."), footer=False
    ),
)
