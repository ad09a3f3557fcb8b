"""All about one inject, to be read beside the list. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from runbook.drills.trigger import trigger
from runbook.saying import words as prose_words
from runbook.scenario import DELIVERY_NAMES, KIND_NAMES
from runbook.script import STAND_NAMES, Line, scenario_of
from runbook.script import inject as find_inject
from runbook.speech import Argument, Message, say
from runbook.tui.screens.console.showing import full, remarks
from runbook.tui.teller import Teller
from runbook.tui.widgets.pane import Piece

Said = tuple[Message, Argument]


def about_inject(line: Line, tell: Teller) -> Iterator[Piece]:
    """Its text first, then what is expected, then who plays it and when it comes."""
    yield Piece(Text(tell(line.inject.text)))
    yield Piece(Text())
    last = ""
    for label, said in _rest(line, tell):
        name = tell(label)
        yield Piece(Text(tell(said)), " " if name == last else name)
        last = name


def _rest(line: Line, tell: Teller) -> Iterator[Said]:
    one, case = line.inject, tell.case
    if one.expected is not None:
        yield say("Expected"), one.expected
    yield say("Sent by"), one.sender
    yield say("Sent to"), tell.names(one.to) or ", ".join(one.to)
    yield say("How"), DELIVERY_NAMES[one.delivery]
    yield say("Kind"), KIND_NAMES[one.kind]
    yield from _stand(line, tell)
    for waits in trigger(case, one, full(one.at, tell) if one.at else ""):
        yield say("Comes"), waits
    yield from _replies(line, tell)
    scenario = scenario_of(case)
    objective = scenario.objective(one.objective) if scenario else None
    if objective is not None:
        yield say("Objective"), objective.title
    if one.controller:
        yield say("Controller"), one.controller
    for name in one.attachments:
        yield say("With it"), name
    for other in _following(one.id, tell):
        yield say("Brings"), other


def _stand(line: Line, tell: Teller) -> Iterator[Said]:
    drill = tell.case.incident.drill
    state = drill.inject(line.inject.id) if drill else None
    arrival = state.arrival if state else None
    if arrival is None:
        yield say("Stands"), STAND_NAMES[line.stand]
    elif arrival.by_hand:
        yield say("Stands"), say("arrived {at}, by hand", at=full(arrival.at, tell))
    else:
        yield say("Stands"), say("arrived {at}", at=full(arrival.at, tell))
    for remark in remarks(line, tell.case):
        if remark.id in ("edited", "unanswered", "condition not met"):
            yield say("Stands"), remark


def _replies(line: Line, tell: Teller) -> Iterator[Said]:
    drill = tell.case.incident.drill
    for reply in drill.inject(line.inject.id).replies if drill else ():
        said = say("{at} {who}: {text}", at=tell.short(reply.at), who=reply.touch.actor, text=prose_words(reply.text))
        yield say("Answer"), said
        if reply.rules:
            yield say("Answer"), say("against {rules}", rules=", ".join(reply.rules))


def _following(id: str, tell: Teller) -> Iterator[Message]:
    """The injects that wait for this one."""
    scenario = scenario_of(tell.case)
    for other in scenario.injects if scenario else ():
        now = find_inject(tell.case, other.id) or other
        if id in now.depends_on or f"({id})" in now.when.replace(" ", ""):
            yield say("{number} {title}", number=now.number, title=now.title)
