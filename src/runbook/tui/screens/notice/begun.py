"""A wording that was begun: what it was begun over is kept beside it, so that facts which change meanwhile are merged
into it and not lost under it, whenever it is taken up again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from runbook.notices.drafting import Drafting
    from runbook.tui.screens.notice.points import Seen
    from runbook.tui.unfinished import Unfinished


class Begun(msgspec.Struct, frozen=True):
    """What stood there when one began: the template's text, the facts it rests on, the last entry seen."""

    rendered: str
    facts: dict[str, int]
    at: datetime
    seen: int

    def over(self, drafting: Drafting) -> Drafting:
        """A drafting as it was then, for a wording to be kept over it."""
        return msgspec.structs.replace(drafting, rendered=self.rendered, facts=self.facts, at=self.at)


class Wording:
    """The half-typed wording of one notice."""

    def __init__(self, seen: Seen, key: str, unfinished: Unfinished) -> None:
        self._key, self._unfinished = key, unfinished
        kept = unfinished.texts.get(key, "")
        begun = _read(unfinished.texts.get(self._base, "")) if kept.strip() else None
        fresh = seen.drafting
        self.begun = begun or Begun(fresh.rendered, fresh.facts, fresh.at, seen.seq)
        self.drafting = self.begun.over(fresh)
        self.start = kept or fresh.text
        self.resumed = bool(kept.strip())

    @property
    def key(self) -> str:
        return self._key

    @property
    def _base(self) -> str:
        return f"base of {self._key}"

    def keep(self, text: str) -> None:
        """Keep it as it stands now, with what it was begun over; one that changes nothing is forgotten."""
        if text == self.drafting.text:
            self.forget()
        else:
            self._unfinished.keep(self._base, msgspec.json.encode(self.begun).decode())
            self._unfinished.keep(self._key, text)

    def forget(self) -> None:
        """It was recorded or thrown away."""
        self._unfinished.forget(self._key)
        self._unfinished.forget(self._base)


def _read(kept: str) -> Begun | None:
    try:
        return msgspec.json.decode(kept, type=Begun) if kept else None
    except msgspec.MsgspecError:
        return None
