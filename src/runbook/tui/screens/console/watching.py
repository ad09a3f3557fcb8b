"""What a facilitator notes and judges at the console."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from runbook.actions import judging
from runbook.actions.deciding import Decision
from runbook.case import Case
from runbook.events import Improvement
from runbook.script import leg, scenario_of
from runbook.speech import Message, say
from runbook.tui.screens.console.screen import Shown
from runbook.tui.screens.reporting import ask_report

if TYPE_CHECKING:
    from runbook.drills.scoring import Item

_KEPT = "console:observe"


class Watching(Shown):
    """Observations, ratings, points, improvements and the report."""

    last_speed = 0.0
    """How fast the clock last ran, and since when the part in which it did lasts: what it goes on with."""
    last_leg: object = None

    def show(self, case: Case | None) -> None:
        super().show(case)
        clock = case.incident.clock if case else None
        if case is not None and clock is not None and clock.speed:
            here = leg(case)[0]
            self.last_speed, self.last_leg = clock.speed, here.start if here else None

    def closer(self) -> None:
        """Enter in the right column: the entries an item rests on, a note on an entry, an improvement to change."""
        kind, _, key = self._inner.here.partition(":")
        if self._pane.has_focus:
            return
        if kind == "item" and (item := self.item):
            self._cited(item)
        elif kind == "entry":
            self._observe(f"entry:{key}")
        elif kind == "plan":
            self.action_plan(key)
        elif kind == "rated":
            self._rate(key)

    def _cited(self, item: Item) -> None:
        """The entries an item rests on; one that is chosen can be noted upon."""
        from runbook.tui.screens.asking import Choose

        tell, cited = self.teller, self._seen.cited
        entries = [cited[seq] for seq in item.seqs if seq in cited]
        if not entries:
            self.desk_app.tell(say("This item rests on no entry of the record."))
            return
        options = [
            (
                str(one.event.seq),
                say(
                    "#{seq} {at} {who}: {what}",
                    seq=one.event.seq,
                    at=tell.short(one.event.recorded_at),
                    who=one.event.actor,
                    what=one.said,
                ),
            )
            for one in entries
        ]
        asking = Choose(
            say("“{item}” rests on these entries", item=item.title), options, hint=say("Enter notes something on one.")
        )
        self.app.push_screen(asking, lambda seq: self._observe(f"entry:{seq}") if seq else None)

    # Observations

    def action_observe(self, tie: str = "") -> None:
        """Note what is seen, tied to what is chosen; a half-typed note comes first."""
        from runbook.tui.screens.asking import Choose

        if tie:
            self._observe(tie)
            return
        ties = self._ties()
        kept = [(self._kept(id), id) for id, _ in ties]
        begun = next((id for text, id in kept if text), "")
        here = begun or self._likely()
        asking = Choose(say("Note what you see: about what?"), ties, here)
        self.app.push_screen(asking, lambda id: self._observe(id) if id else None)

    def _kept(self, tie: str) -> str:
        return self.desk_app.unfinished.texts.get(f"{_KEPT}({tie!r})", "").strip()

    def _likely(self) -> str:
        """What a note is most likely about: what the cursor is on."""
        kind, _, key = self._inner.here.partition(":")
        if self.aside and kind == "entry":
            return f"entry:{key}"
        if self.aside and (item := self.item) is not None:
            return f"objective:{item.objective}"
        return "now"

    def _ties(self) -> list[tuple[str, Message]]:
        case, line = self.teller.case, self.line
        found = [("now", say("this moment, {at}", at=case.now))]
        if line is not None:
            one = line.inject
            found.append((f"inject:{one.id}", say("inject {number} {title}", number=one.number, title=one.title)))
        kind, _, seq = self._inner.here.partition(":")
        if kind == "entry" and self._view == "team":
            found.append((f"entry:{seq}", say("entry {seq}", seq=seq)))
        item = self.item
        if item is not None and self._view == "score" and item.seqs:
            found.append((f"entry:{item.seqs[-1]}", say("entry {seq}", seq=item.seqs[-1])))
        scenario = scenario_of(case)
        found += [
            (f"objective:{one.id}", say("objective: {title}", title=one.title))
            for one in (scenario.objectives if scenario else ())
        ]
        return [(id, self._begun(id, said)) for id, said in found]

    def _begun(self, tie: str, said: Message) -> Message:
        kept = self._kept(tie)
        return say("{what}, half typed: {text}", what=said, text=kept) if kept else said

    def _observe(self, tie: str) -> None:
        from runbook.tui.screens.asktext import AskText

        said = dict(self._ties()).get(tie) or say("entry {seq}", seq=tie.partition(":")[2])
        asking = AskText(say("What do you see?"), say("{what}", what=said), keep=f"{_KEPT}({tie!r})")
        self.desk_app.ask(asking, lambda text: _observing(tie, text))

    # Judging

    def action_rate(self) -> None:
        """Rate an objective; the one of what is under the cursor is offered first."""
        from runbook.tui.screens.asking import Choose

        scenario, line, item = scenario_of(self.teller.case), self.line, self.item
        options = [(one.id, say("{text}", text=one.title)) for one in scenario.objectives] if scenario else []
        here = item.objective if item is not None and self._view == "score" else line.inject.objective if line else ""
        self.app.push_screen(Choose(say("Rate which objective?"), options, here), self._rate)

    def _rate(self, objective: str | None) -> None:
        from runbook.tui.screens.console.judging import RateForm

        scenario = scenario_of(self.teller.case)
        found = scenario.objective(objective) if scenario and objective else None
        if found is not None:
            self.app.push_screen(RateForm(found.id, found.title, self.teller, f"console:rate({found.id!r})"))

    def action_overrule(self) -> None:
        """Put an evaluator's points in the place of the machine's."""
        from runbook.tui.screens.asking import Choose

        score = self._seen.score
        if score is None or not score.items:
            self.desk_app.tell(say("There is no score yet."))
        elif self._view == "score" and self.item is not None and (self.aside or not self.wide):
            self._overrule(self.item.id)
        else:
            options = [(one.id, say("{points} {title}", points=one.points, title=one.title)) for one in score.items]
            self.app.push_screen(Choose(say("Your points for which item?"), options), self._overrule)

    def _overrule(self, id: str | None) -> None:
        from runbook.tui.screens.console.judging import PointsForm

        score = self._seen.score
        item = next((one for one in score.items if one.id == id), None) if score else None
        if item is not None:
            self.app.push_screen(PointsForm(item, self.teller, f"console:overrule({item.id!r})"))

    def action_plan(self, id: str = "") -> None:
        """A new item of the improvement plan; or one of those there are."""
        from runbook.tui.screens.asking import Choose

        drill = self.teller.case.incident.drill
        plans = {key: one.plan for key, one in drill.plans.items() if not one.plan.dropped} if drill else {}
        if id or not plans:
            self._plan(plans.get(id))
            return
        options = [
            ("new", say("a new one")),
            *((key, say("{id}: {action}", id=key, action=one.action.text or "")) for key, one in plans.items()),
        ]
        asking = Choose(say("Which improvement?"), options)
        self.app.push_screen(asking, lambda key: self._plan(plans.get(key)) if key else None)

    def _plan(self, before: Improvement | None) -> None:
        from runbook.tui.screens.console.judging import PlanForm

        item = self.item if self._view == "score" and self.aside else None
        today = self.desk_app.desk.wall().astimezone(self.teller.case.zone).date()
        keep = f"console:plan({before.id if before else ''!r})"
        self.app.push_screen(PlanForm(before, item.id if item else "", today, self.teller, keep))

    def action_report(self) -> None:
        """Write the after-action report, and say where it is."""
        ask_report(self.desk_app, self.teller.case)


def _observing(tie: str, text: str) -> Decision:
    kind, _, key = tie.partition(":")
    match kind:
        case "inject":
            return partial(judging.observe, text=text, inject=key)
        case "objective":
            return partial(judging.observe, text=text, objective=key)
        case "entry":
            return partial(judging.observe, text=text, about=int(key))
    return partial(judging.observe, text=text)
