"""What arrived in a drill as a list, and all about one of them. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from rich.text import Text

from runbook.case import Case
from runbook.drill import Reply
from runbook.drills.ghosts import ghosts, met_at
from runbook.moment import between
from runbook.saying import words as prose_words
from runbook.scenario import DELIVERY_NAMES, Ghost, Inject, Scenario
from runbook.script import injects
from runbook.speech import Message, say
from runbook.tui.drill_words import alone, arrived, ghost_at
from runbook.tui.presenting import fit, spread
from runbook.tui.teller import Teller
from runbook.tui.widgets.pane import Piece
from runbook.wording import words
from runbook.wording.safe import cells, clip

GHOST = "ghost"
"""The id of the row about the real case."""
_WHEN, _HOW = 11, 8


def newest_first(case: Case) -> list[Inject]:
    """What arrived, the latest on top."""
    at = arrived(case)
    number = {one.id: one for one in injects(case) if one.id in at}
    return sorted(number.values(), key=lambda one: (at[one.id], one.number), reverse=True)


def replies(case: Case, id: str) -> tuple[Reply, ...]:
    """What was said to an inject so far."""
    return case.incident.drill.inject(id).replies if case.incident.drill else ()


def over(case: Case) -> bool:
    """Whether the drill has ended: nothing waits for an answer any more."""
    return case.incident.drill is not None and case.incident.drill.ended is not None


def state(inject: Inject, case: Case) -> Message:
    """Whether it waits for an answer."""
    if replies(case, inject.id):
        return say("answered")
    if inject.answer and over(case):
        return say("was not answered")
    if inject.answer:
        return say("waits for an answer")
    return say("may be answered") if inject.answerable else say("for information")


def headline(unanswered: int, count: int, tell: Teller, width: int) -> Text:
    """How many arrived, how many wait for an answer; at the right what a team without a facilitator can do."""
    shades = tell.shades
    left = Text.assemble((f" {tell(say('arrived: {n}', n=count))}", "bold"))
    if unanswered:
        left.append(f"  {tell(say('! unanswered: {n}', n=unanswered))}", "" if over(tell.case) else shades.bad)
    right = Text()
    if over(tell.case):
        right = Text(f" {tell(say('over: W score'))} ", shades.soon)
    elif alone(tell.case):
        right = Text(f" {tell(say('N next part  P pause  E end'))} ", shades.quiet)
    return spread(left, right, width)


def row(inject: Inject, tell: Teller, width: int, here: bool) -> Text:
    """One line: its state, when, how, who, what."""
    case, shades = tell.case, tell.shades
    done, waits = bool(replies(case, inject.id)), inject.answer
    calls = waits and not done and not over(case)
    sign = ("v" if shades.ascii else "✓") if done else "!" if waits else "-"
    style = shades.good if done else shades.bad if calls else ""
    own = shades.here if here else "bold" if calls else ""
    text = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here), (f"{sign} ", style))
    text.append(fit(tell.short(arrived(case)[inject.id]), _WHEN) + " ", own or shades.quiet)
    text.append(fit(tell(DELIVERY_NAMES[inject.delivery]), _HOW if tell.language == "ja" else 12) + " ", own)
    said = tell(say("{sender}: {title}", sender=inject.sender, title=inject.title)).replace("\n", " ")
    text.append(clip(said, max(1, width - text.cell_len)), own)
    text.truncate(width, pad=True)
    return text


def ghost_row(name: str, tell: Teller, width: int, here: bool) -> Text:
    """The line behind which stands what the real case had done by now."""
    shades = tell.shades
    text = Text.assemble((f"{shades.pointer if here else ' '}   ", shades.here))
    said = tell(say("What {name} had done by this hour: {n}", name=name, n=len(ghosts(tell.case))))
    return text.append(fit(said, max(1, width - text.cell_len)), shades.here if here else shades.quiet)


def about(inject: Inject, tell: Teller) -> Iterator[Piece]:
    """All that reached the team: what is said, by whom, to whom, with what; and every answer to it."""
    case, shades = tell.case, tell.shades
    waits = inject.answer and not replies(case, inject.id) and not over(case)
    yield Piece(Text(tell(state(inject, case)), shades.bad if waits else ""), tell(say("State")))
    yield Piece(Text(tell(inject.text), "bold"), tell(say("Said")))
    yield Piece(Text(tell(inject.sender)), tell(say("Comes from")))
    if inject.to:
        yield Piece(Text(tell.names(inject.to)), tell(say("Addressed to")))
    yield Piece(Text(tell(DELIVERY_NAMES[inject.delivery])), tell(say("Came by")))
    yield Piece(Text(tell.short(arrived(case)[inject.id])), tell(say("Arrived")))
    for name in inject.attachments:
        yield Piece(Text(tell(name)), tell(say("With it")))
    for reply in replies(case, inject.id):
        yield from _reply(reply, tell)


def _reply(reply: Reply, tell: Teller) -> Iterator[Piece]:
    label = tell(say("Answer"))
    by = tell(say("{at} {who}", at=tell.short(reply.at), who=reply.touch.actor))
    yield Piece(Text.assemble((by, tell.shades.quiet), "\n", tell(prose_words(reply.text))), label)
    if reply.rules:
        said = tell(say("! said against {rules}", rules=", ".join(reply.rules)))
        yield Piece(Text(said, tell.shades.bad), " " * cells(label))


def about_ghost(scenario: Scenario, tell: Teller) -> Iterator[Piece]:
    """Everything the real case had done by now, the latest on top."""
    for ghost in reversed(ghosts(tell.case)):
        yield Piece(Text(tell(ghost.what)), ghost_at(ghost, tell))
        if (done := met_at(ghost, tell.case)) is not None:
            yield Piece(Text(tell(_beside(done, ghost, tell)), tell.shades.here), " ")
        if source := scenario.sources.get(ghost.source):
            yield Piece(Text(tell.source(source), tell.shades.quiet), " ")


def _beside(done: datetime, ghost: Ghost, tell: Teller) -> Message:
    """When the team did it, and how much sooner or later that was; of a day alone no length is told."""
    at = tell.short(done)
    gap = between(ghost.at, done)
    if ghost.precision == "date" or not gap:
        return say("The team: {at}", at=at)
    length = words(tell.language).duration(abs(gap))
    if gap < timedelta():
        return say("The team: {at}, {length} sooner", at=at, length=length)
    return say("The team: {at}, {length} later", at=at, length=length)
