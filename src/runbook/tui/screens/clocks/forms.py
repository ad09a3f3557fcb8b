"""The forms about legal duties: that one was met, and what counsel decided. What is typed is decided in `actions`."""

from __future__ import annotations

from functools import partial
from typing import Literal, TypeAlias

from runbook.actions import duties
from runbook.actions.deciding import By, Decision
from runbook.case import Case
from runbook.duties import Deadline
from runbook.events import Act
from runbook.moment import read_moment
from runbook.speech import Message, say
from runbook.tui import typed
from runbook.tui.screens.form import Form, Line, WrongLine
from runbook.tui.teller import Teller
from runbook.wording.safe import fold

Answer: TypeAlias = Literal["yes", "no", "rule"]


class Met(Form):
    """That a duty was met: when, by whom, under which number; why late, where it is late."""

    def __init__(self, deadline: Deadline, tell: Teller, actor: str, keep: str) -> None:
        self._duty, zone = deadline.id, tell.case.zone
        last = tell.case.incident.duty(deadline.id).filing
        self._at = typed.as_typed(last.at, zone) if last else ""
        number = last.receipt.text or "" if last and last.receipt else ""
        when = say("15:45, ~15:45, 06-22 15:45") if last else say("15:45, ~15:45, 06-22 15:45; empty means now")
        lines = [
            Line("at", tell(say("when")), self._at, tell(when)),
            Line("by", tell(say("by whom")), last.by if last else actor, tell(say("Who filed it, or told them"))),
            Line(
                "receipt",
                tell(say("receipt number")),
                number,
                tell(say("The authority's number; empty if there is none")),
            ),
        ]
        late = deadline.due_at is not None and tell.case.now > deadline.due_at
        if late:
            given = tell.case.incident.duty(deadline.id).delay is not None
            hint = say("A reason is recorded already; empty leaves it") if given else deadline.late or say("Why late")
            lines.append(Line("reason", tell(say("why late")), "", tell(hint)))
        super().__init__(say("Met: {duty}", duty=deadline.what), lines, keep)
        if late and deadline.due_at is not None:
            self.hint = say("It was due {at}.", at=deadline.due_at)

    def decide(self, typed_: dict[str, str]) -> Decision:
        def decide(case: Case, by: By) -> list[Act]:
            at = typed_["at"].strip()
            # What is left as it was stays as it was recorded, to the second.
            moment = read_moment(at, case.now, case.zone) if at and at != self._at.strip() else None
            own = {"receipt": typed_["receipt"], "who": typed_["by"], "reason": typed_.get("reason", "")}
            return duties.file(case, by, self._duty, moment, **own)

        return decide


class Decided(Form):
    """What counsel decided on whether a duty applies: by name, with a reason."""

    def __init__(self, deadline: Deadline, tell: Teller, keep: str) -> None:
        self._duty = deadline.id
        self._answers: list[tuple[Answer, Message]] = [("yes", say("it applies")), ("no", say("it does not apply"))]
        if tell.case.incident.duty(deadline.id).override is not None:
            self._answers.append(("rule", say("the rule decides again")))
        self._said = {id: tell(said) for id, said in self._answers}
        self._options = ", ".join(f"{n} {said}" for n, said in enumerate(self._said.values(), 1))
        lines = [
            Line("applies", tell(say("decision")), "", self._options),
            Line("counsel", tell(say("decided by")), "", tell(say("The name of whoever decided it"))),
            Line("reason", tell(say("reason")), "", tell(say("Why; it stands beside what the rule says, for ever"))),
        ]
        super().__init__(say("Decided by counsel: {duty}", duty=deadline.what), lines, keep)

    def decide(self, typed: dict[str, str]) -> Decision:
        wanted = fold(typed["applies"].strip())
        answer = next(
            (id for n, (id, said) in enumerate(self._said.items(), 1) if wanted in (str(n), id, fold(said))), None
        )
        if answer is None:
            raise WrongLine(
                "applies",
                say("“{text}” is not a decision.", text=typed["applies"]),
                say("Choose one of: {options}.", options=self._options),
            )
        return partial(
            duties.override, duty=self._duty, applies=answer, counsel=typed["counsel"], reason=typed["reason"]
        )
