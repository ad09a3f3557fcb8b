"""Changing a notice's wording by hand: the text, and beside it how it reads and what the guardrails find in it.

Nothing here waits for anything: what is typed stands there at once, and is looked at when the hands have rested.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.events import Resize
from textual.timer import Timer
from textual.widgets import TextArea

from runbook.actions.notices import fact_title
from runbook.case import Case
from runbook.desk import Done
from runbook.errors import RunbookError
from runbook.publications import changed
from runbook.saying import WRITTEN_NAMES
from runbook.speech import say
from runbook.tui.commands import EVERYWHERE, Command
from runbook.tui.place import Place
from runbook.tui.presenting import spread
from runbook.tui.screens.asking import Confirm, Remark
from runbook.tui.screens.asktext import KEEP_AFTER
from runbook.tui.screens.notice.points import above, findings, marks
from runbook.tui.screens.notice.preview import Preview, preview
from runbook.tui.screens.notice.sides import Points
from runbook.tui.screens.reading import WIDE
from runbook.tui.teller import Teller
from runbook.tui.widgets.drawn import Drawn
from runbook.tui.widgets.rows import Rows, heading
from runbook.tui.wrapping import wrap

if TYPE_CHECKING:
    from runbook.notices.drafting import Drafting
    from runbook.tui.screens.notice.begun import Wording

SETTLED = 0.12
"""Seconds without a key after which the text is looked at."""


class Words(TextArea):
    """The text area, with keys to its beginning and its end."""

    BINDINGS: ClassVar = [
        Binding("ctrl+home", "edge(0)", show=False),
        Binding("ctrl+end", "edge(1)", show=False),
    ]

    def action_edge(self, which: int) -> None:
        self.move_cursor(self.document.end if which else (0, 0))


class Editing(Place):
    """The text area, with the notice as it reads and the findings beside it, or these below."""

    title_said = say("Reword")
    explains = say(
        "The notice's text, to be worded by hand. Beside it stands how it reads and what the guardrails find, a moment "
        "after the last key. Facts that change meanwhile are merged when you keep it. Esc leaves; what you typed stays "
        "unfinished and stands here again next time."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("ctrl+s", "keep", say("keep"), say("Keep this wording in the record.")),
        Command("escape", "app.leave", say("leave unfinished"), say("Leave; what you typed is kept as unfinished.")),
        Command("tab", "other_side", say("findings"), say("Between the text and what was found in it.")),
        Command("ctrl+r", "begin_again", say("throw away"), say("Throw away what you typed here.")),
    )
    AUTO_FOCUS = "TextArea"
    DEFAULT_CSS = """
    Editing #headline { height: 1; }
    Editing #split { height: 1fr; layout: vertical; }
    Editing TextArea { height: 1fr; width: 1fr; }
    Editing #side { height: 35%; min-height: 3; }
    Editing #text { display: none; height: 1fr; }
    Editing #points { height: 1fr; }
    Editing.-wide #split { layout: horizontal; }
    Editing.-wide #side { width: 1fr; height: 1fr; margin-left: 1; }
    Editing.-wide #text { display: block; }
    Editing.-wide #points { height: 40%; }
    """

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._area = Words(wording.start, soft_wrap=True, tab_behavior="focus")
        self._checked: Drafting | None = None
        self._resting: Timer | None = None
        self._keeping: Timer | None = None
        self._asked = 0
        self._seen: int | None = wording.begun.seen
        self._over = False
        self._beside: object = None
        """What the findings were last drawn from: to draw them again takes time that a key may need."""

    @classmethod
    def all_commands(cls) -> tuple[Command, ...]:
        """Letters are text here: of what works everywhere only what has a key of its own."""
        return cls.commands + tuple(one for one in EVERYWHERE if one.key not in ("escape", "question_mark"))

    def body(self) -> ComposeResult:
        yield Drawn(id="headline")
        with Container(id="split"):
            yield self._area
            with Vertical(id="side"):
                yield Preview(id="text")
                yield Points(id="points")

    @property
    def text(self) -> str:
        """What stands there now."""
        return self._area.text

    @property
    def tell(self) -> Teller:
        """How the case is told now."""
        app = self.desk_app
        assert app.case is not None
        return Teller(app.case, app.language, app.shades)

    def leave(self) -> None:
        """Escape: what was typed stays unfinished."""
        self._keep_typing()
        self._over = True
        if self._wording.key in self.desk_app.unfinished.texts:
            self.desk_app.tell(say("Kept as unfinished, not in the record."), say("Press e to go on with it."))
        self.dismiss(None)

    def on_unmount(self) -> None:
        self._keep_typing()

    # Showing

    def show(self, case: Case | None) -> None:
        if self._checked is None:
            self._check()
        else:
            self._put()

    def on_resize(self, event: Resize) -> None:
        self.set_class(self.size.width >= WIDE, "-wide")
        self.call_after_refresh(self._put)

    def on_text_area_changed(self) -> None:
        if self._resting is not None:
            self._resting.stop()  # Textual's reset would wait for the old end first
        self._resting = self.set_timer(SETTLED, self._check)
        if self._keeping is None:
            self._keeping = self.set_timer(KEEP_AFTER, self._keep_typing)

    def _keep_typing(self) -> None:
        self._keeping = None
        if not self._over:
            self._wording.keep(self.text)

    def _check(self) -> None:
        """Look at the text, off the screen's thread."""
        self._resting = None
        app = self.desk_app
        if app.case is not None and self.is_attached:
            self._asked += 1
            work = partial(app.desk.studio().checked, app.case.incident.id, self._wording.drafting, self.text)
            app.look(work, partial(self._found, self._asked), on=self)

    def _found(self, asked: int, drafting: Drafting) -> None:
        if asked == self._asked:
            self._checked = drafting
            if self._resting is None:  # else typing goes on: drawing it would only hold that up
                self._put()

    def _put(self) -> None:
        drafting = self._checked
        if drafting is None or self._over or not self.query("#points"):
            return
        tell, side = self.tell, self.query_one(Points)
        width = max(12, side.size.width - 2)
        meanwhile = self._meanwhile()
        beside = (drafting.findings, meanwhile, width, tell.language, tell.shades)
        if beside != self._beside:
            self._beside = beside
            said = [heading(Text.assemble((line.plain, tell.shades.soon))) for line in wrap(Text(meanwhile), width)]
            shown = [*(said if meanwhile else []), *findings(drafting, tell, width)]
            side.put(tell(say("Found in it")), shown, tell.shades)
        if self.has_class("-wide"):
            text = self.query_one(Preview)
            lines = preview(drafting.shown, marks(drafting), tell.shades)
            text.put("wording", tell(say("As it would read now")), lines, tell.shades, beside=False)
            text.look_at(self._area.cursor_location[0] + 1 + above(drafting))
        self.query_one("#headline", Drawn).put(lambda width: [self._headline(drafting, width)])

    def _headline(self, drafting: Drafting, width: int) -> Text:
        tell = self.tell
        left = Text(f" {tell(drafting.kind.title)} ", "bold").append(tell(WRITTEN_NAMES[drafting.written]))
        said = say("wording taken up again") if self._wording.resumed else say("worded by hand")
        return spread(left, Text(f"{tell(said)} ", tell.shades.quiet), width)

    def _meanwhile(self) -> str:
        """Which facts changed since the wording was begun."""
        tell = self.tell
        facts = changed(tell.case.incident, self._wording.begun.facts)
        names = tell.list(tell(fact_title(tell.case, name)) for name, _, _ in facts)
        return f"^ {tell(say('Changed meanwhile, merged when you keep it: {facts}', facts=names))}" if names else ""

    # Keys

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """From what was found to its line."""
        kind, _, n = event.id.partition(":")
        if kind == "finding" and self._checked is not None:
            line = min(self._checked.findings[int(n)].line, self._area.document.line_count)
            self._area.move_cursor((line - 1, 0), center=True)
            self._area.focus()

    def action_other_side(self) -> None:
        if self._area.has_focus:
            self.query_one(Points).focus()
        else:
            self._area.focus()

    def action_keep(self) -> None:
        """Record the wording; if it is refused, it stays here."""
        app, drafting, text = self.desk_app, self._wording.drafting, self.text
        if app.case is None or self._over:
            return
        self._keep_typing()
        id = app.case.incident.id

        def work(seen: int) -> Done:
            return app.desk.studio().reword(id, drafting, text, seen=seen)

        app.carry(work, self._kept, seen=self._seen, refused=self._refused)

    def _kept(self, _: Done) -> None:
        self._over = True
        self._wording.forget()
        self.dismiss(None)

    def _refused(self, failure: RunbookError) -> None:
        """Say what is wrong. The next try is judged against what the record says by then."""
        self._seen = None
        self.app.push_screen(Remark(failure.message, failure.hint))

    def action_begin_again(self) -> None:
        def sure(yes: bool | None) -> None:
            if yes:
                self._over = True
                self._wording.forget()
                self.dismiss(None)

        self.app.push_screen(Confirm(say("Throw away what you typed here?")), sure)
