"""The forms of whoever judges: a rating, an evaluator's points, an improvement."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal

import msgspec

from runbook.actions import judging
from runbook.actions.deciding import Decision
from runbook.drills.report_words import RATES
from runbook.drills.scoring import Item
from runbook.events import Improvement, Prose
from runbook.saying import words as prose_words
from runbook.speech import Argument, Message, say
from runbook.tui.screens.console.choosing import ANSWERS, choice, pick, pick_any
from runbook.tui.screens.form import Form, Line, WrongLine
from runbook.tui.teller import Teller

_ADDS: dict[Literal["line", "check"], Message] = {"line": say("a line to do"), "check": say("a check to tick")}


class RateForm(Form):
    """How well an objective was met: P, S, M or U (HSEEP), and why."""

    def __init__(self, objective: str, title: Argument, tell: Teller, keep: str) -> None:
        self._objective, self._tell = objective, tell
        drill = tell.case.incident.drill
        before = drill.ratings.get(objective) if drill else None
        reason = tell(prose_words(before.reason)) if before else ""
        lines = [
            choice("rate", say("rating"), before.rate if before else "", RATES, tell),
            Line("reason", tell(say("reason")), reason, tell(say("What you saw, in a sentence"))),
        ]
        super().__init__(say("Rate: {objective}", objective=title), lines, keep)

    def decide(self, typed: dict[str, str]) -> Decision:
        rate = pick("rate", typed["rate"], RATES, self._tell)
        return partial(judging.rate, objective=self._objective, rating=rate, reason=typed["reason"])


class PointsForm(Form):
    """An evaluator's points for an item of the score."""

    def __init__(self, item: Item, tell: Teller, keep: str) -> None:
        self._item = item
        points = str(item.points) if item.overruled is not None else ""
        hint = say("At most {most}; empty: as the machine reckons ({points})", most=item.max, points=item.machine)
        lines = [
            Line("points", tell(say("points")), points, tell(hint)),
            Line("reason", tell(say("reason")), "", tell(say("Why; it stands beside the machine's reason"))),
        ]
        super().__init__(say("Your points for: {item}", item=item.title), lines, keep)

    def decide(self, typed: dict[str, str]) -> Decision:
        text = typed["points"].strip().replace("−", "-")
        points: int | None = None
        if text:
            if not text.removeprefix("-").isdecimal():
                raise WrongLine("points", say("“{text}” is not a number.", text=text), say("Write whole points."))
            points = int(text)
        return partial(
            judging.overrule, item=self._item.id, points=points, reason=typed["reason"], most=max(self._item.max, 0)
        )


class PlanForm(Form):
    """An item of the improvement plan; it may carry an edit of the playbook: a line or a check for one of its steps."""

    def __init__(self, before: Improvement | None, item: str, today: date, tell: Teller, keep: str) -> None:
        self._tell, self._today = tell, today
        own = before or Improvement(judging.free_name(tell.case), Prose(text=""), Prose(text=""), "", item=item)
        self._own = own
        number = tell.case.playbook.numbers.get(own.step, own.step)
        lines = [
            Line("issue", tell(say("issue")), _prose(own.issue), tell(say("What did not go well"))),
            Line(
                "action", tell(say("corrective action")), _prose(own.action), tell(say("What is to be done about it"))
            ),
            Line("owner", tell(say("owner")), own.owner, tell(say("The section or person who does it"))),
            Line("contact", tell(say("contact")), own.contact, tell(say("Telephone or address; may be empty"))),
            Line("due", tell(say("due")), own.due, tell(say("30, 60 or 90 days from today, or a date; empty: 30"))),
            Line("item", tell(say("score item")), own.item, tell(say("What it is to better; may be empty"))),
            Line(
                "step",
                tell(say("playbook step")),
                number,
                tell(say("Its number, such as 3-2, if the playbook is to change")),
            ),
            choice("add", say("adds"), own.add, _ADDS, tell),
            Line(
                "ja", tell(say("Japanese")), _prose(own.ja), tell(say("The line or check as it is to read in Japanese"))
            ),
            Line("en", tell(say("English")), _prose(own.en), tell(say("The same in English; empty: as in Japanese"))),
        ]
        if before is not None:
            lines.append(choice("dropped", say("drop it"), "no", ANSWERS, tell))
        super().__init__(say("Improvement {id}", id=own.id), lines, keep)

    def decide(self, typed: dict[str, str]) -> Decision:
        numbers = {number: id for id, number in self._tell.case.playbook.numbers.items()}
        step = typed["step"].strip()
        add = pick_any("add", typed["add"], _ADDS, self._tell)
        ja, en = typed["ja"].strip(), typed["en"].strip()
        if step and not (add and (ja or en)):
            raise WrongLine(
                "ja" if add else "add",
                say("An edit of the playbook needs a step, a line or check, and its words."),
                say("Fill them in, or leave all of them empty."),
            )
        dropped = "dropped" in typed and pick("dropped", typed["dropped"], ANSWERS, self._tell) == "yes"
        whole = msgspec.structs.replace(
            self._own,
            owner=typed["owner"].strip(),
            contact=typed["contact"].strip(),
            due=typed["due"].strip() or "30",
            item=typed["item"].strip(),
            step=numbers.get(step, step),
            add=add or "",
            ja=Prose(text=ja) if step and ja else None,
            en=Prose(text=en) if step and en else None,
            dropped=dropped,
        )
        return partial(judging.plan, improvement=whole, issue=typed["issue"], action=typed["action"], today=self._today)


def _prose(prose: Prose | None) -> str:
    return prose.text or "" if prose else ""
