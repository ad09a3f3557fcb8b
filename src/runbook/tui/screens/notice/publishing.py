"""Recording that a notice went out: where, at which address, when; then the text is named once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from runbook.actions.deciding import Decision
from runbook.chain import head_code, sha256_text
from runbook.desk import Done
from runbook.duties import deadlines, reason_wanted
from runbook.errors import BadContent, RunbookError
from runbook.moment import Moment, read_moment
from runbook.saying import moment_words
from runbook.speech import say
from runbook.tui.screens.form import Form, Line
from runbook.tui.screens.notice.standing import SHORT

if TYPE_CHECKING:
    from runbook.notices.drafting import Drafting
    from runbook.tui.base import Work
    from runbook.tui.teller import Teller

CHANNEL, ADDRESS, AT = "channel", "address", "at"


class Publishing(Form):
    """Where and when it went out. Nothing is recorded before the question that names the text is answered."""

    def __init__(
        self, drafting: Drafting, tell: Teller, keep: str, seen: int, work: Callable[[str, str, Moment], Work]
    ) -> None:
        self._drafting, self._tell, self._work = drafting, tell, work
        lines = [
            Line(CHANNEL, tell(say("Channel")), hint=tell(say("Such as: web page, press, letter, mail"))),
            Line(ADDRESS, tell(say("Address")), hint=tell(say("The page's address, or to whom; may stay empty"))),
            Line(
                AT,
                tell(say("When")),
                f"{tell.case.now:%H:%M}",
                tell(say("15:45, 06-22 15:45, ~15:45, now, a date alone")),
            ),
        ]
        super().__init__(say("“{kind}” went out: where and when?", kind=drafting.kind.title), lines, keep)
        self._shown = seen

    def on_mount(self) -> None:
        super().on_mount()
        self._seen = self._shown

    def decide(self, typed: dict[str, str]) -> Decision:
        raise NotImplementedError  # the question between takes the place of it

    def action_record(self) -> None:
        from runbook.tui.screens.asking import Confirm

        typed = {line.id: one.value for line, one in zip(self._lines, self._inputs, strict=True)}
        case = self._tell.case
        try:
            if not typed[CHANNEL].strip():
                raise BadContent(
                    say("Nobody said where it was published."), say("Name the channel: web page, press, letter.")
                )
            moment = read_moment(typed[AT], self.desk_app.desk.at(case).now, case.zone)
        except RunbookError as failure:
            self.refuse(failure)
            return
        question = say(
            "Record that “{kind}” went out: {where}, {at}?",
            kind=self._drafting.kind.title,
            where=" ".join(f"{typed[CHANNEL]} {typed[ADDRESS]}".split()),
            at=moment_words(moment, case.zone),
        )
        hint = say(
            "Text {hash}, head code {head}. What went out stays in the record and cannot be undone.",
            hash=sha256_text(self._drafting.text)[:SHORT],
            head=head_code(case.incident.hash),
        )
        work = self._work(typed[CHANNEL], typed[ADDRESS], moment)
        self.app.push_screen(Confirm(question, hint), lambda yes: self.carry(work) if yes else None)

    def _recorded(self, done: Done) -> None:
        """Where it was filed late and nobody said why, say so."""
        super()._recorded(done)
        files = self._drafting.kind.files
        if any(reason_wanted(done.case, one) for one in deadlines(done.case) if one.id in files):
            self.desk_app.tell(say("It was late, and no reason is recorded: c, then x."))
