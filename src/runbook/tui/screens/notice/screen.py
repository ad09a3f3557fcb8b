"""What the studio shows, and how one moves about in it: the list of notices, one notice, what to see to in it.

What its keys decide is in `working`.
"""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize
from textual.timer import Timer

from runbook.case import Case
from runbook.notice_kinds import CORRECTION, WRITTEN, Written
from runbook.speech import say
from runbook.tui.place import Place
from runbook.tui.screens.notice import listing, looking, standing
from runbook.tui.screens.notice.points import Seen, above, marks, points
from runbook.tui.screens.notice.preview import Preview, preview
from runbook.tui.screens.notice.sides import Kinds, Points
from runbook.tui.screens.reading import WIDE
from runbook.tui.teller import Teller
from runbook.tui.widgets.drawn import Drawn
from runbook.tui.widgets.rows import Rows

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
            app.slow(partial(looking.kinds, app.desk), self._found)
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
        if case is not None and self.is_mounted:
            self._kind = self._kind or listing.suggested(self._listed, case)
            self._put_list(self._kind)
            go_to, self._go_to = self._go_to, ""
            self.arrive(go_to)
            self.draft()

    def _rest(self) -> None:
        """Draft it when nothing has changed for a moment."""
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(SETTLED, self.draft)

    def draft(self) -> None:
        """Draft the notice now, off the screen's thread."""
        if self._waiting is not None:
            self._waiting.stop()
        app = self.desk_app
        if app.case is not None and self._kind and self.reads:
            self._asked += 1
            work = partial(looking.look, app.desk, app.case.incident.id, self._kind, self.written)
            app.slow(work, partial(self._drafted, self._asked))

    def _drafted(self, asked: int, seen: Seen) -> None:
        if asked == self._asked and self.is_mounted and self.desk_app.case is not None:
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

    # Moving

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
        self.draft()
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
            case "missing" if (missing := drafting.missing[int(name)]).step:
                app.go("board", f"fill:{missing.step}/{missing.field}")
            case "missing":
                app.go("facts", f"fact:{drafting.missing[int(name)].fact}")
            case "fact" | "stale":
                app.go("facts", name if name.partition(":")[0] in ("dataset", "row") else f"fact:{name}")
            case "facts":
                app.go("facts")
            case "correct":
                self.open_kind(CORRECTION, drafting.written)

    def _look_at(self, line: int) -> None:
        text = self.query_one(Preview)
        text.look_at(line)
        text.focus()

    def action_follow(self) -> None:
        self.follow(self.query_one(Points).here)

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
        from runbook.tui.screens.asking import AskLine

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
