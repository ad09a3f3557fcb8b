"""How one moves about in the studio: between the list, the notice and what there is to see to in it."""

from __future__ import annotations

from runbook.notice_kinds import CORRECTION, WRITTEN, Written
from runbook.notices.missing import Missing
from runbook.speech import say
from runbook.tui.screens.notice import listing
from runbook.tui.screens.notice.points import above
from runbook.tui.screens.notice.preview import Preview
from runbook.tui.screens.notice.screen import Studio
from runbook.tui.screens.notice.sides import Kinds, Points
from runbook.tui.widgets.rows import Rows


class Walking(Studio):
    """The studio with its list, its search, its writings."""

    def arrive(self, where: str) -> None:
        kind, _, name = where.partition(":")
        if kind == "kind" and not self._listed:
            self._go_to = where
        elif kind == "kind":
            slug, _, written = name.partition("/")
            self._sent_here = self.open_kind(slug, next((one for one in WRITTEN if one == written), None))

    def open_kind(self, slug: str, written: Written | None = None) -> bool:
        """Open a notice; False where there is none of that kind."""
        if not any(one.kind.slug == slug for one in self._listed):
            self.desk_app.tell(say("There is no template for “{kind}” yet.", kind=slug))
            return False
        if slug not in (one.kind.slug for one in listing.matching(self._listed, self._wanted, self.tell)):
            self._wanted = ""
        self._kind, self._preferred = slug, written or self._preferred
        self._put_list(slug)
        self.query_one(Kinds).here = listing.row_id(slug)
        self._open()
        return True

    def _open(self) -> None:
        self.add_class("-open")
        self.query_one(Preview).focus()
        self.draft(opens=self.seen is None)  # else it can be worked with while it is drafted anew
        self.call_after_refresh(self._put)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        if event.rows.id == "kinds":
            self._kind = event.id.partition(":")[2]
            self._rest()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        if event.rows.id == "kinds":
            self.open_kind(event.id.partition(":")[2])
        else:
            self.follow(event.id)

    def follow(self, id: str) -> None:
        """Go to what a row of what there is to see to is about."""
        kind, _, name = id.partition(":")
        seen, app = self.seen, self.desk_app
        if seen is None:
            return
        drafting = seen.drafting
        match kind:
            case "finding":
                self._look_at(drafting.findings[int(name)].line + above(drafting))
            case "conflict":
                self._look_at(drafting.conflicts[int(name)].line + above(drafting))
            case "edit":
                self._look_at(drafting.edits[int(name)].line + above(drafting))
            case "missing":
                self._fill(drafting.missing[int(name)])
            case "fact" | "stale":
                app.go("facts", name if name.partition(":")[0] in ("dataset", "row") else f"fact:{name}")
            case "facts":
                app.go("facts")
            case "correct":
                self.open_kind(CORRECTION, drafting.written)
            case "next":
                self.open_kind(name, drafting.written)

    def _fill(self, missing: Missing) -> None:
        """Go to where what is missing is recorded: at a step, on the clocks, or among the facts."""
        if missing.step:
            self.desk_app.go("board", f"fill:{missing.step}/{missing.field}")
        elif missing.duty:
            self.desk_app.go("clocks", f"duty:{missing.duty}")
        else:
            self.desk_app.go("facts", f"fact:{missing.fact}")

    def _look_at(self, line: int) -> None:
        text = self.query_one(Preview)
        text.look_at(line)
        text.focus()

    def action_follow(self) -> None:
        """Into what there is to see to; from a row there, to what it is about."""
        side = self.query_one(Points)
        if side.has_focus:
            self.follow(side.here)
        else:
            side.focus()

    def action_other_side(self) -> None:
        self.focus_next()

    def action_kinds(self) -> None:
        """The list; from there back into the notice."""
        side = self.query_one(Kinds)
        if side.has_focus:
            self._open()
        else:
            self.remove_class("-open")
            side.focus()
            self.call_after_refresh(self._put)

    def action_writing(self) -> None:
        """The next writing there is."""
        writings = next((one.writings for one in self._listed if one.kind.slug == self._kind), ())
        if len(writings) < 2:
            self.desk_app.tell(say("There is no other writing of this notice."))
        else:
            self._preferred = writings[(writings.index(self.written) + 1) % len(writings)]
            self.draft()

    def action_back(self) -> None:
        """From the notice to the list, to the whole list, to the board; to the board at once where it sent one here."""
        if self.has_class("-open") and not self._sent_here:
            self.action_kinds()
        elif self._wanted and not self.has_class("-open"):
            self.want("")
        else:
            self._sent_here = False
            self.remove_class("-open")
            self.query_one(Kinds).focus()
            self.desk_app.action_leave()

    def action_search(self) -> None:
        from runbook.tui.screens.asktext import AskLine

        hint = say("An empty search shows everything.")
        self.app.push_screen(AskLine(say("Search the notices"), hint, value=self._wanted), self.want)

    def want(self, words: str | None) -> None:
        """Show the notices that hold these words; None changes nothing."""
        if words is None:
            return
        self._wanted = words.strip()
        self.remove_class("-open")
        self._put_list()
        side = self.query_one(Kinds)
        side.focus()
        self._kind = side.here.partition(":")[2] or self._kind
        self._rest()
