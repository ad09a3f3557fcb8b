"""The studio: wording by hand, here or in an editor of one's own, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from runbook.desk import Done
from runbook.errors import RunbookError
from runbook.notice_kinds import Written
from runbook.saying import stage_words
from runbook.speech import Message, say
from runbook.tui.base import Work
from runbook.tui.screens.asking import Confirm, Remark
from runbook.tui.screens.notice.begun import Wording
from runbook.tui.screens.notice.points import Seen
from runbook.tui.screens.notice.sides import Points
from runbook.tui.screens.notice.walking import Walking

if TYPE_CHECKING:
    from runbook.notices.merging import Side
    from runbook.notices.studio import Studio as Desk


class Rewording(Walking):
    """The studio with what changes a draft."""

    _edits = False

    def arrive(self, where: str) -> None:
        kind, _, name = where.partition(":")
        if kind == "edit" and self._listed:
            self._edits = True
            super().arrive(f"kind:{name}")
        elif kind == "edit":
            self._go_to = where
        else:
            super().arrive(where)

    def _drafted(self, asked: int, seen: Seen) -> None:
        super()._drafted(asked, seen)
        if self._edits and self.seen is not None:
            self._edits = False
            self.action_edit()

    def _here(self) -> Seen | None:
        """The notice that is read; without one on the screen it is opened first."""
        if not self.reads:
            self._open()
            return None
        if self.seen is None:
            self.desk_app.tell(say("One moment: the notice is being drafted."))
        return self.seen

    def _work(self, seen: Seen, act: Callable[[Desk, str, str, Written, int], Done]) -> Work:
        """What does something with the notice at the desk."""
        app, drafting = self.desk_app, seen.drafting
        id = app.case.incident.id if app.case else ""
        return lambda last: act(app.desk.studio(), id, drafting.kind.slug, drafting.written, last)

    def _refused(self, failure: RunbookError) -> None:
        """A refusal may name many points: it stays until it is read."""
        self.app.push_screen(Remark(failure.message, failure.hint))

    def _done(self, said: Message) -> Callable[[Done], None]:
        return lambda done: self.desk_app.tell(said) if done.entries else None

    def _sure(
        self,
        seen: Seen,
        question: Message,
        hint: Message,
        act: Callable[[Desk, str, str, Written, int], Done],
        said: Message,
    ) -> None:
        """Ask, and do it to exactly what was shown."""

        def answered(yes: bool | None) -> None:
            if yes:
                self.desk_app.carry(self._work(seen, act), self._done(said), seen=seen.seq, refused=self._refused)

        self.app.push_screen(Confirm(question, hint), answered)

    # Wording

    def _may_reword(self) -> Seen | None:
        """The notice, where its wording can be changed now; else why not."""
        seen, app = self._here(), self.desk_app
        if seen is None:
            return None
        if seen.drafting.frozen:
            said = stage_words(seen.drafting.stage or "draft", seen.drafting.kind.filing)
            app.tell(say("This text is {stage}; it cannot be changed.", stage=said), say("N begins a new version."))
            return None
        if seen.drafting.conflicts:
            app.tell(say("Settle the conflicts first: 1 keeps your wording, 2 takes that of the facts."))
            self.query_one(Points).here = "conflict:0"
            return None
        return seen

    def action_edit(self, kind: str = "", written: str = "") -> None:
        if kind:
            self.arrive(f"edit:{kind}/{written}")
            return
        if seen := self._may_reword():
            from runbook.tui.screens.notice.editing import Editing

            wording = Wording(seen, self.typing, self.desk_app.unfinished)
            self.app.push_screen(Editing(wording), lambda _: self.show(self.desk_app.case))

    def action_editor(self) -> None:
        from runbook.tui.screens.notice import editor

        seen, app = self._may_reword(), self.desk_app
        if seen is None or app.case is None:
            return
        wording = Wording(seen, self.typing, app.unfinished)
        id, drafting = app.case.incident.id, wording.drafting
        try:
            words = editor.command()
            name = f"{drafting.kind.slug}-{drafting.written}.md"
            with self.app.suspend():
                text = editor.edited(words, name, wording.start, partial(app.desk.keep_typing, id, wording.key))
        except SuspendNotSupported:
            app.tell(say("No editor can be opened from here."), say("Reword it here with e."), bad=True)
            return
        except RunbookError as failure:
            app.unfinished.open(id)
            app.tell(failure.message, failure.hint, bad=True)
            return
        if text == wording.drafting.text:
            wording.forget()
            app.tell(say("Nothing was changed."))
            return
        wording.keep(text)

        def kept(_: Done) -> None:
            wording.forget()
            self.show(app.case)

        def work(last: int) -> Done:
            return app.desk.studio().reword(id, drafting, text, seen=last)

        app.carry(work, kept, seen=wording.begun.seen, refused=self._refused)

    def action_settle(self, side: Side) -> None:
        seen = self._here()
        if seen is None:
            return
        kind, _, n = self.query_one(Points).here.partition(":")
        conflicts = seen.drafting.conflicts
        if kind != "conflict" and len(conflicts) != 1:
            self.desk_app.tell(say("There is no conflict under the cursor."))
            return
        at = int(n) if kind == "conflict" else 0
        work = self._work(
            seen,
            lambda studio, id, kind, written, _: studio.settle(id, kind, written, at, side, shown=conflicts[at]),
        )
        self.desk_app.carry(work, refused=self._refused)

    def action_keep(self) -> None:
        if seen := self._here():
            if seen.drafting.frozen:
                self.desk_app.tell(say("This text is kept already, as it was submitted."))
                return
            self.desk_app.act(seen.drafting.keep, lambda done: self.desk_app.tell(_kept(done)))

    def action_renew(self) -> None:
        seen = self._here()
        if seen is None:
            return
        if not seen.drafting.frozen:
            self.desk_app.tell(say("This text is a draft: it can be changed as it is."))
            return
        question = say("Begin a new version of “{kind}”?", kind=seen.drafting.kind.title)
        hint = say(
            "It is made of the facts as they are now. What is published stays so; what is only submitted or approved "
            "ends with it."
        )

        def work(studio: Desk, id: str, kind: str, written: Written, _: int) -> Done:
            return studio.keep(id, studio.draft(id, kind, written, anew=True))

        self._sure(seen, question, hint, work, say("A new version was begun."))


def _kept(done: Done) -> Message:
    return (
        say("Kept: #{seq}", seq=done.case.incident.seq) if done.entries else say("Nothing changed since it was kept.")
    )
