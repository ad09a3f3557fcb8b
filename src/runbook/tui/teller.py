"""How things are said of a case on the screen: its words made safe, its times short."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from runbook.case import Case
from runbook.moment import Moment
from runbook.playbook import Source
from runbook.saying import VERIFIED
from runbook.speech import Argument, Bilingual, Language, Message, say, speaker
from runbook.tui.presenting import Shades
from runbook.wording import words
from runbook.wording.safe import for_terminal


class Teller(msgspec.Struct, frozen=True):
    """How things are said and styled: the language and the looks, with the case they are said of."""

    case: Case
    language: Language
    shades: Shades

    def __call__(self, said: Argument) -> str:
        """Words that may come from outside, made safe; line ends stay."""
        match said:
            case Message():
                text = speaker(self.language)(said)
            case Bilingual():
                text = said.said(self.language)
            case _:
                text = str(said)
        return for_terminal(text, multiline=True)

    def names(self, roles: Iterable[str]) -> str:
        known = self.case.playbook.roles
        return self.list(known[role].said(self.language) for role in roles if role in known)

    def list(self, items: Iterable[str]) -> str:
        return ("、" if self.language == "ja" else ", ").join(items)

    def length(self, minutes: int) -> str:
        return words(self.language).duration(timedelta(minutes=minutes))

    def short(self, at: datetime) -> str:
        """A time, with its day only if that is not today."""
        local = self.case.zoned(at)
        return f"{local:%H:%M}" if local.date() == self.case.now.date() else f"{local:%m-%d %H:%M}"

    def moment(self, moment: Moment | None) -> str:
        """When something happened, short."""
        if moment is None or moment.at is None:
            return self(say("time unknown"))
        if moment.precision == "date":
            return self(say("{day}, hour unknown", day=f"{self.case.zoned(moment.at):%m-%d}"))
        at = self.short(moment.at)
        return self(say("about {at}", at=at)) if moment.precision == "about" else at

    def source(self, source: Source) -> str:
        """A source with how it was checked."""
        checked = VERIFIED.get(source.verified, say("unknown"))
        return self(say("{source} ({checked})", source=source.title, checked=checked))
