"""Removing the free texts of an entry that must not be there: a second person's name and a reason (rules.md 2)."""

from __future__ import annotations

from collections.abc import Sequence

from runbook.actions.deciding import Decision
from runbook.speech import Message, say
from runbook.tui.base import Work
from runbook.tui.screens.form import Form, Line, WrongLine
from runbook.tui.teller import Teller
from runbook.wording.safe import clip

_SHOWN = 160
"""Cells of the text that are shown of what goes."""


class Redacting(Form):
    """Who else decided it, and why; with what goes for ever, what stays, and where the same words still stand."""

    def __init__(
        self, incident: str, seq: int, texts: Sequence[str], also: Message | None, tell: Teller, keep: str
    ) -> None:
        """`texts` are what the entry holds; `also` tells where else the same words stand."""
        self._incident, self._seq = incident, seq
        lines = [
            Line("second", tell(say("second person")), "", tell(say("The name of whoever else decided it with you"))),
            Line("reason", tell(say("reason")), "", tell(say("Why the text must not be there; do not repeat it"))),
        ]
        super().__init__(say("Remove the text of entry {seq} for ever?", seq=seq), lines, keep)
        gone = clip(" ".join(" / ".join(texts).split()), _SHOWN)
        self.hint = say(
            "Destroyed, and brought back by nobody: “{text}”\nWhat stays: the entry, its time, who wrote it, and the "
            "text's digest, so that the record still proves whole. Backups and files made before keep the text.",
            text=gone,
        )
        if also:
            self.hint = say("{hint}\n{also}", hint=self.hint, also=also)

    def decide(self, typed: dict[str, str]) -> Decision:
        raise NotImplementedError  # the desk decides it, as it is to forget the text

    def work(self, typed: dict[str, str]) -> Work:
        missing = {
            "second": (say("Nobody is named as the second person."), say("Write the name of whoever decided it too.")),
            "reason": (say("There is no reason yet."), say("Say why the text must not be there.")),
        }
        for line, said in missing.items():
            if not typed[line].strip():
                raise WrongLine(line, *said)
        desk, own, seq = self.desk_app.desk, self._incident, self._seq
        return lambda _: desk.redact(own, seq, typed["second"], typed["reason"])
