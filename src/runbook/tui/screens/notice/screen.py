"""What the studio shows: the list of notices, one notice, what to see to in it.

How one moves about in it is in `walking`, what its keys decide in `rewording` and `working`.
"""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize
from textual.timer import Timer

from runbook.case import Case
from runbook.notice_kinds import Written
from runbook.speech import say
from runbook.tui.place import Place
from runbook.tui.screens.notice import listing, looking, standing
from runbook.tui.screens.notice.points import Seen, marks, points
from runbook.tui.screens.notice.preview import Preview, preview
from runbook.tui.screens.notice.sides import Kinds, Points
from runbook.tui.screens.reading import WIDE
from runbook.tui.teller import Teller
from runbook.tui.widgets.drawn import Drawn

THREE = 120
"""Columns from which the list stands beside the notice and what to see to in it."""
SETTLED = 0.12
"""Seconds that facts, or the cursor, must rest before the notice follows them."""


class Studio(Place):
    """The list at the left, the notice, what to see to: as many of them as there is room for."""

    AUTO_FOCUS = "#kinds"
    DEFAULT_CSS = """
    Studio #headline { height: 2; display: none; }
    Studio #split { height: 1fr; layout: vertical; }
    Studio #text { height: 1fr; display: none; }
    Studio #points { height: 35%; min-height: 3; display: none; }
    Studio.-open #kinds { display: none; }
    Studio.-open #headline, Studio.-open #text, Studio.-open #points { display: block; }
    Studio.-wide #split { layout: horizontal; }
    Studio.-wide #headline, Studio.-wide #text { display: block; }
    Studio.-wide #kinds { width: 2fr; }
    Studio.-wide #text { width: 3fr; }
    Studio.-wide #points { width: 2fr; height: 1fr; margin-left: 1; }
    Studio.-three #kinds { display: block; width: 38; margin-right: 1; }
    Studio.-three #points { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._listed: tuple[listing.Listed, ...] = ()
        self._wanted = ""
        self._go_to = ""
        self._kind = ""
        self._preferred: Written | None = None
        self._seen: Seen | None = None
        self._waiting: Timer | None = None
        self._asked = 0
        self._sent_here = False

    def body(self) -> ComposeResult:
        yield Drawn(id="headline")
        with Container(id="split"):
            yield Kinds(id="kinds")
            yield Preview(id="text")
            yield Points(id="points")

    # What is shown

    @property
    def tell(self) -> Teller:
        """How the case is told now."""
        app = self.desk_app
        assert app.case is not None
        return Teller(app.case, app.language, app.shades)

    @property
    def written(self) -> Written:
        """The writing shown: the one chosen last, else the screen's language; one there is a template for."""
        wanted = self._preferred or self.desk_app.language
        writings = next((one.writings for one in self._listed if one.kind.slug == self._kind), ())
        return wanted if wanted in writings or not writings else writings[0]

    @property
    def seen(self) -> Seen | None:
        """The notice that is shown; None while another one is being drafted."""
        seen = self._seen
        here = (self._kind, self.written)
        return seen if seen and (seen.drafting.kind.slug, seen.drafting.written) == here else None

    @property
    def typing(self) -> str:
        """The name under which a half-typed wording of the notice is kept."""
        return f"notice:edit({self._kind!r}, {self.written!r})"

    @property
    def reads(self) -> bool:
        """Whether the notice is on the screen, and not only the list."""
        return self.has_class("-open") or self.size.width >= WIDE

    def show(self, case: Case | None) -> None:
        """Draft it anew, at once or when the facts have come to rest."""
        if not self._listed:
            app = self.desk_app
            app.look(partial(looking.kinds, app.desk), self._found, on=self, opens=True)
            return
        self._put_list()
        if self.seen is None:
            self.draft()
        else:
            self._put()
            self._rest()

    def _found(self, listed: tuple[listing.Listed, ...]) -> None:
        """The kinds are known: begin with the one asked for, else where there is something to do."""
        case = self.desk_app.case
        self._listed = tuple(one for one in listed if one.writings)
        if case is not None:
            self._kind = self._kind or listing.suggested(self._listed, case)
            self._put_list(self._kind)
            self.query_one(Kinds).here = listing.row_id(self._kind)
            go_to, self._go_to = self._go_to, ""
            self.arrive(go_to)
            self.draft()

    def _rest(self) -> None:
        """Draft it when nothing has changed for a moment."""
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(SETTLED, self.draft)

    def draft(self, *, opens: bool = False) -> None:
        """Draft the notice now, off the screen's thread."""
        if self._waiting is not None:
            self._waiting.stop()
        app = self.desk_app
        if app.case is not None and self._kind and self.reads:
            self._asked += 1
            work = partial(looking.look, app.desk, app.case.incident.id, self._kind, self.written)
            app.look(work, partial(self._drafted, self._asked), on=self, opens=opens)

    def _drafted(self, asked: int, seen: Seen) -> None:
        if asked == self._asked and self.desk_app.case is not None:
            self._seen = seen
            self._put()

    def _put_list(self, kind: str = "") -> None:
        rows = listing.rows(self._listed, self._wanted, self.tell)
        self.query_one(Kinds).set_rows(rows, listing.row_id(kind) if kind else "")

    def _put(self) -> None:
        seen, tell = self.seen, self.tell
        if seen is None or not self.query("#headline"):  # or the screen is being taken down
            return
        drafting = seen.drafting
        lines = preview(drafting.shown, marks(drafting), tell.shades)
        beside = self.size.width >= THREE or (self.size.width >= WIDE and not self.has_class("-open"))
        title = tell(say("As it would read now") if not drafting.frozen else say("As it was submitted"))
        self.query_one(Preview).put(f"{drafting.kind.id} {drafting.written}", title, lines, tell.shades, beside=beside)
        side = self.query_one(Points)
        unfinished = bool(self.desk_app.unfinished.texts.get(self.typing, "").strip())
        side.put(tell(say("To see to")), points(seen, unfinished, tell, max(12, side.size.width - 2)), tell.shades)
        self.query_one("#headline", Drawn).put(lambda width: standing.headline(seen, tell, width))

    def on_resize(self, event: Resize) -> None:
        width = self.size.width
        self.set_class(width >= WIDE, "-wide")
        self.set_class(width >= THREE, "-three")
        if self.is_current and self.desk_app.case is not None:
            self.call_after_refresh(self._put)
