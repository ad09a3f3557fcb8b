"""The studio: what its keys decide. a notice's life from its submission on, and looking at it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from runbook.actions.notices import mark_of, require_may_approve, require_may_pass, require_submittable
from runbook.desk import Done
from runbook.errors import Refused
from runbook.moment import Moment
from runbook.notice import Notice as Record
from runbook.notice_kinds import Written
from runbook.saying import WRITTEN_NAMES, stage_words
from runbook.speech import Message, say
from runbook.tui.base import Work
from runbook.tui.commands import Command
from runbook.tui.screens.asktext import AskLine
from runbook.tui.screens.notice import history, keys, standing
from runbook.tui.screens.notice.points import Seen
from runbook.tui.screens.notice.rewording import Rewording
from runbook.tui.screens.notice.sides import Points

if TYPE_CHECKING:
    from runbook.notices.merging import Change
    from runbook.notices.studio import Studio as Desk


class Notice(Rewording):
    """Where notices are written, approved and published."""

    place = "notice"
    title_said = say("Documents")
    explains = say(
        "Every notice that can be written, by audience, and one of them as the facts make it now. It follows them by "
        "itself; what is worded by hand is merged with what changes. What is missing, what the guardrails find and "
        "what is no longer right stands beside it: tab goes there, enter goes to the field or the line. What is "
        "submitted is frozen; someone other than its authors approves it; what is not approved leaves only marked as a "
        "draft, and from a drill as a drill."
    )
    commands: ClassVar[tuple[Command, ...]] = keys.COMMANDS

    def action_advance(self) -> None:
        """Submit; approve what is submitted."""
        seen = self._here()
        if seen is None:
            return
        if not seen.drafting.frozen:
            if self._refuses(partial(require_submittable, seen.drafting.obstacles("submitted"))):
                return
            self._sure(
                seen,
                *standing.submission(seen.drafting),
                lambda studio, id, kind, written, last: studio.submit(
                    id, kind, written, seen=last, shown=seen.drafting
                ),
                say("Submitted for approval."),
            )
        elif seen.drafting.stage == "submitted":
            if self._refuses(partial(require_may_approve, *self._by(seen))):
                return
            self._sure(
                seen,
                *standing.approval(seen, self.tell),
                lambda studio, id, kind, written, last: studio.approve(id, kind, written, seen=last),
                say("Approved."),
            )
        else:
            said = stage_words(seen.drafting.stage or "draft", seen.drafting.kind.filing)
            self.desk_app.tell(say("This text is {stage}.", stage=said), say("N begins a new version."))

    def action_answer(self) -> None:
        seen = self._here()
        kind, _, n = self.query_one(Points).here.partition(":")
        if seen is None:
            return
        if kind != "finding":
            self.desk_app.tell(say("There is no warning under the cursor."), say("Go to one with tab and the arrows."))
            return
        finding = seen.drafting.findings[int(n)]
        if self._refuses(partial(require_may_pass, *self._by(seen), finding)):
            return
        mark = mark_of(finding)
        question = say("Why may it stand? {rule}: {message}", rule=finding.rule, message=finding.message)
        hint = say("“{words}” Your name and your reason go into the record.", words=finding.excerpt)
        self.desk_app.ask_for(
            AskLine(question, hint),
            lambda reason: self._work(
                seen, lambda studio, id, kind, written, _: studio.answer(id, kind, written, mark, reason)
            ),
        )

    def _by(self, seen: Seen) -> tuple[Record, str]:
        """The notice, and who sits here."""
        return seen.drafting.subject.of(self.tell.case), self.desk_app.desk.actor

    def _refuses(self, check: Callable[[], None]) -> bool:
        """Whether it is refused, which is then said: before anything is asked."""
        try:
            check()
        except Refused as refusal:
            self._refused(refusal)
            return True
        return False

    def action_publish(self) -> None:
        seen = self._here()
        if seen is None:
            return
        if seen.drafting.stage != "approved":
            self.desk_app.tell(say("Only an approved text goes out."), say("A submits it, or approves it."))
            return
        from runbook.tui.screens.notice.publishing import Publishing

        def work(channel: str, address: str, moment: Moment) -> Work:
            return self._work(
                seen,
                lambda studio, id, kind, written, last: studio.publish(
                    id, kind, written, channel, address, moment=moment, seen=last
                ),
            )

        self.app.push_screen(Publishing(seen.drafting, self.tell, "", seen.seq, work))

    def action_correct(self) -> None:
        self._reason(
            say("What was put right, and how?"),
            lambda seen, reason: (
                lambda studio, id, kind, written, _: studio.correct(
                    id, kind, written, reason, standing.correction_after(seen, self.tell)
                )
            ),
        )

    def action_withdraw(self) -> None:
        seen, question = self._here(), say("Why does what was published no longer stand?")
        if seen is not None and seen.drafting.kind.files:
            question = say("Why does it no longer stand? What was met by it counts as open again.")
        self._reason(
            question,
            lambda _, reason: lambda studio, id, kind, written, _seen: studio.withdraw(id, kind, written, reason),
        )

    def _reason(
        self, question: Message, act: Callable[[Seen, str], Callable[[Desk, str, str, Written, int], Done]]
    ) -> None:
        """Ask for the reason of something done to what was published."""
        seen = self._here()
        if seen is None:
            return
        out = seen.drafting.subject.of(self.tell.case).publication
        if out is None or out.withdrawn:
            self.desk_app.tell(say("Nothing of this notice is published."))
            return
        hint = say("{channel} {address}, text {hash}", channel=out.channel, address=out.address, hash=out.sha256[:12])
        self.desk_app.ask_for(AskLine(question, hint), lambda reason: self._work(seen, act(seen, reason)))

    # Looking

    def action_difference(self) -> None:
        seen, app = self._here(), self.desk_app
        if seen is None or app.case is None:
            return
        case = app.case

        def show(found: tuple[Change, ...] | None) -> None:
            self.app.push_screen(history.Sheet(*history.difference(seen.drafting, found, self.tell)))

        app.slow(lambda: app.desk.studio().differences(seen.drafting, case), show)

    def action_versions(self) -> None:
        if seen := self._here():
            drafting = seen.drafting
            past = standing.past(drafting.subject.of(self.tell.case), drafting.kind.filing)
            if not past:
                self.desk_app.tell(say("Nothing of this notice is kept yet."))
                return
            title = say("“{kind}” {written}", kind=drafting.kind.title, written=WRITTEN_NAMES[drafting.written])
            self.app.push_screen(history.Versions(title, past))

    def action_write(self) -> None:
        if seen := self._here():
            from runbook.tui.screens.notice import writing

            writing.write(self.desk_app, seen)
