"""The facts' screen: what is known, what is not, where it comes from, and how it came to be so.

What others record changes in its place at once; what would move the list is held back and announced.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.text import Text

from runbook.actions import facts
from runbook.actions.deciding import Decision
from runbook.case import Case
from runbook.saying import source_words
from runbook.speech import Message, say
from runbook.tui.commands import Command
from runbook.tui.screens.facts import listing, showing
from runbook.tui.screens.reading import BACK, Searched
from runbook.tui.widgets.kept_rows import KeptRows
from runbook.tui.widgets.rows import Row


class Facts(Searched):
    """Facts, data sets and registers."""

    place = "facts"
    title_said = say("Facts")
    explains = say(
        "Everything the playbook asks, by phase: what is known comes first, with its status, its source and the time "
        "it holds for. Where sources differ, both values stand there. A time in parentheses is when it was recorded: "
        "nobody said as of when. Data sets and registers follow. The text tells the whole history of what is under the "
        "cursor; tab goes into it."
    )
    searching = say("Search the facts")
    commands: ClassVar[tuple[Command, ...]] = (
        Command("e", "edit", say("edit"), say("Record a value, or a newer or truer one; enter does the same.")),
        Command("w", "withdraw", say("withdraw"), say("Withdraw a claim, or strike a row out. The history stays.")),
        Command("a", "add", say("add"), say("Add a data set, or a row where the cursor is in a register.")),
        Command("slash", "search", say("search"), say("Show only what holds certain words.")),
        Command("g", "follow", say("to the step"), say("Go to the step that asks for this.")),
        Command("left_square_bracket", "groups", say("groups"), say("Jump to a phase, the data sets or a register.")),
        BACK,
    )

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[str] = []
        self._moved = 0
        self._returning = True

    # What is shown

    def listing(self) -> KeptRows:
        self._rows = KeptRows(id="list")
        return self._rows

    def on_screen_resume(self) -> None:
        self._returning = self._stale

    def show(self, case: Case | None) -> None:
        assert case is not None
        super().show(case)
        fresh = listing.layout(case, self._wanted, self.teller)
        if self._returning or not self._keys:
            self._keys, self._returning = fresh, False
        self._moved = listing.moved(self._keys, fresh)
        self._put()

    def _put(self, here: str = "") -> None:
        tell = self.teller
        self._rows.set_rows(
            [Row("" if key.startswith("group:") else key, partial(listing.row, key, tell)) for key in self._keys]
        )
        if here:
            self._rows.here = here
        self.put_headline()
        self.read()

    def adopt(self, here: str = "") -> None:
        """Show everything in its proper place."""
        self._keys, self._moved = listing.layout(self.teller.case, self._wanted, self.teller), 0
        self._put(here or self._rows.here)

    def arrive(self, where: str) -> None:
        if where.partition(":")[0] in ("fact", "dataset", "row"):
            if where not in self._keys:
                self._wanted = ""
            self.adopt(where)

    def headline(self, width: int) -> Text:
        return listing.headline(self._wanted, not self._keys, self._moved, self.teller, width)

    def read(self) -> None:
        key = self._rows.here
        if key:
            self.tell_pane(key, showing.title(key, self.teller), showing.about(key, self.teller))
        else:
            self.tell_pane("", "", ())

    def on_rows_moved(self) -> None:
        self.read()

    def on_rows_chosen(self) -> None:
        self.action_edit()

    def on_kept_rows_at_edge(self) -> None:
        if self._moved:
            self.adopt()
            self._rows.action_edge(0)

    # Keys

    def action_edit(self, key: str = "") -> None:
        """Ask for the value of what is under the cursor."""
        from runbook.tui.screens.board.tables import DataSetForm, RowForm
        from runbook.tui.screens.facts.claiming import ClaimForm

        key = key or self._rows.here
        kind, _, name = key.partition(":")
        app, tell, keep = self.desk_app, self.teller, f"facts:edit({key!r})"
        register, _, row = (name if kind == "row" else f"{name}:").partition(":")
        if kind == "fact":
            self.app.push_screen(ClaimForm(name, tell, keep))
        elif kind == "dataset" or name == listing.DATASETS:
            data = name if kind == "dataset" else ""
            self.app.push_screen(DataSetForm(tell.case, data, app.language, keep), self._added)
        elif kind in ("row", "none"):
            found = facts.find_register(tell.case, register)
            self.app.push_screen(RowForm(tell.case, found, row, app.language, keep), self._added)

    def _added(self, recorded: bool | None) -> None:
        """What one recorded oneself is shown in its place at once."""
        if recorded:
            fresh = listing.layout(self.teller.case, self._wanted, self.teller)
            added = next((key for key in fresh if key not in self._keys and not key.startswith("group:")), "")
            self.adopt(added)

    def action_add(self) -> None:
        what = listing.about_what(self._rows.here)
        if not what.startswith("fact:") and what:
            self.action_edit(f"none:{what}")
            return
        from runbook.tui.screens.asking import Choose

        registers = self.teller.case.playbook.registers.values()
        options: list[tuple[str, Message]] = [
            (f"none:{listing.DATASETS}", say("Data set")),
            *((f"none:{one.id}", say("{title}", title=one.title)) for one in registers),
        ]
        self.app.push_screen(Choose(say("Add what?"), options), self._add)

    def _add(self, key: str | None) -> None:
        if key is not None:
            self.action_edit(key)

    def action_withdraw(self) -> None:
        from runbook.tui.screens.asking import Choose

        key, tell = self._rows.here, self.teller
        kind, _, name = key.partition(":")
        if kind == "row":
            register, _, row = name.partition(":")
            question = say("Strike this row out? {row}", row=row)
            self._confirm(question, partial(facts.strike_row, register=register, key=row))
        elif kind == "fact":
            claims = tell.case.incident.fact(name).live
            if not claims:
                self.desk_app.tell(say("Nothing is claimed here, so nothing can be withdrawn."))
            elif len(claims) == 1:
                self._withdraw(name, claims[0].source)
            else:
                options = [
                    (str(n), say("{text}", text=listing.claim_line(one, name, tell))) for n, one in enumerate(claims)
                ]
                sources = {str(n): one.source for n, one in enumerate(claims)}
                self.app.push_screen(
                    Choose(say("Withdraw which claim?"), options),
                    lambda n: None if n is None else self._withdraw(name, sources[n]),
                )
        elif kind == "dataset":
            self.desk_app.tell(say("A data set is corrected by a newer count (e); u takes back your last act."))

    def _withdraw(self, name: str, source: str) -> None:
        spec = facts.find_fact(self.teller.case, name)
        said = source_words(source, self.teller.case.playbook) or say("not given")
        question = say("Withdraw what is claimed about “{fact}”? Source: {source}", fact=spec.title, source=said)
        self._confirm(question, partial(facts.claim, name=name, typed="", status="withdrawn", source=source))

    def _confirm(self, question: Message, decision: Decision) -> None:
        from runbook.tui.screens.asking import Confirm

        seen = self.teller.case.incident.seq

        def answered(yes: bool | None) -> None:
            if yes:
                self.desk_app.act(decision, seen=seen)

        self.app.push_screen(Confirm(question), answered)

    def action_follow(self) -> None:
        """Go to the step that asks for what is under the cursor."""
        from runbook.tui.screens.asking import Choose

        found = listing.asked_at(self.teller.case.playbook).get(listing.about_what(self._rows.here), [])
        if len(found) == 1:
            self._go("/".join(found[0]))
        elif found:
            playbook = self.teller.case.playbook
            options = [("/".join(one), say("{text}", text=source_words(f"step:{one[0]}", playbook))) for one in found]
            self.app.push_screen(Choose(say("Go to which step?"), options), self._go)
        else:
            self.desk_app.tell(say("No step of this playbook asks for it."))

    def _go(self, field: str | None) -> None:
        if field is not None:
            self.desk_app.go("board", f"field:{field}")

    def action_groups(self) -> None:
        from runbook.tui.screens.asking import Choose

        found = {group.id: group for group in listing.groups(self.teller.case)}
        shown = [key.removeprefix("group:") for key in self._keys if key.startswith("group:")]
        options = [(id, say("{title}", title=found[id].title)) for id in shown if id in found]
        self.app.push_screen(Choose(say("Go where?"), options), self._jump)

    def _jump(self, group: str | None) -> None:
        place = f"group:{group}"
        if group is not None and place in self._keys:
            line = self._keys.index(place)
            self._rows.here = self._keys[line + 1]
            self._rows.scroll_to(y=line, animate=False, force=True)
            self.read()
