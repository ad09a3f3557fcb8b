"""The board: what its keys decide. It shows what `screen` shows, asks what has to be asked, and records."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Literal, TypeAlias

from runbook.actions import records, steps
from runbook.actions.deciding import Decision
from runbook.desk import Done
from runbook.duties import deadlines, reason_wanted
from runbook.moment import Moment
from runbook.playbook import Field, Step
from runbook.progress import StepView, empty_fields, missing_fields, unread_warnings, warnings_for
from runbook.speech import Message, say
from runbook.tui.commands import Command
from runbook.tui.screens.board import keys, lines
from runbook.tui.screens.board.panel import StepPanel
from runbook.tui.screens.board.screen import Shown

Mark: TypeAlias = Literal["started", "done"]


class Board(Shown):
    """Where an incident is led, step by step."""

    place = "board"
    title_said = say("Board")
    explains = say(
        "The step to work on: what to do, what to tick and to fill in. The arrow keys move through it; the line below "
        "it says what is most urgent now, and the full stop leads there. There is nothing to save: what you tick, fill "
        "in or finish is in the record at once, and u takes it back."
    )
    commands: ClassVar[tuple[Command, ...]] = keys.COMMANDS

    _sent = ("", "")
    """The step and the block that the notice sent one to."""

    def arrive(self, where: str) -> None:
        super().arrive(where)
        kind, _, name = where.partition(":")
        if kind == "fill":
            step, _, field = name.partition("/")
            self._sent = (step, f"field:{field}")
            self.action_fill(step, field)

    def leave(self) -> None:
        """Escape: back to the notice from the field it sent one to, else to the list of all incidents."""
        sent, self._sent = self._sent, ("", "")
        if sent == (self._step, self.query_one(StepPanel).here):
            self.desk_app.go("notice")
        else:
            super().leave()

    @property
    def document(self) -> str:
        """The notice under the cursor; else of those the step leads to the one that was begun, or the first."""
        kind, _, id = self.query_one(StepPanel).here.partition(":")
        slugs = (id,) if kind == "notice" else self.view.step.notices
        begun = {key.partition("/")[0] for key in self.case.incident.notices}
        return next((slug for slug in slugs if slug in begun), next(iter(slugs), ""))

    def on_step_panel_pressed(self) -> None:
        self.action_press()

    def action_open(self) -> None:
        """Open what is under the cursor. Enter records nothing by itself: from a check it only goes on."""
        panel = self.query_one(StepPanel)
        if panel.here.startswith("check:"):
            panel.action_step(1)
        else:
            self.action_press()

    def action_press(self) -> None:
        """Do what there is to do under the cursor."""
        kind, _, id = self.query_one(StepPanel).here.partition(":")
        match kind:
            case "check":
                on = id not in self.view.own.ticked
                self.desk_app.act(partial(steps.tick, step=self.view.step.id, check=id, on=on))
            case "field":
                self.action_fill(self.view.step.id, id)
            case "warning" | "read":
                self.action_warnings(id)
            case "wait":
                self.look_at(id)
            case "ask":
                self._settle(id)
            case "clock":
                self.desk_app.go("clocks", f"duty:{id}")
            case "notice":
                self.desk_app.go("notice", f"kind:{id}")

    def _settle(self, fact: str) -> None:
        """Fill in the field that sets a fact, at the step that asks for it; show the facts where none does."""
        asking = ((step, field) for step in self.case.playbook.steps.values() for field in step.fields)
        found = next(((step, field) for step, field in asking if field.fact == fact), None)
        if found is None:
            self.desk_app.go("facts", f"fact:{fact}")
        else:
            self._fill(*found)

    def action_fill(self, step: str = "", field: str = "", row: str | None = None) -> None:
        """Fill in the field under the cursor, or the one named; from anything else the first that is empty."""
        if step:
            self.look_at(step, f"field:{field}")
        kind, _, id = self.query_one(StepPanel).here.partition(":")
        if kind == "ask" and not field:
            self._settle(id)
            return
        wanted = field or (id if kind == "field" else "")
        own = self.view.step
        found = next((one for one in own.fields if one.id == wanted), None)
        if found is None and not wanted and (empty := empty_fields(self.case, own)):
            found = empty[0]
            self.look_at(own.id, f"field:{found.id}")
        if found is None:
            self.desk_app.tell(say("There is no field under the cursor."), say("Go to one with the arrow keys."))
        else:
            self._fill(own, found, row)

    def _fill(self, step: Step, field: Field, row: str | None = None) -> None:
        from runbook.tui.screens.board.opening import fill

        fill(self.desk_app, self.tell, step, field, row)

    def action_start(self) -> None:
        step = self.view.step.id
        self.desk_app.act(partial(steps.start, step=step), lambda _: self._begin(step))

    def _begin(self, step: str) -> None:
        """A step that has warnings begins with them."""
        if self.is_current and step == self.view.step.id and unread_warnings(self.case, self.view.step):
            self.action_warnings()

    def action_warnings(self, id: str = "") -> None:
        """Read the step's warnings, from the one named or the first that is unread."""
        step = self.view.step
        found = warnings_for(self.case, step)
        if not found:
            self.desk_app.tell(say("This step has no warnings."))
            return
        from runbook.tui.screens.board.reading import Reader

        wanted = id or next((warning.id for warning in unread_warnings(self.case, step)), found[0].id)
        first = next((n for n, warning in enumerate(found) if warning.id == wanted), 0)
        self.app.push_screen(Reader(self.case, step, found, first))

    def action_finish(self) -> None:
        view = self.view
        if self._free(view) and (view.open_checks or view.overdue):
            from runbook.tui.screens.board.ending import Finish

            said = partial(self._finished, view.step.id)
            self.app.push_screen(Finish(self.case, view.step, view.open_checks), lambda done: done and said())
        else:
            self._finish(view)

    def _finish(self, view: StepView, moment: Moment | None = None) -> None:
        """Finish a step, or be told why not and led to what is in the way."""
        if not view.waits_for and view.state != "done":
            if missing := missing_fields(self.case, view.step):
                self.look_at(view.step.id, f"field:{missing[0].id}")
            elif unread := unread_warnings(self.case, view.step):
                self.look_at(view.step.id, f"warning:{unread[0].id}")
        decision = partial(steps.finish, step=view.step.id, moment=moment)
        self.desk_app.act(decision, lambda _: self._finished(view.step.id))

    def _free(self, view: StepView) -> bool:
        """Whether nothing stands in the way of finishing."""
        if view.waits_for or view.state == "done":
            return False
        return not missing_fields(self.case, view.step) and not unread_warnings(self.case, view.step)

    def _finished(self, step: str) -> None:
        number = self.case.playbook.numbers[step]
        upcoming = lines.next_for(self._views, self.desk_app.desk.actor, step)
        hint = say("Next: {number} {title}", number=upcoming.number, title=upcoming.step.title) if upcoming else None
        files = self.case.playbook.steps[step].files
        if files and any(reason_wanted(self.case, one) for one in deadlines(self.case) if one.id in files.duties):
            hint = say("What it filed was late, and no reason is recorded: c, then x.")
        self.desk_app.tell(say("Step {number} is finished.", number=number), hint)

    def action_skip(self, step: str = "") -> None:
        from runbook.tui.screens.asktext import AskText

        self.look_at(step)
        view = self.view
        question = say("Leave out {number} {title}? Say why.", number=view.number, title=view.step.title)
        self.desk_app.ask(
            AskText(question, keep=f"board:skip('{view.step.id}')"),
            lambda reason: partial(steps.skip, step=view.step.id, reason=reason),
        )

    def action_reopen(self) -> None:
        self.desk_app.act(partial(steps.reopen, step=self.view.step.id))

    def action_assign(self) -> None:
        from runbook.tui.screens.asktext import AskLine

        view = self.view
        known = sorted({state.owner for state in self.case.incident.steps.values() if state.owner})
        hint = say("Known here: {names}", names=self.tell.list(known)) if known else None
        question = say("Who does {number} {title}?", number=view.number, title=view.step.title)
        self.desk_app.ask(
            AskLine(question, hint, value=view.own.owner),
            lambda name: partial(steps.assign, step=view.step.id, to=name),
        )

    def action_time(self) -> None:
        from runbook.tui.screens.asking import Choose

        view = self.view
        marks: list[tuple[str, Message]] = [("started", say("when it was started"))]
        if view.state in ("active", "done"):
            marks.append(("done", say("when it was finished")))
        if len(marks) == 1:
            self._ask_time(view, "started")
            return
        question = say("Set which time of {number} {title}?", number=view.number, title=view.step.title)
        here = "done" if view.state == "done" else "started"
        self.app.push_screen(
            Choose(question, marks, here),
            lambda mark: self._ask_time(view, "done" if mark == "done" else "started") if mark else None,
        )

    def _ask_time(self, view: StepView, mark: Mark) -> None:
        from runbook.tui.screens.asktext import AskTime
        from runbook.tui.typed import as_typed

        asked = say("When was it really started?") if mark == "started" else say("When was it really finished?")
        now = view.own.started if mark == "started" else view.own.done
        asking = AskTime(asked, self.case.now, self.case.zone, value=as_typed(now, self.case.zone))
        self.desk_app.ask(asking, lambda moment: self._timed(view, mark, moment))

    def _timed(self, view: StepView, mark: Mark, moment: Moment) -> Decision:
        step = view.step.id
        if mark == "started" and view.own.started is None:
            return partial(steps.start, step=step, moment=moment)
        if mark == "done" and view.own.done is None:
            return partial(steps.finish, step=step, moment=moment)
        return partial(steps.correct_time, step=step, mark=mark, moment=moment)

    def action_note(self, step: str = "") -> None:
        from runbook.tui.screens.board.ending import Note

        self.look_at(step)
        view = self.view
        self.app.push_screen(Note(self.case, view.step, view.state == "active", keep=f"board:note('{view.step.id}')"))

    def action_rename(self) -> None:
        from runbook.tui.screens.asktext import AskLine

        self.desk_app.ask(
            AskLine(say("What is the incident called?"), value=self.case.incident.title, keep="board:rename"),
            lambda title: partial(records.rename, title=title),
        )

    def action_edition(self) -> None:
        from runbook.tui.screens.board.moving import offer

        offer(self.desk_app, self.case)

    def action_close(self) -> None:
        from runbook.tui.screens.asking import Confirm
        from runbook.tui.screens.asktext import AskText

        app = self.desk_app
        still = [view for view in self._views if view.state in ("todo", "active", "blocked")]
        if still and self.case.incident.closed_at is None:
            question = say("{n} steps are still open. Why is the incident closed all the same?", n=len(still))
            hint = say("The first is {number} {title}.", number=still[0].number, title=still[0].step.title)
            app.ask(
                AskText(question, hint, keep="board:close"),
                lambda why: partial(records.close, explanation=why),
                self._after_closing,
            )
        else:
            app.ask(Confirm(say("Close this incident?")), lambda _: records.close, self._after_closing)

    def _after_closing(self, _: Done) -> None:
        self.desk_app.tell(say("The incident is closed."), say("Notes can still be written; u opens it again."))
