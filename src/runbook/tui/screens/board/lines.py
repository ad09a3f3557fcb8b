"""The board's lines around the panel: where one is, what is next, what was last written. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from rich.text import Text

from runbook.desk import Entry
from runbook.moment import Moment
from runbook.narrate import written_late
from runbook.playbook import Phase
from runbook.progress import StepView, missing_fields, next_steps, unread_warnings
from runbook.publications import Published, is_filing
from runbook.saying import words as prose_words
from runbook.script import doer
from runbook.speech import Message, say
from runbook.tui.presenting import fit, left_words, sign, spread, urgency
from runbook.tui.teller import Teller
from runbook.wording.safe import clip, for_terminal


class PhaseView(msgspec.Struct, frozen=True):
    """A phase with how far it has come: `settled` of `steps` that apply."""

    phase: Phase
    number: int
    views: Sequence[StepView]

    @property
    def steps(self) -> int:
        return sum(view.state != "not_applicable" for view in self.views)

    @property
    def settled(self) -> int:
        return sum(view.state in ("done", "skipped") for view in self.views)

    def sign(self, tell: Teller) -> Text:
        """The sign of the step that matters most in it."""
        urgent = next((view for view in self.views if view.overdue), None)
        if at_work := urgent or next((view for view in self.views if view.state == "active"), None):
            return sign(at_work, tell.shades)
        done = self.steps and self.settled == self.steps
        return Text("v" if tell.shades.ascii else "✓", tell.shades.good) if done else Text(" ")


def phases(views: Sequence[StepView]) -> list[PhaseView]:
    """The phases, in order."""
    found: dict[str, list[StepView]] = {}
    for view in views:
        found.setdefault(view.phase.id, []).append(view)
    return [PhaseView(group[0].phase, n, group) for n, group in enumerate(found.values(), 1)]


def next_for(views: Sequence[StepView], actor: str, here: str) -> StepView | None:
    """The most urgent step for someone, other than the one they look at; what others are at comes last."""
    steps = [view for view in next_steps(list(views)) if view.step.id != here]
    steps.sort(key=lambda view: view.state == "active" and view.own.owner not in ("", actor))
    return next(iter(steps), None)


def stale_line(wrong: Sequence[Published], tell: Teller, width: int) -> Text:
    """That so many documents that are out are no longer right, and the key that leads to where they are put right: what
    is public by a correction, what was filed by the next filing."""
    filed = sum(is_filing(tell.case, one) for one in wrong)
    public, said = len(wrong) - filed, list[Message]()
    if public:
        said.append(say("Published documents to correct: {n} (d)", n=public))
    if filed:
        said.append(say("Filed documents to update: {n} (d)", n=filed))
    return Text(clip("".join(f" ! {tell(one)}" for one in said), width), tell.shades.bad)


def path_line(view: StepView, views: Sequence[StepView], tell: Teller, width: int) -> Text:
    """Where one is, in one line: the phase, how far it is, and all the phases."""
    all_phases = phases(views)
    here = next(one for one in all_phases if one.phase.id == view.phase.id)
    left = Text.assemble(
        (" [ ", tell.shades.key),
        (f"{here.number} {tell(here.phase.title)} ", tell.shades.here),
        f"{here.settled}/{here.steps}  ",
    )
    right = Text()
    for one in all_phases:
        right.append_text(one.sign(tell)).append(
            str(one.number), tell.shades.here if one is here else tell.shades.quiet
        )
    right.append(f"  {tell(total(views))} ")
    if cell_len(left.plain) + cell_len(right.plain) > width:
        right = Text(tell(total(views)) + " ")
    return spread(left, right, width)


def total(views: Sequence[StepView]) -> Message:
    """How many of the steps that apply are settled."""
    own = phases(views)
    return say("{done} of {steps} steps", done=sum(p.settled for p in own), steps=sum(p.steps for p in own))


def head(view: StepView, tell: Teller, width: int) -> list[Text]:
    """The step's title, and below it its state, what it still needs, and when it is due."""
    title = Text(" ").append_text(sign(view, tell.shades)).append(f" {view.number} ", tell.shades.here)
    title.append(clip(tell(view.step.title), width - cell_len(title.plain)), "bold")
    state = Text("   ").append_text(_state(view, tell))
    due = Text()
    if view.deadline is not None and view.state not in ("done", "skipped", "not_applicable"):
        due = _due(view, tell)
    return [title, spread(state, due, width)]


def _state(view: StepView, tell: Teller) -> Text:
    own, quiet = view.own, tell.shades.quiet
    owner = clip(tell(own.owner), 16)
    match view.state:
        case "todo":
            state = say("not started, for {owner}", owner=owner) if owner else say("not started")
            return Text.assemble((tell(state), quiet), _key("s", say("start"), tell))
        case "active":
            since = tell(say("{owner}, since {at}", owner=owner, at=tell.moment(own.started)))
            return Text.assemble((since, tell.shades.here), _open(view, tell))
        case "done":
            done = tell(say("done {at}", at=tell.moment(own.done)))
            return Text(f"{done}  {owner}", tell.shades.good)
        case "skipped":
            reason = tell(say("skipped: {reason}", reason=prose_words(own.reason)))
            return Text(" ".join(reason.split()))
        case "blocked":
            return Text(tell(say("waits for another step")), quiet)
    return Text(tell(say("does not apply, by what is known so far")), quiet)


