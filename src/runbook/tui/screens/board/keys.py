"""The board's own keys. Footer, palette and F1 are made from them."""

from __future__ import annotations

from runbook.speech import say
from runbook.tui.commands import Command

COMMANDS: tuple[Command, ...] = (
    Command("full_stop", "next", say("next"), say("Go to what is most urgent now.")),
    Command("s", "start", say("start"), say("Start this step; it is then yours.")),
    Command("space", "press", say("tick"), say("Tick the check under the cursor, or open what stands there.")),
    Command("e", "fill", say("fill"), say("Fill in the field under the cursor, else the step's first empty one.")),
    Command("k", "finish", say("finish"), say("Finish this step. What is still open is listed first.")),
    Command("x", "skip", say("skip"), say("Leave this step out, saying why.")),
    Command("r", "reopen", say("reopen"), say("Take up a finished or skipped step again.")),
    Command("a", "assign", say("give"), say("Give this step to someone by name.")),
    Command("t", "time", say("time"), say("Set when this step was really started or finished.")),
    Command("w", "warnings", say("read"), say("Read this step's warnings; enter acknowledges one by your name.")),
    Command("left_square_bracket", "steps", say("steps"), say("Go to the list of phases and steps.")),
    Command("n", "note", say("note"), say("Write down what happened, and when; to this step if you wish.")),
    Command("left", "turn(-1)", say("step before"), say("The step before this one."), footer=False),
    Command("right", "turn(1)", say("step after"), say("The step after this one."), footer=False),
    Command("enter", "open", say("open"), say("Open what is under the cursor; from a check, go on."), footer=False),
    Command("ctrl+t", "rename", say("rename"), say("Give the incident another name."), footer=False),
    Command(
        "ctrl+l",
        "edition",
        say("newer edition"),
        say("See what today's edition of playbook and laws would change, and move to it."),
        footer=False,
    ),
    Command("ctrl+e", "close", say("close"), say("Close the incident; what is open must be explained."), footer=False),
    Command("b", "app.go('board')", say("board"), say("Phases and steps."), footer=False),
    Command("o", "app.go('home')", say("home"), say("All incidents."), footer=False),
)
