"""What stands beside a notice: what the guardrails found, what is missing, what it rests on. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from runbook.narrate import STATUS_NAMES, WRITTEN_NAMES
from runbook.notices.missing import Missing, title_of
from runbook.speech import Message, say
from runbook.tui.teller import Teller
from runbook.tui.widgets.rows import Row, heading
from runbook.tui.wrapping import wrap

if TYPE_CHECKING:
    from runbook.guardrails import Finding
    from runbook.notices.drafting import Drafting

SEVERITIES: dict[str, Message] = {"block": say("stops"), "warn": say("warns"), "inform": say("informs")}


def points(drafting: Drafting, tell: Teller, width: int) -> list[Row]:
    """The list of what to see to. Ids: `finding:N`, `missing:N`, `fact:NAME`, `facts`."""
    rows = [*_trouble(drafting, tell, width), *_findings(drafting, tell, width), *_missing(drafting, tell)]
    rows += _police(tell, width)
    if drafting.foreign:
        rows.append(_title(tell(say("To be translated by hand")), "bold"))
        for name in drafting.foreign:
            go = "facts" if name == "datasets" else f"fact:{name}"
            rows.append(Row(go, partial(_choice, Text(tell(title_of(tell.case, name))), "", tell)))
    said, parts = _rests_on(drafting, tell)
    rows.append(Row("facts", partial(_choice, said, "", tell)))
    return rows + [heading(Text("    ").append(line)) for line in wrap(parts, max(8, width - 5))]


def _trouble(drafting: Drafting, tell: Teller, width: int) -> Iterator[Row]:
    if drafting.trouble is not None:
        for line in wrap(Text(f"! {tell(drafting.trouble)}"), width):
            yield _title(line.plain, tell.shades.bad)


def _findings(drafting: Drafting, tell: Teller, width: int) -> Iterator[Row]:
    shades = tell.shades
    if not drafting.findings:
        done = "v" if shades.ascii else "✓"
        yield _title(f"{done} {tell(say('The guardrails find nothing.'))}", shades.good)
    for n, finding in enumerate(drafting.findings):
        sign, style = ("!", shades.bad) if finding.severity == "block" else ("^", shades.soon)
        title = say(
            "{rule} {severity}, line {line}",
            rule=finding.rule,
            severity=SEVERITIES[finding.severity],
            line=finding.line,
        )
        yield Row(f"finding:{n}", partial(_choice, Text(f"{sign} {tell(title)}", style), "", tell))
        yield from _explained(finding, tell, width)


def _explained(finding: Finding, tell: Teller, width: int) -> Iterator[Row]:
    for said, style in ((finding.excerpt, "italic"), (finding.message, ""), (finding.why, tell.shades.quiet)):
        if said:
            yield from (heading(Text("    ").append(line)) for line in wrap(Text(tell(said), style), max(8, width - 5)))


def _missing(drafting: Drafting, tell: Teller) -> Iterator[Row]:
    if drafting.missing:
        title = tell(say("Missing facts: {n}", n=len(drafting.missing)))
        yield _title(f"! {title}", tell.shades.bad)
    for n, missing in enumerate(drafting.missing):
        yield Row(f"missing:{n}", partial(_choice, Text(tell(missing.title)), _where(missing, tell), tell))


def _where(missing: Missing, tell: Teller) -> str:
    return tell.case.playbook.numbers.get(missing.step, "")


def _police(tell: Teller, width: int) -> Iterator[Row]:
    """What the police asked to keep back: no rule can check it, so whoever writes must have it before them."""
    wishes = tell.case.value("police_wishes")
    if isinstance(wishes, str) and wishes:
        yield _title(tell(say("The police ask not to publish")), "bold")
        yield from (heading(Text("    ").append(line)) for line in wrap(Text(tell(wishes)), max(8, width - 5)))


def _rests_on(drafting: Drafting, tell: Teller) -> tuple[Text, Text]:
    """How many facts it uses, and how many of each status."""
    claims = [tell.case.current(name) for name in drafting.facts]
    counts = Counter(claim.status for claim in claims if claim is not None)
    parts = [f"{tell(STATUS_NAMES[status])} {n}" for status, n in sorted(counts.items())]
    if datasets := len(claims) - counts.total():
        parts.append(f"{tell(say('data sets'))} {datasets}")
    return Text(tell(say("Rests on {n} facts", n=len(claims)))), Text("  ".join(parts), tell.shades.quiet)


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


def headline(drafting: Drafting, kept: int, tell: Teller) -> tuple[Text, Text]:
    """The notice's name and language; and how it stands."""
    shades = tell.shades
    left = Text(f" {tell(drafting.kind.title)} ", "bold").append(f"{drafting.kind.id}  ", shades.quiet)
    left.append(tell(WRITTEN_NAMES[drafting.written]))
    right = Text()
    stopping = sum(finding.severity == "block" for finding in drafting.findings)
    warning = sum(finding.severity == "warn" for finding in drafting.findings)
    for n, sign, style, words in (
        (stopping, "!", shades.bad, say("{n} stop it", n=stopping)),
        (warning, "^", shades.soon, say("{n} warn", n=warning)),
        (len(drafting.missing), "!", shades.bad, say("{n} facts missing", n=len(drafting.missing))),
    ):
        if n:
            right.append(f"{sign} {tell(words)}  ", style)
    return left, right.append(f"{tell(_kept(kept))} ", shades.quiet)


def _kept(kept: int) -> Message:
    return say("kept: #{seq}", seq=kept) if kept else say("not kept yet")
