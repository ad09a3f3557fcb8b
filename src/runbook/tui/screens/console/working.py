"""The facilitator's console: its keys, and what they decide."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import ClassVar

from runbook.actions import drills
from runbook.actions.deciding import Decision
from runbook.case import Case
from runbook.saying import joined
from runbook.scenario import FASTEST
from runbook.script import course, leg, scenario_of
from runbook.speech import Message, say
from runbook.tui.commands import Command
from runbook.tui.screens.console import keys, showing
from runbook.tui.screens.console.ahead import read_ahead
from runbook.tui.screens.console.watching import Watching

SPEEDS = (1, 2, 5, 10, 12, 20, 30, 60, 120)
"""The speeds that + and − go through."""


class Console(Watching):
    """The console."""

    place = "console"
    title_said = say("Facilitator's console")
    explains = say(
        "For whoever leads a drill: every inject with where it stands (✓ arrived, ^ due, = held back, . switched off), "
        "beside it all about the one under the cursor, what the team does, the score with what it rests on, and your "
        "notes. Keys that act are ctrl or function keys, so that none is pressed by mistake. The team does not see this "
        "place, nor what is noted here; its own screens show the record without it. Nothing here is taken back with u."
    )
    commands: ClassVar[tuple[Command, ...]] = keys.COMMANDS

    # The events list

    def on_rows_chosen(self) -> None:
        self.action_push()

    def action_push(self) -> None:
        """Let the inject under the cursor arrive, once that is confirmed; in the right column, look closer."""
        line = self.line
        if self.aside:
            self.closer()
        elif line is not None:
            from runbook.tui.screens.asking import Confirm

            one = line.inject
            if line.stand == "arrived":
                self.desk_app.tell(say("“{title}” has arrived already.", title=one.title))
                return
            question = say("Let inject {number} “{title}” arrive now?", number=one.number, title=one.title)
            self.desk_app.ask(Confirm(question), lambda _: partial(drills.push, inject=one.id))

    def action_hold(self) -> None:
        """Hold the inject back, or let it go."""
        if line := self.line:
            on = line.stand != "held"
            one, app = line.inject, self.desk_app
            said = say("Held back: {inject}", inject=one.title) if on else say("Let go: {inject}", inject=one.title)
            app.act(partial(drills.hold, inject=one.id, on=on), lambda done: app.tell(said) if done.entries else None)

    def action_edit(self) -> None:
        """Edit the inject under the cursor."""
        from runbook.tui.screens.console.injecting import InjectForm

        if line := self.line:
            if line.stand == "arrived":
                self.desk_app.tell(
                    say("“{title}” has arrived already.", title=line.inject.title), say("Add another one instead.")
                )
                return
            self.app.push_screen(InjectForm(line.inject, self.teller, f"console:edit({line.inject.id!r})"))

    def action_add(self) -> None:
        """Write another inject."""
        from runbook.tui.screens.console.injecting import InjectForm

        self.app.push_screen(InjectForm(None, self.teller, "console:add"))

    def action_milestone(self) -> None:
        """Reach a milestone by hand."""
        from runbook.tui.screens.asking import Choose

        scenario, drill = scenario_of(self.teller.case), self.teller.case.incident.drill
        left = [one for one in scenario.milestones if drill and one.id not in drill.milestones] if scenario else []
        if not left:
            self.desk_app.tell(say("There is no milestone left to reach."))
            return
        options = [(one.id, say("{text}", text=one.title)) for one in left]
        asking = Choose(say("Reach which milestone now?"), options)
        self.desk_app.ask(asking, lambda id: partial(drills.reach, milestone=id, by_hand=True))

    # The clock

    def action_run(self) -> None:
        """Stop the clock, or let it run on; at the end of a part, on to the next."""
        case, wall = self.teller.case, self.desk_app.desk.wall()
        match course(case, wall):
            case "part over":
                self.action_leg()
            case "runs":
                self.desk_app.act(lambda now, by: drills.pause(now, by, self.desk_app.desk.wall()))
            case _:
                self._run(0.0)

    def _run(self, speed: float) -> None:
        """Let it run at a speed; at 0 as fast as it last did in this part, else as fast as the part wants."""
        case = self.teller.case
        here = leg(case)[0]
        wanted = speed or (self.last_speed if here is not None and here.start == self.last_leg else 0.0)
        self.desk_app.act(lambda now, by: drills.resume(now, by, self.desk_app.desk.wall(), wanted))

    def action_faster(self, way: int) -> None:
        """The next speed up, or down."""
        clock = self.teller.case.incident.clock
        if clock is None or clock.stands(self.desk_app.desk.wall()):
            self.desk_app.tell(say("The clock stands."), say("Space lets it run; ctrl+x at a speed you give."))
            return
        beyond = [one for one in SPEEDS if (one > clock.speed if way > 0 else one < clock.speed)]
        if beyond:
            self._run(float(beyond[0] if way > 0 else beyond[-1]))

    def action_speed(self) -> None:
        """Let it run at a speed that is typed."""
        from runbook.tui.screens.asktext import AskLine

        clock = self.teller.case.incident.clock
        asking = AskLine(
            say("How many times as fast shall the clock run?"),
            say("A number from 1 to {most}", most=FASTEST),
            value=f"{clock.speed:g}" if clock and clock.speed else "",
        )
        self.desk_app.ask(asking, self._at_speed)

    def _at_speed(self, typed: str) -> Decision:
        text = typed.strip().lower().strip("×x")
        speed = float(text) if text.replace(".", "", 1).isdecimal() else -1.0
        return lambda case, by: drills.resume(case, by, self.desk_app.desk.wall(), speed or -1.0)

    def action_jump(self) -> None:
        """Put the clock forward to a time that is typed."""
        from runbook.tui.screens.console.jumping import AskAhead

        asking = AskAhead(self._ahead)

        def jump(typed: str | None) -> None:
            if typed is not None and asking.meant is not None:
                self._jump(asking.meant)

        self.app.push_screen(asking, jump)

    def _present(self) -> Case:
        """The case now: its clock goes on while one types."""
        return self.desk_app.desk.at(self.teller.case)

    def _ahead(self, typed: str) -> tuple[datetime, Message]:
        to = read_ahead(typed, self._present().now, self.teller.case.zone)
        at = showing.full(to, self.teller)
        passed = showing.between_now_and(self._lines, self._present(), to)
        if not passed:
            return to, say("{at}; no inject lies in between.", at=at)
        return to, say("{at}; injects in between: {n}.", at=at, n=len(passed))

    def action_leg(self) -> None:
        """Jump to where the next part begins."""
        following = leg(self.teller.case)[1]
        if following is None:
            self.desk_app.tell(say("No part comes after this one."), say("End the drill when everyone is ready."))
        else:
            self._jump(following.start)

    def _jump(self, to: datetime) -> None:
        """Put the clock forward, once what arrives at once by it was named."""
        from runbook.tui.screens.asking import Confirm

        case = self._present()
        passed = showing.between_now_and(self._lines, case, to)
        hint = say("No inject lies in between.")
        if passed:
            hint = say(
                "Injects that lie in between and arrive at once: {n}. {names}",
                n=len(passed),
                names=showing.listed(passed),
            )
        if due := showing.due_on_the_way(case, to):
            named = [say("{what} {at}", what=one.what, at=showing.full(one.due_at or to, self.teller)) for one in due]
            hint = say(
                "{injects}\nLegal deadlines that fall in between: {n}. {names}",
                injects=hint,
                n=len(due),
                names=joined(named),
            )
        asking = Confirm(say("Put the clock forward to {at}?", at=showing.full(to, self.teller)), hint)
        following = leg(case)[1]
        if following is not None and following.start == to == case.now:  # the parts adjoin
            asking = Confirm(say("Begin the next part, “{part}”?", part=following.title))
        self.desk_app.ask(asking, lambda _: lambda case, by: drills.jump(case, by, self.desk_app.desk.wall(), to))

    def action_discuss(self) -> None:
        """Stop the clock to talk about the inject under the cursor."""
        if line := self.line:
            id = line.inject.id
            self.desk_app.act(lambda case, by: drills.pause(case, by, self.desk_app.desk.wall(), inject=id))

    def action_finish(self) -> None:
        """End the exercise."""
        from runbook.tui.screens.asking import Confirm

        asking = Confirm(
            say("End the drill?"), say("Its clock stands then; the team records nothing more. You can go on judging.")
        )
        self.desk_app.ask(asking, lambda _: drills.end)

    # Coming and going

    def offer_to_go_on(self) -> None:
        from runbook.tui.screens.asking import Confirm, Remark

        case = self.teller.case
        said = say("The console before this one died. Nothing is lost.")
        if course(case, self.desk_app.desk.wall()) in ("runs", "over"):
            self.app.push_screen(Remark(said, say("The drill went on meanwhile.")))
            return
        hint = say("The drill's clock stands at {at}. Let it run on?", at=case.now)
        self.app.push_screen(Confirm(said, hint), lambda yes: self._run(0.0) if yes else None)

    def leave(self) -> None:
        """To the list of all incidents, once that is confirmed: the team's drill may stand without a facilitator."""
        from runbook.tui.screens.asking import Confirm

        drill = self.teller.case.incident.drill
        hint = say("The drill goes on without you.")
        if drill is not None and drill.ended is not None:
            hint = say("The drill is over; you can come back at any time.")
        elif drill is not None and drill.unattended == "pauses":
            hint = say("The drill's clock stands until somebody is here again.")
        asking = Confirm(say("Leave the console?"), hint)
        self.app.push_screen(asking, lambda yes: self.desk_app.go("home") if yes else None)
