"""Questions: small windows over a place that give one value, or None for escape. They decide nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from runbook.errors import RunbookError
from runbook.speech import Message, say
from runbook.tui.teller import Teller
from runbook.tui.widgets.frame import TopLine
from runbook.tui.widgets.rows import Row, Rows
from runbook.tui.wrapping import wrap
from runbook.wording.safe import clip, for_terminal

if TYPE_CHECKING:
    from runbook.tui.app import RunbookApp

T = TypeVar("T")


class Asking(ModalScreen[T | None], Generic[T]):
    """A question: its words, what answers it, and the keys that do."""

    DEFAULT_CSS = """
    Asking > Vertical {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 2; background: $panel;
    }
    Asking Static { width: 1fr; height: auto; }
    Asking .keys { margin-top: 1; }
    Asking Input, Asking TextArea { margin-top: 1; }
    Asking TextArea { height: 8; }
    Asking Rows { height: auto; max-height: 14; margin-top: 1; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False),
        Binding("f1", "explain", show=False, priority=True),
        Binding("f2", "language", show=False, priority=True),
    ]
    explains: ClassVar[Message] = say("Choose, or leave with esc: then nothing is recorded.")
    spoken: ClassVar[bool] = False
    """Whether what stands in it, or what is typed there, is in the language it was opened in: it then keeps that."""

    def on_mount(self) -> None:
        self.app.clear_notifications()  # they would cover it
        self.drawn()

    def drawn(self) -> None:
        """Its widgets are there, or were made anew in the other language: fill in what is not in them from the
        start."""

    def __init__(self, question: Message, hint: Message | None = None) -> None:
        super().__init__()
        self.question = question
        self.hint = hint

    @property
    def desk_app(self) -> RunbookApp:
        from runbook.tui.app import RunbookApp

        assert isinstance(self.app, RunbookApp)
        return self.app

    @property
    def teller(self) -> Teller:
        """How things are said of the open case now."""
        app = self.desk_app
        assert app.case is not None
        return Teller(app.case, app.language, app.shades)

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Vertical():
            yield Static(self.prose(self.question, "bold"))
            if self.hint is not None:
                yield Static(self.prose(self.hint, self.desk_app.shades.quiet))
            yield from self.answer()
            yield Static(Text(self.desk_app.speak(self.keys()), self.desk_app.shades.quiet), classes="keys")

    def prose(self, message: Message, style: str = "") -> Text:
        """A sentence in the lines the window has room for."""
        text = Text(for_terminal(self.desk_app.speak(message), multiline=True), style)
        return Text("\n").join(wrap(text, self.room))

    @property
    def room(self) -> int:
        """Cells of a line in the window."""
        return min(70, self.app.size.width - 6)

    def answer(self) -> ComposeResult:
        """The widgets that answer it."""
        raise NotImplementedError

    def keys(self) -> Message:
        """What the keys do, in a line."""
        return say("enter OK   esc back")

    def stay(self, record: Callable[[T], None]) -> bool:
        """Whether it stays open until its answer is recorded by `record`."""
        return False

    def refuse(self, failure: RunbookError) -> None:
        """Say what is wrong with the answer."""
        self.desk_app.tell(failure.message, failure.hint, bad=True)

    def finished(self, result: T | None = None) -> None:
        """The answer was recorded."""

    def action_leave(self) -> None:
        self.dismiss(None)

    async def action_language(self) -> None:
        """Say it all in the other language; what was typed and where one stands stays."""
        if self.spoken:
            self.desk_app.tell(say("This window keeps its language. Once it is closed, F2 changes it."))
            return
        from runbook.tui.anew import make_anew

        self.desk_app.action_language()
        await make_anew(self, self.drawn)

    def action_explain(self) -> None:
        """Say how this window is used."""
        self.app.push_screen(Remark(self.explains, self.keys()))


class Choose(Asking[str]):
    """One of several: pairs of an id and its words. The id is given back."""

    def __init__(
        self,
        question: Message,
        options: Sequence[tuple[str, Message]],
        here: str = "",
        hint: Message | None = None,
    ) -> None:
        super().__init__(question, hint)
        self.options = options
        self._here = here

    def answer(self) -> ComposeResult:
        speak = self.desk_app.speak
        yield Rows([Row(id, partial(self._line, speak(said))) for id, said in self.options], self._here)

    def _line(self, said: str, width: int, here: bool) -> Text:
        shades = self.desk_app.shades
        pointer = shades.pointer if here else " "
        return Text(f"{pointer} {clip(for_terminal(said), width - 2)}", shades.here if here else "")

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.dismiss(event.id)


class Confirm(Asking[bool]):
    """Yes or no."""

    BINDINGS: ClassVar = [
        Binding("enter,y", "answer(True)", show=False),
        Binding("n", "answer(False)", show=False),
    ]

    def answer(self) -> ComposeResult:
        return
        yield  # a generator of nothing: the keys answer

    def keys(self) -> Message:
        return say("enter or y yes   n or esc no")

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)


class Remark(Asking[None]):
    """Something to know before going on. What is typed meanwhile means nothing."""

    BINDINGS: ClassVar = [Binding("enter", "leave", show=False), Binding("f1", "leave", show=False, priority=True)]

    def answer(self) -> ComposeResult:
        return
        yield  # nothing is asked

    def keys(self) -> Message:
        return say("enter or esc back")
