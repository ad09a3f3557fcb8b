"""The notice: as it would read now, beside what keeps it from going out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize
from textual.geometry import Region
from textual.timer import Timer

from runbook.case import Case
from runbook.notices.files import is_there, write_whole
from runbook.notices.marks import marked_name
from runbook.speech import Language, say
from runbook.tui.commands import Command
from runbook.tui.place import Place
from runbook.tui.presenting import Shades, spread
from runbook.tui.screens.asking import AskLine, Confirm
from runbook.tui.screens.notice import showing
from runbook.tui.screens.notice.preview import Preview, preview
from runbook.tui.screens.reading import WIDE
from runbook.tui.teller import Teller
from runbook.tui.widgets.drawn import Drawn
from runbook.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from runbook.notices.drafting import Drafting

KIND = "D02"
"""The one notice there is in this edition: the first."""
SETTLED = 0.12
"""Seconds that facts must rest before the preview follows them."""


class Points(Rows):
    """The list of what to see to, under a title: with a row comes what is said about it below."""

    def put(self, title: str, rows: list[Row], shades: Shades) -> None:
        """Show other rows."""

        def draw(width: int, _: bool) -> Text:
            pointer = shades.pointer if self.has_focus else " "
            line = Text.assemble((shades.rule, shades.quiet), (pointer, shades.here), (f"{title} ", "bold"))
            return line.append(shades.rule * max(0, width - line.cell_len), shades.quiet)

        self.set_rows([Row("", draw), *rows])

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def _reveal(self) -> None:
        super()._reveal()
        ids = [row.id for row in self._rows]
        if self.here in ids and self.is_mounted and self.size.height:
            n = ids.index(self.here)
            end = next((m for m in range(n + 1, len(ids)) if ids[m]), len(ids))
            height = min(end - n, self.size.height)
            self.scroll_to_region(Region(0, n, 1, height), animate=False, force=True)


class Notice(Place):
    """The first notice, drafted from the facts as they are."""

    place = "notice"
    title_said = say("Notice")
    explains = say(
        "The first notice as the facts make it now. It follows them by itself and cannot be typed into: change a fact, "
        "and the text changes. What is missing and what the guardrails find stands beside it: tab goes there, enter "
        "goes to the field or the line. Keep a draft to have it in the record; a file is marked as a draft, and in a "
        "drill as a drill."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("enter", "follow", say("to the field"), say("Fill in the missing fact, or go to the line found.")),
        Command("tab", "other_side", say("other side"), say("Between the text and what to see to."), footer=False),
        Command("g", "notice_language", say("its language"), say("The notice in the other language.")),
        Command("k", "keep", say("keep draft"), say("Keep this version in the record.")),
        Command("x", "write", say("write file"), say("Keep this version and write it to a file, marked as a draft.")),
    )
    AUTO_FOCUS = "Preview"
    DEFAULT_CSS = """
    Notice #split { height: 1fr; layout: vertical; }
    Notice Preview { height: 1fr; }
    Notice Points { height: 35%; min-height: 3; }
    Notice.-wide #split { layout: horizontal; }
    Notice.-wide Preview { width: 3fr; }
    Notice.-wide Points { width: 2fr; height: 1fr; margin-left: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._language: Language | None = None
        self._drafting: Drafting | None = None
        self._waiting: Timer | None = None
        self._asked = 0

    def body(self) -> ComposeResult:
        yield Drawn(id="headline")
        with Container(id="split"):
            yield Preview(id="text")
            yield Points(id="points")

    @property
    def language(self) -> Language:
        """The notice's language: the screen's, until it is chosen."""
        return self._language or self.desk_app.language

    @property
    def _tell(self) -> Teller:
        app = self.desk_app
        assert app.case is not None
        return Teller(app.case, app.language, app.shades)

    # Showing

    def show(self, case: Case | None) -> None:
        """Draft it anew, at once or when the facts have come to rest."""
        if self._waiting is not None:
            self._waiting.stop()
        if self._drafting is None:
            self._draft()
        else:
            self._put()
            self._waiting = self.set_timer(SETTLED, self._draft)

    def _draft(self) -> None:
        app = self.desk_app
        if app.case is not None:
            self._asked += 1
            work = partial(app.desk.studio().draft, app.case.incident.id, KIND, self.language)
            app.slow(work, partial(self._drafted, self._asked))

    def _drafted(self, asked: int, drafting: Drafting) -> None:
        if asked == self._asked and self.is_mounted and self.desk_app.case is not None:
            self._drafting = drafting
            self._put()

    def _put(self) -> None:
        drafting, tell = self._drafting, self._tell
        if drafting is None or not self.query("#headline"):  # or the screen is being taken down
            return
        marks = {finding.line: finding.severity for finding in reversed(drafting.findings)}
        subject = f"{drafting.kind.id} {drafting.written}"
        lines = preview(drafting.shown, marks, tell.shades)
        title = tell(say("As it would read now"))
        self.query_one(Preview).put(subject, title, lines, tell.shades, beside=False)
        points = self.query_one(Points)
        rows = showing.points(drafting, tell, max(12, points.size.width - 2))
        points.put(tell(say("To see to")), rows, tell.shades)
        kept = drafting.subject.of(tell.case).draft
        left, right = showing.headline(drafting, kept.touch.seq if kept else 0, tell)
        self.query_one("#headline", Drawn).put(lambda width: [spread(left, right, width)])

    def on_resize(self, event: Resize) -> None:
        self.set_class(self.size.width >= WIDE, "-wide")
        if self.is_current and self.desk_app.case is not None:
            self.call_after_refresh(self._put)

    # Moving

    def on_rows_chosen(self) -> None:
        self.action_follow()

    def action_other_side(self) -> None:
        self.focus_next()

    def action_follow(self) -> None:
        """Go to what the row under the cursor is about."""
        kind, _, name = self.query_one(Points).here.partition(":")
        drafting, app = self._drafting, self.desk_app
        if drafting is None:
            return
        if kind == "finding":
            preview = self.query_one(Preview)
            preview.look_at(drafting.findings[int(name)].line)
            preview.focus()
        elif kind == "missing":
            missing = drafting.missing[int(name)]
            if missing.step:
                app.go("board", f"fill:{missing.step}/{missing.field}")
            else:
                app.go("facts", f"fact:{missing.fact}")
        elif kind in ("fact", "facts"):
            app.go("facts", f"fact:{name}" if name else "")

    # Acting

    def action_notice_language(self) -> None:
        self._language = "en" if self.language == "ja" else "ja"
        self._draft()

    def action_keep(self) -> None:
        if self._drafting is not None:
            self.desk_app.act(self._drafting.keep)

    def action_write(self) -> None:
        case, drafting = self.desk_app.case, self._drafting
        if case is None or drafting is None:
            return
        name = marked_name(Path(f"{drafting.kind.slug}-{drafting.written}-{case.now:%m%d-%H%M}.md"), case.incident)
        hint = say("The folder is {folder}. It is marked as a draft.", folder=str(Path.cwd()))
        self.app.push_screen(
            AskLine(say("Write to which file?"), hint, value=str(name)), partial(self._named, drafting)
        )

    def _named(self, drafting: Drafting, name: str | None) -> None:
        case = self.desk_app.case
        if name is None or not name.strip() or case is None:
            return
        path = marked_name(Path(name.strip()), case.incident)

        def sure(yes: bool | None) -> None:
            if yes:
                self._write(path, drafting)

        def looked(there: bool) -> None:
            if there:
                self.app.push_screen(Confirm(say("{file} exists already. Replace it?", file=str(path))), sure)
            else:
                self._write(path, drafting)

        self.desk_app.slow(partial(is_there, path), looked)

    def _write(self, path: Path, drafting: Drafting) -> None:
        app = self.desk_app
        app.act(drafting.keep)
        app.slow(
            partial(write_whole, path, drafting.shown), lambda real: app.tell(say("Written: {file}", file=str(real)))
        )
