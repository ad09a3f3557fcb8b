"""A running drill at one seat: lets arrive what is due, says so, and lets a team without a facilitator go on.

Every seat does it, every second; the record takes each inject once (rules.md 15).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from runbook.actions import drills
from runbook.actions.deciding import Decision
from runbook.case import Case
from runbook.desk import Desk
from runbook.events import TEAM
from runbook.script import course, due, leg, scenario_of
from runbook.script import inject as find_inject
from runbook.speech import Message, say
from runbook.tui.commands import Command
from runbook.tui.drill_words import alone, arrived

if TYPE_CHECKING:
    from runbook.tui.app import RunbookApp

FRESH_FOR = 20.0
"""Seconds for which the frame names what arrived last."""
LOOK = 5
"""Every so many seconds it is asked whether the facilitator's console is still there."""
PATIENCE = 30
"""Seconds until the next try, where the record is out of reach."""

COMMANDS: tuple[Command, ...] = (
    Command(
        "N", "app.drill_next", say("next part"), say("Jump to the drill's next part, where nobody is at the console.")
    ),
    Command("P", "app.drill_pause", say("pause, go on"), say("Stop the drill's clock, or let it run on.")),
    Command("E", "app.drill_end", say("end the drill"), say("End the drill; its score can be read then.")),
    Command("W", "app.drill_score", say("score"), say("How the drill was scored, line by line, once it is over.")),
)
"""What a team does with its drill. They have keys in the place `incoming`; elsewhere the palette offers them."""


def _advance(desk: Desk, incident: str) -> Case:
    from runbook.drills.room import Room  # content and guardrails: only once something is due

    return Room(desk).advance(incident)


def written(desk: Desk, incident: str, since: int) -> tuple[int, str]:
    """How many entries the team's people wrote after entry `since`, and who wrote the last of them."""
    seqs = [seq for seq in desk.order(incident, "written", types=TEAM - {"inject_arrived"}) if seq > since]
    return len(seqs), desk.entry(incident, seqs[-1]).event.actor if seqs else ""


class Drilling:
    """What the app does in a drill of a scenario."""

    def __init__(self, app: RunbookApp) -> None:
        self._app = app
        self._busy = False
        self._seconds = 0
        self._rest = 0

    def tick(self) -> None:
        """A second has passed: let arrive what is due, off the screen's thread."""
        case = self._app.case
        drill = case.incident.drill if case else None
        self._rest -= self._rest > 0
        if case is None or drill is None or drill.ended is not None or self._busy or self._rest:
            return
        self._seconds += 1
        looks = drill.attended is not None and self._seconds % LOOK == 0
        if looks or due(self._app.desk.at(case)):
            self._busy = True
            self._app.slow(partial(_advance, self._app.desk, case.incident.id), self._came, self._failed)

    def _came(self, case: Case) -> None:
        self._busy = False
        self._app.take(case)

    def _failed(self) -> None:
        self._busy, self._rest = False, PATIENCE

    def seen(self, before: Case | None, now: Case | None) -> None:
        """Ring, and name what arrived since the last reading of the same drill."""
        app = self._app
        if before is None or now is None or before.incident.id != now.incident.id:
            app.fresh = ""
            return
        if before.incident.drill is now.incident.drill:
            return
        if alone(now) and not alone(before):
            self._left_alone(now)
        known = arrived(before)
        new = sorted((at, id) for id, at in arrived(now).items() if id not in known)
        found = find_inject(now, new[-1][1]) if new else None
        if found is not None:
            app.bell()
            app.fresh = found.id
            app.set_timer(FRESH_FOR, partial(self._old, found.id))

    def _left_alone(self, case: Case) -> None:
        """Nobody is at the facilitator's console any more, left or dead: who leads the drill now."""
        runs = course(case, self._app.desk.wall()) == "runs"
        self._app.tell(
            say("The facilitator's console was left; the drill goes on.")
            if runs
            else say("The facilitator's console was left, and the drill's clock stands."),
            say("The team leads it now: i, then P stops the clock or lets it run on, N goes on to the next part."),
            bad=True,  # it stands longer: nobody pressed a key for it
        )

    def _old(self, id: str) -> None:
        if self._app.fresh == id:
            self._app.fresh = ""

    # What a team does where nobody is at the console

    def next(self) -> None:
        """On to the next part; asked once more where this one is not over, for no clock goes back."""
        from runbook.tui.screens.asking import Confirm

        def on(_: bool = True) -> Decision:
            return partial(drills.next_leg, wall=self._app.desk.wall())

        case = self._app.case
        if not self._may() or case is None:
            return
        following = leg(case)[1]
        if following is None or course(case, self._app.desk.wall()) == "part over":
            self._app.act(on())
            return
        question = Confirm(
            say("This part is not over. On to the next one, “{part}”?", part=following.title),
            say("What would still arrive until then arrives at once, and the clock does not go back."),
        )
        self._app.ask(question, on)

    def pause(self) -> None:
        """Stop the clock, or let it run on."""
        case, wall = self._app.case, self._app.desk.wall()
        clock = case.incident.clock if case else None
        if clock is not None and self._may():
            stands = clock.stands(wall)  # at the end of its part, resuming says where to go on
            decide: Decision = partial(drills.resume if stands else drills.pause, wall=wall)
            self._app.act(decide)

    def end(self) -> None:
        """End the drill, once that was said twice."""
        from runbook.tui.screens.asking import Confirm

        if self._may():
            question = Confirm(
                say("End the drill?"), say("Its clock stands then, and nothing of the team is recorded any more.")
            )
            self._app.ask(question, lambda _: drills.end, lambda _: self.score())

    def score(self) -> None:
        """Read the score, once the drill is over."""
        case = self._app.case
        drill = case.incident.drill if case else None
        if drill is None:
            self._app.tell(*no_drill())
        elif drill.ended is None:
            self._app.tell(say("The score can be read once the drill is over."))
        else:
            self._app.go("hotwash")

    def _may(self) -> bool:
        """Whether the team goes on by itself; says so where it does not."""
        case = self._app.case
        if case is None or scenario_of(case) is None:
            self._app.tell(*no_drill())
        elif case.incident.drill is not None and case.incident.drill.ended is not None:
            self._app.tell(say("This drill is over."))
        elif not alone(case):
            self._app.tell(say("A facilitator is at the console and leads this drill."))
        else:
            return True
        return False


def no_drill() -> tuple[Message, Message]:
    """What is said where no scenario is played."""
    return (
        say("Nothing arrives by itself here: this is no drill of a scenario."),
        say("Under o, t starts a drill of a scenario."),
    )
