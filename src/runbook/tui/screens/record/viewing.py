"""What of the record is listed, in which order, and the line that says so. Pure but for the one question to the
desk."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec
from rich.text import Text

from runbook.case import Case
from runbook.desk import Desk
from runbook.events import TEAM
from runbook.speech import say
from runbook.tui.presenting import spread
from runbook.tui.screens.record.showing import KINDS, By
from runbook.tui.teller import Teller
from runbook.wording.safe import clip, for_terminal


class View(msgspec.Struct, frozen=True):
    """What of the record is listed, and in which order."""

    by: By = "happened"
    search: str = ""
    kind: str = ""
    actor: str = ""

    def order(self, desk: Desk, case: Case) -> Sequence[int]:
        """What is to be listed: of a drill's record not what is its facilitator's."""
        incident = case.incident.id
        types: Collection[str] = KINDS[self.kind][1] if self.kind else TEAM if case.incident.drill else ()
        return desk.order(incident, self.by, self.search, types, self.actor)


def headline(view: View, shown: int, new: int, reading: bool, tell: Teller, width: int) -> Text:
    """How many entries are listed, in which order, narrowed to what; at the right how many are new."""
    shades = tell.shades
    left = Text.assemble((f" {tell(say('Record'))}", "bold"))
    left.append(f"  {tell(say('entries: {n}', n=f'{shown:,}'))}  ")
    by = say("as it happened") if view.by == "happened" else say("as it was written")
    left.append(tell(by), shades.quiet)
    if view.kind:
        left.append(f"  {tell(say('only {kind}', kind=KINDS[view.kind][0]))}", shades.here)
    if view.actor:
        left.append(f"  {tell(say('only by {actor}', actor=clip(for_terminal(view.actor), 16)))}", shades.here)
    if view.search:
        left.append(f"  / {clip(for_terminal(view.search), 24)}", shades.here)
    if reading:
        left.append(f"  {tell(say('Reading…'))}", shades.quiet)
    right = Text(f" {tell(say('{n} new, press End', n=new))} ", shades.here) if new > 0 else Text()
    return spread(left, right, width)
