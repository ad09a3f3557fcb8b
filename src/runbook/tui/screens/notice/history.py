"""Windows over a notice: a text to read, what differs, and everything that happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding

from runbook.moment import Moment
from runbook.saying import WRITTEN_NAMES
from runbook.speech import Message, say
from runbook.tui.presenting import fit
from runbook.tui.screens.asking import Asking
from runbook.tui.screens.notice.preview import preview
from runbook.tui.screens.notice.standing import Past
from runbook.tui.teller import Teller
from runbook.tui.telling import WHEN, column_time
from runbook.tui.widgets.pane import Pane, Piece
from runbook.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from runbook.notices.drafting import Drafting
    from runbook.notices.merging import Change


class Sheet(Asking[None]):
    """Something to read, in pieces."""

    DEFAULT_CSS = """
    Sheet > Vertical { width: 100; height: 100%; }
    Sheet Pane { height: 1fr; }
    """
    BINDINGS: ClassVar = [Binding("enter", "leave", show=False)]
    explains = say("The arrow keys scroll; enter or esc leads back. Nothing is recorded here.")
    spoken = True

    def __init__(self, title: Message, pieces: Sequence[Piece]) -> None:
        super().__init__(title)
        self._pieces = pieces

    def answer(self) -> ComposeResult:
        yield Pane()

    def drawn(self) -> None:
        self.query_one(Pane).tell("sheet", "", self._pieces, self.desk_app.shades, beside=False)

    def keys(self) -> Message:
        return say("enter or esc back")


class Versions(Asking[None]):
    """Everything that happened to a notice, the latest first. Enter shows the text it was done to."""

    DEFAULT_CSS = """
    Versions > Vertical { width: 100; }
    """
    explains = say("What happened to this notice, the latest first, with the beginning of each text's hash.")

    def __init__(self, title: Message, past: Sequence[Past]) -> None:
        super().__init__(title)
        self._past = past

    def keys(self) -> Message:
        return say("enter read that text   esc back")

    def answer(self) -> ComposeResult:
        yield Rows([Row(str(n), partial(past_row, one, self.teller)) for n, one in enumerate(self._past)])

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        one, tell = self._past[int(event.id)], self.teller
        title = say("#{seq} {what}, text {hash}", seq=one.touch.seq, what=one.what, hash=one.hash)
        if one.text is None:
            pieces = [Piece(Text(tell(say("(text removed)"))))]
        else:
            pieces = [line.piece for line in preview(one.text, {}, tell.shades)]
        self.app.push_screen(Sheet(title, pieces))


def past_row(one: Past, tell: Teller, width: int, here: bool) -> Text:
    """One thing that happened: when, what, by whom, its entry and its text's hash."""
    shades = tell.shades
    line = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here))
    said = tell(one.what)
    if one.note is not None:
        said += f" ({tell(one.note).strip()})"
    right = f" {one.hash:<12} #{one.touch.seq} "
    at = column_time(one.at or Moment(one.touch.at), tell.case.zone, tell.language)
    line.append(f"{fit(at, WHEN)} ", shades.quiet)
    line.append(fit(f"{said}  {tell(one.touch.actor)}", max(0, width - line.cell_len - len(right))))
    return line.append(right, shades.quiet)


def difference(drafting: Drafting, published: Sequence[Change] | None, tell: Teller) -> tuple[Message, Sequence[Piece]]:
    """What a text says otherwise than the one published last, or, where none was, than its template would."""
    kind, written = drafting.kind.title, WRITTEN_NAMES[drafting.written]
    if published is not None:
        title = say("“{kind}” {written}: against the text published last", kind=kind, written=written)
    else:
        title = say("“{kind}” {written}: what was worded by hand", kind=kind, written=written)
    found = drafting.edits if published is None else published
    if not found:
        return title, [Piece(Text(tell(say("Nothing differs."))))]
    pieces: list[Piece] = []
    for change in found:
        pieces.append(Piece(Text(tell(say("Line {line}", line=change.line)), "bold")))
        pieces += [Piece(Text(line, tell.shades.quiet), "-") for line in change.was.splitlines() if line.strip()]
        pieces += [Piece(Text(line), "+") for line in change.now.splitlines() if line.strip()]
        pieces.append(Piece(Text()))
    return title, pieces
