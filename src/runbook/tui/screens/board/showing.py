"""What the board says: pure functions from a case to rows of text. No widget, no store, no clock of their own.

The panel is a list of blocks, in the order a person needs them: what stands in the way, why, what to do, what to tick
and fill, and below that what may be read at leisure.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from rich.cells import cell_len
from rich.text import Text

from runbook.case import Case
from runbook.drills.untold import UNTOLD, hidden
from runbook.duties import Deadline, set_aside, still_due
from runbook.notice_kinds import WRITTEN
from runbook.playbook import Field
from runbook.progress import StepView, field_value, unread_warnings, warnings_for
from runbook.publications import stage
from runbook.saying import STAGE_NAMES, STATUS_NAMES, count_words, source_words, stage_words, value_words
from runbook.saying import words as prose_words
from runbook.speech import Argument, Message, say
from runbook.tui import clock_words
from runbook.tui.presenting import fit
from runbook.tui.teller import Teller
from runbook.tui.wrapping import wrap
from runbook.wording.safe import for_terminal

LABEL = 7
"""Cells of the column in which a section is named."""


class Block(msgspec.Struct, frozen=True):
    """Rows of the panel that belong together. `item` says that there is something to do there, named by `id`."""

    id: str
    rows: tuple[Text, ...]
    item: bool = False


def panel(view: StepView, tell: Teller, width: int) -> list[Block]:
    """The whole step, in blocks `width` cells wide. An empty row stands between sections."""
    blocks: list[Block] = []
    for label, lines in _sections(view, tell, width - LABEL):
        if blocks:
            blocks.append(Block(f"gap:{len(blocks)}", (Text(),)))
        name = tell(label)
        for line in lines:
            rows = []
            for row in line.rows:
                rows.append(Text.assemble((fit(name, LABEL), tell.shades.quiet), row))
                name = ""
            blocks.append(msgspec.structs.replace(line, rows=tuple(rows)))
    return blocks


def _sections(view: StepView, tell: Teller, width: int) -> Iterator[tuple[Message, list[Block]]]:
    """The sections of a step that have anything to say."""
    sections: list[tuple[Message, list[Block]]] = [
        (say("Is met"), list(_met(view, tell, width))),
        (say("First"), list(_waits(view, tell, width))),
        (say("If"), list(_unsettled(view, tell, width))),
        (say("Read!"), list(_unread(view, tell, width))),
        (say("Why"), [_text("why", tell(view.step.why), width)]),
        (say("Do"), list(_lines(view, tell, width))),
        (say("Check"), list(_checks(view, tell, width))),
        (say("Fill"), list(_fields(view, tell, width))),
        (say("Case"), list(_seen(view, tell, width))),
        (say("Who"), list(_people(view, tell, width))),
        (say("Due"), list(_derived(view, tell, width))),
        (say("Write"), list(_notices(view, tell, width))),
        (say("Read"), list(_read(view, tell, width))),
        (say("Source"), list(_sources(view, tell, width))),
    ]
    return ((label, blocks) for label, blocks in sections if blocks)


def _text(id: str, text: str, width: int, style: str = "") -> Block:
    return Block(id, tuple(wrap(Text(text, style), width)))


def hang(mark: Text, text: Text, width: int) -> tuple[Text, ...]:
    """`text` behind a mark, its further rows indented as far."""
    indent = cell_len(mark.plain)
    first, *rest = wrap(text, width - indent)
    return (Text.assemble(mark, first), *(Text.assemble(" " * indent, row) for row in rest))


def _met(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    """The duties of the step that are met, wherever that was recorded: nobody meets one again."""
    for one in _duties(view, tell.case):
        filing = tell.case.incident.duty(one.id).filing
        if filing is None:
            continue
        said = say("met {at}", at=tell.moment(filing.at))
        if filing.receipt is not None:
            said = say("{met}, receipt {receipt}", met=said, receipt=prose_words(filing.receipt))
        text = Text(clock_words.title(one, tell)).append(f"\n{tell(said)}", tell.shades.good)
        mark, style = clock_words.sign(one, tell)
        yield Block(f"clock:{one.id}", hang(Text(f"{mark} ", style), text, width), item=True)


def _waits(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    playbook = tell.case.playbook
    for id in view.waits_for:
        what = say("{number} {title}", number=playbook.numbers[id], title=playbook.steps[id].title)
        mark = Text("~ " if tell.shades.ascii else "⧗ ", tell.shades.quiet)
        yield Block(f"wait:{id}", hang(mark, Text(tell(say("Finish {step} first.", step=what))), width), item=True)


def _unsettled(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    if view.state == "not_applicable" and view.step.files is not None:
        for step, said in set_aside(tell.case, _duties(view, tell.case)):
            if step == view.step.id:
                yield _text("aside", tell(said), width, tell.shades.soon)
    if not view.settles:
        return
    yield _text("if", tell(say("It is not known yet whether this step is needed. This would settle it:")), width)
    for fact in view.settles:
        spec = tell.case.spec(fact)
        asked: Argument = (spec.ask or spec.title) if spec else fact
        yield Block(f"ask:{fact}", hang(Text("? ", "bold"), Text(tell(asked)), width), item=True)


def _unread(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    if view.state in ("done", "skipped", "not_applicable"):
        return
    for warning in unread_warnings(tell.case, view.step):
        mark = Text("! ", tell.shades.bad)
        yield Block(f"warning:{warning.id}", hang(mark, Text(tell(warning.title), "bold"), width), item=True)


def _lines(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    for n, line in enumerate(view.step.lines, 1):
        yield Block(f"do:{n}", hang(Text(f"{n} ", tell.shades.quiet), Text(tell(line)), width))


def _checks(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    for check in view.step.checks:
        ticked = check.id in view.own.ticked
        mark = Text("[x] ", tell.shades.good) if ticked else Text("[ ] ")
        yield Block(f"check:{check.id}", hang(mark, Text(tell(check.title)), width), item=True)


def _fields(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    titles = [cell_len(tell(field.title)) for field in view.step.fields]
    column = min(max(titles, default=0), width * 2 // 5) + 2
    for field in view.step.fields:
        title, holds = tell(field.title), field_text(view, field, tell)
        if cell_len(title) + 2 <= column:
            rows = hang(Text(fit(title, column)), holds, width)
        else:
            rows = (*wrap(Text(title), width), *hang(Text(" " * column), holds, width))
        yield Block(f"field:{field.id}", tuple(rows), item=True)


def field_text(view: StepView, field: Field, tell: Teller) -> Text:
    """What a field holds, with how sure it is; or that it is still empty."""
    match field.type:
        case "register":
            rows = tell.case.incident.rows(field.register)
            if rows:
                return Text(tell(say("{n} rows: {names}", n=len(rows), names=tell.list(rows))))
        case "dataset":
            if sets := tell.case.incident.standing_datasets:
                counted = (f"{one.name} {tell(count_words(one))}" for one in sets)
                return Text(for_terminal("\n".join(counted), multiline=True))
        case _:
            value = field_value(tell.case, view.step, field)
            if value is not None:
                return _claimed(field, Text(tell(value_words(value, field.choices, tell.case.zone))), tell)
    needed = field.required and view.state not in ("done", "skipped", "not_applicable")
    return Text(tell(say("needed")), tell.shades.soon) if needed else Text(tell(say("empty")), tell.shades.quiet)


def _claimed(field: Field, shown: Text, tell: Teller) -> Text:
    """A value with its status, where it is not confirmed, and with what others say instead."""
    claim = tell.case.current(field.fact) if field.fact else None
    if claim is None:
        return shown
    if claim.status != "confirmed":
        shown.append("  " + tell(say("({status})", status=STATUS_NAMES[claim.status])), "bold")
    for other in tell.case.incident.fact(field.fact).contested:
        said = value_words(other.value, field.choices, tell.case.zone)
        by = say(
            "contested: {value} ({source}, {status})",
            value=said,
            source=source_words(other.source, tell.case.playbook),
            status=STATUS_NAMES[other.status],
        )
        shown.append("\n" + tell(by), "bold")
    return shown


def _seen(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    if any(hidden(tell.case, seen.source) for seen in view.step.seen):
        yield _text("seen:untold", tell(UNTOLD), width, tell.shades.quiet)
    for n, seen in enumerate(view.step.seen, 1):
        if hidden(tell.case, seen.source):
            continue
        text = Text()
        if seen.minutes is not None:
            text.append(tell.length(seen.minutes) + "  ", "bold")
        text.append(tell(seen.what))
        if source := tell.case.playbook.sources.get(seen.source):
            text.append(tell(say(" (source: {source})", source=source.title)), tell.shades.quiet)
        yield Block(f"seen:{n}", tuple(wrap(text, width)))


def _people(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    if does := tell.names(view.step.does):
        yield _text("does", tell(say("Does it: {roles}", roles=does)), width)
    if told := tell.names(view.step.told):
        yield _text("told", tell(say("Is told: {roles}", roles=told)), width)


def _derived(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    """How the step's own due time was computed; then the legal duties that it is to meet, each with how it stands."""
    if view.deadline is not None and view.deadline.regime is None:
        for n, line in enumerate(view.deadline.derivation, 1):
            yield _text(f"due:{n}", tell(line), width)
        if view.deadline.basis is not None:
            yield _text("basis", tell(say("By: {source}", source=view.deadline.basis)), width)
    for one in _duties(view, tell.case):
        if one.state == "met":
            continue
        mark, style = clock_words.sign(one, tell)
        title = f"{clock_words.title(one, tell)}  {tell(clock_words.law(one, tell.case))}"
        parts = (clock_words.state_words, clock_words.at_words, clock_words.left_words)
        stands = "  ".join(said for part in parts if (said := part(one, tell)))
        text = Text(title).append(f"\n{stands}", style if one.state == "overdue" else tell.shades.quiet)
        yield Block(f"clock:{one.id}", hang(Text(f"{mark} ", style), text, width), item=True)


