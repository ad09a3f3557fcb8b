"""What the frame says of a drill: how its clock goes, what arrived, what the real case had done by now. Pure.

Only what the team may know: nothing that is still to come, nothing of the facilitator's.
"""

from __future__ import annotations

from datetime import datetime

from rich.text import Text

from runbook.case import Case
from runbook.drills.ghosts import ghosts
from runbook.moment import Moment
from runbook.scenario import DELIVERY_NAMES, Ghost, Inject
from runbook.script import course, scenario_of, waiting
from runbook.script import inject as find_inject
from runbook.speech import Message, say
from runbook.tui.presenting import Shades, fit
from runbook.tui.teller import Teller
from runbook.wording.safe import cells, clip

# The clock


def clock_state(case: Case, wall: datetime) -> Message | None:
    """How the clock of a drill goes, where it is not one minute a minute; None outside of a scenario's drill."""
    drill, clock = case.incident.drill, case.incident.clock
    if drill is None or clock is None:
        return None
    match course(case, wall):
        case "over":
            return say("drill over")
        case "part over":
            return say("waits for the next part")
        case "last part over":
            return say("last part over")
        case "stands":
            about = find_inject(case, drill.discussing)
            return say("discussing inject {n}", n=about.number) if about else say("clock stands")
        case "runs":
            return None if clock.speed == 1 else say("{speed}x speed", speed=f"{clock.speed:g}")


def alone(case: Case) -> bool:
    """Whether the team goes on by itself: the drill runs, and nobody is at the facilitator's console."""
    drill = case.incident.drill
    return drill is not None and drill.ended is None and drill.attended is None


# What arrived


def arrived(case: Case) -> dict[str, datetime]:
    """When each inject arrived, on the exercise's clock."""
    drill = case.incident.drill
    if drill is None:
        return {}
    return {id: state.arrival.at for id, state in drill.injects.items() if state.arrival is not None}


def arrival_words(inject: Inject) -> Message:
    """One inject in a line: how it comes, from whom, what."""
    return say(
        "{delivery} {sender}: {title}",
        delivery=DELIVERY_NAMES[inject.delivery],
        sender=inject.sender,
        title=inject.title,
    )


def _title_alone(inject: Inject) -> Message:
    return say("{delivery}: {title}", delivery=DELIVERY_NAMES[inject.delivery], title=inject.title)


def drill_lines(tell: Teller, wall: datetime, fresh: str, width: int, *, there: bool = False) -> list[Text]:
    """The two lines of the frame: what waits for the team, and what the real case had done. `fresh` is the inject that
    arrived a moment ago; `there` is whether one is where the keys lead, which are not named then."""
    return [_waiting_line(tell, wall, fresh, width, there), ghost_line(tell, width)]


def _waiting_line(tell: Teller, wall: datetime, fresh: str, width: int, there: bool) -> Text:
    line, shades, over = Text(" "), tell.shades, not _runs(tell.case)
    open_ones = [] if over else waiting(tell.case)
    if open_ones:
        line.append(tell(say("! {n} unanswered", n=len(open_ones))), shades.bad).append("  ")
    said, style, hint = _first(tell.case, wall, fresh, open_ones, shades)
    how = f" {tell(hint)}" if hint is not None and not there else ""
    room = max(4, width - line.cell_len - cells(how) - 1)
    if isinstance(said, Inject):
        text = tell(arrival_words(said))
        text = text if cells(text) <= room else tell(_title_alone(said))
    else:
        text = tell(said)
    line.append(clip(text.replace("\n", " "), room), style)
    line.append(how, shades.key)
    line.truncate(width, pad=True)
    return line


def _first(
    case: Case, wall: datetime, fresh: str, open_ones: list[Inject], shades: Shades
) -> tuple[Inject | Message, str, Message | None]:
    """What is said first (an inject to be named, or a sentence), its style, and the key for it."""
    answers, reads = say("i answers"), say("i reads")
    came = find_inject(case, fresh)
    if came is not None and (came in open_ones or not came.answer):
        return came, shades.here, answers if came.answer else reads
    if course := _course(case, wall):
        return course[0], shades.soon, course[1]
    if open_ones:
        return open_ones[0], "", answers
    return say("arrived: {n}", n=len(arrived(case))), shades.quiet, reads


def _runs(case: Case) -> bool:
    return case.incident.drill is not None and case.incident.drill.ended is None


def _course(case: Case, wall: datetime) -> tuple[Message, Message | None] | None:
    """What the team has to know of the drill's course, and the keys for it; None while it simply goes on."""
    drill, clock, by_itself = case.incident.drill, case.incident.clock, alone(case)
    if drill is None or clock is None:
        return None
    match course(case, wall):
        case "over":
            return say("The drill is over."), say("i, then W: the score")
        case "runs":
            return None
        case "stands" if about := find_inject(case, drill.discussing):
            return say("The clock stands while inject {n} is talked about.", n=about.number), None
        case "stands" if by_itself:
            return say("The clock stands."), say("i, then P when everyone is ready")
        case "stands":
            return say("The clock stands until the facilitator lets it run."), None
        case "part over" if by_itself:
            return say("Part over, nobody at the console."), say("i, then N goes on")
        case "part over":
            return say("This part is over; the facilitator goes on."), None
        case "last part over" if by_itself:
            return say("The last part is over."), say("i, then E ends the drill")
        case "last part over":
            return say("The last part is over."), None


# The real case


def ghost_at(ghost: Ghost, tell: Teller) -> str:
    """When it was, with no more precision than is known."""
    if ghost.precision == "date":
        return f"{tell.case.zoned(ghost.at):%m-%d}"
    return tell.moment(Moment(ghost.at, ghost.precision))


def ghost_line(tell: Teller, width: int) -> Text:
    """At this hour the real case had …; shorter where there is no room for all of it."""
    scenario, found = scenario_of(tell.case), ghosts(tell.case)
    if scenario is None or not scenario.ghost_name.ja:
        return Text()
    name = tell(scenario.ghost_name)
    if not found:
        said = tell(say("By this hour, {name} had done nothing that is known.", name=name))
        return Text(f" {fit(said, width - 1)}", tell.shades.quiet)
    at, what = ghost_at(found[-1], tell), found[-1].what
    said = tell(say("By this hour, {name}: {at} {what}", name=name, at=at, what=what))
    if cells(said) > width - 1:
        said = tell(say("{name}: {at} {what}", name=name, at=at, what=what))
    return Text(f" {fit(said, width - 1)}", tell.shades.quiet)
