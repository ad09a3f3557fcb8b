"""What stands beside a notice: what is no longer right, what was found, what is missing, what it rests on. Pure.

The ids of its rows: `unfinished`, `stale:FACT`, `correct`, `conflict:N`, `finding:N`, `missing:N`, `fact:NAME`,
`edit:N`, `next:KIND` and `facts`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from rich.text import Text

from runbook.actions.notices import fact_title, mark_of
from runbook.notice_kinds import CORRECTION
from runbook.notices.missing import Missing, title_of
from runbook.publications import changes, next_filings
from runbook.saying import STATUS_NAMES, held_words, words
from runbook.speech import Message, say
from runbook.tui.screens.notice import standing
from runbook.tui.teller import Teller
from runbook.tui.widgets.rows import Row, heading
from runbook.tui.wrapping import wrap

if TYPE_CHECKING:
    from runbook.guardrails import Finding
    from runbook.notices.drafting import Drafting

SEVERITIES: dict[str, Message] = {"block": say("stops"), "warn": say("warns"), "inform": say("informs")}


class Seen(msgspec.Struct, frozen=True):
    """A notice as it was last drafted: the last entry it was drafted from, and what the record adds to it."""

    drafting: Drafting
    seq: int
    same_seat: bool = False


def above(drafting: Drafting) -> int:
    """How many lines of marks stand before the text where it is shown: findings count in the text."""
    before, found, _ = drafting.shown.partition(drafting.text.strip("\n"))
    return before.count("\n") if found else 0


def marks(drafting: Drafting) -> dict[int, str]:
    """The severities of what was found, by the line where the text is shown; not of what is on the text as a whole."""
    before = above(drafting)
    return {one.line + before: one.severity for one in reversed(drafting.findings) if one.excerpt}


def points(seen: Seen, unfinished: bool, tell: Teller, width: int) -> list[Row]:
    """The list of what to see to."""
    drafting = seen.drafting
    rows = [*_trouble(drafting, tell, width), *_unfinished(unfinished, tell)]
    rows += [*_stale(drafting, tell, width), *_outdated(drafting, tell, width), *_conflicts(drafting, tell, width)]
    rows += [*findings(drafting, tell, width), *_missing(drafting, tell, width), *_police(tell, width)]
    rows += _foreign(drafting, tell)
    rows += [*_edits(drafting, tell), *_rests_on(drafting, tell, width), *_people(seen, tell, width)]
    return rows


def _trouble(drafting: Drafting, tell: Teller, width: int) -> Iterator[Row]:
    if drafting.trouble is not None:
        yield from _lines(f"! {tell(drafting.trouble)}", tell.shades.bad, width)


def _unfinished(unfinished: bool, tell: Teller) -> Iterator[Row]:
    if unfinished:
        said = Text(f"! {tell(say('A wording is unfinished here: go on with it (e)'))}", tell.shades.soon)
        yield Row("unfinished", partial(_choice, said, "", tell))


def _stale(drafting: Drafting, tell: Teller, width: int) -> Iterator[Row]:
    """What the published text says that is no longer right, and the way to its correction; of a filing, to the next."""
    found = [
        change
        for change in changes(tell.case)
        if (change.of.kind, change.of.written) == (drafting.kind.slug, drafting.written)
    ]
    if not found:
        return
    filed, public = (
        say("Filed, and no longer right: {n}", n=len(found)),
        say("Published, and no longer right: {n}", n=len(found)),
    )
    yield from _lines(f"! {tell(filed if drafting.kind.filing else public)}", tell.shades.bad, width)
    for change in found:
        title = Text(tell(fact_title(tell.case, change.fact)), "bold")
        yield Row(f"stale:{change.fact}", partial(_choice, title, "", tell))
        for label, held in ((say("said"), change.was), (say("now"), change.now)):
            spec = tell.case.spec(change.fact)
            value = held_words(held, spec.choices if spec else {}, tell.case.zone)
            said = say("{label}: {value}", label=label, value=value)
            yield from _below(tell(said), "", width)
    if drafting.kind.filing:
        begin = say("The next filing says what changed; N begins it.")
        yield from _below(tell(begin), tell.shades.quiet, width)
        for slug in next_filings(tell.case, drafting.kind.slug)[1:]:
            write = say("Write “{kind}” (enter)", kind=tell.case.playbook.notices.get(slug, slug))
            yield Row(f"next:{slug}", partial(_choice, Text(tell(write), "bold"), "", tell))
    elif drafting.kind.slug != CORRECTION:
        yield Row("correct", partial(_choice, Text(tell(say("Write the correction (enter)")), "bold"), "", tell))


def _outdated(drafting: Drafting, tell: Teller, width: int) -> Iterator[Row]:
    """The facts a frozen text rests on that are others by now, and the earlier notices it leaves out; of a published
    one `_stale` tells."""
    if drafting.stage not in ("submitted", "approved") or not (drafting.outdated or drafting.overtaken):
        return
    yield from _lines(f"! {tell(say('Changed since it was submitted'))}", tell.shades.bad, width)
    for name in drafting.outdated:
        yield Row(f"fact:{name}", partial(_choice, Text(tell(fact_title(tell.case, name))), "", tell))
    for left_out in drafting.overtaken:
        yield from _below(tell(left_out), "", width)
    yield from _below(tell(say("N begins a new version with the facts as they are now.")), tell.shades.quiet, width)


def _conflicts(drafting: Drafting, tell: Teller, width: int) -> Iterator[Row]:
    for n, conflict in enumerate(drafting.conflicts):
        title = Text(f"! {tell(say('Conflict, line {line}', line=conflict.line))}", tell.shades.bad)
        yield Row(f"conflict:{n}", partial(_choice, title, "", tell))
        for key, label, text in (("1", say("ours"), conflict.mine), ("2", say("the facts'"), conflict.theirs)):
            shown = Text.assemble((key, tell.shades.key), f" {tell(label)}  ", " ".join(text.split()) or "-")
            yield from (heading(Text("    ") + line) for line in wrap(shown, max(8, width - 5)))


def findings(drafting: Drafting, tell: Teller, width: int) -> Iterator[Row]:
    """What the guardrails find, each with the words it found and why that matters."""
    shades = tell.shades
    if not drafting.findings:
        yield _title(f"{_done(tell)} {tell(say('The guardrails find nothing.'))}", shades.good)
    passes = {one.mark: one for one in drafting.subject.of(tell.case).passes if not one.undone}
    for n, finding in enumerate(drafting.findings):
        passed = passes.get(mark_of(finding)) if finding.severity == "warn" else None
        sign, style = {"block": ("!", shades.bad), "warn": ("^", shades.soon)}.get(finding.severity, ("-", ""))
        if passed:
            sign, style = _done(tell), shades.good
        severity = SEVERITIES[finding.severity]
        title = say("{rule} {severity}, line {line}", rule=finding.rule, severity=severity, line=finding.line)
        if not finding.excerpt:  # it is about the text as a whole
            title = say("{rule} {severity}", rule=finding.rule, severity=severity)
        yield Row(f"finding:{n}", partial(_choice, Text(f"{sign} {tell(title)}", style), "", tell))
        if passed:
            by = say("{actor} answers for it: {reason}", actor=passed.touch.actor, reason=words(passed.reason))
            yield from _below(tell(by), shades.good, width)
        yield from _explained(finding, tell, width)


def _explained(finding: Finding, tell: Teller, width: int) -> Iterator[Row]:
    for said, style in ((finding.excerpt, "italic"), (finding.message, ""), (finding.why, tell.shades.quiet)):
        if said:
            yield from _below(tell(said), style, width)


def _missing(drafting: Drafting, tell: Teller, width: int) -> Iterator[Row]:
    if drafting.missing:
        title = tell(say("Missing facts: {n}", n=len(drafting.missing)))
        yield _title(f"! {title}", tell.shades.bad)
    for n, missing in enumerate(drafting.missing):
        said = tell(say("Why “{duty}” is late", duty=missing.title) if missing.duty else missing.title)
        yield Row(f"missing:{n}", partial(_choice, Text(said), _where(missing, tell), tell))
        if missing.duty:
            where = say("Enter goes to its clock; x records the reason there.")
            yield from _below(tell(where), tell.shades.quiet, width)


def _where(missing: Missing, tell: Teller) -> str:
    return tell.case.playbook.numbers.get(missing.step, "")


def _police(tell: Teller, width: int) -> Iterator[Row]:
    """What the police asked to keep back: no rule can check it, so whoever writes must have it before them."""
    if wishes := tell.case.text("police_wishes"):
        yield _title(tell(say("The police ask not to publish")), "bold")
        yield from _below(tell(wishes), "", width)


def _foreign(drafting: Drafting, tell: Teller) -> Iterator[Row]:
    if drafting.foreign:
        yield _title(tell(say("To be translated by hand")), "bold")
    for name in drafting.foreign:
        go = f"fact:{name}" if tell.case.spec(name) else "facts"
        yield Row(go, partial(_choice, Text(tell(title_of(tell.case, name))), "", tell))


def _edits(drafting: Drafting, tell: Teller) -> Iterator[Row]:
    if drafting.edits:
        yield _title(tell(say("Worded by hand: {n}", n=len(drafting.edits))), "bold")
    for n, edit in enumerate(drafting.edits):
        shown = " ".join((edit.now or edit.was).split())
        text = Text(shown) if edit.now else Text.assemble((f"{tell(say('left out'))} ", "bold"), shown)
        yield Row(f"edit:{n}", partial(_choice, text, "", tell))


def _rests_on(drafting: Drafting, tell: Teller, width: int) -> Iterator[Row]:
    """How many facts it uses, and how many of each status."""
    claims = [tell.case.current(name) for name in drafting.facts]
    counts = Counter(claim.status for claim in claims if claim is not None)
    parts = [f"{tell(STATUS_NAMES[status])} {n}" for status, n in sorted(counts.items())]
    if rest := len(claims) - counts.total():
        parts.append(f"{tell(say('data sets and rows'))} {rest}")
    said = Text(tell(say("Rests on {n} facts", n=len(claims))))
    yield Row("facts", partial(_choice, said, "", tell))
    yield from _below("  ".join(parts), tell.shades.quiet, width)


def _people(seen: Seen, tell: Teller, width: int) -> Iterator[Row]:
    """Who lets it leave, and who did what so far."""
    if seen.drafting.head.approver:
        approver = say("Approved by: {role}", role=seen.drafting.head.approver)
        yield from _lines(tell(approver), "bold", width)
    done = standing.life(seen, tell)
    for line in done:
        yield from _below(line, "", width)
    if done:
        yield from _below(tell(standing.NAMES), tell.shades.quiet, width)


def _done(tell: Teller) -> str:
    return "v" if tell.shades.ascii else "✓"


def _lines(text: str, style: str, width: int) -> Iterator[Row]:
    return (_title(line.plain, style) for line in wrap(Text(text), width))


def _below(text: str, style: str, width: int) -> Iterator[Row]:
    """What is said about the row above."""
    return (heading(Text("    ").append(line)) for line in wrap(Text(text, style), max(8, width - 5)))


def _title(text: str, style: str) -> Row:
    return heading(Text.assemble((text, style)))  # a Text's own style is not drawn where it holds no spans


def _choice(text: Text, right: str, tell: Teller, width: int, here: bool) -> Text:
    """A row one can choose."""
    shades = tell.shades
    line = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here), text)
    if here:
        line.stylize(shades.here)
    room = max(1, width - len(right) - 1)
    line.truncate(room, pad=True)
    return line.append(f" {right}" if right else "", shades.here if here else shades.quiet)