def _duties(view: StepView, case: Case) -> list[Deadline]:
    """The legal duties that the step goes by or files: those that apply or may, soonest first, then the others."""
    due, files = view.step.due, view.step.files
    ids = {*(due.duties if due else ()), *(files.duties if files else ())}
    return [one for one in still_due(case) if one.id in ids] if ids else []


def _notices(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    """The notices this step's facts go into, each with how far it has come."""
    for slug in view.step.notices:
        kept = [stage(tell.case.incident.notice(slug, written)) for written in WRITTEN]
        found = next((one for one in STAGE_NAMES if one in kept), None)
        state = stage_words(found, slug in tell.case.playbook.filings) if found else say("unwritten")
        title = Text(tell(tell.case.playbook.notices.get(slug, slug))).append(f"  {tell(state)}", tell.shades.quiet)
        yield Block(f"notice:{slug}", hang(Text("d ", tell.shades.key), title, width), item=True)


def _read(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    mark = Text(f"{'v' if tell.shades.ascii else '✓'} ", tell.shades.good)
    for warning in warnings_for(tell.case, view.step):
        read = tell.case.incident.acknowledged.get(f"{view.step.id}:{warning.id}")
        if read is not None:
            at = f"{tell.case.zoned(read.at):%m-%d %H:%M}"
            text = Text(tell(warning.title)).append(f"  {tell(read.actor)} {at}", tell.shades.quiet)
            yield Block(f"read:{warning.id}", hang(mark, text, width), item=True)


def _sources(view: StepView, tell: Teller, width: int) -> Iterator[Block]:
    for id in view.step.sources:
        if (source := tell.case.playbook.sources.get(id)) and not hidden(tell.case, id):
            yield _text(f"source:{id}", tell.source(source), width, tell.shades.quiet)
