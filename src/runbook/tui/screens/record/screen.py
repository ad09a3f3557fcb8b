"""The record's screen: walking, searching and narrowing the whole log, and amending it.

What others write meanwhile is announced and held back until one goes to the end: nothing moves under a reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

import msgspec
from rich.text import Text
from textual.timer import Timer

from runbook.actions import records
from runbook.case import Case
from runbook.events import EntryAmended
from runbook.speech import Language, Message, say
from runbook.tui.commands import Command
from runbook.tui.presenting import Shades
from runbook.tui.screens.reading import BACK, Reading
from runbook.tui.screens.record import amending, showing, viewing
from runbook.tui.screens.record.corrections import Corrections, Line, around, changed, follow, lines
from runbook.tui.screens.record.viewing import View
from runbook.tui.widgets.record_list import RecordList

REST = 0.12
"""Seconds the cursor stands still before the text beside the list follows it."""


class Record(Reading):
    """The log, its search, its filters."""

    place = "record"
    title_said = say("Record")
    explains = say(
        "Everything that was recorded, in the order in which it happened or (s) in which it was written. ~ is about, "
        "--:-- an unknown hour. Entries written down later say when. New ones are announced and shown when you press "
        "End; they carry a +. Nothing here is changed: a correction is an entry of its own. Only a text that must not be "
        "there can be taken out (x), for ever: that it was there, and who took it out and why, stays."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("enter", "open", say("open"), say("Read the whole entry, with its times and its head code.")),
        Command("slash", "search", say("search"), say("Show only entries that hold certain words.")),
        Command("s", "sort", say("order"), say("Order by time of happening, or by time of writing.")),
        Command("t", "kind", say("kind"), say("Show only one kind of entry.")),
        Command(
            "w", "who", say("this person"), say("Show only what this entry's author recorded; again for everyone.")
        ),
        Command("a", "amend", say("amend"), say("Correct a note by a new entry, or put a remark on any other.")),
        Command(
            "x",
            "redact",
            say("remove text"),
            say("Remove an entry's text that must not be there, for ever: two names and a reason."),
            footer=False,
        ),
        Command("g", "follow", say("go there"), say("Go to what this entry is about.")),
        BACK,
    )
    DEFAULT_CSS = """
    Record.-narrow Pane { display: none; height: 55%; }
    Record.-narrow.-reading Pane { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.view = View()
        self._listed_view: View | None = None
        self._corrections = Corrections()
        self._looked_at = 0
        self._held_back: Sequence[int] | None = None
        self._listed = 0
        self._old = 0
        self._wanted = 0
        self._look: tuple[Language, Shades] | None = None
        self._returning = False
        self._rest: Timer | None = None

    # What is listed

    def listing(self) -> RecordList[Line]:
        self._list: RecordList[Line] = RecordList(self._fetch, self._row, id="list")
        return self._list

    @property
    def _incident(self) -> str:
        return self.teller.case.incident.id

    def on_screen_resume(self) -> None:
        self._returning = self._stale

    def show(self, case: Case | None) -> None:
        assert case is not None
        super().show(case)
        app = self.desk_app
        if self._look != (app.language, app.shades):
            self._look = (app.language, app.shades)
            self._list.redraw()
        if case.incident.seq != self._looked_at:
            self._ask_order(keep=not self._returning and bool(self._list.order))
        self._returning = False
        self.put_headline()
        self.read()

    def arrive(self, where: str) -> None:
        kind, _, seq = where.partition(":")
        if kind == "entry" and seq.isdigit() and not self._list.go_to(int(seq)):
            self._wanted = int(seq)
            if self._list.order:
                self._narrow(View(self.view.by))

    def _ask_order(self, *, keep: bool, anew: bool = False) -> None:
        """Ask for what is to be listed now; with `keep` it is held back if there is anything new in it."""
        desk, incident, view, known = self.desk_app.desk, self._incident, self.view, self._corrections
        case = self.teller.case
        here = 0 if keep else self._wanted or self._list.here
        self._looked_at = self.teller.case.incident.seq

        def look() -> tuple[Sequence[int], Corrections, dict[int, Line]]:
            order, corrections = view.order(desk, case), follow(desk, incident, known)
            return order, corrections, lines(desk, incident, around(order, here), corrections)

        def found(answer: tuple[Sequence[int], Corrections, dict[int, Line]]) -> None:
            order, corrections, first = answer
            if view != self.view:
                return
            again = changed(self._corrections, corrections)
            self._corrections = corrections
            self._list.forget(again)
            self._list.give(first)
            if not keep:
                self._adopt(order, anew=anew)
            elif order != self._list.order:
                self._held_back = order
            self.put_headline()

        read = self.desk_app.slow if self._list.order else self.desk_app.fetch  # a key is for an entry that is listed
        read(look, found, on=self)

    def _adopt(self, order: Sequence[int], here: int = 0, *, anew: bool = False) -> None:
        """List this; what came since the last time is marked as new, unless the whole list is another one."""
        self._old, self._listed = (0 if anew else self._listed), self._looked_at
        self._held_back, self._listed_view = None, self.view
        wanted, self._wanted = self._wanted, 0
        self._list.set_order(order, here or wanted or self._list.here)
        self.put_headline()
        self.read()

    def _narrow(self, view: View) -> None:
        self.view = view
        self._list.redraw()
        self._ask_order(keep=False, anew=True)
        self.put_headline()

    def _fetch(self, seqs: list[int]) -> None:
        app, incident, corrections = self.desk_app, self._incident, self._corrections

        def come(found: dict[int, Line]) -> None:
            self._list.give(found if corrections is self._corrections else {})
            if self.pane.subject != str(self._list.here):
                self.read()

        app.slow(partial(lines, app.desk, incident, seqs, corrections), come, self._list.gave_up, on=self)

    # What it looks like

    def headline(self, width: int) -> Text:
        shown = len(self._list.order)
        new = 0 if self._held_back is None else len(self._held_back) - shown
        return viewing.headline(self.view, shown, new, self._listed_view != self.view, self.teller, width)

    def _row(self, seq: int, line: Line | None, width: int, here: bool) -> Text:
        tell = self.teller
        digits = max(4, len(str(tell.case.incident.seq)))
        if line is None:
            return showing.blank_row(seq, digits, tell, width, here)
        return showing.row(line, self.view.by, 0 < self._old < seq, digits, tell, width, here)

    def read(self) -> None:
        if not (self.wide or self.has_class("-reading")):
            return
        line, tell = self._list.line, self.teller
        if line is None:
            self.tell_pane("", "", ())
        else:
            event = line.entry.event
            title = f"#{event.seq} {tell(showing.kind_of(event))}"
            self.tell_pane(str(event.seq), title, showing.about(line, tell))

    def on_mount(self) -> None:
        self._rest = self.set_interval(REST, self._rested, pause=True)

    def _rested(self) -> None:
        if self._rest is not None:
            self._rest.pause()
        self.read()

    # Keys

    def on_record_list_moved(self) -> None:
        if self._rest is not None:
            self._rest.reset()

    def on_record_list_at_end(self) -> None:
        if self._held_back is not None:
            order = self._held_back
            self._adopt(order, here=order[-1] if order else 0)

    def on_record_list_chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open the entry's text; once it is open, go into it."""
        if self.wide or self.has_class("-reading"):
            self.pane.focus()
        self.add_class("-reading")
        self.call_after_refresh(self.read)

    def unwind(self) -> bool:
        if not self.wide and self.has_class("-reading"):
            self.remove_class("-reading")
            return True
        if self.view != View(self.view.by):
            self._narrow(View(self.view.by))
            return True
        return False

    def action_sort(self) -> None:
        self._narrow(msgspec.structs.replace(self.view, by="written" if self.view.by == "happened" else "happened"))

    def action_search(self) -> None:
        from runbook.tui.screens.asktext import AskLine

        self.app.push_screen(
            AskLine(say("Search the record"), say("An empty search shows everything."), value=self.view.search),
            lambda words: (
                None if words is None else self._narrow(msgspec.structs.replace(self.view, search=words.strip()))
            ),
        )

    def action_kind(self) -> None:
        from runbook.tui.screens.asking import Choose

        options = [
            ("", say("everything")),
            *((id, name) for id, (name, _) in showing.KINDS.items() if id in self._kinds),
        ]
        self.app.push_screen(
            Choose(say("Show which entries?"), [(id or "all", said) for id, said in options], self.view.kind or "all"),
            self._chose,
        )

    @property
    def _kinds(self) -> set[str]:
        """What can be chosen here: a drill's own entries only in one."""
        drill = self.teller.case.incident.drill is not None
        return set(showing.KINDS) - {showing.FACILITATOR} - (set() if drill else {"drill"})

    def _chose(self, kind: str | None) -> None:
        if kind is not None:
            self._narrow(msgspec.structs.replace(self.view, kind="" if kind == "all" else kind))

    def action_who(self) -> None:
        line = self._list.line
        if self.view.actor:
            self._narrow(msgspec.structs.replace(self.view, actor=""))
        elif line is not None:
            self._narrow(msgspec.structs.replace(self.view, actor=line.entry.event.actor))

    def action_follow(self) -> None:
        if (line := self._list.line) is not None:
            place, where = showing.goal(line.entry.event)
            if place:
                self.desk_app.go(place, where)
            else:
                self.arrive(where)

    def action_amend(self, seq: str = "") -> None:
        """Ask how an entry should read."""
        wanted = int(seq) if seq.isdigit() else self._list.here
        if wanted:
            app = self.desk_app
            work = partial(lines, app.desk, self._incident, [wanted], self._corrections)
            app.fetch(work, lambda found: self._amend(found.get(wanted)), on=self)

    def action_redact(self, seq: str = "") -> None:
        """Ask who else decided that an entry's text goes for ever, and why."""
        wanted = int(seq) if seq.isdigit() else self._list.here
        if not wanted:
            return
        desk, own = self.desk_app.desk, self._incident

        def look() -> tuple[list[str], Message | None]:
            return records.require_words(desk.entry(own, wanted).event), desk.echoes(own, wanted).said()

        self.desk_app.fetch(look, lambda found: self._redact(wanted, *found), on=self)

    def _redact(self, seq: int, texts: list[str], also: Message | None) -> None:
        from runbook.tui.screens.record.redacting import Redacting

        app, keep = self.desk_app, f"record:redact('{seq}')"

        def closed(removed: bool | None) -> None:
            if removed:
                app.tell(say("The text of entry {seq} is gone for ever.", seq=seq), also)

        app.push_screen(Redacting(self._incident, seq, texts, also, self.teller, keep), closed)

    def _amend(self, line: Line | None) -> None:
        if line is None:
            return
        data = line.entry.event.data
        if isinstance(data, EntryAmended):
            self.action_amend(str(data.amends))
        else:
            self.desk_app.ask(amending.question(line), amending.decision(line))