def _key(key: str, does: Message, tell: Teller) -> Text:
    """A key and what it does, where it still does it."""
    if tell.case.incident.closed_at is not None:
        return Text()
    return Text.assemble("  ", (key, tell.shades.key), " ", (tell(does), tell.shades.quiet))


def _open(view: StepView, tell: Teller) -> Text:
    """What still stands between a step and its end; the key that ends it where nothing does."""
    open = (
        (say("read {n}", n=len(unread_warnings(tell.case, view.step)))),
        (say("fill {n}", n=len(missing_fields(tell.case, view.step)))),
        (say("tick {n}", n=len(view.open_checks))),
    )
    parts = [tell(part) for part in open if part.values["n"]]
    if not parts:
        return _key("k", say("finish"), tell)
    return Text("  " + tell(say("left: {parts}", parts=tell.list(parts))), tell.shades.quiet)


def _due(view: StepView, tell: Teller, kind: bool = True) -> Text:
    """When a step is due and how long that is; with `kind`, whether it is an aim or a due time proper."""
    deadline = view.deadline
    if deadline is not None and deadline.state == "met":
        return Text(tell(say("met {at}", at=tell.moment(Moment(deadline.met_at, deadline.met_precision)))) + " ")
    if deadline is None or deadline.falls_at is None:
        return Text(tell(say("due time not known yet")) + " " if deadline and kind else "", tell.shades.quiet)
    text = f"{left_words(deadline, tell.case.now, tell.language)} "
    if not deadline.aim_passed(tell.case.now):
        aim = tell(say("aim") if deadline.target else say("due")) + " " if kind else ""
        text = f"{aim}{tell.short(deadline.falls_at)} {text}"
    mark, style = urgency(deadline, tell.case.now, tell.shades)
    return Text(f"{mark} {text}".lstrip(), style)


def next_line(view: StepView | None, tell: Teller, width: int, left: bool = False) -> Text:
    """What to do after this, and the key that leads there; or that nothing is left to do. `left`: the step looked at is
    itself still to be done."""
    case = tell.case
    if case.incident.closed_at is not None:
        at = f"{case.zoned(case.incident.closed_at):%Y-%m-%d %H:%M}"
        over = say("This drill ended {at}. Its report: i, then W, then x.", at=at)
        said = over if case.incident.drill is not None else say("This incident was closed {at}.", at=at)
        return Text(clip(f" {tell(said)}", width), "bold")
    if view is None:
        done = say("No other step can be started now. ctrl+e closes the incident.")
        if left:
            done = say("Finish this step: no other can be started now.")
        return Text(clip(" " + tell(done), width), tell.shades.quiet)
    line = Text.assemble(" ", (".", tell.shades.key), " ", (tell(say("Next")), tell.shades.here), "  ")
    line.append_text(sign(view, tell.shades))
    due = Text("  ").append_text(_due(view, tell, kind=False))
    title = clip(f" {view.number} {tell(view.step.title)}", width - cell_len(line.plain) - cell_len(due.plain))
    return spread(line.append(title, "bold"), due, width)


def entry_lines(entries: Sequence[Entry], actor: str, tell: Teller, width: int) -> list[Text]:
    """The last entries, the latest first: when, who, what. Others' names stand out."""
    label = tell(say("Last"))
    lines = []
    for entry in entries:
        event = entry.event
        line = Text.assemble((fit(f" {label}", 8), tell.shades.quiet), f"{tell.case.zoned(event.recorded_at):%H:%M} ")
        who = tell(doer(event))
        line.append(clip(who, 14) + " ", "" if who == actor else tell.shades.here)
        late = f"({tell.moment(event.moment)}) " if written_late(event) else ""
        said = late + for_terminal(" ".join(tell(entry.said).split()))
        lines.append(line.append(clip(said, max(0, width - 1 - cell_len(line.plain)))))
        label = ""
    return lines


def list_line(view: StepView, tell: Teller, width: int, here: bool, shown: bool) -> Text:
    """A step on the list: its sign, number and title, and the initials of who is at it."""
    initials = _initials(view.own.owner) if view.state == "active" else ""
    line = Text.assemble((tell.shades.pointer if here else " ", tell.shades.here), "   ", sign(view, tell.shades))
    settled = view.state in ("done", "skipped", "not_applicable")
    style = tell.shades.here if here else "bold" if shown else tell.shades.quiet if settled else ""
    line.append(" " + fit(f"{view.number} {tell(view.step.title)}", width - 9), style)
    return line.append(" " + fit(initials, 2) + " ")


def phase_line(phase: PhaseView, tell: Teller, width: int, here: bool, open: bool) -> Text:
    """A phase on the list, with how far it has come."""
    count = f"{phase.settled}/{phase.steps} "
    line = Text.assemble((tell.shades.pointer if here else " ", tell.shades.here), " ", phase.sign(tell))
    style = tell.shades.here if here else "bold" if open else ""
    title = fit(f" {phase.number} {tell(phase.phase.title)}", max(0, width - 4 - len(count)))
    return line.append(title, style).append(f" {count}", tell.shades.quiet)


def _initials(name: str) -> str:
    first = for_terminal(name)[:1]
    return first if cell_len(first) == 2 else for_terminal(name)[:2]
