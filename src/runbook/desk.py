"""The desk: the imperative shell, and the only writer. Both front ends do everything through it.

It loads a case, asks a pure decision, appends at the head it decided on, or folds what came between and asks again.
It owns the store, the clock and the name at the desk; it decides nothing itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from runbook import chain, sealing
from runbook import events as e
from runbook.actions import drills, facts, records
from runbook.actions.deciding import By, Decision
from runbook.actions.values import clean
from runbook.cards import Card, card, unreadable
from runbook.case import Case
from runbook.clock import Clock
from runbook.codec import read_event
from runbook.errors import BadContent, ChainBroken, Refused
from runbook.events import Act, Event, Mode
from runbook.fold import evolve
from runbook.loading import Loader
from runbook.moment import Moment
from runbook.narrate import narrate
from runbook.script import telling
from runbook.speech import Bilingual, Language, Message, say
from runbook.store import Appended, Head, Known, Order, Presence, Store, Watch

if TYPE_CHECKING:
    from runbook.content import Content
    from runbook.notices.studio import Studio

_ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


class Done(msgspec.Struct, frozen=True):
    """What came of an act: the case after it, and the entries it made (none where nothing changed)."""

    case: Case
    entries: tuple[Event, ...]


class Entry(msgspec.Struct, frozen=True):
    """One line of the record as it is shown: the event, its sentence, its hash."""

    event: Event
    said: Message
    hash: str


class Verified(msgspec.Struct, frozen=True):
    """What verifying found. `snapshot` is False where the cached state said something else than the record."""

    chain: chain.Verdict
    snapshot: bool = True


class Desk:
    """One seat: a name, at a store. Safe to call from several threads of one program."""

    def __init__(
        self,
        store: Store,
        content: Callable[[], Content],
        clock: Clock,
        actor: str,
        seat: str,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        """`entropy` gives that many bytes nobody can guess, for ids and salts; one that repeats makes a drill played
        from a script come out the same to the byte."""
        self.actor = actor
        self.seat = seat
        self._store = store
        self._content = content
        self._clock = clock
        self._entropy = entropy
        self._loader = Loader(store, clock, content)

    # Reading

    def find(self, prefix: str) -> str:
        """The whole id of the incident named by a unique beginning of its id. Raises Refused."""
        ids = self._store.incidents()
        found = [id for id in ids if id == prefix] or [id for id in ids if id.startswith(prefix)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise Refused(say("There is no incident “{id}”.", id=prefix), say("“runbook list” shows them all."))
        raise Refused(
            say("“{id}” could be any of {n} incidents: {ids}.", id=prefix, n=len(found), ids=", ".join(found[:5])),
            say("Write more of the id."),
        )

    def case(self, incident: str) -> Case:
        """The incident as it stands in the record now, at its own clock."""
        return self._loader.case(incident)

    def wall(self) -> datetime:
        """The wall clock."""
        return self._clock()

    def at(self, case: Case) -> Case:
        """The same case, at its clock's present time."""
        return msgspec.structs.replace(case, now=case.zoned(case.incident.present(self._clock())))

    def cards(self) -> list[Card]:
        """Every incident, the latest opened first. One that cannot be read is there by its id (`Card.unreadable`)."""
        cards = [self._card(id) for id in self._store.incidents()]
        return sorted(cards, key=lambda card: card.held_at or card.opened_at, reverse=True)

    def _card(self, id: str) -> Card:
        try:
            return card(self.case(id))
        except (BadContent, ChainBroken, Refused) as failure:
            opening = None
            with suppress(BadContent):
                opening = next((read_event(row.body, {}) for row in self._store.rows(id, limit=1)), None)
            return unreadable(id, failure, opening, self._clock())

    def playbooks(self) -> dict[str, Bilingual]:
        """The playbooks an incident can be opened with now, by name: their titles. One with mistakes is left out."""
        content = self._content()
        found = {}
        for name in content.playbooks():
            with suppress(BadContent):
                found[name] = content.playbook(name).title
        return found

    def zones(self, zone: str = "") -> dict[str, ZoneInfo]:
        """The zone that an incident opened now would get, by playbook; `zone` overrides theirs, as in `new`."""
        content = self._content()
        return {name: zone_of(zone or content.playbook(name).zone) for name in self.playbooks()}

    def pinned(self, incident: str, part: str) -> str | None:
        """The text of a part of the content ("playbook", "facts", "guardrails", "severity", "regime:ID") that the
        incident goes by (rules.md 12); None where its edition did not keep that part.
        """
        digest = self.case(incident).incident.pins.get(part)
        text = self._store.get_blob(digest) if digest else None
        return None if text is None else text.decode()

    def content(self) -> Content:
        """The playbooks, scenarios and templates of this user."""
        return self._content()

    def events(self, incident: str) -> list[Event]:
        """The whole record, with the free texts it still has."""
        texts = self._store.texts(incident)
        return [read_event(row.body, texts) for row in self._store.rows(incident)]

    def studio(self) -> Studio:
        """Where notices are written, approved and published, at this desk."""
        from runbook.notices.studio import Studio  # Jinja: only where a notice is written

        return Studio(self, self._content())

    def order(
        self, incident: str, by: Order = "happened", search: str = "", types: Collection[str] = (), actor: str = ""
    ) -> Sequence[int]:
        """The sequence numbers of the entries to list, for `entries` to fetch page by page."""
        return self._store.order(incident, by, search, types, actor)

    def entries(self, incident: str, seqs: Sequence[int]) -> list[Entry]:
        """These entries of the record, each with its sentence, in the order asked for."""
        case = self.case(incident)
        names = telling(case)
        page = self._store.page(incident, seqs)
        events = [(read_event(row.body, page.texts), row.hash) for row in page.rows]
        return [Entry(event, narrate(event, names, case.zone), hash) for event, hash in events]

    def entry(self, incident: str, seq: int) -> Entry:
        """One entry. Raises Refused where the record has none of that number."""
        found = self.entries(incident, [seq])
        if not found:
            raise Refused(say("The record has no entry {seq}.", seq=seq), say("“runbook log” lists them."))
        return found[0]

    def verify(self, incident: str, code: str | None = None) -> Verified:
        """Walk the whole chain, check every text against its seal, and compare the snapshot with a fresh fold.

        `code` is a head code as someone typed it; it passes if any entry has it. Raises BadContent for a misread one.
        """
        verdict = chain.verify(self._store.rows(incident), chain.read_code(code) if code else None, incident)
        if verdict.ok and (seq := sealing.first_false(self._store, incident)) is not None:
            verdict = msgspec.structs.replace(verdict, broken_at=seq, what="text_changed")
        return Verified(verdict, self._loader.agrees(incident) if verdict.ok else True)

    def echoes(self, incident: str, seq: int) -> sealing.Echoes:
        """Where else the words of an entry stand: redacting it leaves them there."""
        return sealing.echoes(self._store, incident, seq)

    def backup(self, path: Path) -> None:
        """Copy the whole store, safely while others write. Raises Refused where `path` exists."""
        self._store.backup(path)

    def watch(self) -> Watch:
        """An ear on what other seats write."""
        return self._store.watch()

    # Unfinished texts

    def keep_typing(self, incident: str, place: str, text: str) -> None:
        """Keep a half-typed text, so that it survives the program; an empty one is forgotten."""
        if text.strip():
            self._store.scratch_put(incident, self.actor, place, text)
        else:
            self._store.scratch_drop(incident, self.actor, place)

    def typing(self, incident: str) -> dict[str, str]:
        """This person's half-typed texts, by place."""
        return self._store.scratch_all(incident, self.actor)

    # Acting

    def new(
        self,
        playbook: str,
        title: str = "",
        *,
        mode: Mode = "live",
        zone: str = "",
        noticed: str = "",
        demo: bool = False,
        language: Language = "ja",
        scenario: str = "",
        seed: int = 0,
        speed: float = 0.0,
    ) -> Case:
        """Open an incident at once; everything else can be filled in later.

        Without a `title` it is called like the playbook, in `language`. `zone` overrides the playbook's. `noticed` is
        when the loss was noticed, as people type it. With the text of a `scenario` it is a drill of that, made from
        `seed`, on the scenario's clock and in its zone; which runs at once at that `speed`, or stands until it is let
        run. Raises BadContent for an unknown playbook, zone or time.
        """
        content = self._content()
        path, texts = content.edition(playbook)
        texts |= {"scenario": scenario} if scenario else {}
        compiled = content.compiled(texts, str(path))
        script = compiled.scenario
        there = _zone(script.zone if script else zone or compiled.zone)
        wall = self._clock()
        now = (script.starts if script else wall).astimezone(there)
        name = clean(title, say("title")) or (script.drill_title if script else compiled.title).said(language)
        pins = content.once(("pins", *texts.items()), lambda: chain.pins_of(texts))
        id = f"{wall.astimezone(there):%Y%m%d}-{self._letters(4)}"
        opened = e.IncidentOpened(name, compiled.id, "drill" if script else mode, there.key, pins, demo)
        event = self._event(id, 1, Act(opened), now, wall)
        acts = []
        case = Case(evolve(None, event), compiled, now)
        if script:
            acts = drills.begin(case, By(self.actor), seed, wall, speed, language)
        elif noticed:
            acts = facts.claim(case, By(self.actor), "noticed_at", noticed, source=self.actor)
        opening, *rest = (
            sealing.sealed(one, self._entropy)[0] for one in [event, *self._events(id, 1, acts, now, wall)]
        )
        pinned = tuple(text.encode() for text in texts.values())
        self._store.append(id, Head(), [msgspec.structs.replace(opening, blobs=pinned), *rest])
        return self._loader.opened(id, compiled)

    def do(
        self,
        incident: str,
        decide: Decision,
        *,
        seen: int | None = None,
        retry: str = "",
        forget: int | None = None,
        blobs: Sequence[bytes] = (),
    ) -> Done:
        """Decide and record. Raises Refused (nothing recorded) or StoreUnreachable.

        `seen` is the last entry this seat had shown; a rival act on the same subject since then refuses this one.
        `retry` is the id of an earlier try whose answer was lost: what is recorded already is not recorded twice.
        `forget` names an entry whose free texts go in the same transaction (redaction); `blobs` are contents that what
        is recorded pins.
        """
        batch = retry or self._batch()
        while True:
            case = self.case(incident)
            head = Head(case.incident.seq, case.incident.hash)
            acts = decide(case, By(self.actor, seen, head.seq))
            if not acts:
                return Done(case, ())
            made = self._events(incident, head.seq, acts, case.now, self._clock(), batch)
            sealed = [sealing.sealed(one, self._entropy) for one in made]
            first, *more = (one for one, _ in sealed)
            gone = () if forget is None else (forget,)
            whole = [msgspec.structs.replace(first, blobs=tuple(blobs)), *more]
            answer = self._store.append(incident, head, whole, gone)
            if isinstance(answer, Appended | Known):
                entries = tuple(event for _, event in sealed) if isinstance(answer, Appended) else ()
                return Done(self.case(incident), entries)

    def redact(self, incident: str, seq: int, second: str, reason: str) -> Done:
        """Remove the free texts of an entry for good; two different people and a reason."""
        entry = self.entry(incident, seq).event
        done = self.do(incident, partial(records.redact, entry=entry, second=second, reason=reason), forget=seq)
        self._loader.keep(incident)
        return done

    def amend(self, incident: str, seq: int, text: str) -> Done:
        """Correct an entry by a new one."""
        entry = self.entry(incident, seq).event
        return self.do(incident, partial(records.amend, entry=entry, text=text))

    def set_clock(self, incident: str, shows: datetime, speed: float = 1.0, *, wall_at: datetime | None = None) -> Done:
        """Set a drill's or demo's own clock: from `wall_at` (default now) on it shows `shows` and what follows."""
        return self.do(incident, partial(records.set_clock, shows=shows, wall_at=wall_at or self._clock(), speed=speed))

    def attend(self, incident: str) -> Presence:
        """Be seen at an incident's console by the other seats, until it is closed or this process dies."""
        return self._store.attend(incident)

    def attended(self, incident: str) -> bool:
        """Whether anybody is at an incident's console."""
        return self._store.attended(incident)

    def close(self) -> None:
        """Leave the desk: snapshots are kept so that the next opening is quick, and the store is let go of."""
        self._loader.keep()
        self._store.close()

    def _events(
        self, id: str, after: int, acts: Sequence[Act], now: datetime, wall: datetime, batch: str = ""
    ) -> list[Event]:
        batch = batch or self._batch()
        return [self._event(id, after + n, act, now, wall, f"{batch}:{n}") for n, act in enumerate(acts, 1)]

    def _event(self, id: str, seq: int, act: Act, now: datetime, wall: datetime, event_id: str = "") -> Event:
        happened = act.moment or Moment(now)
        event_id = event_id or f"{self._batch()}:1"
        return Event(id, seq, event_id, happened.at, happened.precision, now, wall, self.actor, self.seat, act.data)

    def _letters(self, count: int) -> str:
        return "".join(_ID_LETTERS[byte % len(_ID_LETTERS)] for byte in self._entropy(count))

    def _batch(self) -> str:
        return self._entropy(16).hex()


def zone_of(name: str) -> ZoneInfo:
    """The zone a new incident gets where its playbook names none; of a name that is no zone, too (`new` refuses it)."""
    try:
        return _zone(name or "Asia/Tokyo")
    except BadContent:
        return ZoneInfo("Asia/Tokyo")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadContent(
            say("“{zone}” is not a time zone.", zone=name), say("Write it as Asia/Tokyo or Europe/Berlin.")
        ) from None
