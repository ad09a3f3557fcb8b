"""The kinds of notice as a list: by audience, each with how far it has come in each writing. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import msgspec
from rich.text import Text

from runbook.case import Case
from runbook.notice_kinds import AUDIENCES, Audience, NoticeKind, Written
from runbook.playbook import Playbook
from runbook.publications import Published, is_filing, stage, stale, standing
from runbook.saying import stage_words
from runbook.speech import Message, say
from runbook.tui.presenting import fit, spread
from runbook.tui.teller import Teller
from runbook.tui.widgets.rows import Row, heading
from runbook.wording.safe import fold

AUDIENCE_NAMES: dict[Audience, Message] = {
    "citizens": say("To citizens"),
    "persons": say("To the persons concerned"),
    "authorities": say("To authorities"),
    "press": say("To the press"),
    "staff": say("To staff"),
    "partners": say("To contractors"),
}
WRITTEN_SIGNS: dict[Written, Message] = {"ja": say("JA"), "en": say("EN"), "easy": say("EZ")}
"""The writings in two cells."""
UNWRITTEN = say("unwritten")
ROOMY = 66
"""Cells from which every writing has its own column."""
_CELL = 13
_STATE = 9


class Listed(msgspec.Struct, frozen=True):
    """A kind and the writings there are templates for."""

    kind: NoticeKind
    writings: tuple[Written, ...]


def row_id(kind: str) -> str:
    """What the list calls a kind's row."""
    return f"kind:{kind}"


def leading_to(playbook: Playbook) -> dict[str, str]:
    """The step that first leads to each kind, by the kind's slug."""
    found: dict[str, str] = {}
    for step in playbook.steps.values():
        for slug in step.notices:
            found.setdefault(slug, step.id)
    return found


def going_out_at(kind: NoticeKind, playbook: Playbook) -> str:
    """The number of the step at which a kind goes out: it asks for the hour at which it did. Else the first to lead to
    it; empty where none does."""
    leads = [step for step in playbook.steps.values() if kind.slug in step.notices]
    out = [step for step in leads if kind.out_at and any(field.fact == kind.out_at for field in step.fields)]
    return next((playbook.numbers[step.id] for step in (*out, *leads)), "")


def suggested(listed: Sequence[Listed], case: Case) -> str:
    """The kind to begin with: what needs correcting, else what the playbook leads to first and is not out yet."""
    known = {one.kind.slug for one in listed}
    if wrong := [one.kind for one in stale(case) if one.kind in known]:
        return wrong[0]
    out = {key.partition("/")[0] for key, notice in case.incident.notices.items() if notice.publication}
    order = [slug for slug in leading_to(case.playbook) if slug in known and slug not in out]
    return next(iter(order), listed[0].kind.slug if listed else "")


def matching(listed: Iterable[Listed], wanted: str, tell: Teller) -> list[Listed]:
    """Those that hold all the words looked for: in their title in either language, name, number or audience."""
    words = [fold(word) for word in wanted.split()]

    def holds(one: Listed) -> bool:
        kind = one.kind
        whole = fold(" ".join((kind.id, kind.slug, kind.title.ja, kind.title.en, tell(AUDIENCE_NAMES[kind.audience]))))
        return all(word in whole for word in words)

    return [one for one in listed if holds(one)]


def rows(listed: Sequence[Listed], wanted: str, tell: Teller) -> list[Row]:
    """The list: a line that says what it shows, then the kinds under their audiences."""
    found, wrong = matching(listed, wanted, tell), stale(tell.case)
    out = {one.kind for one in standing(tell.case.incident)}
    drawn = [Row("", partial(_top, wrong, wanted, not found, tell))]
    for audience in AUDIENCES:
        own = [one for one in found if one.kind.audience == audience]
        if own:
            drawn.append(heading(Text.assemble((f" {tell(AUDIENCE_NAMES[audience])}", "bold"))))
        for one in own:
            slug = one.kind.slug
            bad = frozenset(gone.written for gone in wrong if gone.kind == slug)
            number = going_out_at(one.kind, tell.case.playbook)
            drawn.append(Row(row_id(slug), partial(_row, one, bad, slug in out, number, tell)))
    return drawn


def _top(wrong: Sequence[Published], wanted: str, nothing: bool, tell: Teller, width: int, _: bool) -> Text:
    left = Text.assemble((f" {tell(say('Documents'))}", "bold"))
    if wanted:
        said = say("nothing holds “{words}”", words=wanted) if nothing else say("with “{words}”", words=wanted)
        left.append(f"  {tell(said)}", tell.shades.here)
    filed = sum(is_filing(tell.case, one) for one in wrong)
    counts = (
        (len(wrong) - filed, say("{n} to correct", n=len(wrong) - filed)),
        (filed, say("{n} to file anew", n=filed)),
    )
    right = Text("".join(f"! {tell(said)} " for n, said in counts if n), tell.shades.bad)
    return spread(left, right, width)


def _row(one: Listed, bad: frozenset[Written], out: bool, number: str, tell: Teller, width: int, here: bool) -> Text:
    """A kind with how far it has come; that it is `out` stays to be seen while another version is written."""
    shades = tell.shades
    sign = ("!", shades.bad) if bad else ("v" if shades.ascii else "✓", shades.good) if out else (" ", "")
    line = Text.assemble((shades.pointer if here else " ", shades.here), sign, " ")
    states = _states(one, bad, tell)
    if width < ROOMY:
        said = _telling(one, bad, tell)
        style = shades.bad if bad else shades.quiet
        line.append(fit(tell(one.kind.title), max(4, width - line.cell_len - _STATE - 2)), shades.here if here else "")
        return line.append(f" {fit(said, _STATE)}", style)
    room = width - line.cell_len - 3 * _CELL - 6
    line.append(fit(tell(one.kind.title), room), shades.here if here else "")
    for said, style in states:
        line.append(f" {fit(said, _CELL - 1)}", style)
    return line.append(f" {fit(number, 5)}", shades.quiet)


def _states(one: Listed, bad: frozenset[Written], tell: Teller) -> Iterator[tuple[str, str]]:
    """How each writing stands, with its sign; blank where there is none."""
    for written, sign in WRITTEN_SIGNS.items():
        if written not in one.writings:
            yield "", ""
            continue
        state = state_words(one.kind.slug, written, tell)
        style = tell.shades.bad if written in bad else "" if state else tell.shades.quiet
        said = say("outdated") if written in bad else state or UNWRITTEN
        yield f"{tell(sign)} {tell(said)}", style


def _telling(one: Listed, bad: frozenset[Written], tell: Teller) -> str:
    """The state that tells most, where there is room for one: what must be corrected, else what was touched last."""
    if bad:
        return tell(say("outdated"))
    touched = [
        (touch.seq, written)
        for written in one.writings
        if (touch := tell.case.incident.notice(one.kind.slug, written).touch) is not None
    ]
    state = state_words(one.kind.slug, max(touched)[1], tell) if touched else None
    return tell(state or UNWRITTEN)


def state_words(kind: str, written: Written, tell: Teller) -> Message | None:
    """Where a notice is in its life; None where nothing was ever kept."""
    found = stage(tell.case.incident.notice(kind, written))
    return stage_words(found, kind in tell.case.playbook.filings) if found else None
